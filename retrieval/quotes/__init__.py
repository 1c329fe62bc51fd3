"""Quotations held against the coverage: do these words stand there, who said them, and where.

A quotation becomes words that remember where they stand (``wording``). ``places`` finds where the
coverage says nearly that, on the words that the index holds; ``alignment`` says which words are
others there, ``meaning`` which of them change what was said, and ``judging`` the verdict that
follows. ``desk`` does all of it, one after the other.

Who said what is read by ``attribution``, on the words around quotations (``narration``):
``tagging`` says whom those name, ``turns`` whose turn it is in a transcript, ``pronouns`` who “he”
or “she” is, and ``carrying`` who goes on. ``people`` and ``offices`` are those whom a document
names.
"""
