"""What the coverage holds: documents, their passages and sources, and names."""

import asyncio

from retrieval.answering.completing import Completed, Completion
from retrieval.documents.listing import DocumentPage, ListFilter
from retrieval.intake.names import file_name
from retrieval.library.opened import Opened
from retrieval.model import Coverage, Document, Passage, Status
from retrieval.readers import text_of


class LookingUp(Opened):
    """A library whose documents can be listed and shown."""

    async def documents(self, space: str | None = None) -> list[Document]:
        """Return the documents that the space may see, newest first."""
        await self._let_appear()
        return await self._tables.documents.all_visible(space)

    async def page(
        self, wanted: ListFilter, space: str | None = None, *, start: int = 0, number: int = 20
    ) -> DocumentPage:
        """Return ``number`` of the documents that a list is of, from the ``start``th on, from 0.

        Those of another status than live are for moderators: they are the space's own only.
        """
        await self._let_appear()
        return await self._tables.documents.page(wanted, space, start=start, number=number)

    async def document(
        self, filename: str, space: str | None = None, *, held: bool = False
    ) -> Document:
        """Return a document that the space may see; raise NoSuchDocument where there is none.

        With ``held``, which is for moderators, the space's own under embargo are among them.
        """
        await self._let_appear()
        return await self._tables.documents.visible(file_name(filename), space, held=held)

    async def completions(
        self,
        kind: Completed | str,
        typed: str,
        space: str | None = None,
        *,
        status: Status = Status.LIVE,
    ) -> list[Completion]:
        """Return at most 25 files, outlets or authors that may be meant by what is typed so far.

        ``kind`` is “file”, “outlet” or “author”. Those that begin so come first, then those that
        hold it, each newest first; a file is found by its title too. Of another ``status`` than
        live, which is for moderators, the space's own only.
        """
        await self._let_appear()
        return await self._parts.completer.complete(Completed(kind), typed, space, status)

    async def passages(self, document: Document) -> list[Passage]:
        """Return all passages of a document, in order, furniture included."""
        return await self._tables.passages.of(document)

    async def source(self, document: Document) -> bytes:
        """Return a document's bytes as they were received."""
        return await self._tables.documents.source(document)

    async def extraction(self, document: Document) -> str | None:
        """Return the text that was taken out of a document; None where its bytes are the text."""
        return await self._tables.documents.extraction(document)

    async def text(self, document: Document) -> str:
        """Return a document's text, in which the offsets of its passages count."""
        extraction = await self._tables.documents.extraction(document)
        if extraction is not None:
            return extraction
        return await asyncio.to_thread(text_of, await self.source(document), document.file)

    async def coverage(self, space: str | None = None) -> Coverage:
        """Return how much the space may see, and how fresh it is."""
        await self._let_appear()
        return await self._tables.documents.coverage(space)
