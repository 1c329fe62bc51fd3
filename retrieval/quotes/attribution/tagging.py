"""What the words around a quotation, or within it, say of its speaker.

A tag stands behind it (“…,” Smith said) or before it (Smith said: “…”), or the quotation is a part
of what a sentence reports (Smith said he was “…”).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from retrieval.model import Passage, Span
from retrieval.quotes.attribution.attributed import Rule
from retrieval.quotes.attribution.narration import Narration
from retrieval.quotes.attribution.people import Kind, Mention, People
from retrieval.quotes.attribution.spans import Quoted
from retrieval.quotes.attribution.subjects import subject_before, subject_behind
from retrieval.quotes.attribution.verbs import first_verb, last_verb
from retrieval.quotes.interruptions import interruption_within

SUBJECT = 60
"""Characters between a quotation and the verb of the tag behind it, at most."""

_WITHOUT_PRONOUN = frozenset(["es", "it", "pt", "ca", "ro"])
"""Languages in which a verb says by itself that he or she does something: “…”, señaló."""
_UNSAID = Mention("", Kind.PRONOUN, 0, 0)
_UNSAID_OF_MANY = Mention("they", Kind.PRONOUN, 0, 0)
_INVERTED_BEFORE = regex.compile(r"(?:a|ont|avait|avaient)-(?:t-)?(?:il|elle)(?P<many>s?)\s+$")
_INVERTED_BEHIND = regex.compile(r"-(?:t-)?(?:il|elle)(?P<many>s?)\b")
_CLOSER = regex.compile(r"[”\"’'»\s,—–-]*")
_COMPLETE = regex.compile(r"[.…]$")
_ALONE = regex.compile(r"^(?P<name>[\p{Lu}][^:.!?]{1,60}):\s*[\"“„«‘']?\s*$")
_COLON = regex.compile(r":\s*[\"“„«‘']?\s*$")
_OPENER = regex.compile(r"[,:]?\s*(?:that\s*)?[\"“„«‘']?\s*$")


@dataclass(frozen=True, slots=True)
class Told:
    """Who is told to have said a quotation, as the text mentions them."""

    mention: Mention
    rule: Rule
    paragraph: int
    begin: int
    """Where the clause begins that the mention counts from."""
    at: int
    """Where that stands in the paragraph."""
    by_verb: bool = True
    """Whether a verb of speech says so."""


class Tagging:
    """Reads the words around the quotations of a document."""

    def __init__(
        self, passages: Sequence[Passage], narration: Narration, people: People, language: str
    ) -> None:
        self._passages = passages
        self._narration = narration
        self._people = people
        self._language = language

    def told(self, quoted: Quoted) -> Iterator[Told]:
        """Yield what is told of a quotation's speaker: behind it, before it and within it."""
        for read in (self._behind, self._before, self._within):
            if told := read(quoted):
                yield told

    def _behind(self, quoted: Quoted) -> Told | None:
        last = quoted.parts[-1]
        narration = self._narration.texts[last.paragraph]
        text = self._passages[last.paragraph].text
        if _COMPLETE.search(last.span.of(text).rstrip()):
            return None
        closer = _CLOSER.match(narration, last.span.end)
        start = closer.end() if closer else last.span.end
        clause = narration[start : self._narration.clauses(last.paragraph).end_of(start)]
        verb = first_verb(clause, self._language)
        if verb is None or verb.start > SUBJECT:
            return None
        mention = self._of_tag(clause, verb)
        at = start + verb.start
        return Told(mention, Rule.BEHIND, last.paragraph, start, at) if mention else None

    def _of_tag(self, clause: str, verb: Span) -> Mention | None:
        """Return whom the tag names that a clause behind a quotation begins with."""
        before = clause[: verb.start]
        if self._language == "fr" and (pronoun := _inverted(before, clause[verb.end :])):
            return pronoun
        if before.strip():
            mention = subject_before(before, self._people)
            is_late = mention is not None and bool(clause[: mention.start].strip())
            return None if mention and is_late and mention.kind is Kind.PRONOUN else mention
        mention = subject_behind(clause, verb.end, self._people)
        return _UNSAID if mention is None and self._language in _WITHOUT_PRONOUN else mention

    def _before(self, quoted: Quoted) -> Told | None:
        first = quoted.parts[0]
        number, end = first.paragraph, first.span.start
        begin = self._narration.clauses(number).begin_of(end)
        clause = self._narration.texts[number][begin:end]
        verb = last_verb(clause, self._language)
        if verb is None:
            return self._introduced(clause, number, begin)
        mention = subject_before(clause[: verb.start], self._people)
        is_at_once = _OPENER.fullmatch(clause, verb.end) is not None
        rule = Rule.BEFORE if is_at_once else Rule.REPORTED
        return Told(mention, rule, number, begin, begin + verb.start) if mention else None

    def _introduced(self, clause: str, number: int, begin: int) -> Told | None:
        """Return whom a clause without a verb of speech names before its colon.

        Either it has nothing else, “Ann Lee: “…””, or it is about them: “Ann Lee was blunt: “…””.
        """
        alone = _ALONE.match(clause)
        if alone and (mentions := self._people.mentioned(alone["name"])):
            return Told(mentions[-1], Rule.BEFORE, number, begin, begin)
        opened = _COLON.search(clause)
        mention = subject_before(clause[: opened.start()], self._people) if opened else None
        if mention is None or mention.kind is Kind.PRONOUN:
            return None
        return Told(mention, Rule.BEFORE, number, begin, begin, by_verb=False)

    def _within(self, quoted: Quoted) -> Told | None:
        """Return what a quotation itself says between commas, as in “…, a-t-elle ajouté, …”."""
        for part in quoted.parts:
            text = part.span.of(self._passages[part.paragraph].text)
            if said := interruption_within(text, self._language):
                mentions = self._people.mentioned(said.of(text))
                names = (one for one in mentions if one.kind is Kind.NAME)
                begin = part.span.start
                mention = next(names, _UNSAID)
                return Told(mention, Rule.BEHIND, part.paragraph, begin, begin)
        return None


def _inverted(before: str, behind: str) -> Mention | None:
    """Return the pronoun that French joins to a verb: “a-t-elle déclaré”, “dit-il”."""
    match = _INVERTED_BEFORE.fullmatch(before) or _INVERTED_BEHIND.match(behind)
    return (_UNSAID_OF_MANY if match["many"] else _UNSAID) if match else None
