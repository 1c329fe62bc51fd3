"""Sets of judged questions with the texts that they ask about, and the halves of both.

A set is a JSON file: ``documents``, each with ``id``, ``title`` and ``paragraphs``, and
``questions``, each with ``question`` and ``gold``, places of [document id, paragraph from 1]. A
file of lines (.jsonl) is of judged questions about the seeds.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.evaluating import Judged, judged_in
from retrieval import Details, Incoming, Library, LibraryError, Role, text_of
from retrieval.analysis.paragraphs import split
from tests.benchmarks.judged import ROOT

Place = tuple[str, int]
"""A file, and the number of a paragraph in it, from 1."""


class Half(StrEnum):
    """Which questions are asked: those to tune with, those to report, or both."""

    TUNING = "tuning"
    HELD_OUT = "held_out"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Text:
    """A document of a set."""

    file: str
    title: str | None
    paragraphs: Sequence[str]
    """Each in one line."""

    @property
    def incoming(self) -> Incoming:
        """The document as a source in which every paragraph keeps its number.

        Blank lines part the paragraphs, so that they are never taken for a hard-wrapped text.
        """
        content = "\n\n".join(self.paragraphs).encode()
        return Incoming(content, self.file, Details(title=self.title))


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """Questions, and the texts that they are asked of."""

    name: str
    texts: Sequence[Text]
    questions: Sequence[Judged]

    @property
    def has_unanswerable(self) -> bool:
        """Whether questions are among them that no text answers."""
        return any(not one.answers for one in self.questions)

    @property
    def answerable(self) -> Sequence[Judged]:
        """The questions that a passage answers."""
        return [one for one in self.questions if one.answers]

    def part(self, half: Half) -> "JudgedSet":
        """Return the set with the questions of one half; it keeps all texts."""
        its = [one for one in self.questions if half in {Half.ALL, self._half_of(one)}]
        return replace(self, name=f"{self.name}, {half}", questions=its)

    def sample(self, size: int) -> "JudgedSet":
        """Return the set with so many of the questions, or all where it has no more."""
        by_lot = sorted(self.questions, key=lambda one: _digest("sample", one.question))
        return replace(self, questions=by_lot[:size])

    def without_half(self) -> "JudgedSet":
        """Return the set without half of its units; nothing answers the questions about those."""
        texts = []
        moved: dict[Place, Place] = {}
        for text in self.texts:
            kept = [
                number
                for number, _ in enumerate(text.paragraphs, 1)
                if not _is_drawn("taken out", self._unit((text.file, number)))
            ]
            moved |= {(text.file, old): (text.file, new) for new, old in enumerate(kept, 1)}
            if kept:
                its = [text.paragraphs[number - 1] for number in kept]
                texts.append(replace(text, paragraphs=its))
        questions = [
            replace(one, answers=frozenset(moved[place] for place in one.answers & moved.keys()))
            for one in self.questions
        ]
        return replace(self, texts=texts, questions=questions)

    def _half_of(self, one: Judged) -> Half:
        """Return the half of a question: that of what it is about, or its own if about nothing."""
        unit = self._unit(min(one.answers)) if one.answers else one.question
        return Half.TUNING if _is_drawn("tuning", unit) else Half.HELD_OUT

    def _unit(self, place: Place) -> str:
        """Return what a half has whole: a document, or a passage where there is one document."""
        file, paragraph = place
        return file if len(self.texts) > 1 else f"{file} {paragraph}"


def _is_drawn(lot: str, unit: str) -> bool:
    """Say whether a unit is of the half that a lot draws: half of all hashes are even."""
    return _digest(lot, unit)[-1] % 2 == 0


def _digest(lot: str, unit: str) -> bytes:
    return hashlib.sha256(f"{lot}\n{unit}".encode()).digest()


def read(path: Path) -> JudgedSet:
    """Read a set; raise ValueError where a paragraph is blank, for that has no number."""
    if path.suffix == ".jsonl":
        return JudgedSet(path.stem, _seeds(), list(judged_in(path)))
    content = json.loads(path.read_text(encoding="utf-8"))
    texts = [_text(document) for document in content["documents"]]
    for text in texts:
        if not all(text.paragraphs):
            raise ValueError(f"{path.name}: a paragraph of document {text.file} is blank")
    return JudgedSet(path.stem, texts, [_judged(one, path.stem) for one in content["questions"]])


def _text(document: Mapping[str, Any]) -> Text:
    """Return a document, each of its paragraphs in one line."""
    its = [" ".join(paragraph.split()) for paragraph in document["paragraphs"]]
    return Text(_file(document["id"]), document["title"], its)


def _judged(question: Mapping[str, Any], kind: str) -> Judged:
    answers = frozenset((_file(document), paragraph) for document, paragraph in question["gold"])
    return Judged(question["question"], kind, answers)


def _file(document: object) -> str:
    return f"{document}.txt"


def _seeds() -> list[Text]:
    texts = []
    for seed in sorted((ROOT / "seeds").glob("*.txt")):
        content = text_of(seed.read_bytes(), seed.name)
        texts.append(Text(seed.name, None, [span.of(content) for span in split(content)]))
    return texts


async def load(judged_set: JudgedSet, database: Path) -> dict[Place, Role]:
    """Put the texts in a library; return what its intake takes each paragraph for.

    Raises ValueError where a paragraph is no longer under its number.
    """
    roles: dict[Place, Role] = {}
    async with Library.open(database) as library:
        async for outcome in library.add_all(text.incoming for text in judged_set.texts):
            if isinstance(outcome, LibraryError):
                raise outcome
        for text in judged_set.texts:
            passages = await library.passages(await library.document(text.file))
            if [one.text for one in passages] != list(text.paragraphs):
                raise ValueError(f"{judged_set.name}: the paragraphs of {text.file} have moved")
            roles |= {(text.file, one.paragraph): one.role for one in passages}
    return roles
