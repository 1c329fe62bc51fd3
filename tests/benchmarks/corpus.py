"""What is measured on: any number of passages, made or read, written out once for all engines.

Made words follow Zipf and Mandelbrot's law, p(rank) ~ 1 / (rank + 2.7) ** 1.07 over 300,000 words;
made passages have a log-normal length with a median of 37 words, as news paragraphs without stop
words do, and twenty of them are a document. The first n passages are the same ones every time.
A question is three to seven different words of one passage, stop words left out.
"""

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np

from retrieval.analysis import paragraphs
from retrieval.analysis.analyzer import Analyzer
from tests.benchmarks.engines import EXPORT, PASSAGES

VOCABULARY = 300_000
SEED = 20261121
PASSAGES_EACH = 20
"""Passages of a document that is made, and of one that is added."""
FEWEST_WORDS, MOST_WORDS = 3, 7
"""Words of a question."""
FEWEST_DOCUMENTS = 2
"""To add: one beside the other engines, one while questions go on."""
HELD_BACK = 10
"""Of a whole file, one passage in so many at most is kept to be added."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is not written out yet."""

    record: Mapping[str, object]
    """Its line of an export, but for the text."""
    passages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus written out, with what is asked of it and added to it."""

    folder: Path
    size: int
    """Passages."""
    questions: Sequence[str]
    fresh: Sequence[Sequence[str]]
    """The passages of the documents to add."""


def made() -> Iterator[Document]:
    """Yield documents without end."""
    generator = np.random.default_rng(SEED)
    odds = 1 / (np.arange(1, VOCABULARY + 1) + 2.7) ** 1.07
    shares = np.cumsum(odds / odds.sum())
    words = [spelled(number) for number in range(VOCABULARY)]
    while True:
        lengths = generator.lognormal(3.6, 0.5, PASSAGES_EACH)
        bounds = np.cumsum(np.clip(lengths.astype(np.int64), 5, 300))
        drawn = np.searchsorted(shares, generator.random(int(bounds[-1])))
        numbers = np.split(np.minimum(drawn, VOCABULARY - 1), bounds[:-1])
        texts = (" ".join([words[number] for number in one.tolist()]) for one in numbers)
        yield Document({}, [f"{text.capitalize()}." for text in texts])


def spelled(word: int) -> str:
    """Return a word's spelling: letters only, and no form of another word."""
    letters = ""
    while True:
        word, letter = divmod(word, 20)
        letters += "bcdfghjklmnpqrstvwxz"[letter] + "aou"[letter % 3]
        if not word:
            return letters + "x"


def read(path: Path) -> Iterator[Document]:
    """Yield the documents of an export, each cut into its paragraphs."""
    with path.open(encoding="utf-8-sig") as lines:
        for line in filter(str.strip, lines):
            record = json.loads(line)
            text = record.pop("text")
            passages = [" ".join(span.of(text).split()) for span in paragraphs.split(text)]
            if passages:
                yield Document(record, passages)


def size_of(path: Path, documents: int) -> int:
    """Return how many passages of an export are measured on where as many documents are added."""
    passages = sum(len(document.passages) for document in read(path))
    return passages - min(documents * PASSAGES_EACH, passages // HELD_BACK)


def written(
    source: Iterator[Document], size: int, folder: Path, *, questions: int, documents: int
) -> Corpus:
    """Write the first ``size`` passages of a source into a folder, and keep later ones to add.

    There may be fewer documents to add than were asked for; raises ValueError where the source
    has not even ``size`` passages and two documents more.
    """
    draw = random.Random(SEED)
    places = set(draw.choices(range(size), k=2 * questions))
    drawn, rest = _write(source, size, folder, places)
    fresh = list(islice(_regrouped(chain(rest, _passages(source))), documents))
    if len(fresh) < FEWEST_DOCUMENTS:
        least = size + FEWEST_DOCUMENTS * PASSAGES_EACH
        raise ValueError(f"the corpus has fewer than {least:,} passages")
    draw.shuffle(drawn)
    return Corpus(folder, size, list(islice(_questions(drawn, draw), questions)), fresh)


def _write(
    source: Iterator[Document], size: int, folder: Path, places: set[int]
) -> tuple[list[str], Sequence[str]]:
    """Write the passages; return those at certain places, and what is left of the last document."""
    drawn: list[str] = []
    rest: Sequence[str] = ()
    start = 0
    with (
        (folder / EXPORT).open("w", encoding="utf-8") as export,
        (folder / PASSAGES).open("w", encoding="utf-8") as lines,
    ):
        for number, document in enumerate(source):
            passages, rest = document.passages[: size - start], document.passages[size - start :]
            drawn += [text for at, text in enumerate(passages, start) if at in places]
            start += len(passages)
            record = {"file": f"{number}.txt", **document.record, "text": "\n\n".join(passages)}
            export.write(json.dumps(record, ensure_ascii=False) + "\n")
            lines.writelines(f"{text}\n" for text in passages)
            if start == size:
                break
    return drawn, rest


def _passages(source: Iterable[Document]) -> Iterator[str]:
    return chain.from_iterable(document.passages for document in source)


def _regrouped(passages: Iterator[str]) -> Iterator[list[str]]:
    """Yield passages as documents of twenty; a rest that is none is left out."""
    while len(group := list(islice(passages, PASSAGES_EACH))) == PASSAGES_EACH:
        yield group


def _questions(passages: Iterable[str], draw: random.Random) -> Iterator[str]:
    """Yield a question for each passage that has the words for one."""
    analyzer = Analyzer()
    for text in passages:
        tokens = [text[token.start : token.end] for token in analyzer.tokens(text) if token.term]
        words = sorted({word for word in tokens if word.isalnum()})
        if len(words) >= FEWEST_WORDS:
            size = draw.randint(FEWEST_WORDS, MOST_WORDS)
            yield " ".join(draw.sample(words, min(size, len(words))))
