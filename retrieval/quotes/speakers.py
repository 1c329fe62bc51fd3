"""Who said the words of a place."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence

import regex

from retrieval.analysis.analyzer import folded_words
from retrieval.model import Document, Passage
from retrieval.quotes.attribution.names import in_reading_order, may_be_same
from retrieval.quotes.attribution.people import People
from retrieval.quotes.comparing.compared import Compared
from retrieval.quotes.following import Follower, sayings_in
from retrieval.quotes.model import Place
from retrieval.store.passages import Passages
from retrieval.store.sayings import Saying, Sayings

RUN = 3
"""Words in a row from which it is asked who said them."""
READ_NOW = 20
"""Documents that are read for their speakers where they were not followed yet."""

_SPEECH = regex.compile(
    r"^(?P<name>.{3,80}?) (?:Delivers?|Gives?|Makes?) (?:\p{L}+ ){0,2}(?:Remarks|Speech|Address"
    r"|Testimony|Statement)\b|^(?:Remarks|Speech|Address) (?:by|of) (?P<name>[^,:–—]{3,80})",
    regex.IGNORECASE,
)


class Speakers:
    """The quotations of documents with their speakers, as they were followed or read now."""

    def __init__(self, sayings: Sayings, passages: Passages, follower: Follower) -> None:
        self._sayings = sayings
        self._passages = passages
        self._follower = follower

    async def of_all(self, documents: Sequence[Document]) -> Mapping[int, Sequence[Saying]]:
        """Return the quotations of documents, by the documents' ids."""
        found: dict[int, Sequence[Saying]] = dict(await self._sayings.of_all(documents))
        if not (await self._follower.progress()).is_done:
            unread = [one for one in documents if one.id not in found][:READ_NOW]
            passages = await self._passages.of_all(unread)
            found.update(await asyncio.to_thread(_sayings_of, unread, passages))
        return found

    async def holders_of(self, office: str, documents: Sequence[Document]) -> set[str]:
        """Return who holds an office, as the first of some documents name them."""
        passages = await self._passages.of_all(documents[:READ_NOW])
        return await asyncio.to_thread(_holders_in, passages, office)


def _sayings_of(
    documents: Iterable[Document], passages: Mapping[int, Sequence[Passage]]
) -> dict[int, Sequence[Saying]]:
    return {one.id: sayings_in(passages.get(one.id, ()), one.language) for one in documents}


def _holders_in(passages: Mapping[int, Sequence[Passage]], office: str) -> set[str]:
    people = [People([one.text for one in its]) for its in passages.values()]
    return {name for one in people for name in one.holders_of(office)}


def speaker_in(compared: Compared, place: Place, sayings: Iterable[Saying]) -> str | None:
    """Return who said the words of a place; None where the document names nobody.

    In a speech it is whoever gives it.
    """
    wanted = _padded(compared.forms)
    best, most = None, 0
    for saying in sayings:
        if saying.paragraph <= place.passage.paragraph <= saying.last_paragraph:
            words = list(folded_words(saying.quote))
            said = _padded(words)
            common = len(compared.forms) if wanted in said else len(words) * (said in wanted)
            if common > most:
                best, most = saying.speaker, common
    return best or _who_gives(place.document)


def are_several(compared: Compared, sayings: Sequence[Saying]) -> bool:
    """Say whether a quotation goes from the words of one speaker to those of another."""
    paragraphs = {place.passage.paragraph for place in compared.places}
    near = [one for one in sayings if _stands_in(one, paragraphs)]
    speakers = [
        one.speaker
        for run in compared.runs
        if len(run) >= RUN
        for one in near
        if _padded(run) in _padded(folded_words(one.quote))
    ]
    return any(not may_be_same(speakers[0], one) for one in speakers[1:])


def _stands_in(saying: Saying, paragraphs: Collection[int]) -> bool:
    return any(saying.paragraph <= one <= saying.last_paragraph for one in paragraphs)


def _padded(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _who_gives(document: Document) -> str | None:
    """Return who gives the speech that a document is by its title."""
    title = _SPEECH.match(document.details.title or "")
    if title is None:
        return None
    mentions = People([title["name"], f"of {title['name']}"]).mentioned(title["name"])
    return mentions[-1].name if mentions else None


def without_office(name: str) -> str:
    """Return a name as somebody types it without the office before it."""
    spoken = in_reading_order(name)
    mentions = People([f"of {spoken}"]).mentioned(spoken)
    return mentions[-1].name if mentions else spoken
