"""rank_bm25 as it is: what its README shows, a score for every passage."""

from pathlib import Path

import numpy as np
from rank_bm25 import BM25Okapi

from tests.benchmarks.engines import TOP, Found, passages_of


class RankBM25Okapi:
    """BM25Okapi over lower-cased words; it cannot add, and there is nothing to save."""

    def __init__(self, folder: Path) -> None:
        del folder
        self._index: BM25Okapi

    def build(self, corpus: Path) -> None:
        """Index the passages in memory."""
        self._index = BM25Okapi([_words(text) for text in passages_of(corpus)])

    def search(self, question: str) -> Found:
        """Return the best ten passages, found as ``get_top_n`` finds them."""
        scores = self._index.get_scores(_words(question))
        best = np.argsort(scores)[::-1][:TOP]
        return list(zip(best.tolist(), scores[best].tolist(), strict=True))


def _words(text: str) -> list[str]:
    return text.lower().split()
