"""The words of a reporter within a quotation, as “he said” in: “…,” he said. “…”.

They are no words of the quotation, neither in the source nor where somebody copied them.
"""

from typing import Final

import regex

from retrieval.analysis import words
from retrieval.model import Span
from retrieval.quotes.wording import Wording

_CLOSES = regex.compile(r"[\"”»]|[\p{L}\p{N},.!?…—–]['’](?!\p{L})")
_OPENS = regex.compile(r"[\"“„«]|(?<![\p{L}\p{N}])['‘]$")
_MARK = regex.compile(r"[\"“”„«»]")
_GOES_ON = regex.compile(r"(?:he|she|they)\s+(?:\p{L}+\s+)?(?P<verb>\p{L}+)", regex.IGNORECASE)
"""What joins two paragraphs of one quotation: He continued: “…"""
_BETWEEN: Final = {
    "fr": regex.compile(r",\s*(?P<said>[^,.!?\n]+),\s*"),
    "es": regex.compile(r",?\s*[—–](?P<said>[^—–\n]+)[—–][,.;:]?\s*"),
}
"""How a language’s press has it between commas or dashes, without closing the marks."""
_AUXILIARIES: Final = {"fr": frozenset(["a", "ont", "avait", "avaient"])}
"""What stands before the verb of such an interruption: a-t-elle ajouté."""
_WORD = regex.compile(r"\p{L}+")
LONGEST = 12
"""Words of such an interruption without marks, at most."""


def is_interruption(text: Wording, its: range) -> bool:
    """Say whether a quotation closes before these words and opens again right behind them."""
    before, behind = text.between(its.start), text.between(its.stop)
    inside = text.slice(its.start, its.stop)
    if _MARK.search(inside):
        return False
    last = text.slice(its.start - 1, its.start)[-1:] if its.start else ""
    if _CLOSES.search(last + before) and _OPENS.search(behind):
        return _is_in_one(before, inside, behind)
    return _is_inside(f"{before}{inside}{behind}", text.language)


def _is_in_one(before: str, inside: str, behind: str) -> bool:
    """Say whether nobody else speaks behind an interruption, as in another paragraph."""
    if "\n" in f"{before}{behind}":
        return False
    _, end, rest = inside.partition("\n")
    if not end:
        return True
    goes_on = _GOES_ON.fullmatch(rest.strip())
    return goes_on is not None and goes_on["verb"] in words.speech_verbs()


def interruption_within(text: str, language: str) -> Span | None:
    """Return where a quotation is interrupted without closing its marks, None where it is not."""
    pattern = _BETWEEN.get(language)
    matches = pattern.finditer(text, overlapped=True) if pattern else ()
    return next(
        (Span(*match.span("said")) for match in matches if _begins_speech(match["said"], language)),
        None,
    )


def _is_inside(whole: str, language: str) -> bool:
    """Say whether words between commas or dashes begin with a verb of speech."""
    pattern = _BETWEEN.get(language)
    match = pattern.fullmatch(whole) if pattern else None
    return match is not None and _begins_speech(match["said"], language)


def _begins_speech(text: str, language: str) -> bool:
    said = [one.casefold() for one in _WORD.findall(text)]
    if not 0 < len(said) <= LONGEST:
        return False
    verbs = words.speech_verbs(language)
    is_compound = said[0] in _AUXILIARIES.get(language, ())
    return said[0] in verbs or (is_compound and any(one in verbs for one in said[1:]))
