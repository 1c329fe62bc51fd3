"""What kind of thing a question asks for, and whether a passage holds one that was not given.

“How much money …?” is not answered where no sum stands, however many of its words do.
"""

from dataclasses import dataclass
from typing import Final

import regex

OPENING_LIMIT = 400
"""Characters of a question in which its kind is looked for."""

_WORD = regex.compile(r"[\p{L}\p{N}]+")
_NUMERAL = (
    r"\d[\d.,]*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|thirteen"
    r"|(?:four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred"
    r"|thousand|million|billion|half|third|quarter|(?:fif|six|seven|eigh|nin|ten)th|percent|none"
    r"|no|zero|twice)s?|nobody|(?:doubl|tripl|halv)(?:e[ds]?|ing)"
)
_TIME = (
    r"(?:1[5-9]|20)\d\d|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary)?|Feb(?:ruary)?"
    r"|March|April?|Apr|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?"
    r"|Dec(?:ember)?|(?:yesterday|today|tomorrow|tonight|week|month|year|decade|century|weekend"
    r"|morning|evening|summer|winter|spring|autumn)s?|ago"
    r"|May \d{1,2}|\d{1,2} May|\d{1,2}:\d{2}|\d{1,2} [ap]\.?m|noon|midnight|o[’']clock"
)


_PARTS = regex.compile(
    r"(?:\?|\band)\s+(?=(?:who|whom|whose|what|which|when|where|why|how)\b)", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class AnswerType:
    """A kind of thing that is asked for."""

    name: str
    asked: "regex.Pattern[str]"
    """How questions ask for it."""
    given: "regex.Pattern[str]"
    """How passages state it."""
    weight_of_lack: float
    """What it counts for in the verdict, on its logistic scale, that a passage states none."""

    def stands_in(self, passage: str, question: str) -> bool:
        """Say whether a passage states such a thing and did not take it from the question."""
        asked = _words_of(question)
        return any(not _words_of(match[0]) <= asked for match in self.given.finditer(passage))


def _words_of(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) or {text}


ANSWER_TYPES: Final = (
    AnswerType(
        "sum of money",
        regex.compile(
            r"\bhow much (?:money|funding|cash)\b|\bhow much\b.*\b(?:costs?|pay|paid|spend|spent"
            r"|raised?|earn|worth|give|donated?)\b"
            r"|\bwhat(?:[’']s| (?:is|are|was|were|will)) (?:.* )?(?:budget|salary|price)\b",
            regex.IGNORECASE,
        ),
        regex.compile(
            r"[$£€¥]|\b(?:dollars?|euros?|pounds?|cents?|yen|francs?)\b", regex.IGNORECASE
        ),
        weight_of_lack=-3.5,
    ),
    AnswerType(
        "figure",
        regex.compile(
            r"\bhow (?:many|much|often|old|tall|long|far|high|big|large|fast)\b"
            r"|\bwhat (?:percent|percentage|share|proportion|number)\b",
            regex.IGNORECASE,
        ),
        regex.compile(rf"\b(?:{_NUMERAL})\b", regex.IGNORECASE),
        weight_of_lack=-3.5,
    ),
    AnswerType(
        "time",
        regex.compile(
            r"\bwhen\b|\b(?:what|which) (?:year|date|day|month|week|time)\b", regex.IGNORECASE
        ),
        regex.compile(rf"\b(?:{_TIME})\b", regex.IGNORECASE),
        weight_of_lack=-1.5,
    ),
)


def asks_for_a_kind(question: str) -> bool:
    """Say whether a question, or a part of it, asks for a kind of thing."""
    return bool(_types_asked_for(question))


def type_lacking(question: str, passage: str) -> AnswerType | None:
    """Return the kind of thing that is asked for, where the passage states none, else None.

    Of a question with several parts (“When does it open, and how much did it cost?”) a passage
    may answer any one.
    """
    wanted = _types_asked_for(question)
    if any(one.stands_in(passage, question) for one in wanted):
        return None
    return next(iter(wanted), None)


def type_asked_for(question: str) -> AnswerType | None:
    """Return the kind of thing that a question asks for, None where it does not say."""
    opening = question[:OPENING_LIMIT]
    return next((one for one in ANSWER_TYPES if one.asked.search(opening)), None)


def _types_asked_for(question: str) -> list[AnswerType]:
    """Return what the parts of a question ask for, in order."""
    parts = _PARTS.split(question[:OPENING_LIMIT])
    return [one for one in map(type_asked_for, parts) if one]
