"""Replies on Discord: within its limits, and without markup that we did not put there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from discord import ui
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.messages import (
    Answer,
    Changed,
    Citation,
    HelpText,
    History,
    ListDocuments,
    Listing,
    More,
    Notice,
    Problem,
    Reply,
    ShowHistory,
    SourceFile,
    Surroundings,
    VerifiedReceipt,
    WholeDocument,
)
from bot.registry import REGISTRY
from bot.rendering.discord_views import Post, to_command, to_post
from bot.rendering.discord_views.buttons import button
from bot.rendering.discord_views.markdown import bold, cut, escaped, said, to_markdown, width
from bot.rendering.segments import Segment, safe
from retrieval import Coverage, Details, Outcome, Span, Verdict
from tests.bot.examples import answer, document, hit, marks, passage
from tests.e2e.discord.fake import labels, text_of
from tests.e2e.discord.fake.document import document_at_hand
from tests.e2e.discord.fake.forms import Upload, check_message, flat
from tests.e2e.discord.fake.world import COMPONENTS_V2

NASTY = [
    "@everyone",
    "@here",
    "<@1234>",
    "<@&1234>",
    "<#1234>",
    "</ask:1234>",
    "<t:1500000000:R>",
    "<a:wave:1234>",
    ":tada:",
    "**bold**",
    "*i*",
    "__u__",
    "_i_",
    "~~gone~~",
    "||spoiler||",
    "`code`",
    "```\nblock\n```",
    "> quote",
    ">>> quotes",
    "# Heading",
    "-# small",
    "- item",
    "1. item",
    "[masked](https://example.org)",
    "https://example.org/a_b_c",
    "<https://example.org>",
    "\\",
    "\\*",
    "\u202egnirts",
    "\n\n",
    "\ud800",
    "\U0001f4f0",
]
TEXTS = st.lists(st.text(max_size=12) | st.sampled_from(NASTY), max_size=12).map("".join)
FILLED = TEXTS.filter(bool)
LONG = st.sampled_from([1, 40, 400])
"""How often a text is repeated: Hypothesis shows and shrinks only what is repeated."""
UNESCAPED = re.compile(r"(?<!\\)(?:\\\\)*[@|~<>]|(?<!\\)(?:\\\\)*:\w+:")


def read(markdown: str) -> str:
    """Return what CommonMark shows; fail where it is anything but one paragraph of text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").disable("entity")
    tokens = reader.parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {child.type for child in tokens[1].children or ()} <= {"text"}
    return "".join(child.content for child in tokens[1].children or ())


@given(TEXTS)
@example("".join(NASTY))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    markdown = escaped(text)
    assert not UNESCAPED.search(markdown)
    if safe(text).strip():
        assert read(markdown) == safe(text).strip()


@pytest.mark.parametrize("text", NASTY)
def test_a_line_that_begins_with_markup_is_shown_as_it_is(text: str) -> None:
    assert not re.match(r"(?:#{1,3} |-# |[-*+] |\d+\. |>)", escaped(text))


def test_what_matched_is_bold_and_neighbours_become_one() -> None:
    segments = [
        Segment("a*b ", matched=False),
        *(Segment(one, matched=True) for one in ("c*d", "e")),
    ]
    assert to_markdown(segments) == "a\\*b **c\\*de**"
    assert bold(" x ") == " **x** "
    assert bold("  ") == "  "


@given(st.lists(st.builds(Segment, TEXTS.map(safe), st.booleans()), max_size=6), LONG)
def test_pieces_of_a_text_are_cut_to_what_has_room(segments: list[Segment], times: int) -> None:
    assert width(said(segments * times, 200)) <= 200


def test_a_text_is_cut_at_the_end_of_a_sentence_else_of_a_word() -> None:
    assert cut("One is here. Two is there, and more.", 20) == "One is here. …"
    assert cut("One is here and two is there.", 20) == "One is here and …"
    assert cut("x" * 30, 10) == "x" * 8 + " …"
    assert cut("One is here.", 12) == "One is here."


