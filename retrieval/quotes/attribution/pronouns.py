"""For whom a pronoun stands: whoever was named, or spoke, last before it."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.quotes.attribution.attributed import Tag
from retrieval.quotes.attribution.leading_clauses import is_agent, main_clause
from retrieval.quotes.attribution.narration import Narration
from retrieval.quotes.attribution.people import Kind, Mention, People

FAR = 3
"""Paragraphs back in which a pronoun’s person is looked for."""


@dataclass(frozen=True, slots=True)
class _Named:
    """Who is named above all up to a place, and who may be meant instead."""

    main: Mention | None = None
    doubted: Mention | None = None
    """Named later, in what only leads to a main clause."""

    def or_before(self, before: "_Named") -> "_Named":
        """Return who is named here, else before."""
        return self if self.main else _Named(before.main, self.doubted or before.doubted)


class Pronouns:
    """Finds the people of a document for whom pronouns stand."""

    def __init__(self, narration: Narration, people: People) -> None:
        self._narration = narration
        self._people = people
        self._named: dict[int, list[tuple[int, _Named]]] = {}
        """By paragraph: where each sentence begins, and who is named up to its end."""

    def person(
        self, pronoun: Mention, paragraph: int, at: int, spoken: Mapping[int, Tag]
    ) -> tuple[str, bool]:
        """Return for whom a pronoun stands, empty where nobody was named, and whether that is sure.

        Whoever the paragraph names before it; else whoever spoke last, or was named first, in the
        paragraphs before. ``spoken`` is the last tag of each paragraph.
        """
        named = self._named_before(paragraph, at)
        is_sure = pronoun.name.casefold() != "they" and named.doubted is None
        if named.main:
            return self._people.full(named.main, paragraph), is_sure
        if paragraph in spoken:
            return spoken[paragraph].speaker, is_sure
        before = paragraph
        for back in range(1, FAR + 1):
            before = self._narration.paragraph_before(before)
            if before < 0:
                break
            if tag := spoken.get(before):
                return tag.speaker, is_sure and tag.is_sure
            if last := self._named_last(before).main:
                return self._people.full(last, before), is_sure and back == 1
        return self._people.full(named.doubted, paragraph) if named.doubted else "", False

    def _named_before(self, paragraph: int, at: int) -> _Named:
        """Return whom the last sentence with a name in it, up to a place, names above all."""
        begin = self._narration.clauses(paragraph).begin_of(at)
        here = self._above_all(self._narration.texts[paragraph][begin:at])
        return here.or_before(self._named_last(paragraph, begin))

    def _named_last(self, paragraph: int, end: int | None = None) -> _Named:
        """Return the same of the sentences that begin before a place, or of all."""
        if paragraph not in self._named:
            self._named[paragraph] = list(self._read(paragraph))
        its = self._named[paragraph]
        number = len(its) if end is None else bisect_left(its, end, key=lambda one: one[0])
        return its[number - 1][1] if number else _Named()

    def _read(self, paragraph: int) -> Iterator[tuple[int, _Named]]:
        text = self._narration.texts[paragraph]
        named = _Named()
        for begin, end in pairwise([*self._narration.clauses(paragraph).begins, len(text)]):
            named = self._above_all(text[begin:end]).or_before(named)
            yield begin, named

    def _above_all(self, sentence: str) -> _Named:
        """Return the first whom a sentence names, of those who surely are people if any is.

        It is the subject rather than who acts on it; where a pronoun is the subject, nobody.
        """
        mentioned = self._people.mentioned(sentence)
        begin = main_clause(sentence, mentioned)
        main = [one for one in mentioned if one.start >= begin and not one.is_object]
        named = [
            one
            for at, one in enumerate(main)
            if one.kind is not Kind.PRONOUN
            and not (is_agent(one, sentence) and _has_pronoun(main[:at]))
        ]
        above_all = min(
            named,
            key=lambda one: (not self._people.is_person(one, sentence), is_agent(one, sentence)),
            default=None,
        )
        leading = (one for one in mentioned if one.start < begin and _may_go_on(one, sentence))
        return _Named(above_all, None if above_all else next(leading, None))


def _may_go_on(one: Mention, sentence: str) -> bool:
    """Say whether the main clause may be about somebody before it: “When Ann Lee came, she …”."""
    return one.kind is Kind.NAME and not one.is_object and not is_agent(one, sentence)


def _has_pronoun(mentioned: Sequence[Mention]) -> bool:
    return any(one.kind is Kind.PRONOUN for one in mentioned)
