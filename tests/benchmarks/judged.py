"""Measure the answers to judged questions over the seeds.

python tests/benchmarks/judged.py tests/judged/held_out.jsonl [--kinds] [--show]
"""

import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval import Findings, Library, Verdict

ROOT = Path(__file__).parents[2]


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
        """Return the place of the first passage that answers, 99 where there is none."""
        for place, hit in enumerate(self.findings.hits, 1):
            copies = [(copy.document, copy.passage) for copy in hit.also]
            for document, passage in ((hit.document, hit.passage), *copies):
                if (document.file, passage.paragraph) in self.judged.answers:
                    return place
        return 99


def read(path: Path) -> Iterator[Judged]:
    """Yield the judged questions of a file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        answers = frozenset((file, paragraph) for file, paragraph in record["answers"])
        yield Judged(record["question"], record["kind"], answers)


async def measure(path: Path) -> list[Outcome]:
    """Ask every question of a file of a library that holds the seeds."""
    with tempfile.TemporaryDirectory() as folder:
        async with Library.open(Path(folder) / "seeds.db") as library:
            for seed in sorted((ROOT / "seeds").glob("*.txt")):
                await library.add(seed.read_bytes(), seed.name)
            return [
                Outcome(judged, await library.find(judged.question, limit=10))
                for judged in read(path)
            ]


def figures(outcomes: list[Outcome]) -> dict[str, float]:
    """Return the shares, in per cent, that the project holds itself to."""
    answered = [one for one in outcomes if one.judged.answers]
    unanswered = [one for one in outcomes if not one.judged.answers]
    verdicts = Counter((bool(one.judged.answers), one.findings.verdict) for one in outcomes)

    def share(part: int, whole: list[Outcome]) -> float:
        return round(100 * part / len(whole), 1)

    return {
        "right passage first": share(sum(one.rank <= 1 for one in answered), answered),
        "among the first three": share(sum(one.rank <= 3 for one in answered), answered),
        "answerable: found": share(verdicts[True, Verdict.FOUND], answered),
        "answerable: not found": share(verdicts[True, Verdict.NOT_FOUND], answered),
        "unanswerable: not “found”": share(
            len(unanswered) - verdicts[False, Verdict.FOUND], unanswered
        ),
        "unanswerable: not found": share(verdicts[False, Verdict.NOT_FOUND], unanswered),
    }


def _print_kinds(outcomes: list[Outcome]) -> None:
    """Print where the figures are won and lost, by kind of question, in per cent."""
    header = ("questions", "first", "in three", "found", "weak", "not found")
    sys.stdout.write(f"{'':20}{''.join(f'{name:>11}' for name in header)}\n")
    for kind in sorted({one.judged.kind for one in outcomes}):
        of_kind = [one for one in outcomes if one.judged.kind == kind]
        grades = Counter(one.findings.verdict for one in of_kind)
        counts = [
            sum(one.rank <= 1 for one in of_kind),
            sum(one.rank <= 3 for one in of_kind),
            *(grades[verdict] for verdict in Verdict),
        ]
        shares = "".join(f"{100 * count / len(of_kind):11.0f}" for count in counts)
        sys.stdout.write(f"{kind:20}{len(of_kind):11}{shares}\n")


def main() -> None:
    """Print the figures of one file of judged questions."""
    outcomes = asyncio.run(measure(Path(sys.argv[1])))
    for name, value in figures(outcomes).items():
        sys.stdout.write(f"{name:28}{value:6.1f} %\n")
    if "--kinds" in sys.argv:
        _print_kinds(outcomes)
    if "--show" in sys.argv:
        for one in outcomes:
            rank = one.rank if one.judged.answers else "-"
            sys.stdout.write(
                f"{rank:>3} {one.findings.verdict:9} {one.findings.confidence:.2f}"
                f" {one.judged.kind:18} {one.judged.question}\n"
            )


if __name__ == "__main__":
    main()
