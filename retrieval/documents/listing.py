"""Lists of documents: which ones, in which order."""

from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.errors import BadFilter
from retrieval.model import Document, Status
from retrieval.questions.query import DocumentFilter, parse


class Sort(StrEnum):
    """The order of a list."""

    PUBLISHED = "published"
    """The newest first, undated ones last."""
    ADDED = "added"
    """What was added or replaced last comes first."""
    NAME = "name"


LISTED = (Status.LIVE, Status.REMOVED, Status.RETRACTED, Status.HELD)


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Which documents a list is of, and their order."""

    documents: DocumentFilter = field(default_factory=DocumentFilter)
    title: str = ""
    """What stands in the title, or in the name of a file without one; ASCII case aside."""
    sort: Sort = Sort.PUBLISHED
    status: Status = Status.LIVE


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some of the documents of a list."""

    documents: tuple[Document, ...]
    total: int
    """How many there are on all pages."""
    undated: int
    """How many a filter by date left out, for they have none."""


def list_filter(filters: str = "", title: str = "", sort: str = "", status: str = "") -> ListFilter:
    """Return what a person asks a list for; raise BadFilter where it cannot be read.

    ``filters`` are written as in a question: ``from:Post since:2017``.
    """
    sort, status = sort.strip().lower() or Sort.PUBLISHED, status.strip().lower() or Status.LIVE
    if sort not in set(Sort):
        raise BadFilter(f"A list cannot be sorted by {sort}; write sort:published, added or name.")
    if status not in set(LISTED):
        raise BadFilter(
            f"No document is {status}; write status:{', '.join(LISTED[:-1])} or {LISTED[-1]}."
        )
    return ListFilter(parse(filters).filter, title.strip(), Sort(sort), Status(status))
