"""Our index alone: one segment, as the bulk load leaves it."""

from itertools import groupby
from pathlib import Path

import numpy as np

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.thesaurus import Expression  # noqa: TC001 - an annotation of a local name
from retrieval.index.parted_index import K1, B
from retrieval.index.passage_index import PassageIndex
from retrieval.index.postings.build import Weighting, segment_of
from retrieval.index.postings.scope import Scope
from retrieval.index.postings.segment import Segment
from retrieval.index.postings.segment_parts import SegmentPart
from retrieval.index.postings.table import Collection, IndexedDocument, IndexedPassage
from tests.benchmarks.corpus import PASSAGES_EACH
from tests.benchmarks.engines import TOP, Found, passages_of


class NewsdeskIndex:
    """PassageIndex, asked for the plain words of the question."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._analyzer = Analyzer()
        self._index = PassageIndex()

    def build(self, corpus: Path) -> None:
        """Build the segment from the passages' texts, save it and map it."""
        collection = Collection()
        documents = groupby(enumerate(passages_of(corpus)), lambda one: one[0] // PASSAGES_EACH)
        for number, passages in documents:
            its = [IndexedPassage(id_, [self._analyzer.words(text)]) for id_, text in passages]
            collection.add(IndexedDocument(number, None, its), space=0)
        table = collection.table()
        weighting = Weighting(K1, B, float(table.lengths.mean()))
        segment_of([(table, np.ones(len(table), np.bool_))], weighting).save(self._folder)
        self.open()

    def open(self) -> None:
        """Map the saved segment."""
        self._index = PassageIndex.of([SegmentPart(Segment.load(self._folder))], {})

    def search(self, question: str) -> Found:
        """Return the best ten passages for a question's terms."""
        concepts: list[dict[Expression, float]] = [
            {(term,): 1.0} for term in dict.fromkeys(self._analyzer.terms(question))
        ]
        return [(one.passage, one.score) for one in self._index.search(concepts, Scope(), TOP)]
