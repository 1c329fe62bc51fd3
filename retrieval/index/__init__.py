"""The index: passages found by their terms, derived from the store and kept in step with it.

``parted_index`` holds the passages in parts (``postings``) with rank-bm25's statistics, and
``passage_index`` searches them. ``live_index`` follows the database with it, ``taking`` takes a
bulk load in that ``bulk`` has read, and ``keeping`` keeps it on disk, in a ``saved_index``.
"""
