"""Quotations, those who said them, and drafts."""

from retrieval.library.opened import Opened
from retrieval.model import Verification
from retrieval.quotes.drafts import DraftCheck, Tell
from retrieval.quotes.families import Family
from retrieval.quotes.following import Progress
from retrieval.quotes.model import QuoteCheck
from retrieval.quotes.saying import Said


class Quoting(Opened):
    """A library that quotations are held against."""

    async def check_quote(
        self, quote: str, space: str | None = None, *, speaker: str = ""
    ) -> QuoteCheck:
        """Return what the coverage says of a quotation, word by word, and of who said it.

        Raises BadQuotation where the text holds no word, or more of them than can be compared.
        """
        return await self._parts.quotes.check(quote, speaker, space)

    async def said(self, person: str, topic: str = "", space: str | None = None) -> Said:
        """Return what documents quote of a person, about a topic where one is named.

        Both may hold filters of the query language. Raises BadFilter where one cannot be read,
        BadQuotation where nobody is named.
        """
        return await self._parts.said.said(person, topic, space)

    async def family(self, verification: Verification, space: str | None = None) -> Family:
        """Return a cited passage with its near copies, and with those who quote the same."""
        quoted = await self._parts.quotes.quoting(verification, space)
        return await self._parts.families.family(verification, quoted, space)

    async def check_draft(
        self, content: bytes, name: str, space: str | None = None, *, tell: Tell | None = None
    ) -> DraftCheck:
        """Return what the coverage says of a draft's quotations and figures; nothing is kept.

        ``tell`` is told how many are checked, of how many. Raises UnreadableSource where the bytes
        are no text.
        """
        return await self._parts.drafts.check(content, name, space, tell)

    async def reading(self) -> Progress:
        """Return how far the coverage of all spaces is read for quotations and copies."""
        return await self._parts.follower.progress()
