"""Intake: from a source as received to everything the store keeps of it, without any I/O.

``taking_in`` is the way in: ``readers`` take the text out, ``roles`` and ``metadata`` say what its
paragraphs are. ``unpacking`` takes many sources out of one archive.
"""
