"""What the quote desk says, as JSON objects."""

from collections.abc import Iterator, Sequence

from bot.rendering.json_objects.passages import Object
from retrieval import (
    CheckedFigure,
    CheckedSpan,
    Copy,
    DraftCheck,
    Edit,
    Family,
    FoundInSource,
    Place,
    PlacedSaying,
    QuoteCheck,
    SourceWording,
    Verification,
    edits_between,
)


def quote_object(check: QuoteCheck) -> Object:
    """Return what the coverage says of a quotation."""
    return {
        "quote": check.quote,
        "verdict": check.verdict,
        "critical": check.is_critical,
        "reason": check.reason,
        "wordings": [_wording(one) for one in check.wordings],
    }


def _wording(wording: SourceWording) -> Object:
    return {
        "text": wording.text,
        "verdict": wording.verdict,
        "critical": wording.is_critical,
        "differences": _edits(wording.edits),
        "speaker": wording.speaker,
        "documents": wording.documents,
        "origins": wording.origins,
        "citations": [_citation(place) for place in wording.places],
    }


def _citation(place: Place) -> Object:
    details = place.document.details
    return {
        "file": place.document.file,
        "paragraph": place.passage.paragraph,
        "receipt": place.passage.receipt,
        "outlet": details.outlet,
        "published": details.published.isoformat() if details.published else None,
    }


def saying_object(one: PlacedSaying) -> Object:
    """Return a quotation with its speaker and the sentence that attributes it."""
    saying, details = one.saying, one.document.details
    return {
        "speaker": saying.speaker,
        "quote": saying.quote,
        "file": one.document.file,
        "paragraph": saying.paragraph,
        "evidence": saying.evidence,
        "sure": saying.is_sure,
        "rule": saying.rule,
        "published": details.published.isoformat() if details.published else None,
    }


def differences_of(here: str, there: str) -> list[list[str]]:
    """Return what is equal in two texts and what is not, word by word."""
    return _edits(edits_between(here, there))


def _edits(edits: Sequence[Edit]) -> list[list[str]]:
    return [[edit.tag, edit.given, edit.found] for edit in edits]


def family_object(family: Family) -> Object:
    """Return a cited passage with where else it and its quotations stand."""
    cited, origin = family.verification, family.origin
    return {
        "receipt": cited.receipt,
        "text": cited.passage.text,
        "documents": family.documents,
        "origins": family.origins,
        "origin": origin.document.file if origin.document else None,
        "wire": origin.wire,
        "copies": [_copy(one) for one in family.copies],
        "quoted": [_copy(one) for one in family.quoted],
        "read": family.progress.is_done,
    }


def _copy(copy: Copy) -> Object:
    return {
        **_citation(Place(copy.document, copy.passage)),
        "text": copy.passage.text,
        "differences": [[one.here, one.there] for one in copy.differences],
    }


def citation_object(line: str, verification: Verification) -> Object:
    """Return a line to paste, and what has become of the passage that it cites."""
    return {
        "receipt": verification.receipt,
        "citation": line,
        "status": verification.standing,
    }


def source_object(receipt: str, file: str, found: FoundInSource | None) -> Object:
    """Return what a receipt stands for in a source file alone."""
    return {
        "receipt": found.receipt if found else receipt,
        "status": "unchanged" if found else "unknown",
        "file": file,
        "paragraph": found.paragraph if found else None,
        "text": found.text if found else None,
    }


def draft_objects(check: DraftCheck) -> Iterator[Object]:
    """Yield one object for each quoted span and figure of a draft."""
    for item in check.items:
        match item:
            case CheckedSpan():
                yield {
                    "kind": "quote",
                    "paragraph": item.paragraph,
                    "speaker": item.speaker or None,
                    **quote_object(item.check),
                }
            case CheckedFigure():
                yield {
                    "kind": "figure",
                    "paragraph": item.paragraph,
                    "figure": item.text,
                    "verdict": item.verdict,
                    "found": [{"text": text, **_citation(place)} for text, place in item.found],
                }
    if check.unchecked:
        yield {"kind": "unchecked", "number": check.unchecked}
