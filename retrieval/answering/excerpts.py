"""Excerpts: the sentences of a passage to show first, always one contiguous slice of it.

A short passage is shown whole. Of a longer one the best sentence is shown, with neighbours as long
as a quotation would be torn open; a sentence without end is cut at a word.
"""

from collections.abc import Sequence

import regex

from retrieval.model import Span

WHOLE_LIMIT = 320
"""Characters; a passage up to this length is shown whole."""
EXCERPT_LIMIT = 600
"""Characters of an excerpt, at most."""

_LEANS = regex.compile(
    r"[\"'“‘]?(?:he|she|they|it|this|that|these|those|his|her|hers|their|its|such|the\s+latter)\b"
    r"|[\"“‘']{2}",
    regex.IGNORECASE,
)
_SPACE = regex.compile(r"\s+")


def excerpt_of(
    text: str, sentences: Sequence[Span], worths: Sequence[float], matches: Sequence[Span]
) -> Span:
    """Return the slice of ``text`` to show first.

    ``worths`` says how much of the question each sentence holds; ``matches`` are the words that
    matched.
    """
    if len(text) <= WHOLE_LIMIT:
        return Span(0, len(text))
    best = max(range(len(sentences)), key=lambda at: (worths[at], -at))
    first, last = _with_whole_quotation(text, sentences, best)
    excerpt = Span(sentences[first].start, sentences[last].end)
    if excerpt.end - excerpt.start <= EXCERPT_LIMIT:
        return excerpt
    return _cut(text, sentences[best], matches)


def _with_whole_quotation(text: str, sentences: Sequence[Span], best: int) -> tuple[int, int]:
    """Widen the choice until it opens as many quotations as it closes, within the limit."""
    first = last = best
    while sentences[last].end - sentences[first].start <= EXCERPT_LIMIT:
        gap = _open_quotations(Span(sentences[first].start, sentences[last].end).of(text))
        if gap > 0 and last + 1 < len(sentences):
            last += 1
        elif gap < 0 and first > 0:
            first -= 1
        else:
            return first, last
    return best, best


def _open_quotations(text: str) -> int:
    """Return how many quotations stay open (above zero) or close without opening (below)."""
    pairs = (("“", "”"), ("「", "」"), ("『", "』"))
    return sum(text.count(a) - text.count(b) for a, b in pairs) or text.count('"') % 2


def _cut(text: str, sentence: Span, matches: Sequence[Span]) -> Span:
    """Return as much of one long sentence as fits around its first match, cut at words."""
    if sentence.end - sentence.start <= EXCERPT_LIMIT:
        return sentence
    match = next((one for one in matches if one.start >= sentence.start), sentence)
    start = max(sentence.start, match.start - EXCERPT_LIMIT // 3)
    end = min(sentence.end, start + EXCERPT_LIMIT)
    if start > sentence.start and (space := _SPACE.search(text, start, match.start)):
        start = space.end()
    if end < sentence.end and (space_before := text.rfind(" ", match.end, end)) > 0:
        end = space_before
    return Span(start, end)


def leans_on_what_stands_before(text: str, excerpt: Span) -> bool:
    """Say whether an excerpt opens with a word that points back (“He continued: …”)."""
    return excerpt.start == 0 and _LEANS.match(text) is not None
