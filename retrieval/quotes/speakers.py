"""Who said the words of a place, and whether two names may be of one person."""

from collections.abc import Iterable, Mapping, Sequence

import regex

from retrieval.analysis.analyzer import fold, folded_words
from retrieval.model import Document
from retrieval.quotes.comparing import Compared
from retrieval.quotes.following import Follower, sayings_in
from retrieval.quotes.model import Place
from retrieval.quotes.people import People
from retrieval.store.passages import Passages
from retrieval.store.sayings import Saying, Sayings

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
            found.update({key: sayings_in(its) for key, its in passages.items()})
        return found


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


def _padded(words: Iterable[str]) -> str:
    return f" {' '.join(words)} "


def _who_gives(document: Document) -> str | None:
    """Return who gives the speech that a document is by its title."""
    title = _SPEECH.match(document.details.title or "")
    if title is None:
        return None
    mentions = People([title["name"], f"of {title['name']}"]).mentioned(title["name"])
    return mentions[-1].name if mentions else None


def may_be_same(one: str, other: str) -> bool:
    """Say whether two names may be of one person: “J. Sessions”, “Sessions”, “Jeff Sessions”."""
    ours, theirs = list(map(fold, one.split())), list(map(fold, other.split()))
    if not ours or not theirs or ours[-1] != theirs[-1]:
        return False
    firsts = (ours[:-1], theirs[:-1])
    if not all(firsts):
        return True
    first, second = (names[0] for names in firsts)
    return (
        first.startswith(second) or second.startswith(first) or bool({*ours[:-1]} & {*theirs[:-1]})
    )


def without_office(name: str) -> str:
    """Return a name as somebody types it without the office before it."""
    mentions = People([f"of {name}"]).mentioned(name)
    return mentions[-1].name if mentions else name