def body_of(post: Post) -> dict[str, Any]:
    """Return a message as it goes to Discord; fail where Discord would refuse it."""
    view = ui.LayoutView()
    for item in post.items:
        view.add_item(item)
    body: dict[str, Any] = {"content": post.content}
    if post.items:
        components = view.to_components()  # type: ignore[no-untyped-call] # the library's gap
        body = {"components": components, "flags": COMPONENTS_V2}
    check_message(body, [Upload(name, content) for name, content in post.files])
    texts = [one["content"] for one in flat(body.get("components", ())) if "content" in one]
    assert sum(map(width, texts)) <= 4_000
    if witness := document_at_hand():
        assert witness.complaint("POST", "/webhooks/1/token", body) is None
    return {"content": "", "components": [], **body}


def cited(texts: Sequence[str], title: str, *, first: int = 1, matched: bool = True) -> Answer:
    """Return an answer with a passage of each text, numbered from the first on."""
    hits = []
    for number, text in enumerate(texts, first):
        of = document(f"{title}-{number}.txt", Details(title, title, title))
        of = replace(of, correction=text if matched else None)
        spans = (
            tuple(Span(at, at + 1) for at in range(0, min(len(text), 300), 2)) if matched else ()
        )
        one = hit(text, of=of, matched=spans, before=passage(text))
        hits.append(replace(one, passage=replace(one.passage, receipt=f"{number:016x}")))
    reply = answer(*hits, reason=title, answer_id="0123456789ab", more=7)
    citations = tuple(Citation(number, one) for number, one in enumerate(hits, first))
    return replace(reply, citations=citations)


def listing(texts: Sequence[str], name: str) -> Listing:
    documents = tuple(document(name, Details(text, text)) for text in texts)
    return Listing(documents, 2, 3, Coverage(20, 9, None))


def surroundings(texts: Sequence[str], name: str) -> Surroundings:
    before, it, after = (
        passage(text, at, receipt=str(at) * 16) for at, text in enumerate([*texts, *"abc"][:3], 1)
    )
    return Surroundings(document(name), it, before, after)


def whole(texts: Sequence[str], name: str) -> WholeDocument:
    return WholeDocument(document(name), tuple(passage(text) for text in texts))


def changed(texts: Sequence[str], name: str) -> Changed:
    return Changed("added", (Outcome(document(name), changed=True),), tuple(texts))


def source(texts: Sequence[str], name: str) -> SourceFile:
    return SourceFile(document(name), "".join(texts).encode("utf-8", "replace"))


def unknown(texts: Sequence[str], name: str) -> VerifiedReceipt:
    del texts
    return VerifiedReceipt(name, None)


def help_on(texts: Sequence[str], name: str) -> HelpText:
    del name
    words = [entry.word for entry in REGISTRY]
    return HelpText(tuple(words * len(texts)))


MAKERS = [
    cited,
    listing,
    surroundings,
    whole,
    changed,
    source,
    unknown,
    help_on,
    lambda texts, _: Notice("".join(texts)),
    lambda _, name: Problem(name),
]


@given(st.sampled_from(MAKERS), st.lists(FILLED, max_size=3), FILLED, LONG, st.booleans())
def test_every_reply_is_a_message_that_discord_takes(
    make: Callable[[Sequence[str], str], Reply],
    texts: list[str],
    name: str,
    times: int,
    shareable: bool,
) -> None:
    reply = make([text * times for text in texts], name * times)
    body_of(to_post(reply, shareable=shareable, asked_by=name))


@given(st.lists(FILLED, max_size=7), FILLED, LONG, st.booleans())
def test_every_passage_of_an_answer_has_room_with_its_receipt(
    texts: list[str],
    name: str,
    times: int,
    matched: bool,
) -> None:
    first = 4 if len(texts) > 3 else 1  # three passages at first, and what More shows after them
    reply = cited([text * times for text in texts], name * times, first=first, matched=matched)
    shown = text_of(body_of(to_post(reply, asked_by=name)))
    for citation in reply.citations:
        assert f"[{citation.number}] " in shown
        assert citation.hit.passage.receipt in shown


def shown(reply: Reply, *, shareable: bool = False, asked_by: str = "") -> str:
    return text_of(body_of(to_post(reply, shareable=shareable, asked_by=asked_by)))


