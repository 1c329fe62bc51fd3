"""Where the subject of a question stands: without the words that ask an archive for something.

“Any stories on Baltimore?” is about Baltimore, and that no story says “stories” is no finding.
Only before the subject, and behind it (“… in our coverage”), are they a frame: “Who wrote the cover
story?” has none.
"""

from itertools import pairwise

import regex

from retrieval.analysis import words
from retrieval.model import Span

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’-]+")
_QUOTATION = regex.compile(r"[\"“”„«»]")
_END = regex.compile(
    r"\b(?:in|from|across)\s+(?:our|your|the|this)\s+(?P<holding>\p{L}+)[\s.?!]*$",
    regex.IGNORECASE,
)


def subject_of(text: str) -> Span:
    """Return where the subject of a question stands; all of it where there is no frame."""
    begin, end = _begin(text), _end(text)
    return Span(begin, end) if _WORD.search(text, begin, end) else Span(0, len(text))


def _begin(text: str) -> int:
    quotation = _QUOTATION.search(text)
    found = list(_WORD.finditer(text, 0, quotation.start() if quotation else len(text)))
    length = _frame([match[0].lower() for match in found])
    return found[length - 1].end() if length else 0


def _end(text: str) -> int:
    """Return where a question ends, “in our coverage” left out."""
    match = _END.search(text)
    return match.start() if match and match["holding"].lower() in _listed("holding") else len(text)


def _frame(opening: list[str]) -> int:
    """Return how many words at the beginning of a question are its frame."""
    length, framing = 0, ""
    for number, (word, following) in enumerate(pairwise([*opening, ""])):
        if _asks(word, framing, following, opening[:number]):
            length, framing = number + 1, word
        elif not _says_nothing(word):
            break
    return length


def _asks(word: str, framing: str, following: str, before: list[str]) -> bool:
    """Say whether a word asks for something; ``framing`` is the last one before it that does."""
    if word in _listed("occurring"):
        return not {"what", "anything", "something"}.isdisjoint(before)
    if word in _listed("telling") and _listed("polite").issuperset(before):
        return True
    if word in _listed("doing") and "we" in before:
        return True
    if word in _listed("holding"):
        return following in _listed("link")
    return word in _listed("link") and any(framing in _listed(its) for its in ("holding", "link"))


def _says_nothing(word: str) -> bool:
    lists = (words.stop_words(), words.chat_words(), _listed("which"))
    return any(word in its for its in lists)


def _listed(part: str) -> frozenset[str]:
    return words.frames()[part]
