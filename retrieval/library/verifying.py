"""What a receipt stands for, and what became of its document."""

import asyncio

from retrieval.answering import verification
from retrieval.documents.revisions import now_of, revisions_of
from retrieval.intake.names import file_name
from retrieval.library.looking_up import LookingUp
from retrieval.model import Change, Document, Passage, Revision, Verification


class Verifying(LookingUp):
    """A library whose citations can be verified, and whose trail can be read."""

    async def verify(self, receipt: str, space: str | None = None) -> Verification | None:
        """Return what a receipt stands for and what became of it, None where it is unknown.

        Raises BadReceipt where the text is no receipt, or the beginning of several.
        """
        await self._let_appear()
        return await verification.verify(
            receipt, space, self._tables.documents, self._tables.passages, self._tables.trail
        )

    async def neighbour(self, verified: Verification, *, step: int) -> Passage | None:
        """Return the passage before (-1) or after (+1) a cited one, None at the document's end."""
        return await self._tables.passages.next_to(verified.document, verified.passage, step=step)

    async def revisions(self, old: Document, new: Document) -> tuple[Revision, ...]:
        """Return what changed between two versions of a document, paragraph by paragraph."""
        before, after = await self._tables.passages.of(old), await self._tables.passages.of(new)
        return await asyncio.to_thread(revisions_of, before, after)

    async def standing_now(self, verified: Verification) -> Passage | None:
        """Return what stands today where a cited passage stood, None where nothing does."""
        current = await self.document(verified.document.file, verified.document.space)
        before = await self._tables.passages.of(verified.document)
        after = await self._tables.passages.of(current)
        return await asyncio.to_thread(now_of, verified.passage, before, after)

    async def history(
        self,
        filename: str | None = None,
        space: str | None = None,
        limit: int = 50,
        *,
        before: int | None = None,
        start: int = 0,
    ) -> list[Change]:
        """Return the newest lines of the audit trail of a space, or of one of its documents.

        With ``before``, the id of a line, those that were written before it; of all these
        ``start`` are passed over.
        """
        file = None if filename is None else file_name(filename)
        return await self._tables.trail.read(space, file, limit, before=before, start=start)

    async def changes(self, filename: str | None = None, space: str | None = None) -> int:
        """Return how many lines the audit trail of a space has, or of one of its documents."""
        file = None if filename is None else file_name(filename)
        return await self._tables.trail.count(space, file)
