"""Who said what in the seeds stays what the project holds itself to."""

import asyncio

import pytest

from tests.benchmarks.sayings import Outcome, figures, measure


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Return what comes of each label, and of each quotation that has none."""
    return asyncio.run(measure())


def test_the_speakers_that_are_named_are_the_right_ones(outcomes: list[Outcome]) -> None:
    assert figures(outcomes)["precision"] >= 95


def test_nearly_all_speakers_are_named(outcomes: list[Outcome]) -> None:
    assert figures(outcomes)["recall"] >= 85


def test_a_term_in_quotation_marks_is_nobodys(outcomes: list[Outcome]) -> None:
    terms = [one for one in outcomes if one.label.speaker is None]
    assert [one.found for one in terms] == [None, None]
