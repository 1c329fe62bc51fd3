"""What a document says around its quotations: its paragraphs with what is quoted hidden."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from retrieval.analysis.sentences import sentences_of
from retrieval.model import Passage, Role, Span
from retrieval.quotes.attribution.clauses import HIDDEN, Clauses
from retrieval.quotes.attribution.spans import Quoted

_NARRATING = frozenset({Role.TEXT, Role.CAPTION, Role.BYLINE})
"""Roles of passages that say who people are."""


class Narration:
    """The words around quotations, paragraph by paragraph; each is taken apart once."""

    def __init__(self, passages: Sequence[Passage], quotations: Iterable[Quoted]) -> None:
        self._passages = passages
        spans: defaultdict[int, list[Span]] = defaultdict(list)
        for part in (part for quoted in quotations for part in quoted.parts):
            spans[part.paragraph].append(part.span)
        self.texts = [
            _hidden(one.text, spans[number]) if one.role in _NARRATING else ""
            for number, one in enumerate(passages)
        ]
        """Of each passage, character for character; empty where it narrates nothing."""
        self._clauses: dict[int, Clauses] = {}
        self._sentences: dict[int, list[Span]] = {}

    def clauses(self, paragraph: int) -> Clauses:
        """Return the sentences of a paragraph, around its quotations."""
        if paragraph not in self._clauses:
            self._clauses[paragraph] = Clauses(self.texts[paragraph])
        return self._clauses[paragraph]

    def sentence(self, paragraph: int, at: int) -> Span:
        """Return the sentence of a paragraph at a place, what is quoted included."""
        if paragraph not in self._sentences:
            self._sentences[paragraph] = sentences_of(self._passages[paragraph].text)
        its = self._sentences[paragraph]
        number = bisect_right(its, at, key=lambda one: one.start) - 1
        return its[number] if number >= 0 and at < its[number].end else its[-1]

    def paragraph_before(self, paragraph: int) -> int:
        """Return the paragraph of text before one, -1 where there is none."""
        paragraph -= 1
        while paragraph >= 0 and self._passages[paragraph].role is not Role.TEXT:
            paragraph -= 1
        return paragraph


def _hidden(text: str, spans: Iterable[Span]) -> str:
    """Return a text with some spans of it hidden, character for character."""
    pieces, at = [], 0
    for span in spans:
        pieces += [text[at : span.start], HIDDEN * (span.end - span.start)]
        at = span.end
    return "".join([*pieces, text[at:]])
