"""The index: passages found by their terms, derived from the store and kept in step with it.

``passage_index`` has rank-bm25's scores over ``postings``; ``live_index`` follows the database with
it, ``saved_index`` keeps it on disk, and ``bulk`` reads many sources at once for both.
"""
