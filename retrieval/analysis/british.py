"""British spellings, read as the American ones: a question in either finds both.

Beginnings of words are in a list (words/british.txt), and so are those words in -ise that are no
variant of one in -ize. Both sides of a search are read so: what is wrongly read as American still
meets itself.
"""

from functools import cache

import regex

from retrieval.analysis import words

_PREFIX = r"(?P<prefix>(?:dis|in|mis|multi|non|over|re|semi|sub|trans|un|under|up)?)"
_ISE = regex.compile(
    r"(?P<stem>\w{2,}[bcdfghjklmnpqrstvwxz])is"
    r"(?P<ending>e|es|ed|er|ers|ing|ings|able|ation|ations|ational)"
)
_YSE = regex.compile(
    r"(?P<stem>(?:anal|catal|dial|electrol|hydrol|paral))ys(?P<ending>e|es|ed|er|ers|ing)"
)


def american(word: str) -> str:
    """Return a folded English word in its American spelling."""
    if match := _beginnings().match(word):
        prefix, beginning = match["prefix"], match["beginning"]
        word = prefix + words.british_beginnings()[beginning][0] + word[match.end() :]
    if match := _YSE.fullmatch(word):
        return f"{match['stem']}yz{match['ending']}"
    match = _ISE.fullmatch(word)
    if match and match["stem"] not in words.no_variants():
        return f"{match['stem']}iz{match['ending']}"
    return word


@cache
def _beginnings() -> "regex.Pattern[str]":
    listed = words.british_beginnings().items()
    longest_first = sorted(listed, key=lambda one: -len(one[0]))
    any_of = "|".join(f"{beginning}{condition}" for beginning, (_, condition) in longest_first)
    return regex.compile(rf"{_PREFIX}(?P<beginning>{any_of})")
