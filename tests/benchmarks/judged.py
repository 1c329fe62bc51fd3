"""Measure the answers to judged questions over the seeds.

python tests/benchmarks/judged.py tests/judged/held_out.jsonl [--kinds] [--show]
"""

import asyncio
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot.evaluating import DEPTH, Outcome, figure_lines, judged_in
from retrieval import Library, Verdict

ROOT = Path(__file__).parents[2]


async def measure(path: Path) -> list[Outcome]:
    """Ask every question of a file of a library that holds the seeds."""
    with tempfile.TemporaryDirectory() as folder:
        async with Library.open(Path(folder) / "seeds.db") as library:
            for seed in sorted((ROOT / "seeds").glob("*.txt")):
                await library.add(seed.read_bytes(), seed.name)
            return [
                Outcome(judged, await library.find(judged.question, DEPTH))
                for judged in judged_in(path)
            ]


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
    for figure in figure_lines(outcomes):
        sys.stdout.write(f"{figure}\n")
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
