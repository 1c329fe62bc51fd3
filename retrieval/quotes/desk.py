"""The quote desk: the way of a quotation from the text that somebody gives to the verdict."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.analysis.analyzer import Analyzer, words_in
from retrieval.index.live_index import LiveIndex
from retrieval.model import Coverage, Verification
from retrieval.quotes.attribution.names import is_office
from retrieval.quotes.comparing.alignment import aligned
from retrieval.quotes.comparing.compared import Compared, Read
from retrieval.quotes.comparing.judging import Judgement, judged
from retrieval.quotes.comparing.presence import is_present, stands_better_in_pieces
from retrieval.quotes.matching.pieces import Piece, pieces_of
from retrieval.quotes.matching.places import Found, Row, best_places, row_of
from retrieval.quotes.matching.seeking import AROUND, candidates
from retrieval.quotes.model import Place, QuoteCheck, QuoteVerdict
from retrieval.quotes.speakers import Speakers, are_several, speaker_in, without_office
from retrieval.quotes.summing_up import Credited, check_of, wordings_of
from retrieval.quotes.wording import (
    SPAN_OF_WORDS,
    Quotation,
    Wording,
    quotation_of,
    whole_of,
    wording_of,
)
from retrieval.store.families import Families
from retrieval.store.passages import Passages, Placed
from retrieval.store.sayings import Saying

LOOKED_AT = 120
"""Places of which the words are read and compared, best first."""
CREDITED = 100
"""Documents in which the speaker is looked up."""
QUOTATIONS = 4
"""Quotations of one passage that are looked for elsewhere, the longest ones."""
Covers = Callable[[str | None], Awaitable[Coverage]]
"""Says what a space may see, in figures."""
Languages = Callable[[str | None], Awaitable[Sequence[str]]]
"""Says in which languages that is, by ISO 639-1 codes."""
_AS_A_WHOLE = frozenset([QuoteVerdict.EXACT, QuoteVerdict.PUNCTUATION, QuoteVerdict.ELIDED])
"""Verdicts with which a text that quotes something is itself the quotation that is meant."""
BREAK = "\n\n"
"""Between the paragraphs of a quotation that goes over several."""


class QuoteDesk:
    """Checks quotations against what a space may see."""

    def __init__(
        self,
        *,
        index: LiveIndex,
        coverage: Covers,
        languages: Languages,
        passages: Passages,
        speakers: Speakers,
        families: Families,
        analyzer: Analyzer,
    ) -> None:
        self._index = index
        self._coverage = coverage
        self._languages = languages
        self._passages = passages
        self._speakers = speakers
        self._families = families
        self._analyzer = analyzer

    async def check(self, text: str, speaker: str, space: str | None) -> QuoteCheck:
        """Return what the coverage says of a quotation; raise BadQuotation where it is none.

        ``speaker`` is who is said to have said it, empty where nobody is.
        """
        quotation, whole = quotation_of(text), whole_of(text)
        if whole:
            check = await self._check(text, whole, speaker, space)
            if check.verdict in _AS_A_WHOLE:
                return check
        return await self._check(text, quotation, speaker, space)

    async def _check(
        self, text: str, quotation: Quotation, speaker: str, space: str | None
    ) -> QuoteCheck:
        index = await self._index.current()
        others = map(self._analyzer.of, await self._languages(space))
        analyzers = list(dict.fromkeys([self._analyzer, *others]))
        ids = candidates(quotation, index, analyzers, space)
        row = row_of(quotation, index.texts(ids, space, AROUND))
        compared = await self._compared(quotation, best_places(quotation, row), space)
        pieces = await self._in_pieces(quotation, row, compared, space)
        credited = await self._credited(pieces or compared)
        fingerprints = {place.passage.fingerprint for one in credited for place in one.places}
        near = await self._families.near_to(fingerprints)
        wordings = wordings_of(credited, near)
        holders: set[str] = set()
        if speaker and is_office(name := without_office(speaker)):
            documents = {one.place.document.id: one.place.document for one in credited}
            holders = await self._speakers.holders_of(name, list(documents.values()))
            speaker = speaker if holders else ""  # who that is nobody says, so nobody else is
        return check_of(
            text,
            wordings,
            await self._coverage(space),
            speaker,
            holders=holders,
            is_stitched=bool(pieces),
        )

    async def quoting(self, verification: Verification, space: str | None) -> list[Placed]:
        """Return the passages that have a quotation of a cited passage word for word."""
        document, passage = verification.document, verification.passage
        sayings = (await self._speakers.of_all([document])).get(document.id, ())
        quotes = [one.quote for one in sayings if one.paragraph == passage.paragraph]
        found: dict[int, Placed] = {}
        for quote in sorted(quotes, key=len, reverse=True)[:QUOTATIONS]:
            if len(words_in(quote)) < SPAN_OF_WORDS:
                continue
            check = await self.check(quote, "", space)
            places = [place for one in check.wordings if one.is_same for place in one.places]
            found.update(
                (place.passage.id, Placed(place.document, place.passage, None)) for place in places
            )
        return list(found.values())

    async def _credited(self, compared: Sequence[Compared]) -> list[Credited]:
        """Return what was compared with who said it, where the documents name somebody."""
        documents = {place.document.id: place.document for one in compared for place in one.places}
        sayings = await self._speakers.of_all(list(documents.values())[:CREDITED])
        return [
            Credited(one, place, speaker_in(one, place, sayings.get(place.document.id, ())))
            for one in (_of_one_speaker(each, sayings) for each in compared)
            for place in one.places
        ]

    async def _compared(
        self, quotation: Quotation, places: Sequence[Found], space: str | None
    ) -> list[Compared]:
        """Return what stands at the best places where the quotation is present, best first."""
        likely = places[:LOOKED_AT]
        compared = []
        for read in await self._reads(likely, space):
            alignment = aligned(quotation, read.source, read.within)
            analyzer = self._analyzer.of(read.source.language)
            if alignment and is_present(alignment, analyzer):
                compared.append(Compared(read, alignment, judged(alignment)))
        return sorted(compared, key=lambda one: one.order)

    async def _in_pieces(
        self, quotation: Quotation, row: Row, compared: Sequence[Compared], space: str | None
    ) -> list[Compared]:
        """Return the pieces of a quotation where they explain more of it than any one place."""
        best = compared[0].alignment if compared else None
        if best and compared[0].judgement.verdict is not QuoteVerdict.DIFFERS:
            return []
        pieces = pieces_of(quotation, row)
        if not stands_better_in_pieces(quotation, [one.given for one in pieces], best):
            return []
        reads = await self._reads([piece.found for piece in pieces], space)
        return list(_beside(quotation, pieces, reads)) if len(reads) == len(pieces) else []

    async def _reads(self, found: Sequence[Found], space: str | None) -> list[Read]:
        """Return the texts of places; those that are live no more are left out."""
        its = {text.passage: text.fingerprint for one in found for text, _, _ in one.texts}
        fingerprints = [f"{one:016x}" for one in set(its.values())]
        placed = await self._passages.with_copies(list(its), fingerprints, space)
        by_id = {one.passage.id: one for one in placed}
        copies: defaultdict[str, list[Placed]] = defaultdict(list)
        for one in placed:
            copies[one.passage.fingerprint].append(one)
        return [
            _read(one, by_id, copies, self._analyzer.code)
            for one in found
            if all(text.passage in by_id for text, _, _ in one.texts)
        ]


def _of_one_speaker(compared: Compared, sayings: Mapping[int, Sequence[Saying]]) -> Compared:
    """Return what was compared; what goes over to another speaker is put together from two."""
    is_split = compared.judgement.verdict in {QuoteVerdict.ELIDED, QuoteVerdict.PUNCTUATION}
    if is_split and are_several(compared, sayings.get(compared.places[0].document.id, ())):
        judgement = Judgement(QuoteVerdict.STITCHED, is_critical=False, changed=0)
        return replace(compared, judgement=judgement)
    return compared


def _read(
    found: Found, placed: Mapping[int, Placed], copies: Mapping[str, Sequence[Placed]], code: str
) -> Read:
    """Return what stands at a place, and where else the same passage stands.

    ``code`` is of the language of documents that do not show theirs.
    """
    its = [placed[text.passage] for text, _, _ in found.texts]
    language = its[0].document.language or code
    whole = wording_of(BREAK.join(one.passage.text for one in its), language)
    start = end = at = 0
    for number, (one, (_, first, last)) in enumerate(zip(its, found.texts, strict=True)):
        low, high = _bounds(one.passage.text, first, last)
        start = start if number else at + low
        end = at + high
        at += len(one.passage.text) + len(BREAK)
    same = copies[its[0].passage.fingerprint] if len(its) == 1 else its
    return Read([Place(one.document, one.passage) for one in same], whole, whole.within(start, end))


def _bounds(text: str, first: int, end: int) -> tuple[int, int]:
    """Return where some words of a text begin and end, with the signs around them."""
    spans = words_in(text)
    start = spans[first - 1].end if 0 < first <= len(spans) else 0
    return start, spans[end].start if end < len(spans) else len(text)


def _beside(
    quotation: Quotation, pieces: Sequence[Piece], reads: Sequence[Read]
) -> Iterator[Compared]:
    """Yield each piece of a quotation beside its place."""
    given = quotation.wording
    for piece, read in zip(pieces, reads, strict=True):
        words = given.words[piece.given.start : piece.given.stop]
        part = Quotation(Wording(given.text, words), frozenset())
        if alignment := aligned(part, read.source, read.within):
            yield Compared(read, alignment, judged(alignment))
