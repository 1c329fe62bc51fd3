"""Quotations held against the coverage: do these words stand there, who said them, and where.

A quotation becomes words that remember where they stand (``wording``). ``matching`` finds where the
coverage says nearly that, ``comparing`` says which words are others there and what follows from it,
and ``attribution`` who said what in a document. ``desk`` does all of it, one after the other, and
``summing_up`` says the outcome; ``drafts`` holds each quotation and figure of a text to it.

``following`` keeps what is read of documents in step with them: who said what, and which passages
are near copies of one another (``families``). ``saying`` finds what somebody said.
"""
