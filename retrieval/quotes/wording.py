"""A text as words that remember where they stand, and a quotation with what it says it leaves out.

Words are compared without case, accents and punctuation. Signs that a figure hangs on are words
too: “$1” is not “€1”, and “85%” is “85 percent”.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from retrieval.analysis.analyzer import fold, words_in
from retrieval.analysis.words import titles
from retrieval.errors import BadQuotation

WORDS_LIMIT = 1_000
"""Words of one quotation; aligning takes time with the square of their number."""
SPAN_OF_WORDS = 4
"""Words from which a quotation inside a longer text is what is meant by it."""

_OPENING = frozenset("\"“„«‹‘'‚`”»")
_CLOSING = frozenset("\"”“»›’'`‘«")
_SIGN = regex.compile(r"[%‰\p{Sc}]")
_SIGN_FORMS = {"%": "percent", "‰": "permille"}
_MARK = regex.compile(
    r"\[\s*(?:…|\.{3,}|(?:\.\s){2,}\.)\s*\]|…|\.{3,}|(?:\.\s){2,}\.|(?<!\p{L})\[[^\[\]]*\](?!\p{L})"
)
"""What says that something is left out: … and ... and [words of the one who quotes]."""
_SIC = regex.compile(r"\s*\[\s*sic\s*[.!]?\s*\]", regex.IGNORECASE)
"""It says that the words before it stand so; it is no word, and in the place of none."""
_IN_WORD = regex.compile(r"\[(\p{L}{1,4})\](?=\p{L})|(?<=\p{L})\[(\p{L}{1,4})\]")
"""A letter changed by the one who quotes: [W]e, officer[s]."""
_HYPHENATED = regex.compile(r"(?<=\p{L})[-\N{HYPHEN}\N{SOFT HYPHEN}]\s*\r?\n\s*(?=\p{Ll})")
_QUOTED_SPAN = regex.compile(r"“(?P<in>[^“”]+)”|\"(?P<in>[^\"]+)\"|«(?P<in>[^«»]+)»")
_BEGINNING = regex.compile(r"(?:[.!?…。！？:][\"'”’)\]]*|[\"“‘„«]|(?<=^|\s)['`])\s*$")
"""What stands before the first word of a sentence or of a quotation."""
_ENDING = regex.compile(r"[.!?…。！？](?:\s|[\"'”’)\]»]|$)|[\"”»\n]")
"""What stands behind the last one."""
_SHORTENED = regex.compile(r"\.\s+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, and where it stands there."""

    form: str
    start: int
    end: int
    is_sign: bool = False
    """Whether the index does not hold it."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A text and its words, in order."""

    text: str
    words: Sequence[Word]
    language: str = "en"
    """ISO 639-1."""

    @property
    def forms(self) -> list[str]:
        """The folded words."""
        return [word.form for word in self.words]

    def forms_of(self, its: range) -> list[str]:
        """Return some of the folded words, whatever the length of the text."""
        return [word.form for word in self.words[its.start : its.stop]]

    def slice(self, first: int, end: int) -> str:
        """Return the text from one word up to another, that one left out."""
        if first >= end:
            return ""
        return self.text[self.words[first].start : self.words[end - 1].end]

    def between(self, at: int) -> str:
        """Return what stands before a word, from the end of the one before it."""
        start = self.words[at - 1].end if at else 0
        end = self.words[at].start if at < len(self.words) else len(self.text)
        return self.text[start:end]

    def begins_sentence(self, at: int) -> bool:
        """Say whether a word is the first of a sentence or stands behind an opening mark."""
        before = self.between(at)
        is_first = at == 0 and not before.strip()
        return is_first or (not self._is_shortened(at - 1) and bool(_BEGINNING.search(before)))

    def within(self, start: int, end: int) -> range:
        """Return the words between two places of the text, by their numbers."""
        starts = [one.start for one in self.words]
        return range(bisect_left(starts, start), bisect_left(starts, end))

    def ends_sentence(self, at: int) -> bool:
        """Say whether a word is the last of a sentence, of a quotation or of the text."""
        behind = self.between(at + 1)
        is_last = at + 1 == len(self.words)
        return is_last or (not self._is_shortened(at) and bool(_ENDING.search(behind)))

    def _is_shortened(self, at: int) -> bool:
        """Say whether the full stop behind a word is that of a title or an initial: Mr., J."""
        if at < 0 or not _SHORTENED.fullmatch(self.between(at + 1)):
            return False
        word = self.slice(at, at + 1)
        is_initial = len(word) == 1 and word.isupper() and word != "I"
        return is_initial or self.words[at].form in titles()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation as somebody gives it."""

    wording: Wording
    gaps: frozenset[int]
    """Before which of its words it says that something is left out."""
    is_edited: bool = False
    """Whether letters in brackets were put in place: [W]e, officer[s]."""
    inserted: Mapping[int, str] = field(default_factory=dict)
    """What stands in brackets before some of its words, or behind the last."""


def wording_of(text: str, language: str = "en") -> Wording:
    """Return a text with its words."""
    words = [Word(fold(span.of(text)), span.start, span.end) for span in words_in(text)]
    signs = [
        Word(_SIGN_FORMS.get(sign[0], sign[0]), sign.start(), sign.end(), is_sign=True)
        for sign in _SIGN.finditer(text)
    ]
    if signs:
        words = sorted([*words, *signs], key=lambda word: word.start)
    return Wording(text, words, language)


def quotation_of(text: str) -> Quotation:
    """Return a quotation of a text that somebody sent; raise BadQuotation where it is none.

    Where the text quotes something, as in: she said “we will not”, that is what is meant.
    """
    return _quotation_of(_meant(text))


def whole_of(text: str) -> Quotation | None:
    """Return all of a text that quotes something as one quotation; None where that is no other."""
    whole, meant = _unquoted(text), _meant(text)
    return None if whole == meant else _quotation_of(whole)


def _quotation_of(meant: str) -> Quotation:
    given = _HYPHENATED.sub("", _SIC.sub("", meant))
    given, edited = _IN_WORD.subn(r"\1\2", given)
    marks = list(_MARK.finditer(given))
    whole = wording_of(given)
    words = [word for word in whole.words if not any(_within(word, mark) for mark in marks)]
    if not words:
        raise BadQuotation("There is no word in that quotation; give the words that were said.")
    if len(words) > WORDS_LIMIT:
        raise BadQuotation(
            f"That quotation has {len(words):,} words and {WORDS_LIMIT:,} is the limit; "
            "check it in parts, or a whole text with checkdraft."
        )
    starts = [word.start for word in words]
    gaps = {bisect_left(starts, mark.end()): mark[0] for mark in marks}
    inserted = {at: mark for at, mark in gaps.items() if any(map(str.isalnum, mark))}
    inner = frozenset(gaps) - {0, len(words)}
    return Quotation(Wording(given, words), inner, edited > 0, inserted)


def _within(word: Word, mark: "regex.Match[str]") -> bool:
    return mark.start() <= word.start < mark.end()


def _meant(text: str) -> str:
    """Return the words that are to be checked: what the text quotes, or else all of it."""
    if (whole := _between_outer_marks(text)) is not None:
        return whole
    spans = [match["in"] for match in _QUOTED_SPAN.finditer(text)]
    longest = max(spans, key=len, default="")
    return longest if len(words_in(longest)) >= SPAN_OF_WORDS else _unquoted(text)


def _unquoted(text: str) -> str:
    """Return a text without the marks around it, one that is not closed too."""
    whole = _between_outer_marks(text)
    stripped = text.strip()
    return stripped[stripped[:1] in _OPENING :] if whole is None else whole


def _between_outer_marks(text: str) -> str | None:
    """Return what stands between marks around a text, None where there are none."""
    stripped = text.strip()
    end = stripped[1:].rstrip(" .,;:!?")
    if stripped[:1] in _OPENING and end[-1:] in _CLOSING and not _closes_inner(end):
        return end[:-1]
    return None


def _closes_inner(text: str) -> bool:
    """Say whether the last mark closes a quotation inside, as in He said ‘no’."""
    opening = {"’": "‘", "”": "“"}.get(text[-1:])
    return opening is not None and text.count(opening) > text[:-1].count(text[-1:])
