"""A library of documents that answers questions with verbatim, verifiable passages.

It knows documents, passages and questions, and nothing of chat. Its packages, from the bottom up:

- ``analysis``: text to paragraphs, sentences, words and terms, in the language that it is in
- ``questions``: what is asked, read by itself: operators, concepts, the kind of answer
- ``readers``: from a source's bytes to its text, one module per format
- ``intake``: from a source to all that is kept of it: roles, details, receipts
- ``documents``: lists, changes of state, revisions, copies and origins
- ``store``: all SQL
- ``index``: rank-bm25's scores over postings, in step with the store
- ``answering``: the way of a question, in ``finder``; receipts verified, names completed
- ``quotes``: quotations and figures held against the coverage, and who said what

``model`` has the nouns of all of them, ``errors`` what they refuse. ``Library`` is the way in:

    async with Library.open("newsdesk.db") as library:
        await library.add(content, "story.txt")
        hits = await library.search("Who introduced the attorney general?")
"""

from retrieval.analysis.languages import ENGLISH, LANGUAGES
from retrieval.answering.completing import Completed, Completion
from retrieval.answering.offline import FoundInSource, verify_in_source
from retrieval.documents.holding import hold_date
from retrieval.documents.listing import DocumentPage, ListFilter, Sort, list_filter
from retrieval.documents.origins import count_origins
from retrieval.errors import (
    BadDetail,
    BadFilter,
    BadQuotation,
    BadReceipt,
    BadText,
    DatabaseUnusable,
    LibraryError,
    NameTaken,
    NoSuchDocument,
    NothingToUndo,
    SourceTooLarge,
    UnreadableSource,
)
from retrieval.intake.details import publication_date
from retrieval.intake.incoming import DEFAULT_MAX_BYTES, Incoming, check_size
from retrieval.intake.names import base_name
from retrieval.intake.receipts import is_receipt
from retrieval.intake.unpacking import is_archive, unpacked
from retrieval.library import OPERATOR, Library
from retrieval.model import (
    Action,
    Actor,
    Change,
    Copy,
    Coverage,
    Details,
    Difference,
    Document,
    ExplainedHit,
    ExplainedWord,
    Explanation,
    Findings,
    Hit,
    NearCopy,
    Outcome,
    Passage,
    Revision,
    Role,
    Span,
    Standing,
    State,
    Status,
    Understood,
    Undone,
    Verdict,
    Verification,
    Vitals,
    Weighed,
)
from retrieval.quotes.comparing.alignment import edits_between
from retrieval.quotes.drafts import CheckedFigure, CheckedSpan, DraftCheck, FigureVerdict
from retrieval.quotes.families import Family, Origin
from retrieval.quotes.following import Progress
from retrieval.quotes.model import (
    Edit,
    Place,
    QuoteCheck,
    QuoteVerdict,
    SourceWording,
    Tag,
)
from retrieval.quotes.saying import Said
from retrieval.readers import DEFAULT_LIMITS, Limits, text_of
from retrieval.store.accepted import Accepted, Waiting
from retrieval.store.answers import KeptAnswer
from retrieval.store.people import Asked, Gap, KeptAbout
from retrieval.store.purging import Purged
from retrieval.store.sayings import PlacedSaying, Saying
from retrieval.store.upkeep import back_up, complaints_of

__all__ = [
    "DEFAULT_LIMITS",
    "DEFAULT_MAX_BYTES",
    "ENGLISH",
    "LANGUAGES",
    "OPERATOR",
    "Accepted",
    "Action",
    "Actor",
    "Asked",
    "BadDetail",
    "BadFilter",
    "BadQuotation",
    "BadReceipt",
    "BadText",
    "Change",
    "CheckedFigure",
    "CheckedSpan",
    "Completed",
    "Completion",
    "Copy",
    "Coverage",
    "DatabaseUnusable",
    "Details",
    "Difference",
    "Document",
    "DocumentPage",
    "DraftCheck",
    "Edit",
    "ExplainedHit",
    "ExplainedWord",
    "Explanation",
    "Family",
    "FigureVerdict",
    "Findings",
    "FoundInSource",
    "Gap",
    "Hit",
    "Incoming",
    "KeptAbout",
    "KeptAnswer",
    "Library",
    "LibraryError",
    "Limits",
    "ListFilter",
    "NameTaken",
    "NearCopy",
    "NoSuchDocument",
    "NothingToUndo",
    "Origin",
    "Outcome",
    "Passage",
    "Place",
    "PlacedSaying",
    "Progress",
    "Purged",
    "QuoteCheck",
    "QuoteVerdict",
    "Revision",
    "Role",
    "Said",
    "Saying",
    "Sort",
    "SourceTooLarge",
    "SourceWording",
    "Span",
    "Standing",
    "State",
    "Status",
    "Tag",
    "Understood",
    "Undone",
    "UnreadableSource",
    "Verdict",
    "Verification",
    "Vitals",
    "Waiting",
    "Weighed",
    "back_up",
    "base_name",
    "check_size",
    "complaints_of",
    "count_origins",
    "edits_between",
    "hold_date",
    "is_archive",
    "is_receipt",
    "list_filter",
    "publication_date",
    "text_of",
    "unpacked",
    "verify_in_source",
]
