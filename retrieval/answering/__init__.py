"""Answering: what a space may see of the coverage, for a question, a receipt or half a name.

``finder`` has the way of a question: ``seeking`` says what it asks for on the coverage at hand,
``ranking`` sums up what a passage holds of it, ``excerpts`` picks what is shown first, and
``verdict`` says how sure that is, by the bar that ``calibration`` sets.
"""
