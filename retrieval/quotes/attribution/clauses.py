"""Where the sentences of a paragraph begin and end, what is quoted in it being hidden."""

from bisect import bisect_left

import regex

from retrieval.quotes.attribution.names import ABBREVIATED

HIDDEN = "\N{WHITE SQUARE}"
"""In the place of each character of a quotation, where the words around it are read."""
LONGEST = 2_000
"""Characters of a sentence that are read at most, before or behind a place in it."""

_END = regex.compile(r"[.!?](?=[\s”\"’»]|$)")
_COMPLETE = regex.compile(rf"{HIDDEN}\s?[”\"»’']\s+(?=\p{{Lu}}|[“\"„«‘'])")
"""Behind a quotation that ends a sentence itself."""
_ABBREVIATED = regex.compile(rf"(?:\b\p{{Lu}}|\b(?:{ABBREVIATED}))$")


class Clauses:
    """The sentences of a paragraph, found once."""

    def __init__(self, text: str) -> None:
        self._size = len(text)
        self._ends = [
            one.start() for one in _END.finditer(text) if not _is_abbreviation(text, one.start())
        ]
        behind_quotations = (one.end() for one in _COMPLETE.finditer(text))
        self.begins = sorted({0, *(end + 1 for end in self._ends), *behind_quotations})
        """Where each sentence begins."""

    def begin_of(self, at: int) -> int:
        """Return where the sentence begins that goes on at a place."""
        begin = self.begins[max(bisect_left(self.begins, at) - 1, 0)]
        return max(begin, at - LONGEST)

    def end_of(self, at: int) -> int:
        """Return where the sentence ends that goes on at a place."""
        number = bisect_left(self._ends, at)
        end = self._ends[number] if number < len(self._ends) else self._size
        return min(end, at + LONGEST)


def _is_abbreviation(text: str, at: int) -> bool:
    return text[at] == "." and _ABBREVIATED.search(text, max(0, at - 6), at) is not None
