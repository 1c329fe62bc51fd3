"""How much of an article is kept and how much else comes with it, page by page.

``python tests/benchmarks/extraction.py`` prints the table for the pages of ``tests/articles.py``.
"""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

import regex

from retrieval import Limits
from retrieval.readers.formats import read_format
from retrieval.readers.recognition import Format
from tests.articles import PAGES, TITLE, Story, story_for

_HIDDEN = regex.compile(r"<(script|style|head)\b.*?</\1>", regex.DOTALL)
_TIME = regex.compile(r"<time>(.*?)</time>")
_TAG = regex.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Figures:
    """What became of a page's words."""

    name: str
    body: int
    """Words of the article."""
    kept: float
    """Share of them that was kept."""
    others: int
    """Words that the page shows besides."""
    let_through: float
    """Share of them that came too."""


def figures_of(page: Callable[[Story], str]) -> Figures:
    """Return what becomes of the words of one build of page."""
    its = story_for(page)
    html = page(its)
    extracted = Counter(
        _words(read_format(Format.WEB_PAGE, html.encode(), "a.html", Limits()).text)
    )
    body = Counter(its.words)
    shown = Counter(_words(_TAG.sub(" ", _HIDDEN.sub(" ", html))))
    times = Counter(_words(" ".join(_TIME.findall(html))))  # of a live blog's posts
    others = shown - body - times - Counter(TITLE.split())
    came = (extracted - body) & others
    return Figures(
        name=page.__name__,
        body=body.total(),
        kept=(extracted & body).total() / body.total(),
        others=others.total(),
        let_through=came.total() / max(others.total(), 1),
    )


def _words(text: str) -> list[str]:
    return text.replace("|", " ").split()


def main() -> None:
    """Print the figures of all pages."""
    sys.stdout.write(f"{'page':20}{'words':>7}{'kept':>8}{'others':>8}{'let through':>13}\n")
    for page in PAGES:
        one = figures_of(page)
        sys.stdout.write(
            f"{one.name:20}{one.body:7}{one.kept:8.1%}{one.others:8}{one.let_through:13.1%}\n"
        )


if __name__ == "__main__":
    main()
