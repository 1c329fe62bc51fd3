"""Measure the verdicts on altered quotations whose verdict is known.

python tests/benchmarks/quotations.py [--held-out] [--kinds] [--show]

The held-out half was written before anything of the quote desk was read by its author; the other
half is the one that it was built with.
"""

import asyncio
import json
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from retrieval import Library, QuoteCheck, QuoteVerdict

ROOT = Path(__file__).parents[2]
JUDGED = ROOT / "tests" / "judged"
HELD_OUT = "_held_out"
HARMLESS = {QuoteVerdict.EXACT, QuoteVerdict.PUNCTUATION}


@dataclass(frozen=True, slots=True)
class Altered:
    """A quotation that was altered in a known way, and the verdict due."""

    quote: str
    kind: str
    verdict: QuoteVerdict
    is_critical: bool
    speaker: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one quotation."""

    altered: Altered
    check: QuoteCheck

    @property
    def is_right(self) -> bool:
        """Whether verdict and criticality are those that are due."""
        due = (self.altered.verdict, self.altered.is_critical)
        return (self.check.verdict, self.check.is_critical) == due

    @property
    def is_harmful(self) -> bool:
        """Whether a critical change was called harmless."""
        return self.altered.is_critical and self.check.verdict in HARMLESS


def read(half: str = "") -> list[Altered]:
    """Return the judged quotations of a half."""
    lines = (JUDGED / f"quotations{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Altered(
            record["quote"],
            record["kind"],
            QuoteVerdict(record["verdict"]),
            record["critical"],
            record.get("speaker", ""),
        )
        for record in map(json.loads, lines)
    ]


async def measure(half: str = "") -> list[Outcome]:
    """Check every quotation against the seeds and the documents written for this."""
    documents = [*(ROOT / "seeds").glob("*.txt"), *(JUDGED / f"quotations{half}").glob("*.txt")]
    with tempfile.TemporaryDirectory() as folder:
        async with Library.open(Path(folder) / "quotations.db") as library:
            for path in sorted(documents):
                await library.add(path.read_bytes(), path.name)
            return [
                Outcome(one, await library.check_quote(one.quote, speaker=one.speaker))
                for one in read(half)
            ]


def figures(outcomes: list[Outcome]) -> dict[str, float]:
    """Return the shares, in per cent, that the project holds itself to."""
    critical = [one for one in outcomes if one.altered.is_critical]
    invented = [one for one in outcomes if one.altered.verdict is QuoteVerdict.ABSENT]
    present = [one for one in invented if one.check.verdict is not QuoteVerdict.ABSENT]
    return {
        "verdict right": _share(sum(one.is_right for one in outcomes), len(outcomes)),
        "critical called harmless": _share(sum(one.is_harmful for one in critical), len(critical)),
        "invented called present": _share(len(present), len(invented)),
    }


def _share(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


def main() -> None:
    """Print the figures, by kind and one by one where that is asked for."""
    outcomes = asyncio.run(measure(HELD_OUT if "--held-out" in sys.argv else ""))
    sys.stdout.write(f"{'quotations':28}{len(outcomes):6}\n")
    for name, value in figures(outcomes).items():
        sys.stdout.write(f"{name:28}{value:6.1f} %\n")
    if "--kinds" in sys.argv:
        right = Counter(one.altered.kind for one in outcomes if one.is_right)
        for kind, number in Counter(one.altered.kind for one in outcomes).items():
            sys.stdout.write(f"{kind:40}{right[kind]:4} of {number}\n")
    if "--show" in sys.argv:
        for one in outcomes:
            if not one.is_right:
                claimed = one.altered.speaker and f" of {one.altered.speaker}"
                sys.stdout.write(
                    f"{one.check.verdict}{' critical' * one.check.is_critical}, due"
                    f" {one.altered.verdict}{' critical' * one.altered.is_critical}:"
                    f" {one.altered.quote!r}{claimed}\n"
                )


if __name__ == "__main__":
    main()
