"""The analysis of text: what it consists of, from paragraphs and sentences down to terms.

It knows languages and our word lists, and nothing of documents, questions or an index; all of these
are analysed by it, and so meet. ``analyzer`` makes the terms.
"""
