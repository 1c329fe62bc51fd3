"""What a verdict on a quotation rests on, in one sentence or two."""

from collections.abc import Sequence

from retrieval.model import Coverage
from retrieval.quotes.model import QuoteVerdict, SourceWording

_SENTENCES = {
    QuoteVerdict.EXACT: "These words stand in {documents}, word for word.",
    QuoteVerdict.PUNCTUATION: (
        "These words stand in {documents}; only punctuation, case or accents differ."
    ),
    QuoteVerdict.ELIDED: (
        "These words stand in this order in {documents}; what the quotation leaves out is shown."
    ),
    QuoteVerdict.OTHER_SPEAKER: "The words stand in {documents}, said by {speaker}.",
    QuoteVerdict.DIFFERS: "Not word for word: the nearest wording stands in {documents}.",
    QuoteVerdict.STITCHED: "Put together from {places} without saying so.",
}


def reason_for(
    verdict: QuoteVerdict,
    wordings: Sequence[SourceWording],
    coverage: Coverage,
    *,
    is_critical: bool,
) -> str:
    """Return what a verdict rests on."""
    if verdict is QuoteVerdict.ABSENT:
        where = "in this coverage" if coverage.documents else "here, for the coverage is empty"
        return f"No passage says this or nearly this {where}."
    documents = _count(wordings[0].documents, "document")
    places = _count(len(wordings), "place") if len(wordings) > 1 else "words that stand apart"
    sentence = _SENTENCES[verdict].format(
        documents=documents, places=places, speaker=wordings[0].speaker
    )
    return f"{sentence} {_critical(verdict)}" if is_critical else sentence


def _critical(verdict: QuoteVerdict) -> str:
    if verdict is QuoteVerdict.ELIDED:
        return "What is left out holds a negation."
    if verdict is QuoteVerdict.STITCHED:
        return "What is passed over holds a negation, or a negation, a number or a name differs."
    return "A negation, a number or its unit, a name or a modal verb differs."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
