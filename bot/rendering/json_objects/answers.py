"""Answers, and why they are as they are, as JSON objects."""

from collections.abc import Sequence

from bot.messages import Answer, Citation
from bot.rendering.json_objects.passages import Object, place_object
from retrieval import Copy, Coverage, Explanation, Gap, Weighed


def answer_object(answer: Answer) -> Object:
    """Return the answer to a question."""
    findings = answer.findings
    return {
        "question": findings.question,
        "verdict": findings.verdict,
        "confidence": findings.confidence,
        "reason": findings.reason,
        "passages": [_citation(citation) for citation in answer.citations],
        "missing": list(findings.missing),
        "origins": answer.origins,
        "coverage": coverage_object(findings.coverage),
    } | ({"explanation": _grounds(answer.explanation)} if answer.explanation else {})


def _citation(citation: Citation) -> Object:
    hit = citation.hit
    details = hit.document.details
    return {
        "file": hit.document.file,
        "title": details.title,
        "outlet": details.outlet,
        "author": details.author,
        "published": details.published.isoformat() if details.published else None,
        **place_object(hit.passage),
        "excerpt": hit.excerpt.of(hit.passage.text),
        "before": hit.before.text if hit.before else None,
        "receipt": hit.passage.receipt,
        "correction": hit.document.correction,
        "score": hit.score,
        "also": [_copy(copy) for copy in hit.also],
    }


def _copy(copy: Copy) -> Object:
    return {
        "file": copy.document.file,
        "title": copy.document.details.title,
        **place_object(copy.passage),
        "receipt": copy.passage.receipt,
        "correction": copy.document.correction,
    }


def reasons_object(explanation: Explanation) -> Object:
    """Return why an answer is as it is."""
    findings = explanation.findings
    return {
        "question": findings.question,
        "verdict": findings.verdict,
        "confidence": findings.confidence,
        "reason": findings.reason,
        **_grounds(explanation),
    }


def _grounds(explanation: Explanation) -> Object:
    return {
        "words": [
            {
                "word": one.word,
                "worth": one.worth,
                "others": list(one.others),
                "occurs": one.occurs,
            }
            for one in explanation.words
        ],
        "passages": [
            {
                "file": one.hit.document.file,
                **place_object(one.hit.passage),
                "receipt": one.hit.passage.receipt,
                "score": one.hit.score,
                "parts": _weighed(one.parts),
                "holds": list(one.holds),
            }
            for one in explanation.hits
        ],
        "evidence": _weighed(explanation.evidence),
    }


def _weighed(parts: Sequence[Weighed]) -> Object:
    return {part.name: round(part.value, 4) for part in parts}


def coverage_object(coverage: Coverage) -> Object:
    """Return how much was searched, and how fresh it is."""
    return {
        "documents": coverage.documents,
        "passages": coverage.passages,
        "newest": coverage.newest.isoformat() if coverage.newest else None,
    }


def gap_object(gap: Gap) -> Object:
    """Return a question that was answered badly."""
    return {
        "question": gap.question,
        "verdict": gap.verdict,
        "times": gap.times,
        "unhelpful": gap.unhelpful,
        "last": gap.last.isoformat(),
    }
