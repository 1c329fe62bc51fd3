"""For whom a pronoun stands: whoever was named, or spoke, last before it."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import pairwise

from retrieval.quotes.attributed import Tag
from retrieval.quotes.leading import is_agent, main_clause
from retrieval.quotes.narration import Narration
from retrieval.quotes.people import Kind, Mention, People

FAR = 3
"""Paragraphs back in which a pronoun’s person is looked for."""


class Pronouns:
    """Finds the people of a document for whom pronouns stand."""

    def __init__(self, narration: Narration, people: People) -> None:
        self._narration = narration
        self._people = people
        self._named: dict[int, list[tuple[int, Mention]]] = {}
        """By paragraph: where each sentence begins that names somebody, and whom above all."""

    def person(
        self, pronoun: Mention, paragraph: int, at: int, spoken: Mapping[int, Tag]
    ) -> tuple[str, bool]:
        """Return for whom a pronoun stands, empty where nobody was named, and whether that is sure.

        Whoever the paragraph names before it; else whoever spoke last, or was named first, in the
        paragraphs before. ``spoken`` is the last tag of each paragraph.
        """
        is_one = pronoun.name.casefold() != "they"
        if here := self._named_before(paragraph, at):
            return self._people.full(here, paragraph), is_one
        if paragraph in spoken:
            return spoken[paragraph].speaker, is_one
        for back in range(1, FAR + 1):
            paragraph = self._narration.paragraph_before(paragraph)
            if paragraph < 0:
                break
            if tag := spoken.get(paragraph):
                return tag.speaker, is_one and tag.is_sure
            if named := self._named_last(paragraph):
                return self._people.full(named, paragraph), is_one and back == 1
        return "", False

    def _named_before(self, paragraph: int, at: int) -> Mention | None:
        """Return whom the last sentence with a name in it, up to a place, names above all."""
        begin = self._narration.clauses(paragraph).begin_of(at)
        begun = self._narration.texts[paragraph][begin:at]
        return self._above_all(begun) or self._named_last(paragraph, begin)

    def _named_last(self, paragraph: int, end: int | None = None) -> Mention | None:
        """Return the same of the sentences that begin before a place, or of all."""
        if paragraph not in self._named:
            self._named[paragraph] = self._read(paragraph)
        its = self._named[paragraph]
        number = len(its) if end is None else bisect_left(its, end, key=lambda one: one[0])
        return its[number - 1][1] if number else None

    def _read(self, paragraph: int) -> list[tuple[int, Mention]]:
        text = self._narration.texts[paragraph]
        bounds = pairwise([*self._narration.clauses(paragraph).begins, len(text)])
        named = ((begin, self._above_all(text[begin:end])) for begin, end in bounds)
        return [(begin, one) for begin, one in named if one]

    def _above_all(self, sentence: str) -> Mention | None:
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
        return min(
            named,
            key=lambda one: (not self._people.is_person(one, sentence), is_agent(one, sentence)),
            default=None,
        )


def _has_pronoun(mentioned: Sequence[Mention]) -> bool:
    return any(one.kind is Kind.PRONOUN for one in mentioned)
