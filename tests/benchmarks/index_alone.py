"""Measure the index alone against its peers: question text to the ids and scores of the top ten.

pip install -e ".[bench]" && python tests/benchmarks/index_alone.py 20000 200000 1000000
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np
import tantivy

from retrieval.analysis import Analyzer
from retrieval.index import K1, B, PassageIndex
from retrieval.postings.build import Weighting, segment_of
from retrieval.postings.parts import SegmentPart
from retrieval.postings.scope import Scope
from retrieval.postings.table import Table, hash_of, starts_of
from retrieval.thesaurus import Expression  # noqa: TC001 - an annotation of a local name
from tests.benchmarks.corpus import VOCABULARY, Corpus, corpus_of, questions_to, spelled

QUESTIONS = 1000
TOP = 10

Search = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Row:
    """What one engine took."""

    engine: str
    build: float
    """Seconds."""
    seconds: Sequence[float]
    """Of each question."""

    @property
    def per_second(self) -> float:
        """Return the questions answered a second."""
        return len(self.seconds) / sum(self.seconds)

    def __str__(self) -> str:
        p50 = statistics.median(self.seconds) * 1e3
        p99 = statistics.quantiles(self.seconds, n=100)[98] * 1e3
        return f"{self.engine:16}{self.build:9.1f}{self.per_second:11,.0f}{p50:9.2f}{p99:9.2f}"


def newsdesk(corpus: Corpus) -> Search:
    """Return our search over one segment, made as a merge makes it."""
    analyzer = Analyzer()
    size = len(corpus)
    forms = [spelled(word) for word in range(VOCABULARY)]
    numbers: dict[str, int] = {}
    term_of = [numbers.setdefault(analyzer.term(form), len(numbers)) for form in forms]
    letters = [term.encode() for term in numbers]
    lengths = np.diff(corpus.bounds).astype(np.int32)
    documents = np.arange(-(-size // 20))
    table = Table(
        passages=np.arange(size),
        fingerprints=np.arange(size, dtype=np.uint64),
        roles=np.zeros(size, np.uint8),
        lengths=lengths,
        starts=corpus.bounds,
        forward=corpus.words,
        breaks=np.zeros(len(corpus.words), np.bool_),
        documents=documents,
        spaces=np.zeros(len(documents), np.int32),
        firsts=np.append(documents * 20, size),
        titles=np.empty(0, np.int32),
        title_starts=np.zeros(len(documents) + 1, np.int64),
        word_forms=np.array([hash_of(form) for form in forms], np.uint64),
        word_terms=np.array(term_of, np.int32),
        hashes=np.array([hash_of(term) for term in numbers], np.uint64),
        letters=np.frombuffer(b"".join(letters), np.uint8),
        letter_starts=starts_of([len(one) for one in letters]),
    )
    weighting = Weighting(K1, B, len(corpus.words) / size)
    segment = segment_of([(table, np.ones(size, np.bool_))], weighting)
    index = PassageIndex.of([SegmentPart(segment)], {})

    def search(question: str) -> object:
        concepts: list[dict[Expression, float]] = [
            {(term,): 1.0} for term in dict.fromkeys(analyzer.terms(question))
        ]
        return index.search(concepts, Scope(), TOP)

    return search


def bm25s_numba(corpus: Corpus) -> Search:
    """Return the search of bm25s with its numba backend."""
    present = np.unique(corpus.words)
    numbers = {spelled(word): number for number, word in enumerate(present.tolist())}
    words = np.searchsorted(present, corpus.words)
    ids = [part.tolist() for part in np.split(words, corpus.bounds[1:-1])]
    engine = bm25s.BM25(backend="numba", k1=K1, b=B)
    engine.index(bm25s.tokenization.Tokenized(ids=ids, vocab=numbers), show_progress=False)

    def search(question: str) -> object:
        return engine.retrieve([question.split()], k=TOP, show_progress=False, n_threads=1)

    return search


def tantivy_english(corpus: Corpus) -> Search:
    """Return the search of tantivy, with its English stemmer."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False, tokenizer_name="en_stem")
    folder = tempfile.mkdtemp()
    index = tantivy.Index(builder.build(), path=folder)
    writer = index.writer(heap_size=512_000_000, num_threads=1)
    for text in corpus.texts():
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(question: str) -> object:
        return searcher.search(index.parse_query(question, ["text"]), TOP).hits

    return search


ENGINES = {"newsdesk": newsdesk, "bm25s numba": bm25s_numba, "tantivy": tantivy_english}


def measure(corpus: Corpus, questions: Sequence[str]) -> list[Row]:
    """Return a row for each engine, with the questions asked of each in turn."""
    searches: dict[str, Search] = {}
    built: dict[str, float] = {}
    seconds: dict[str, list[float]] = {name: [] for name in ENGINES}
    for name, build in ENGINES.items():
        start = time.perf_counter()
        searches[name] = build(corpus)
        built[name] = time.perf_counter() - start
        for question in questions[:20]:
            searches[name](question)
    for at in range(0, len(questions), 50):
        for name, search in searches.items():
            for question in questions[at : at + 50]:
                start = time.perf_counter()
                search(question)
                seconds[name].append(time.perf_counter() - start)
    return [Row(name, built[name], seconds[name]) for name in ENGINES]


def main() -> None:
    """Print a table for each size, and our questions a second over those of each peer."""
    for size in map(int, sys.argv[1:]):
        corpus = corpus_of(size)
        questions = [
            " ".join(map(spelled, question)) for question in questions_to(corpus, QUESTIONS)
        ]
        rows = measure(corpus, questions)
        sys.stdout.write(f"\n{size:,} passages\n")
        sys.stdout.write(f"{'':16}{'build s':>9}{'q/s':>11}{'p50 ms':>9}{'p99 ms':>9}\n")
        sys.stdout.write("".join(f"{row}\n" for row in rows))
        for row in rows[1:]:
            ratio = rows[0].per_second / row.per_second
            sys.stdout.write(f"newsdesk / {row.engine}: {ratio:.2f} x\n")


if __name__ == "__main__":
    main()
