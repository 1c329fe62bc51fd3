"""What a quotation says that it leaves out, with … or with [words of the one who quotes].

It is critical where that holds a negation that the brackets do not give back, or where they hold
one that the source does not have.
"""

import regex

from retrieval.quotes.comparing.alignment import Alignment
from retrieval.quotes.comparing.meaning import has_negation
from retrieval.quotes.model import Tag
from retrieval.quotes.wording import Wording, wording_of

_CLAUSE_END = regex.compile(r"[,;:.!?…—–\"“”„«»\n]|(?<!\p{L})['‘’]|['’](?!\p{L})")


def hides_negation(alignment: Alignment) -> bool:
    """Say whether a negation is lost, or comes in, where a quotation leaves something out."""
    quotation, source = alignment.quotation, alignment.source
    left_out = {
        step.given.start: source.slice(step.found.start, step.found.stop)
        for step in alignment.steps
        if step.tag is Tag.INSERT and step.given.start in quotation.gaps
    }
    end = len(quotation.wording.words)
    if 0 in quotation.inserted:
        left_out[0] = _clause_before(source, alignment.found.start)
    if end in quotation.inserted:
        left_out[end] = _clause_behind(source, alignment.found.stop)
    return any(
        _negates(left_out.get(at, ""), source) != _negates(quotation.inserted.get(at, ""), source)
        for at in left_out.keys() | quotation.inserted.keys()
    )


def _clause_before(source: Wording, at: int) -> str:
    """Return what a clause has before a word: a bracket that opens a quotation stands for it."""
    start = source.words[at].start
    ends = [match.end() for match in _CLAUSE_END.finditer(source.text, 0, start)]
    return source.text[ends[-1] if ends else 0 : start]


def _clause_behind(source: Wording, at: int) -> str:
    """Return what a clause has from a word on: a bracket at a quotation’s end stands for it."""
    start = source.words[at - 1].end
    end = _CLAUSE_END.search(source.text, start)
    return source.text[start : end.start() if end else len(source.text)]


def _negates(text: str, source: Wording) -> bool:
    its = wording_of(text, source.language)
    return has_negation(its, range(len(its.words)))
