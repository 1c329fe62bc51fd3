"""Who said what, in the seeds and held out, stays what the project holds itself to."""

import asyncio

import pytest

from tests.benchmarks.sayings import HELD_OUT, Outcome, figures, measure


@pytest.fixture(scope="module", params=["", HELD_OUT], ids=["seeds", "held out"])
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    """Return what comes of each label, and of each quotation that has none."""
    return asyncio.run(measure(request.param))


def test_the_speakers_that_are_named_are_the_right_ones(outcomes: list[Outcome]) -> None:
    assert figures(outcomes)["precision"] >= 95


def test_nearly_all_speakers_are_named(outcomes: list[Outcome]) -> None:
    assert figures(outcomes)["recall"] >= 85


def test_a_term_in_quotation_marks_is_nobodys(outcomes: list[Outcome]) -> None:
    terms = [one for one in outcomes if one.label.speaker is None]
    assert terms
    assert not [one for one in terms if one.found]
