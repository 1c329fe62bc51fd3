"""The answers to the judged questions do not get worse than they were measured to be.

The figures that the project holds itself to, and those that are reached, are in the README of
``judged``. The floors here are a little below the latter, for a change may move a question or two.
"""

import asyncio
from pathlib import Path

import pytest

from bot.evaluating import figures
from tests.benchmarks.judged import measure

JUDGED = Path(__file__).parent / "judged"


@pytest.fixture(scope="module")
def held_out() -> dict[str, float]:
    """Return the figures of the questions on which nothing was tuned."""
    return figures(asyncio.run(measure(JUDGED / "held_out.jsonl")))


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("right passage first", 72),
        ("among the first three", 86),
        ("answerable: found", 70),
        ("unanswerable: not “found”", 67),
        ("unanswerable: not found", 52),
    ],
)
def test_a_figure_stays_at_what_was_measured(
    held_out: dict[str, float], figure: str, floor: float
) -> None:
    assert held_out[figure] >= floor


def test_answerable_questions_are_seldom_called_not_found(held_out: dict[str, float]) -> None:
    assert held_out["answerable: not found"] <= 6
