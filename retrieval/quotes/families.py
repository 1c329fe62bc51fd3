"""Families: a passage with its near copies in other documents, and where they come from.

Which wordings are near was decided when they came (``following``). A family is put together from
those that a space may see: two passages are of one family where a chain of near ones leads from one
to the other, and no link of it is hidden from the space.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from retrieval.documents.copies import differences
from retrieval.documents.origins import count_independent
from retrieval.model import Copy, Document, Passage, Role, Verification
from retrieval.quotes.following import Follower, Progress
from retrieval.store.families import Families
from retrieval.store.passages import Passages, Placed

LINKS = 6
"""Near copies of near copies that are followed, at most."""
BEGINNING = 3
"""Passages of a document in which it names the wire that it is from."""

_WIRES = {
    "ap": "Associated Press",
    "associated press": "Associated Press",
    "reuters": "Reuters",
    "afp": "Agence France-Presse",
    "agence france-presse": "Agence France-Presse",
    "upi": "United Press International",
    "bloomberg": "Bloomberg",
    "dpa": "dpa",
    "pti": "Press Trust of India",
    "press trust of india": "Press Trust of India",
    "xinhua": "Xinhua",
    "kyodo": "Kyodo",
    "canadian press": "Canadian Press",
    "press association": "Press Association",
}
_WIRE = regex.compile(
    rf"\b(?:{'|'.join(regex.escape(one) for one in sorted(_WIRES, key=lambda one: -len(one)))})\b",
    regex.IGNORECASE,
)
_DATELINE = regex.compile(r"^\p{Lu}[^()\n]{1,60}\((?P<wire>\p{Lu}[\p{L} ]{1,30})\)\s*[—–-]")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the words of a family come from, as far as its documents say."""

    document: Document | None
    """The one that has them first: from the wire itself, else the earliest dated one."""
    wire: str | None
    """The wire service that documents name."""


@dataclass(frozen=True, slots=True)
class Family:
    """A passage and its copies in what a space may see, earliest first."""

    verification: Verification
    copies: Sequence[Copy]
    quoted: Sequence[Copy]
    """Passages that are no copies and have one of its quotations word for word."""
    origin: Origin
    origins: int
    """On how many independent documents all of it stands."""
    progress: Progress

    @property
    def documents(self) -> int:
        """How many documents carry it."""
        ids = {copy.document.id for copy in (*self.copies, *self.quoted)}
        return len({self.verification.document.id, *ids})


class FamilyDesk:
    """Puts families together from what a space may see."""

    def __init__(self, families: Families, passages: Passages, follower: Follower) -> None:
        self._families = families
        self._passages = passages
        self._follower = follower

    async def family(
        self, verification: Verification, quoted: Iterable[Placed], space: str | None
    ) -> Family:
        """Return the family of a cited passage; ``quoted`` have one of its quotations."""
        await self._follower.keep_up()
        cited = verification.passage
        members, near = await self._members(cited, space)
        known = {one.passage.id for one in members} | {cited.id}
        others = {one.passage.id: one for one in quoted if one.passage.id not in known}
        carried = [(verification.document, cited)]
        carried += [(one.document, one.passage) for one in (*members, *others.values())]
        return Family(
            verification,
            tuple(_copy(one, cited) for one in sorted(members, key=_age)),
            tuple(Copy(one.document, one.passage) for one in sorted(others.values(), key=_age)),
            await self._origin([document for document, _ in carried]),
            count_independent(((one.id, its.fingerprint) for one, its in carried), near),
            await self._follower.progress(),
        )

    async def _members(
        self, cited: Passage, space: str | None
    ) -> tuple[list[Placed], dict[str, list[str]]]:
        """Return the visible copies of a passage, and which of them are near to which."""
        members: dict[int, Placed] = {}
        near: dict[str, list[str]] = {}
        frontier, known = {cited.fingerprint}, {cited.fingerprint}
        for _ in range(LINKS):
            links = await self._families.near_to(frontier)
            near.update(links)
            wanted = {one for its in links.values() for one in its} - known
            if not members:
                wanted |= frontier
            placed = await self._passages.with_copies([], wanted, space)
            members.update((one.passage.id, one) for one in placed)
            frontier = {one.passage.fingerprint for one in placed} - known
            known |= frontier
            if not frontier:
                break
        members.pop(cited.id, None)
        return list(members.values()), near

    async def _origin(self, documents: Sequence[Document]) -> Origin:
        """Return where the words come from, as far as documents say."""
        different = {one.id: one for one in documents}
        passages = await self._passages.of_all(list(different.values()))
        wires = {key: wire_of(one, passages[key]) for key, one in different.items()}
        dated = sorted(different.values(), key=_date)
        first = next((one for one in dated if _is_wires_own(one, wires[one.id])), None)
        if first is None and dated and dated[0].details.published:
            first = dated[0]
        named = [wires[one.id] for one in dated if wires[one.id]]
        return Origin(first, named[0] if named else None)


def wire_of(document: Document, passages: Sequence[Passage]) -> str | None:
    """Return the wire service that a document names as its own, None where it names none."""
    details = document.details
    for detail in (details.outlet, details.author):
        if detail and (match := _WIRE.search(detail)):
            return _WIRES[match[0].casefold()]
    opening = [one for one in passages if one.role is not Role.FURNITURE][:BEGINNING]
    for passage in opening:
        if passage.role is Role.BYLINE and (match := _WIRE.search(passage.text)):
            return _WIRES[match[0].casefold()]
    dateline = next(filter(None, (_DATELINE.match(one.text) for one in passages)), None)
    return _WIRES.get(dateline["wire"].casefold(), dateline["wire"]) if dateline else None


def _is_wires_own(document: Document, wire: str | None) -> bool:
    outlet = document.details.outlet
    return wire is not None and (outlet is None or _WIRE.search(outlet) is not None)


def _copy(placed: Placed, cited: Passage) -> Copy:
    same = placed.passage.fingerprint == cited.fingerprint
    differing = () if same else differences(cited.text, placed.passage.text)
    return Copy(placed.document, placed.passage, differing)


def _date(document: Document) -> tuple[bool, str, int]:
    published = document.details.published
    return published is None, published.isoformat() if published else "", document.id


def _age(placed: Placed) -> tuple[bool, str, int]:
    return _date(placed.document)
