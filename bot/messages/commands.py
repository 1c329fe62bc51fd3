"""What a request asks for: one command for each word of the registry."""

from dataclasses import dataclass

from bot.messages.quoting import CheckDraft, Cite, Copies, Quote, Said


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the coverage."""

    question: str
    limit: int | None = None
    explain: bool = False
    """Whether the answer also says what it rests on."""


@dataclass(frozen=True, slots=True)
class Why:
    """What an answer rests on."""

    about: str = ""
    """A receipt of the sender's last answer, or a question; empty for that answer."""


@dataclass(frozen=True, slots=True)
class More:
    """The passages after those that an answer showed."""

    answer: str = ""
    """The answer's id; empty for the last one that the sender got in this place."""


@dataclass(frozen=True, slots=True)
class Share:
    """An answer that was given privately, to be shown to everybody in its place."""

    answer: str = ""
    """The answer's id; empty for the last one that the sender got in this place."""


@dataclass(frozen=True, slots=True)
class Helpful:
    """An answer that helped."""

    answer: str = ""
    """The answer's id; empty for the last one that the sender got in this place."""


@dataclass(frozen=True, slots=True)
class Unhelpful:
    """An answer that did not help."""

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
    """The document's name, or the receipt of one of its passages."""


@dataclass(frozen=True, slots=True)
class ListDocuments:
    """The documents of the coverage, newest first."""

    page: int = 1
    filters: str = ""
    """As they stand in a question: ``from:"Washington Post" since:2017``."""
    title: str = ""
    """What stands in the titles, or in the names of files without one."""
    sort: str = ""
    """“published” (the newest first), “added” (the newest first) or “name”."""
    status: str = ""
    """“live”, or for moderators “removed”, “retracted” or “held”."""


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
class Privacy:
    """What is kept about the sender."""

    what: str = ""
    """“delete” to erase it; empty to be told."""


@dataclass(frozen=True, slots=True)
class Report:
    """What moderators should know of how the coverage is used."""

    what: str = "gaps"
    """“gaps”: questions without an answer, or without one that helped."""


@dataclass(frozen=True, slots=True)
class Add:
    """The attached files and pages of the web, into the coverage; “-” is a detail not known."""

    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    hold_until: str = ""
    address: str = ""
    """Of a page, or of several with spaces between them."""


@dataclass(frozen=True, slots=True)
class Replace:
    """The attached file, in the place of a document; “-” is a detail not known."""

    file: str = ""
    """The document's name; empty for the attached file's own."""
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    hold_until: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """What was understood of a document, set right; “-” takes out what is not so."""

    file: str
    title: str = ""
    outlet: str = ""
    author: str = ""
    published: str = ""
    language: str = ""
    hold_until: str = ""


@dataclass(frozen=True, slots=True)
class Correct:
    """A note that is shown with every citation of a document; “-” takes it back."""

    file: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Retract:
    """A document, withdrawn for a reason that its receipts state."""

    file: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Remove:
    """A document, out of the coverage."""

    file: str


@dataclass(frozen=True, slots=True)
class Restore:
    """A removed document, back into the coverage."""

    file: str


@dataclass(frozen=True, slots=True)
class Undo:
    """The last change of the space, or of one document, taken back."""

    file: str = ""


@dataclass(frozen=True, slots=True)
class ShowHistory:
    """The audit trail of the space, or of one document."""

    file: str = ""
    page: int = 1


Command = (
    Ask
    | Why
    | More
    | Share
    | Helpful
    | Unhelpful
    | Context
    | Source
    | ListDocuments
    | Show
    | ShowStatus
    | Help
    | Verify
    | Quote
    | Said
    | Copies
    | Cite
    | CheckDraft
    | Add
    | Replace
    | Edit
    | Correct
    | Retract
    | Remove
    | Restore
    | Undo
    | ShowHistory
    | Privacy
    | Report
)
