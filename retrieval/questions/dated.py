"""The dates of a question, held against the day on which a document was published.

News seldom says its own year: “turnout 2024” asks for what was published then.
"""

import calendar
from collections.abc import Sequence
from datetime import date

import regex

from retrieval.questions.question import Concept, Question

_YEAR = regex.compile(r"(?:19|20)\d\d")


def years_in(question: Question) -> list[Concept]:
    """Return the years that a question names."""
    return [one for one in question.concepts if _YEAR.fullmatch(one.word)]


def terms_of_day(question: Question, published: date | None) -> set[str]:
    """Return the terms of a question that name a day, its month or its year.

    A figure names the day only beside the month: “8 October 2025”.
    """
    if published is None:
        return set()
    month = {calendar.month_name[published.month], calendar.month_abbr[published.month]}
    in_month = _among(question.concepts, {one.lower() for one in month})
    day = _among(question.concepts, {str(published.day)}) if in_month else set()
    return _among(question.concepts, {str(published.year)}) | in_month | day


def _among(concepts: Sequence[Concept], words: set[str]) -> set[str]:
    return {one.term for one in concepts if one.word.lower() in words}
