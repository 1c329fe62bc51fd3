"""The nouns of the library: documents, passages, hits, findings and changes, all frozen.

Offsets are code points in a document's text, half open: ``text[start:end]``.
"""

from retrieval.model.changes import (
    Action,
    Actor,
    Change,
    NearCopy,
    Outcome,
    Revision,
    Understood,
    Undone,
)
from retrieval.model.documents import (
    NO_DETAILS,
    NOTHING,
    SHARED,
    Details,
    Document,
    Passage,
    Role,
    Span,
    State,
    Status,
)
from retrieval.model.explanations import ExplainedHit, ExplainedWord, Explanation, Weighed
from retrieval.model.findings import Copy, Coverage, Difference, Findings, Hit, Verdict
from retrieval.model.verifications import Standing, Verification
from retrieval.model.vitals import Vitals

__all__ = [
    "NOTHING",
    "NO_DETAILS",
    "SHARED",
    "Action",
    "Actor",
    "Change",
    "Copy",
    "Coverage",
    "Details",
    "Difference",
    "Document",
    "ExplainedHit",
    "ExplainedWord",
    "Explanation",
    "Findings",
    "Hit",
    "NearCopy",
    "Outcome",
    "Passage",
    "Revision",
    "Role",
    "Span",
    "Standing",
    "State",
    "Status",
    "Understood",
    "Undone",
    "Verdict",
    "Verification",
    "Vitals",
    "Weighed",
]