def test_the_page_of_a_pdf_stands_beside_the_paragraph() -> None:
    one = hit("The council doubled the budget.")
    body = body_of(to_post(answer(replace(one, passage=replace(one.passage, page=3)))))
    assert "budget.txt ¶2, page 3 · City Desk" in text_of(body)


def test_an_answer_opens_one_passage_and_shows_the_next_in_brief() -> None:
    text = "The council doubled the budget."
    first = hit(text, matched=marks(text, "doubled", "budget"), before=passage("It met.", 1))
    second = hit("Nothing else.", of=document("other.txt", Details()))
    second = replace(second, passage=replace(second.passage, receipt="f" * 16))
    body = body_of(to_post(answer(first, second, answer_id="0123456789ab", more=2)))
    assert text_of(body).splitlines() == [
        "**Found.** The first passage holds what the question names.",
        "[1] **The Harbor Budget**",
        "-# Before it, ¶1: It met.",
        "> The council **doubled** the **budget**.",
        "-# budget.txt ¶2 · City Desk · Robin Roe · 2017-08-01 · receipt 0123456789abcdef",
        "[2] **other.txt**",
        "> Nothing else.",
        "-# other.txt ¶2 · receipt ffffffffffffffff",
        "-# Searched 1 document with 1,204 passages; the newest is of 2017-08-01.",
    ]
    assert labels(body) == [
        "Before / After",
        "File",
        "Verify",
        "Before / After [2]",
        "More (2)",
        "Helpful",
        "Not helpful",
    ]


def test_an_answer_from_several_documents_says_how_many_of_them_are_independent() -> None:
    other = hit("Other words.", of=replace(document("other.txt"), id=2))
    assert "-# Cited: 2 documents of 2 origins. Searched " in shown(answer(hit("Words."), other))


def test_more_goes_on_with_the_question_and_gives_no_verdict_again() -> None:
    reply = cited(["Words."], "budget.txt", first=4)
    assert shown(reply).startswith("**More on** “Who doubled the budget?”\n[4] ")


def test_what_is_told_of_a_quotation_is_small_and_no_part_of_it() -> None:
    post = to_post(WholeDocument(document(), (passage("It."),)))
    assert "-# budget.txt · " in text_of(body_of(post))


def test_an_answer_that_was_not_kept_has_no_buttons_that_need_it() -> None:
    body = body_of(to_post(answer(hit("Words.")), shareable=True))
    assert labels(body) == ["Before / After", "File", "Verify"]


def test_a_private_answer_can_be_shared_and_a_shared_one_says_who_asked_what() -> None:
    reply = answer(hit("Words."), answer_id="0123456789ab")
    assert "Share here" in labels(body_of(to_post(reply, shareable=True)))
    assert shown(reply, asked_by="Robin*").startswith("-# Robin\\* asked: Who doubled the budget?")


def test_an_answer_that_is_not_sure_shows_the_nearest_passages() -> None:
    reply = answer(hit("Words."), verdict=Verdict.WEAK, reason="Some words match.")
    assert "**Perhaps.** Some words match.\nThe nearest passages:" in shown(reply)


def test_where_there_is_no_coverage_the_answer_says_who_mends_that() -> None:
    reply = answer(verdict=Verdict.NOT_FOUND, coverage=Coverage(0, 0, None))
    assert "moderators add documents with /doc add" in shown(reply)


def test_what_has_no_room_is_attached_whole() -> None:
    long = "A sentence of it. " * 600
    post = to_post(Surroundings(document(), passage(long), None, None))
    [(name, content)] = post.files
    assert name == "whole.txt"
    assert long.strip() in content.decode()
    assert "attachment://whole.txt" in str(body_of(post)["components"])


def test_lines_that_have_no_room_together_are_attached_whole() -> None:
    passages = tuple(passage(f"Paragraph {number} says so.", number) for number in range(300))
    post = to_post(WholeDocument(document(), passages))
    [(_, content)] = post.files
    assert "Paragraph 299 says so." in content.decode()
    assert "Paragraph 299" not in text_of(body_of(post))


