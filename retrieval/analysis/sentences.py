"""The sentences of a passage, and the words of each."""

from collections.abc import Iterator
from itertools import accumulate, pairwise

import regex
import sentencex

from retrieval.analysis.analyzer import Analyzer, Word
from retrieval.model import Span

PIECE = 5_000
"""Characters that are segmented at a time."""

_SENTENCE_END = regex.compile(r"[.!?…。！？][\"'”’)\]]*\s*$")
_OTHER_SPACE = regex.compile(r"[^\S \n]")


def words_of(text: str, analyzer: Analyzer) -> list[list[Word]]:
    """Return the words of each sentence of a passage."""
    return [analyzer.words(one.of(text)) for one in sentences_of(text, analyzer.code)]


def sentences_of(text: str, language: str = "en") -> list[Span]:
    """Return the sentences of a passage, outer white space left out.

    ``language`` is an ISO 639-1 code: abbreviations and ordinals differ.
    """
    spans: list[Span] = []
    at = 0
    for piece in _pieces(text):
        runs_on = at > 0 and not _SENTENCE_END.search(text, max(0, at - 8), at)
        for sentence in _segments(piece, language):
            start = at + len(sentence) - len(sentence.lstrip())
            end = at + len(sentence.rstrip())
            if runs_on and spans:
                spans[-1] = Span(spans[-1].start, max(end, spans[-1].end))
            elif start < end:
                spans.append(Span(start, end))
            runs_on = False
            at += len(sentence)
    return spans or [Span(0, len(text))]


def _pieces(text: str) -> Iterator[str]:
    """Yield the text in pieces that end at a space: segmenting takes quadratic time in quotes."""
    start = 0
    while len(text) - start > PIECE:
        space = text.rfind(" ", start + 1, start + PIECE)
        end = space + 1 if space > 0 else start + PIECE
        yield text[start:end]
        start = end
    yield text[start:]


def _segments(text: str, language: str) -> list[str]:
    """Return a text's sentences, which put together are the text.

    Only plain spaces and line ends are shown to sentencex, one for each white space: with others
    before a full stop it panics (1.0.32), and a panic is no Exception.
    """
    shown = _OTHER_SPACE.sub(" ", text)
    segments: list[str] = sentencex.segment(language, shown)
    if "".join(segments) != shown:
        return [text]
    bounds = pairwise(accumulate(map(len, segments), initial=0))
    return [text[start:end] for start, end in bounds]
