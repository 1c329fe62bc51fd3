"""Taking: what was stored of a batch, under the numbers that the store gave it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from retrieval.errors import LibraryError
from retrieval.index.bulk import Batch
from retrieval.index.postings.table import Flags, Table
from retrieval.store.versions import Stored

NOT_STORED = -1
"""In the place of the number of a document or passage that was not stored."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A table of documents that were stored, not in the index yet."""

    table: Table
    live: Flags
    revision: int
    """The number of the last of their changes."""

    @classmethod
    def of(cls, batch: Batch, stored: Sequence[Stored | None], space: int) -> Self:
        """Return what was stored of a batch, None where a source was not."""
        passages: list[int] = []
        for new, one in zip(batch.results, stored, strict=True):
            if not isinstance(new, LibraryError):
                passages.extend(one.passages if one else [NOT_STORED] * len(new.passages))
        documents = [one.document.id if one else NOT_STORED for one in stored]
        table = replace(
            batch.table,
            passages=np.array(passages, np.int64)[batch.table.passages],
            documents=np.array(documents, np.int64)[batch.table.documents],
            spaces=np.full(len(batch.table.spaces), space, np.int32),
        )
        live = np.repeat(table.documents != NOT_STORED, np.diff(table.firsts))
        return cls(table, live, [one.revision for one in stored if one][-1])
