"""Speakers that are carried over to a quotation without a tag of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from retrieval.quotes.attribution.attributed import Rule, Tag
from retrieval.quotes.attribution.clauses import HIDDEN
from retrieval.quotes.attribution.narration import Narration
from retrieval.quotes.attribution.spans import Quoted

_MARKS = "\"“”„«»‘’ '"
_GOES_ON = regex.compile(r",\s*[\"“„«‘']\s*$")


class Carrying:
    """Carries the speakers of a document's quotations on, and back."""

    def __init__(self, quotations: Sequence[Quoted], narration: Narration) -> None:
        self._quotations = quotations
        self._narration = narration

    def carried(self, tags: Sequence[Tag | None], spoken: Mapping[int, Tag]) -> Tag | None:
        """Return the tag of the quotation before, where the next one goes on without its own.

        ``tags`` are of the quotations before it, ``spoken`` the last one of each paragraph.
        """
        quoted, last = self._quotations[len(tags)], tags[-1] if tags else None
        if not self._is_alone(quoted) and not self._goes_on(len(tags), last):
            return None
        paragraph = quoted.parts[0].paragraph
        if tag := spoken.get(paragraph):
            return replace(tag, rule=Rule.CARRIED) if last is tag else None
        tag = spoken.get(self._narration.paragraph_before(paragraph))
        if tag is None or self._narration.texts[paragraph].strip(HIDDEN + _MARKS):
            return None
        return replace(tag, rule=Rule.FOLLOWED, is_sure=False)

    def carry_back(self, tags: list[Tag | None]) -> None:
        """Give a quotation that opens a paragraph the speaker of the next one there."""
        for at in range(len(tags) - 2, -1, -1):
            ours, next_tag = self._quotations[at].parts[0], tags[at + 1]
            same = ours.paragraph == self._quotations[at + 1].parts[0].paragraph
            if tags[at] is None and next_tag and same and self._is_alone(self._quotations[at]):
                tags[at] = replace(next_tag, rule=Rule.CARRIED, is_sure=False)

    def _goes_on(self, number: int, last: Tag | None) -> bool:
        """Say whether a quotation goes on behind the tag of the last: “…,” she said, “…”."""
        if last is None or last.rule is not Rule.BEHIND:
            return False
        before, here = self._quotations[number - 1].parts[-1], self._quotations[number].parts[0]
        if before.paragraph != here.paragraph:
            return False
        between = self._narration.texts[here.paragraph][before.span.end : here.span.start]
        return before.span.end <= last.at < here.span.start and _GOES_ON.search(between) is not None

    def _is_alone(self, quoted: Quoted) -> bool:
        """Say whether a quotation begins a sentence of its own."""
        first = quoted.parts[0]
        begin = self._narration.clauses(first.paragraph).begin_of(first.span.start)
        clause = self._narration.texts[first.paragraph][begin : first.span.start]
        return not clause.strip(HIDDEN + _MARKS)
