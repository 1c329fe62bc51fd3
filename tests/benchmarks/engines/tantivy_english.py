"""tantivy, with its English stemmer: an inverted index on disk, in Rust."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

import tantivy

from tests.benchmarks.engines import TOP, Found, passages_of

HEAP = 512_000_000
"""Bytes of the writer that builds; with fewer it makes more segments."""


class TantivyEnglish:
    """Index without positions and without the texts: what ids and scores need, and no more."""

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("text", tokenizer_name="en_stem", index_option="freq")
        self._index = tantivy.Index(builder.build(), path=str(folder))
        self._searcher = self._index.searcher()

    def build(self, corpus: Path) -> None:
        """Index the passages and wait for the merges."""
        writer = self._index.writer(heap_size=HEAP, num_threads=1)
        self._write(writer, passages_of(corpus))
        writer.wait_merging_threads()
        self.open()

    def open(self) -> None:
        """Take a searcher of what is committed."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(self, question: str) -> Found:
        """Return the best ten passages; without ``count`` tantivy may skip what is hopeless."""
        query = self._index.parse_query(question, ["text"])
        hits = self._searcher.search(query, TOP, count=False).hits
        return [(address.doc, float(score or 0)) for score, address in hits]

    def add(self, passages: Sequence[str]) -> None:
        """Commit the passages and take a searcher that knows them."""
        self._write(self._writer, passages)
        self.open()

    @cached_property
    def _writer(self) -> tantivy.IndexWriter:
        return self._index.writer(num_threads=1)

    def _write(self, writer: tantivy.IndexWriter, passages: Iterable[str]) -> None:
        for text in passages:
            writer.add_document(tantivy.Document(text=text))
        writer.commit()
