"""Questions to the coverage."""

from retrieval.answering.explaining import explanation_of
from retrieval.library.opened import Opened
from retrieval.model import Explanation, Findings, Hit


class Asking(Opened):
    """A library that answers questions."""

    async def find(self, question: str, limit: int = 3, space: str | None = None) -> Findings:
        """Return the best ``limit`` passages for a question and how sure the match is."""
        await self._let_appear()
        findings = await self._parts.finder.find(question, limit, space)
        await self._parts.calibration.begin_if_due(space, findings.coverage)
        return findings

    async def explain(self, question: str, limit: int = 3, space: str | None = None) -> Explanation:
        """Return what find does, and what it rests on: words, scores and evidence."""
        await self._let_appear()
        answered = await self._parts.finder.answered(question, limit, space)
        return explanation_of(answered, self._parts.ranking)

    async def search(self, question: str, limit: int = 10, space: str | None = None) -> list[Hit]:
        """Return the best ``limit`` passages for a question, best first."""
        return list((await self.find(question, limit, space)).hits)
