"""Who said what: each quotation of a document with its speaker, and the rule that names them.

The rules are those by which readers of news understand it. A document's ``narration`` is what
stands around its quotations (``spans``). ``tagging`` reads what that tells of a speaker,
``pronouns`` for whom a pronoun stands there, and ``carrying`` goes on with a speaker where nothing
is told; in a transcript, ``turns`` says who speaks. ``people``, with their ``names`` and
``offices``, are those whom the document names. What follows from no rule has no speaker.
"""
