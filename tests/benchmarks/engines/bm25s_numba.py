"""bm25s with its numba backend: scores computed beforehand, in a sparse matrix."""

from pathlib import Path

import bm25s
import Stemmer
from bm25s.tokenization import Tokenizer

from retrieval.index.parted_index import K1, B
from tests.benchmarks.engines import TOP, Found, passages_of


class BM25sNumba:
    """BM25 with the tokenizer that bm25s recommends for speed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._tokenizer = Tokenizer(stemmer=Stemmer.Stemmer("english"))
        self._index = bm25s.BM25(backend="numba", k1=K1, b=B)

    def build(self, corpus: Path) -> None:
        """Index the passages and save the matrix and the words."""
        stream = self._tokenizer.streaming_tokenize(passages_of(corpus))
        tokens = self._tokenizer.to_tokenized_tuple(list(stream))
        self._index.index(tokens, show_progress=False)
        self._index.save(self._folder, show_progress=False)
        self._tokenizer.save_vocab(self._folder)

    def open(self) -> None:
        """Map the matrix and read the words."""
        self._tokenizer.load_vocab(self._folder)
        self._index = bm25s.BM25.load(self._folder, mmap=True, show_progress=False)

    def search(self, question: str) -> Found:
        """Return the best ten passages."""
        tokens = self._tokenizer.tokenize([question], update_vocab=False, show_progress=False)
        ids, scores = self._index.retrieve(tokens, k=TOP, show_progress=False, n_threads=1)
        return list(zip(ids[0].tolist(), scores[0].tolist(), strict=True))
