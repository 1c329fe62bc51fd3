"""What a sentence begins with before its main clause: “Asked by the judge, …”, “When she came, …”.

Whoever stands there is not whom the main clause is about.
"""

from collections.abc import Sequence

import regex

from retrieval.quotes.attribution.people import Kind, Mention

_OPENING = regex.compile(
    r"\W*(?:\p{Lu}\p{Ll}+ly,?\s+)?(?:(?:When|As|After|While|If|Before|Once|Although|Though|Because"
    r"|Since|Until|Told|Given|Shown|Seen|Taken|Sent|\p{Lu}\p{Ll}+(?:ed|ing))\b)"
)
_COMMA = regex.compile(r",[”\"’]?\s+")
_AGENT = regex.compile(r"\bby\s+(?:the\s+|an?\s+)?$", regex.IGNORECASE)


def main_clause(sentence: str, mentioned: Sequence[Mention]) -> int:
    """Return where the main clause of a sentence begins, behind what leads to it; else 0.

    ``mentioned`` are those in the sentence. It begins behind a comma with its subject, or where the
    text ends at a comma: what follows there is the subject.
    """
    opening = _OPENING.match(sentence)
    subjects = {one.start: one for one in mentioned}
    if opening is None or any(at < opening.end() for at in subjects):
        return 0
    for comma in _COMMA.finditer(sentence, opening.end()):
        if comma.end() == len(sentence) or _is_subject(subjects.get(comma.end()), sentence):
            return comma.end()
    return 0


def is_agent(mention: Mention, sentence: str) -> bool:
    """Say whether somebody does what another suffers: “warned by the prosecutor”."""
    return _AGENT.search(sentence, 0, mention.start) is not None


def _is_subject(mention: Mention | None, sentence: str) -> bool:
    """Say whether somebody behind a comma is no apposition, which another comma ends."""
    if mention is None:
        return False
    return mention.kind is Kind.PRONOUN or not sentence.startswith(",", mention.end)
