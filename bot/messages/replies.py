"""What comes out of the command layer: what to show; how it looks is the renderer's."""

from dataclasses import dataclass, field

from bot.messages.commands import ListDocuments, ShowHistory
from bot.messages.quoting import CheckedDraft, CheckedQuote, CitationLine, FamilyReply, Sayings
from retrieval import (
    Change,
    Coverage,
    Document,
    Explanation,
    Findings,
    Gap,
    Hit,
    Outcome,
    Passage,
    Progress,
    Verification,
    count_origins,
    text_of,
)


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered quotation: what it says, where it stands, and the receipt that proves it."""

    number: int
    hit: Hit


@dataclass(frozen=True, slots=True)
class Answer:
    """Cited passages, best first, whatever the verdict on them."""

    findings: Findings
    citations: tuple[Citation, ...]
    id: str = ""
    """What the answer's buttons name; empty where there are none."""
    more: int = 0
    """How many further passages More would show."""
    explanation: Explanation | None = None
    """What it rests on, where that was asked for."""

    @property
    def documents(self) -> int:
        """Return how many documents are cited, those that say the same included."""
        hits = [citation.hit for citation in self.citations]
        copies = {copy.document.id for hit in hits for copy in hit.also}
        return len({hit.document.id for hit in hits} | copies)

    @property
    def origins(self) -> int:
        """Return on how many independent documents the citations stand."""
        return count_origins(citation.hit for citation in self.citations)


@dataclass(frozen=True, slots=True)
class Reasons:
    """What an answer rests on: the words, the scores and the evidence."""

    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A cited passage between its neighbours."""

    document: Document
    passage: Passage
    before: Passage | None
    after: Passage | None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A document's bytes as they were received."""

    document: Document
    content: bytes
    extraction: str | None = None
    """The text that was taken out of them; None where they are the text."""

    @property
    def text(self) -> str:
        """Return the document's text, in which the offsets of its passages count."""
        if self.extraction is not None:
            return self.extraction
        return text_of(self.content, self.document.file)


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the documents."""

    documents: tuple[Document, ...]
    page: int
    pages: int
    coverage: Coverage
    space: str | None = None
    """Whose list it is: beside a space's own documents, the shared ones are told apart."""
    command: ListDocuments = field(default_factory=ListDocuments)
    """What was asked for; a pager asks for it again with another page."""
    undated: int = 0
    """How many documents a filter by date left out, for they have none."""


@dataclass(frozen=True, slots=True)
class WholeDocument:
    """A document with all its passages."""

    document: Document
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class StatusReport:
    """What the coverage holds and where it is kept."""

    coverage: Coverage
    database: str
    """Where the database is; empty for those who do not run the program."""
    version: str
    reading: Progress | None = None
    """How far it is read for quotations and copies; None where all is."""


@dataclass(frozen=True, slots=True)
class HelpText:
    """Words of the registry; one of them with its arguments, or all that the sender may use."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VerifiedReceipt:
    """What a receipt stands for, and what stands in its place now."""

    receipt: str
    verification: Verification | None
    """None where the receipt is unknown."""
    now: Passage | None = None
    """Where the document was replaced: the passage at the same paragraph of today's version."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of documents that were to be changed, one by one."""

    action: str
    """“added”, “replaced”, “edited”, “corrected”, “retracted”, “removed”, “restored”, “undone”."""
    outcomes: tuple[Outcome, ...]
    problems: tuple[str, ...] = ()
    """A sentence for each file that was refused."""
    tells_of_held: bool = False
    """Whether one of them gives away a document that is under embargo."""


@dataclass(frozen=True, slots=True)
class History:
    """Lines of the audit trail, newest first."""

    changes: tuple[Change, ...]
    older: bool = False
    """Whether there are more, on the pages after this one."""
    page: int = 1
    pages: int = 1
    command: ShowHistory = field(default_factory=ShowHistory)
    """What was asked for; a pager asks for it again with another page."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """Questions to which people found nothing, or nothing that helped; most often met first."""

    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence, nothing wrong."""

    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence that says what could not be done and what to do."""

    text: str
    is_private: bool = False
    """Whether it is for the sender alone, and of no use to whoever else is there."""


Reply = (
    Answer
    | Reasons
    | Surroundings
    | SourceFile
    | Listing
    | WholeDocument
    | StatusReport
    | HelpText
    | VerifiedReceipt
    | CheckedQuote
    | Sayings
    | FamilyReply
    | CitationLine
    | CheckedDraft
    | Changed
    | History
    | Gaps
    | Notice
    | Problem
)
