"""Who said what: the quotations of a person, about a topic where one is named."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.analysis import words
from retrieval.analysis.analyzer import Analyzer, words_in
from retrieval.analysis.languages import name_of
from retrieval.errors import BadQuotation
from retrieval.model import Coverage
from retrieval.questions.query import Query, parse
from retrieval.quotes.attribution.names import is_office, may_be_same, surname_of
from retrieval.quotes.following import Follower, Progress
from retrieval.quotes.speakers import without_office
from retrieval.store.documents import Documents
from retrieval.store.sayings import PlacedSaying, Sayings

SHOWN = 200
"""Quotations of one person that are given, at most."""


@dataclass(frozen=True, slots=True)
class Said:
    """The quotations of a person, newest documents first; those that are sure before others."""

    person: str
    topic: str
    sayings: Sequence[PlacedSaying]
    left_out: int
    """How many further ones there are."""
    progress: Progress
    """How far the coverage is read for quotations."""
    coverage: Coverage
    unread: Sequence[str] = ()
    """The languages of the coverage in which only transcripts tell who said what, by name."""


class SaidDesk:
    """Finds the quotations of a person in what a space may see."""

    def __init__(
        self, documents: Documents, sayings: Sayings, follower: Follower, analyzer: Analyzer
    ) -> None:
        self._documents = documents
        self._sayings = sayings
        self._follower = follower
        self._analyzer = analyzer

    async def said(self, person: str, topic: str, space: str | None) -> Said:
        """Return what a person said; filters of the query language may stand in either text.

        Raises BadFilter where a filter cannot be read, BadQuotation where nobody is named.
        """
        query, about = parse(person), parse(topic)
        name = without_office(" ".join(query.text.split()).strip(" ?.!,"))
        if not words_in(name):
            raise BadQuotation("Name who is to have said it, as in: said Sessions about police.")
        await self._follower.keep_up()
        found = await self._of(name, space)
        for each in (query, about):
            found = await self._filtered(found, each, space)
        found = await asyncio.to_thread(self._about, found, about.text)  # many have said much
        found.sort(key=lambda one: not one.saying.is_sure)
        return Said(
            name,
            " ".join(about.text.split()),
            found[:SHOWN],
            max(len(found) - SHOWN, 0),
            await self._follower.progress(),
            await self._documents.coverage(space),
            await self._unread(space),
        )

    async def _unread(self, space: str | None) -> list[str]:
        """Return the languages of which no verb is known that says that somebody said something."""
        codes = await self._documents.languages(space)
        names = (name_of(code) for code in codes if not words.speech_verbs(code))
        return [name.capitalize() for name in names if name]

    async def _of(self, name: str, space: str | None) -> list[PlacedSaying]:
        """Return the quotations of whoever may have a name, or holds an office of that name.

        Where it is somebody's last name, nobody is meant whose first of two surnames it may be:
        beside Ann Lee, Tommy Lee Jones is no Lee.
        """
        last = surname_of(name)
        found = await self._sayings.by_name(last, name.casefold(), space)
        speakers = dict.fromkeys(one.saying.speaker for one in found)
        named = [one for one in speakers if _is_named(one, name)]
        by_last = [one for one in named if surname_of(one) == last]
        meant = set(by_last if any(" " in one for one in by_last) else named)
        return [one for one in found if one.is_by_office or one.saying.speaker in meant]

    async def _filtered(
        self, found: list[PlacedSaying], query: Query, space: str | None
    ) -> list[PlacedSaying]:
        if not query.filter:
            return found
        selected = set((await self._documents.matching(query.filter, space)).ids)
        return [one for one in found if one.document.id in selected]

    def _about(self, found: list[PlacedSaying], topic: str) -> list[PlacedSaying]:
        """Return the quotations that hold all words of a topic, or else those that hold one."""
        wanted = set(self._analyzer.terms(topic))
        if not wanted:
            return found
        held = [(one, wanted & self._terms(one)) for one in found]
        whole = [one for one, its in held if its == wanted]
        return whole or [one for one, its in held if its]

    def _terms(self, one: PlacedSaying) -> set[str]:
        return set(self._analyzer.terms(f"{one.saying.quote} {one.saying.evidence}"))


def _is_named(speaker: str, name: str) -> bool:
    """Say whether a name may be a speaker's; of offices the deputy's is another one."""
    if is_office(speaker) and " " in name:
        return speaker == name.casefold()
    return may_be_same(speaker, name)
