"""The article of a page comes whole and nearly alone, however the page is built."""

import json
from collections.abc import Callable

import pytest

from retrieval import Limits
from retrieval.readers.formats import read_format
from retrieval.readers.recognition import Format, format_of
from tests.articles import PAGES, Story, json_ld_only, shell, story, table_layout
from tests.benchmarks.extraction import figures_of

KEPT = 0.98
LET_THROUGH = 0.05


def paragraphs_of(page: str) -> list[str]:
    reading = read_format(Format.WEB_PAGE, page.encode(), "a.html", Limits())
    return reading.text.split("\n\n")


@pytest.mark.parametrize("page", PAGES)
def test_the_articles_words_are_kept_and_few_others_come_too(page: Callable[[Story], str]) -> None:
    figures = figures_of(page)
    assert figures.kept >= KEPT
    assert figures.let_through < LET_THROUGH


@pytest.mark.parametrize("page", PAGES)
def test_every_build_is_told_to_be_a_page_by_its_beginning(page: Callable[[Story], str]) -> None:
    assert format_of(page(story()).encode(), "story") is Format.WEB_PAGE


@pytest.mark.parametrize("page", [page for page in PAGES if page.__name__ != "table_inside"])
def test_each_paragraph_is_one_of_the_document(page: Callable[[Story], str]) -> None:
    its = story()
    found = paragraphs_of(page(its))
    assert [one for one in found if one in its.paragraphs] == list(its.paragraphs)


def test_a_layout_in_tables_is_no_table() -> None:
    assert not any("|" in one for one in paragraphs_of(table_layout(story())))


def test_what_a_page_states_for_machines_may_lie_deep_or_be_broken() -> None:
    its = story()
    ld = {"@graph": [{"@type": "WebPage"}, {"articleBody": "\n".join(its.paragraphs)}]}
    scripts = "".join(
        f'<script type="application/ld+json">{one}</script>' for one in ("{", json.dumps(ld))
    )
    assert paragraphs_of(shell("<div id=root></div>", scripts)) == list(its.paragraphs)


def test_a_story_that_says_one_thing_again_is_kept_whole() -> None:
    its = story(4)
    twice = Story((*its.paragraphs, its.paragraphs[0]))
    assert paragraphs_of(json_ld_only(twice)) == list(twice.paragraphs)
