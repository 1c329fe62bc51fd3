"""How well judged questions are answered: ranks, verdicts, and the shares that they come to.

A file of judged questions has one a line, as JSON: ``{"question": …, "answers": [[FILE,
PARAGRAPH], …]}``, with no answers where the coverage does not say; ``kind`` may group them.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval import Findings, LibraryError, Verdict

DEPTH = 10
"""Passages in which one that answers is looked for."""
MRR = "MRR@10"
"""The mean over the questions of 1 / rank, 0 beyond the tenth."""
NOWHERE = 99
"""The rank of a passage that is not among them."""


class BadJudgement(LibraryError):
    """A line that is no judged question; ``str(error)`` says which and how one looks."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the passages that answer it, by file and paragraph; none if nothing does."""

    question: str
    kind: str
    answers: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one judged question."""

    judged: Judged
    findings: Findings

    @property
    def rank(self) -> int:
        """Return the place of the first passage that answers, NOWHERE where there is none."""
        for place, hit in enumerate(self.findings.hits, 1):
            copies = [(copy.document, copy.passage) for copy in hit.also]
            for document, passage in ((hit.document, hit.passage), *copies):
                if (document.file, passage.paragraph) in self.judged.answers:
                    return place
        return NOWHERE


def judged_in(path: Path) -> Iterator[Judged]:
    """Yield the judged questions of a file; raise BadJudgement where a line is none."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _judged(line, f"{path.name}, line {number}")


def _judged(line: str, where: str) -> Judged:
    try:
        record: dict[str, Any] = json.loads(line)
        answers = frozenset((str(file), int(paragraph)) for file, paragraph in record["answers"])
        return Judged(str(record["question"]), str(record.get("kind", "")), answers)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadJudgement(
            f'{where}: write {{"question": "…", "answers": [["FILE", PARAGRAPH]]}}.'
        ) from error


def figures(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return the shares in per cent, and MRR@10; only of what there are questions for."""
    answerable = [one for one in outcomes if one.judged.answers]
    unanswerable = [one for one in outcomes if not one.judged.answers]
    return _of_answerable(answerable) | _of_unanswerable(unanswerable)


def figure_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the figures, one a line."""
    for name, value in figures(outcomes).items():
        yield f"{name:28}{value:8}{'' if name == MRR else ' %'}"


def _of_answerable(outcomes: Sequence[Outcome]) -> dict[str, float]:
    if not outcomes:
        return {}
    ranks = [one.rank for one in outcomes]
    verdicts = Counter(one.findings.verdict for one in outcomes)
    return {
        "right passage first": _share(sum(rank <= 1 for rank in ranks), outcomes),
        "among the first three": _share(sum(rank <= 3 for rank in ranks), outcomes),  # noqa: PLR2004 - as the name says
        "among the first ten": _share(sum(rank <= DEPTH for rank in ranks), outcomes),
        MRR: round(sum(1 / rank for rank in ranks if rank <= DEPTH) / len(ranks), 3),
        "answerable: found": _share(verdicts[Verdict.FOUND], outcomes),
        "answerable: not found": _share(verdicts[Verdict.NOT_FOUND], outcomes),
    }


def _of_unanswerable(outcomes: Sequence[Outcome]) -> dict[str, float]:
    if not outcomes:
        return {}
    verdicts = Counter(one.findings.verdict for one in outcomes)
    return {
        "unanswerable: not “found”": _share(len(outcomes) - verdicts[Verdict.FOUND], outcomes),
        "unanswerable: not found": _share(verdicts[Verdict.NOT_FOUND], outcomes),
    }


def _share(part: int, whole: Sequence[Outcome]) -> float:
    return round(100 * part / len(whole), 1)
