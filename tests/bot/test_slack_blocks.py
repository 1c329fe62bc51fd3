"""Replies as Block Kit: within Slack's limits and free of markup, whatever the documents hold."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block as SdkBlock
from slackblocks import Block, InvalidUsageError

from bot.messages import (
    Answer,
    Context,
    Help,
    HelpText,
    ListDocuments,
    Listing,
    More,
    Notice,
    Reply,
    Share,
    Source,
    Surroundings,
    WholeDocument,
)
from bot.registry import BY_WORD, REGISTRY
from bot.rendering.plain_text.line import DIM, line
from bot.rendering.segments import Segment
from bot.rendering.slack_blocks import to_message
from bot.rendering.slack_blocks.limits import cut, width
from bot.rendering.slack_blocks.lines import QUOTED, lines_blocks
from bot.rendering.slack_blocks.markup import to_section
from bot.rendering.slack_blocks.parts import from_value, paragraph, quote, run, shortened, to_value
from bot.rendering.slack_blocks.views import home_view, modal, result_view
from retrieval import (
    Copy,
    Coverage,
    Details,
    Difference,
    Explanation,
    Hit,
    Role,
    Verdict,
    Weighed,
)
from tests.bot.examples import COVERAGE, answer, document, hit, marks, passage
from tests.e2e.slack.fake import bold, shown
from tests.e2e.slack.fake.forms import length, message_problems, view_problems
from tests.newsroom import Chat

BUDGET = "The *budget* of <!channel> was _doubled_ by `Robin` & <@U1> ~today~ :fire:."
ANYTHING = st.text(min_size=1, max_size=60) | st.sampled_from(
    [BUDGET, "&<>" * 900, "word " * 1_500, "\U0001f525" * 4_000, "A sentence. " * 400, "\u200b"]
)
JUDGED = {"section", "context", "header"}
"""The blocks that slackblocks reads; of a section it reads no menu beside it."""


def blocks_of(reply: Reply) -> list[dict[str, Any]]:
    return to_message(reply).blocks


def assert_slack_takes(reply: Reply) -> None:
    message = to_message(reply, shareable=True, asked_by="Robin")
    assert message_problems(message.blocks) == []
    assert 0 < len(message.text) <= 4_000
    assert "<" not in message.text
    for block in message.blocks:
        judge(block)


def judge(block: dict[str, Any]) -> None:
    """Let two judges that we did not write look at a block; they raise what they do not like."""
    if block["type"] in JUDGED:
        Block.from_dict({name: part for name, part in block.items() if name != "accessory"})
    known = SdkBlock.parse(block)
    assert known is not None
    known.validate_json()


def test_the_judges_do_refuse() -> None:
    [_, _, context, row, *_] = blocks_of(answer(hit("It doubled."), answer_id="0123456789ab"))
    with pytest.raises(InvalidUsageError):
        judge({**context, "elements": context["elements"] * 11})
    with pytest.raises(SlackObjectFormationError):
        judge({**row, "elements": row["elements"] * 9})


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    text = draw(ANYTHING)
    title, outlet, author = [draw(st.none() | ANYTHING) for _ in range(3)]
    details = Details(title, outlet, author)
    copies = [
        Copy(document(draw(ANYTHING)), passage(text), (Difference(draw(ANYTHING), text),))
        for _ in range(draw(st.integers(0, 4)))
    ]
    end = draw(st.integers(0, len(text)))
    named = replace(document(draw(ANYTHING), details), correction=draw(st.none() | ANYTHING))
    return replace(
        hit(text, of=named, also=tuple(copies)),
        marks=marks(text, text[end // 2 : end]) if end else (),
        before=draw(st.none() | ANYTHING.map(passage)),
    )


@settings(max_examples=40)
@given(
    st.lists(hits(), max_size=8),
    st.sampled_from(Verdict),
    ANYTHING,
    st.integers(0, 50),
    st.sampled_from(["", "0123456789ab"]),
)
def test_slack_takes_any_answer(
    found: list[Hit], verdict: Verdict, reason: str, more: int, answer_id: str
) -> None:
    assert_slack_takes(
        answer(*found, verdict=verdict, reason=reason, more=more, answer_id=answer_id)
    )


@settings(max_examples=40)
@given(ANYTHING, ANYTHING, ANYTHING, st.lists(ANYTHING, max_size=12))
def test_slack_takes_any_other_reply(one: str, two: str, three: str, many: list[str]) -> None:
    named = document(one, Details(two, three, one))
    assert_slack_takes(Notice(one))
    assert_slack_takes(Surroundings(named, passage(one), passage(two), passage(three)))
    assert_slack_takes(Listing(tuple(document(name) for name in many), 2, 3, COVERAGE))
    texts = tuple(passage(text, number) for number, text in enumerate(many))
    assert_slack_takes(WholeDocument(named, texts))


@settings(max_examples=20)
@given(ANYTHING, st.lists(ANYTHING, max_size=12))
def test_slack_takes_any_view(one: str, many: list[str]) -> None:
    listing = Listing(tuple(document(name) for name in many), 1, 1, COVERAGE)
    everything: list[tuple[str, Reply]] = [
        (one, Notice(one)),
        (one, listing),
        (one, HelpText(("ask", "add"))),
    ]
    assert view_problems(home_view(everything, REGISTRY)) == []
    assert view_problems(result_view("add", Notice(one))) == []
    for entry in REGISTRY:
        values = {argument.name: one for argument in entry.arguments}
        view = modal(entry, values, "[]", with_files=entry.takes_files)
        assert view_problems(view) == []


def test_matching_words_are_bold_and_nothing_else_is_formatted() -> None:
    reply = answer(hit(BUDGET, matched=marks(BUDGET, "*budget*", "`Robin`")))
    message = to_message(reply)
    assert bold({"blocks": message.blocks}) == ["*budget*", "`Robin`"]
    assert BUDGET in shown({"blocks": message.blocks})
    assert "&lt;!channel&gt;" in message.text


PLAIN = st.text("abc äé漢 .,!?’“”", min_size=1, max_size=40)


@given(st.lists(st.tuples(PLAIN | ANYTHING, st.booleans()), min_size=1, max_size=3), st.booleans())
def test_markup_says_the_same_as_the_rich_text_in_whose_place_it_stands(
    pieces: list[tuple[str, bool]], is_quoted: bool
) -> None:
    runs = [run(text, bold=True) if matched else run(text) for text, matched in pieces]
    block = {"type": "rich_text", "elements": [(quote if is_quoted else paragraph)(*runs)]}
    section = to_section(block)
    assume(section is not None)
    assert shown({"blocks": [section]}) == "".join(text for text, _ in pieces)


@pytest.mark.parametrize("text", ["a *star*", "_so_", "~no~", "`code`", ":fire:", "law\n "])
def test_what_could_be_taken_for_markup_stays_rich_text(text: str) -> None:
    assert to_section({"type": "rich_text", "elements": [quote(run(text))]}) is None


@pytest.mark.parametrize("text", ["a_file_name.txt", "at 10:30", "<!channel> & <@U1>", "l'état"])
def test_what_can_be_taken_for_nothing_else_becomes_a_section(text: str) -> None:
    block = to_section({"type": "rich_text", "elements": [quote(run(text))]})
    assert block is not None
    assert shown({"blocks": [block]}) == text


def test_a_mark_within_a_word_stays_rich_text() -> None:
    block = {"type": "rich_text", "elements": [quote(run("un"), run("law", bold=True))]}
    assert to_section(block) is None


def test_a_long_passage_is_cut_at_a_sentence_and_the_rest_is_one_button_away() -> None:
    text = "It doubled the budget. " * 400
    message = to_message(answer(hit(text), answer_id="0123456789ab"))
    said = shown({"blocks": message.blocks[1:2]})
    assert said.endswith("It doubled the budget. …")
    assert len(said) < 2_500
    assert "Before / After" in shown({"blocks": message.blocks})


@given(st.lists(st.tuples(ANYTHING, st.booleans()), max_size=6), st.integers(20, 3_000))
def test_cutting_keeps_the_words_and_their_marks(
    pieces: list[tuple[str, bool]], limit: int
) -> None:
    segments = [Segment(text, matched) for text, matched in pieces]
    whole = "".join(text for text, _ in pieces)
    kept = list(shortened(segments, limit))
    text = "".join(one.text for one in kept)
    assert text == whole or (text.endswith(" …") and whole.startswith(text[:-2]))
    assert width(text) <= max(limit, width(" …"))
    for before, after in zip(segments, kept, strict=False):
        assert before.matched == after.matched or after.text == " …"


@given(ANYTHING, st.integers(20, 3_000))
def test_the_limits_are_counted_as_slack_counts(text: str, limit: int) -> None:
    assert width(text) == length(text)
    assert width(cut(text, limit)) <= limit


def test_the_pages_of_a_filtered_list_keep_its_filters() -> None:
    wanted = ListDocuments(2, 'from:"City Desk"', title="harbor", sort="name")
    listing = Listing((document(),), 2, 3, COVERAGE, "T1", wanted)
    [row] = [block for block in blocks_of(listing) if block["type"] == "actions"]
    assert [from_value(one["value"]) for one in row["elements"]] == [
        replace(wanted, page=1),
        replace(wanted, page=3),
    ]
    endless = replace(listing, command=replace(wanted, title="harbor " * 400))
    assert not [block for block in blocks_of(endless) if block["type"] == "actions"]


def test_a_correction_stands_with_every_citation() -> None:
    corrected = replace(document(), correction="It was tripled.")
    several = [hit("It doubled.", of=corrected), hit("It did.", of=corrected)]
    said = shown({"blocks": blocks_of(answer(*several))})
    assert said.count("Correction: It was tripled.") == 2
    around = Surroundings(corrected, passage("It doubled."), None, None)
    assert "Correction: It was tripled." in shown({"blocks": blocks_of(around)})


def test_what_an_answer_rests_on_is_shown_where_that_was_asked_for() -> None:
    plain = answer(hit("It doubled."))
    evidence = (Weighed("the words", 1.5),)
    explained = replace(plain, explanation=Explanation(plain.findings, (), (), evidence))
    assert "+1.50 the words" in shown({"blocks": blocks_of(explained)})


def test_a_passage_too_long_for_a_message_says_where_the_whole_is() -> None:
    short, long = (Surroundings(document(), passage("It met. " * n), None, None) for n in (3, 900))
    said = "This is the beginning of the passage; File has the whole."
    assert said in shown({"blocks": blocks_of(long)})
    assert said not in shown({"blocks": blocks_of(short)})


def test_the_surroundings_lead_on() -> None:
    around = Surroundings(
        document(),
        passage("It doubled.", 2),
        passage("The council met.", 1, receipt="a" * 16),
        passage("It adjourned.", 3, receipt="b" * 16),
    )
    [*_, row] = blocks_of(around)
    labels = [button["text"]["text"] for button in row["elements"]]
    assert labels == ["Further up", "Further down", "File", "Verify"]
    assert [from_value(button["value"]) for button in row["elements"][:2]] == [
        Context("a" * 16),
        Context("b" * 16),
    ]


def test_slack_takes_an_empty_coverage() -> None:
    assert_slack_takes(answer(verdict=Verdict.NOT_FOUND, coverage=Coverage(0, 0, None)))


def test_an_answer_without_an_id_has_no_buttons_that_need_one() -> None:
    kinds = {block["type"] for block in blocks_of(answer(hit("It doubled."), more=3))}
    assert "context_actions" not in kinds
    assert "More" not in shown({"blocks": blocks_of(answer(hit("It doubled."), more=3))})


def test_a_page_in_the_middle_leads_to_the_pages_beside_it() -> None:
    [*_, row] = blocks_of(Listing((document(),), 2, 3, COVERAGE))
    assert [button["value"] for button in row["elements"]] == ["list {}", 'list {"page": 3}']


def test_what_does_not_fit_is_counted() -> None:
    texts = tuple(passage("word " * 390, number) for number in range(30))
    said = shown({"blocks": blocks_of(WholeDocument(document(), texts))})
    assert "further lines would not fit here" in said


@pytest.mark.parametrize(
    "command",
    [
        More("0123456789ab"),
        Share("0123456789ab"),
        Context("0123456789abcdef"),
        Source("a story of mine"),
        ListDocuments(7),
        Help(),
    ],
)
def test_a_button_holds_its_command(command: Any) -> None:  # noqa: ANN401 - any command
    assert from_value(to_value(command)) == command


@pytest.mark.parametrize(
    "value", ["", "nonsense {}", "context", "context {}", 'list {"leaf": 1}', "list []", "list 2"]
)
def test_a_button_of_another_version_holds_none(value: str) -> None:
    assert from_value(value) is None


def test_an_answer_reads_well_in_a_notification() -> None:
    one = hit("The council doubled the budget.", of=document(details=Details("Harbor")))
    assert to_message(answer(one)).text == (
        "Found. “The council doubled the budget.” — Harbor (budget.txt)"
    )


def test_a_notification_says_that_a_passage_is_only_the_nearest() -> None:
    one = hit("The council met.", of=document(details=Details("Harbor")))
    reply = answer(one, verdict=Verdict.NOT_FOUND, reason="“whale” occurs nowhere.")
    assert to_message(reply).text == (
        "Not in the coverage. “whale” occurs nowhere. The nearest passages: “The council met.” — "
        "Harbor (budget.txt)"
    )


def test_a_verdict_that_is_not_sure_is_drawn_by_everything_that_shows_slacks_messages() -> None:
    [first, *_] = blocks_of(answer(hit("It met."), verdict=Verdict.WEAK, reason="Some words."))
    assert first["text"]["text"] == "*Perhaps.* Some words.\n_The nearest passages:_"


def test_more_goes_on_with_the_question_and_gives_no_verdict_again() -> None:
    reply = answer(hit("It doubled."))
    [one] = reply.citations
    [first, *_] = blocks_of(replace(reply, citations=(replace(one, number=4),)))
    assert first["text"]["text"] == "*More on* “Who doubled the budget?”"


async def test_what_differs_in_a_quotation_is_struck_and_bold_and_needs_no_rich_text(
    chat: Chat,
) -> None:
    blocks = blocks_of(await chat.say("quote We will stand by and watch violence rise."))
    assert {block["type"] for block in blocks} == {"section", "context"}
    [first, *_] = blocks
    assert first["text"]["text"].startswith("*Words differ.* *CRITICAL.* ")
    assert "*{+not+}*" in first["text"]["text"]
    reply = await chat.say("quote hold every officer responsible breaking the law")
    assert "~[-every-]~ *{+any+}* officer" in blocks_of(reply)[0]["text"]["text"]


def test_small_print_is_one_text_a_line_each() -> None:
    two = (hit("It did."), hit("It did not.", of=replace(document("other.txt"), id=2)))
    [*_, last] = blocks_of(answer(*two))
    [element] = last["elements"]
    assert element["text"].splitlines() == [
        "Cited: 2 documents of 2 origins.",
        "Searched 1 document with 1,204 passages; the newest is of 2017-08-01.",
    ]


def test_a_list_shows_what_each_document_is_called_before_its_file() -> None:
    untitled = document("plain.txt", Details())
    [first, *_] = blocks_of(Listing((document(), untitled), 1, 2, COVERAGE))
    assert first["text"]["text"].splitlines() == [
        "*The Harbor Budget*",
        "2017-08-01 · budget.txt · City Desk · Robin Roe",
        "*plain.txt*",
        "undated",
    ]


def test_the_names_of_files_do_not_end_italics() -> None:
    block = {"type": "rich_text", "elements": [paragraph(run("_a_b.txt", italic=True))]}
    assert to_section(block) is None
    block = {"type": "rich_text", "elements": [paragraph(run("a_b.txt", italic=True))]}
    assert to_section(block) is None


def test_a_long_trail_of_small_print_is_not_cut_short_by_the_number_of_blocks() -> None:
    roles = [Role.TEXT, Role.FURNITURE] * 40
    passages = tuple(replace(passage("Words.", at), role=role) for at, role in enumerate(roles))
    assert "would not fit here" not in shown(
        {"blocks": blocks_of(WholeDocument(document(), passages))}
    )


def test_the_help_is_a_line_a_word_below_headings() -> None:
    said = shown({"blocks": blocks_of(HelpText(("ask", "quote", "add")))})
    assert "Ask, and go on from an answer\n• ask QUESTION – Ask the coverage" in said
    assert "For moderators\n• add [ADDRESS] – Add files" in said
    assert "Narrow a question with" in said
    one = shown({"blocks": blocks_of(HelpText(("retract",)))})
    assert "reason: why; everybody may read it" in one


def test_a_window_insists_on_what_a_word_is_nothing_without() -> None:
    view = modal(BY_WORD["retract"], {}, "[]", with_files=False)
    [_, file, reason] = view["blocks"]
    assert (file["label"]["text"], file["optional"]) == ("Document", False)
    assert (reason["optional"], reason["element"]["multiline"]) == (False, True)


def test_the_question_of_a_private_answer_is_repeated() -> None:
    [first, *_] = to_message(answer(hit("It doubled.")), shareable=True).blocks
    assert first["elements"][0]["text"] == "You asked: Who doubled the budget?"


def test_who_asked_is_named_where_an_answer_is_shared() -> None:
    shared: Answer = answer(hit("It doubled."))
    [first, *_] = to_message(shared, asked_by="Robin").blocks
    assert first["elements"][0]["text"] == "Robin asked: Who doubled the budget?"


def test_what_is_quoted_is_a_quotation_and_what_the_terminal_prints_dim_is_none() -> None:
    lines = [line("Exact."), line("We won,", indent=QUOTED), line("lee.txt", DIM, indent=QUOTED)]
    said, small = lines_blocks(lines)
    assert said["text"]["text"] == "Exact.\n> We won,"
    assert [one["text"] for one in small["elements"]] == ["lee.txt"]
