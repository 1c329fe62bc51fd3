"""A quotation beside one place in the coverage."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.model import Role
from retrieval.quotes.comparing.alignment import Alignment
from retrieval.quotes.comparing.judging import Judgement
from retrieval.quotes.model import Place, QuoteVerdict, Tag
from retrieval.quotes.wording import Wording

_ORDER = list(QuoteVerdict)


@dataclass(frozen=True, slots=True)
class Read:
    """A place in the coverage with its text."""

    places: Sequence[Place]
    source: Wording
    within: range
    """The words among which the quotation stands."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation, or a piece of one, beside one place in the coverage."""

    read: Read
    alignment: Alignment
    judgement: Judgement

    @property
    def places(self) -> Sequence[Place]:
        """Where it stands."""
        return self.read.places

    @property
    def text(self) -> str:
        """The words of the source."""
        found = self.alignment.found
        return self.read.source.slice(found.start, found.stop)

    @property
    def forms(self) -> list[str]:
        """The words of the source, folded."""
        return self.read.source.forms_of(self.alignment.found)

    @property
    def runs(self) -> list[list[str]]:
        """The words of the source, folded, as far as they follow one another in the quotation."""
        source = self.read.source
        steps = (step for step in self.alignment.steps if step.tag is Tag.EQUAL)
        return [source.forms_of(step.found) for step in steps]

    @property
    def order(self) -> tuple[int, int, bool]:
        """Less for what is nearer to the quotation."""
        is_apart = self.places[0].passage.role is not Role.TEXT
        return _ORDER.index(self.judgement.verdict), self.judgement.changed, is_apart
