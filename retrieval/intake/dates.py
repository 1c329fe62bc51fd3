"""Dates as news pages write them, on lines of their own or inside a byline."""

from datetime import date

import regex
from dateutil import parser

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thur?s?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,? )?"
_TIME = r"(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: \(?[A-Z]{2,4}\)?)?)?"
_CLOCK = r"\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: [A-Z]{2,4})?"
DATE = regex.compile(
    rf"(?<!\w)(?i:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|\d{{4}}-\d{{2}}-\d{{2}})(?!\d)"
)
_LABEL = (
    r"(?:(?P<label>(?:first |originally |last )?(?:published|posted|updated|modified|created)"
    r"|date)(?: on| at)?:? )?"
)
_DATED_LINE = regex.compile(
    rf"{_LABEL}(?:{_CLOCK},? )?{_WEEKDAY}(?P<date>{DATE.pattern}){_TIME}\.?", regex.IGNORECASE
)


def is_dated_line(paragraph: str) -> bool:
    """Say whether the paragraph is a date and nothing else, “Updated March 16, 2018” included."""
    return _DATED_LINE.fullmatch(paragraph) is not None


def label_of(paragraph: str) -> str:
    """Return a dated line's label in lower case (“updated”), empty where it has none."""
    match = _DATED_LINE.fullmatch(paragraph)
    return (match["label"] or "").lower() if match else ""


def first_date(text: str) -> date | None:
    """Return the first whole date in the text; None where there is none that the calendar has."""
    for match in DATE.finditer(text):
        try:
            return parser.parse(match[0]).date()
        except (ValueError, OverflowError):
            continue
    return None
