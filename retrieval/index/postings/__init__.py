"""Postings: for each term the passages that hold it, in flat arrays that can be mapped from disk.

A ``Segment`` never changes; new passages go to a ``Shelf`` until it is made into one. Both are
``Part``s of the index and are searched by the same code.
"""
