"""What was compared, summed up: the wordings with their documents counted, and the verdict."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from retrieval.documents.origins import count_independent
from retrieval.model import Coverage, Role
from retrieval.quotes.attribution.names import is_office, may_be_same
from retrieval.quotes.comparing.compared import Compared
from retrieval.quotes.model import Place, QuoteCheck, QuoteVerdict, SourceWording
from retrieval.quotes.reasons import reason_for
from retrieval.quotes.speakers import without_office

WORDINGS = 20
"""Wordings of one quotation that are given, at most."""

_MARKS = regex.compile(r"[\"'“”„‘’‚«»`]")


@dataclass(frozen=True, slots=True)
class Credited:
    """A place in the coverage, what was compared there, and who is named as having said it."""

    compared: Compared
    place: Place
    speaker: str | None

    @property
    def places(self) -> tuple[Place, ...]:
        """The place alone."""
        return (self.place,)


def wordings_of(
    credited: Iterable[Credited], near: Mapping[str, Sequence[str]]
) -> list[SourceWording]:
    """Return the wordings, with the documents that carry each of them put together.

    ``near`` says which fingerprints are of passages that say nearly the same.
    """
    groups: defaultdict[str, list[Credited]] = defaultdict(list)
    for one in credited:
        groups[_as_spoken(one.compared.text)].append(one)
    return [_wording(its, near) for group in groups.values() for its in _by_speaker(group)]


def _by_speaker(group: Sequence[Credited]) -> list[list[Credited]]:
    """Return what has one wording by its speakers; where none is named it goes with the first."""
    by_speaker: list[list[Credited]] = []
    for one in sorted(group, key=lambda one: one.speaker is None):
        for its in by_speaker:
            named = its[0].speaker
            if one.speaker is None or named is None or may_be_same(named, one.speaker):
                its.append(one)
                break
        else:
            by_speaker.append([one])
    return by_speaker


def _wording(its: Sequence[Credited], near: Mapping[str, Sequence[str]]) -> SourceWording:
    best = min(its, key=lambda one: one.compared.order).compared
    names = [one.speaker for one in its if one.speaker]
    places = {one.place.passage.id: one.place for one in its}
    return SourceWording(
        text=best.text,
        verdict=best.judgement.verdict,
        is_critical=best.judgement.is_critical,
        edits=best.alignment.edits,
        speaker=max(names, key=len, default=None),
        places=sorted(places.values(), key=_reading_order),
        origins=count_independent(
            ((one.document.id, one.passage.fingerprint) for one in places.values()), near
        ),
    )


def _as_spoken(text: str) -> str:
    """Return a text without what one outlet writes otherwise than another: case and marks."""
    return " ".join(_MARKS.sub("", text).casefold().split())


def _reading_order(place: Place) -> tuple[bool, str, int]:
    """Put what stands in the text before headlines and captions."""
    return place.passage.role is not Role.TEXT, place.document.file, place.passage.paragraph


def check_of(
    quote: str,
    wordings: Sequence[SourceWording],
    coverage: Coverage,
    speaker: str,
    *,
    holders: Collection[str] = (),
    is_stitched: bool,
) -> QuoteCheck:
    """Return the verdict on a quotation, with the wordings that it follows from.

    ``holders`` are those who hold the office by which the speaker is named.
    """
    if speaker:
        wordings = _held_against(wordings, [without_office(speaker), *holders])
    if not wordings:
        verdict, critical = QuoteVerdict.ABSENT, False
    elif is_stitched:
        others = all(one.verdict is QuoteVerdict.OTHER_SPEAKER for one in wordings)
        verdict = QuoteVerdict.OTHER_SPEAKER if others else QuoteVerdict.STITCHED
        critical = any(one.is_critical for one in wordings)
    else:
        verdict, critical = wordings[0].verdict, wordings[0].is_critical
    reason = reason_for(verdict, wordings, coverage, is_critical=critical)
    return QuoteCheck(quote, verdict, critical, reason, wordings[:WORDINGS], coverage)


def _held_against(wordings: Sequence[SourceWording], names: Sequence[str]) -> list[SourceWording]:
    """Return the wordings with those last that somebody else is named for.

    Where the source names an office alone it does not say who that is.
    """
    judged = [
        replace(one, verdict=QuoteVerdict.OTHER_SPEAKER)
        if one.speaker and not any(_may_be(one.speaker, name) for name in names)
        else one
        for one in wordings
    ]
    return sorted(judged, key=lambda one: one.verdict is QuoteVerdict.OTHER_SPEAKER)


def _may_be(found: str, claimed: str) -> bool:
    return may_be_same(found, claimed) or (is_office(found) and not is_office(claimed))
