"""The verdicts on altered quotations stay what the project holds itself to."""

import asyncio

import pytest

from tests.benchmarks.quotations import HELD_OUT, Outcome, figures, measure, read


@pytest.fixture(scope="module", params=["", HELD_OUT], ids=["built with", "held out"])
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    """Return what comes of each judged quotation of a half."""
    return asyncio.run(measure(request.param))


@pytest.mark.parametrize("half", ["", HELD_OUT])
def test_there_are_enough_of_them_and_none_twice(half: str) -> None:
    quotes = [(one.quote, one.speaker) for one in read(half)]
    assert len(quotes) >= 150
    assert len(set(quotes)) == len(quotes)


def test_the_verdict_is_right_on_nearly_all(outcomes: list[Outcome]) -> None:
    assert figures(outcomes)["verdict right"] >= 97


def test_no_critical_change_is_called_harmless(outcomes: list[Outcome]) -> None:
    assert not [one.altered.quote for one in outcomes if one.is_harmful]


def test_no_invented_quotation_is_called_present(outcomes: list[Outcome]) -> None:
    assert figures(outcomes)["invented called present"] < 1
