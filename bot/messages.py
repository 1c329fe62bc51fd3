"""What goes into the command layer and what comes out of it: requests, commands and replies.

All are frozen and know no platform. A reply holds what to show; how it looks is the renderer's.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from retrieval import (
    Change,
    Coverage,
    Document,
    Explanation,
    Findings,
    Hit,
    Outcome,
    Passage,
    Verification,
    count_origins,
)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks, as the platform states it."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    """Names and ids of the roles and user groups that the sender has."""
    manages_space: bool = False
    """Whether the platform lets the sender manage the whole workspace or guild."""
    is_operator: bool = False
    """Whether the sender runs the program: the console's user."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a request; its bytes are fetched only when they are wanted."""

    name: str
    size: int
    fetch: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Request:
    """A text from a person, and where it came from."""

    sender: Sender
    platform: str
    """“slack”, “discord” or “console”."""
    text: str = ""
    space: str | None = None
    """The Slack workspace or Discord guild; None sees the shared documents only."""
    place: str = ""
    """Channel and thread, as the adapter names them; empty where no button can be pressed."""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the coverage."""

    question: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """What an answer rests on."""

    about: str
    """A receipt of the sender's last answer, or a question."""


@dataclass(frozen=True, slots=True)
class More:
    """The passages after those that an answer showed."""

    answer: str = ""
    """The answer's id; empty for the last one that the sender got in this place."""


@dataclass(frozen=True, slots=True)
class Context:
    """The passages before and after a cited one."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document's file as it was received."""

    file: str


@dataclass(frozen=True, slots=True)
class ListDocuments:
    """The documents of the coverage, newest first."""

    page: int = 1


@dataclass(frozen=True, slots=True)
class Show:
    """One document, paragraph by paragraph."""

    file: str


@dataclass(frozen=True, slots=True)
class ShowStatus:
    """What the coverage holds and where it is kept."""


@dataclass(frozen=True, slots=True)
class Help:
    """What can be asked, or one word of it."""

    word: str = ""


@dataclass(frozen=True, slots=True)
class Verify:
    """What a receipt stands for."""

    receipt: str


@dataclass(frozen=True, slots=True)
class Add:
    """The attached files, into the coverage."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Replace:
    """The attached file, in the place of a document."""

    file: str = ""
    """The document's name; empty for the attached file's own."""
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """A document, out of the coverage."""

    file: str


@dataclass(frozen=True, slots=True)
class Restore:
    """A removed document, back into the coverage."""

    file: str


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """The audit trail of the space, or of one document."""

    file: str = ""


Command = (
    Ask
    | Why
    | More
    | Context
    | Source
    | ListDocuments
    | Show
    | ShowStatus
    | Help
    | Verify
    | Add
    | Replace
    | Remove
    | Restore
    | ShowHistory
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


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of the documents."""

    documents: tuple[Document, ...]
    page: int
    pages: int
    coverage: Coverage


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
    """“added”, “replaced”, “removed” or “restored”."""
    outcomes: tuple[Outcome, ...]
    problems: tuple[str, ...] = ()
    """A sentence for each file that was refused."""


@dataclass(frozen=True, slots=True)
class History:
    """Lines of the audit trail, newest first."""

    changes: tuple[Change, ...]
    older: bool = False
    """Whether there are more than are shown."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence, nothing wrong."""

    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence that says what could not be done and what to do."""

    text: str


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
    | Changed
    | History
    | Notice
    | Problem
)
