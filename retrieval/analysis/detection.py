"""Detection: the language of a document, and of a question, where that is safe to say.

A text that has the function words of the library's language is in that one; that takes no model,
and so most libraries never load one. Of any other text py3langid says what it may be (a linear
model over 139 languages, a tenth of a millisecond for a sample, 110 MB), and is believed where it
is sure and the language's own function words, or its script, agree.
"""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Final

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from retrieval.analysis.analyzer import TERM, Analyzer
from retrieval.analysis.unspaced import is_unspaced
from retrieval.model import Role

SAMPLE = 1500
"""Characters of a document that are looked at; more say no more."""
FEWEST_WORDS = 6
"""A line of fewer words is as likely of names alone."""
CLEAR_SHARE = 0.2
"""Share of function words from which a text is in the library's language: 0.3 to 0.5 is common."""
SURE = 0.9
"""Probability from which the model is believed."""
AGREEING_SHARE = 0.12
"""Share of a language's own function words that must be there; inflected languages have fewer."""
_WRITTEN_AS: Final = {"wuu": "zh", "yue": "zh", "ary": "ar", "arz": "ar", "nn": "no"}
"""The written language of what the model tells from it."""


def sample_of(texts: Sequence[str], roles: Sequence[Role]) -> str:
    """Return the beginning of a document's own text, without what stands around it."""
    own = (text for text, role in zip(texts, roles, strict=True) if role is Role.TEXT)
    return " ".join(islice(own, SAMPLE // 20))[:SAMPLE]


def language_of(sample: str, library: Analyzer) -> str | None:
    """Return the ISO 639-1 code of a text's language, None where that is not safe to say."""
    if _share_of_function_words(sample, library) >= CLEAR_SHARE:
        return library.code
    if len(library.words(sample)) < FEWEST_WORDS:
        return None
    code, probability = _likeliest(sample)
    if probability < SURE or not library.knows(code):
        return None
    its = library.of(code)
    agrees = _share_of_function_words(sample, its) >= AGREEING_SHARE
    return its.code if agrees or is_unspaced(sample) or not its.has_stop_words else None


def asked_in(text: str, analyzers: Sequence[Analyzer]) -> Analyzer:
    """Return the analyzer whose function words a question has most of, the first if in doubt."""
    if len(analyzers) == 1:
        return analyzers[0]
    sample = text[:SAMPLE]
    return max(analyzers, key=lambda one: len(one.words(sample)) - len(one.terms(sample)))


def _share_of_function_words(text: str, analyzer: Analyzer) -> float:
    words = analyzer.words(text)
    return sum(not term for term in map(TERM, words)) / max(len(words), FEWEST_WORDS)


def _likeliest(text: str) -> tuple[str, float]:
    """Return the likeliest language of a text, and its probability."""
    probabilities: Counter[str] = Counter()
    for code, probability in _identifier().rank(text):
        probabilities[_WRITTEN_AS.get(code, code)] += probability
    return max(probabilities.items(), key=itemgetter(1))


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