def test_a_passage_leads_on_to_those_around_it() -> None:
    before, after = passage("Before.", 1, receipt="b" * 16), passage("After.", 3, receipt="c" * 16)
    body = body_of(to_post(Surroundings(document(), passage("It."), before, after)))
    assert labels(body) == ["Further up", "Further down", "File", "Verify"]
    assert text_of(body).splitlines() == [
        "**The Harbor Budget**",
        "-# ¶1",
        "Before.",
        "-# ¶2",
        "> It.",
        "-# ¶3",
        "After.",
        "-# budget.txt ¶2 · City Desk · Robin Roe · 2017-08-01 · receipt 0123456789abcdef",
    ]


@pytest.mark.parametrize(
    ("page", "expected"), [(1, ["Older"]), (2, ["Newer", "Older"]), (3, ["Newer"])]
)
def test_the_list_leads_to_its_other_pages(page: int, expected: list[str]) -> None:
    body = body_of(to_post(Listing((document(),), page, 3, Coverage(41, 9, None))))
    assert labels(body) == expected
    assert "**The Harbor Budget**\n-# 2017-08-01 · budget.txt · City Desk" in text_of(body)


def test_a_list_without_documents_says_so_and_how_many_were_left_out() -> None:
    said = shown(Listing((), 1, 1, Coverage(4, 9, None), undated=3))
    assert said.startswith("No document matches; list without filters shows all.\n-# 3 documents ")


def test_a_list_leads_on_to_what_was_asked_for_and_a_trail_does_too() -> None:
    command = ListDocuments(1, 'from:"The Paper"', title="harbor vote", sort="name")
    body = body_of(to_post(Listing((document(),), 1, 2, Coverage(41, 9, None), None, command)))
    [older] = [one for one in flat(body["components"]) if one["type"] == 2]
    assert to_command(older["custom_id"]) == replace(command, page=2)
    trail = History((), True, 2, 3, ShowHistory("harbor vote.txt", 2))
    body = body_of(to_post(trail))
    commands = [
        to_command(one["custom_id"]) for one in flat(body["components"]) if one["type"] == 2
    ]
    assert commands == [ShowHistory("harbor vote.txt", 1), ShowHistory("harbor vote.txt", 3)]


def test_a_correction_stands_with_every_citation() -> None:
    of = replace(document(), correction="It was *doubled*.")
    assert "**Correction: It was \\*doubled\\*.**" in shown(answer(hit("Words.", of=of)))
    assert "**Correction: " in shown(Surroundings(of, passage("It."), None, None))


def test_the_help_names_the_commands_as_discord_has_them() -> None:
    assert "**/ask** " in shown(HelpText(("ask", "add")))
    assert "**/doc add** " in shown(HelpText(("ask", "add")))
    one = shown(HelpText(("ask",)))
    assert "**question** the question, in plain words" in one
    assert "**since** " in one
    assert "window" in shown(HelpText(("add",)))


def test_the_help_puts_the_words_below_headings_whole_and_says_how_to_narrow_a_question() -> None:
    said = shown(HelpText(tuple(entry.word for entry in REGISTRY)))
    assert "**Check quotations and drafts**\n**/quote** Check a quotation against" in said
    assert all(escaped(entry.help) in said for entry in REGISTRY)
    assert said.splitlines()[-1].startswith("-# Narrow a question with")


def test_a_file_keeps_its_own_name_without_its_folder() -> None:
    post = to_post(SourceFile(document("2017/harbor vote.txt"), b"bytes"))
    assert post.files == (("harbor vote.txt", b"bytes"),)
    assert body_of(post)["content"] == "2017/harbor vote.txt, as it was received:"


@pytest.mark.parametrize("command", [More("0123456789ab"), More(""), ListDocuments(12)])
def test_a_button_is_its_command(command: More | ListDocuments) -> None:
    assert to_command(str(button("More", command, 3).custom_id)) == command


@pytest.mark.parametrize("custom_id", ["", "gone:0:x", "list:0:x", "add:0:x", "ask", ":0:list"])
def test_what_is_no_button_of_ours_is_no_command(custom_id: str) -> None:
    assert to_command(custom_id) is None
