"""Every reply as text for a terminal: verbatim words, matches in bold, nothing that it obeys."""

from datetime import date
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import (
    Changed,
    HelpText,
    History,
    Listing,
    Notice,
    Problem,
    Reply,
    SourceFile,
    StatusReport,
    Surroundings,
    VerifiedReceipt,
    WholeDocument,
)
from bot.registry import REGISTRY
from bot.rendering.plain_text import to_lines
from bot.rendering.plain_text.line import DIM
from retrieval import (
    Action,
    Actor,
    Change,
    Copy,
    Coverage,
    Details,
    Difference,
    Hit,
    Outcome,
    Role,
    Span,
    Standing,
    Verdict,
    Verification,
)
from tests.bot.examples import (
    ADDED,
    CHANGED,
    COVERAGE,
    HASH,
    UNKNOWN,
    answer,
    document,
    hit,
    marks,
    passage,
)

EVIL = "a\x1b[31mred\x1b]0;title\x07 \x9b2J\x00 \u202etxt.exe\u2066 \u200f\r\nb\x7f"
"""Escapes that colour, name and clear a terminal, and marks that make text read backwards."""
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def text_of(reply: Reply) -> str:
    """Return a reply as a terminal shows it, without its styles."""
    return "\n".join((" " * line.indent + line.text.plain).rstrip() for line in to_lines(reply))


def styled(reply: Reply, style: str) -> list[str]:
    """Return the pieces of a reply that have a style."""
    return [
        line.text.plain[span.start : span.end]
        for line in to_lines(reply)
        for span in line.text.spans
        if span.style == style
    ]


def assert_harmless(reply: Reply) -> None:
    for line in to_lines(reply):
        for character in line.text.plain:
            assert category(character) not in {"Cc", "Zl", "Zp"}
            assert character not in BIDI


def test_an_answer_cites_each_passage_with_its_place_and_receipt() -> None:
    text = "The council doubled it on Monday. It had been small. Nobody objected."
    reply = answer(
        hit(
            text,
            excerpt=Span(0, 33),
            before=passage("The harbor budget was debated.", 1),
            also=(
                Copy(document("wire.txt"), passage(text, 7)),
                Copy(document("late.txt"), passage(text, 9)),
            ),
        ),
        hit("The harbor is old.", of=document("undated.txt", UNKNOWN)),
        answer_id="0123456789ab",
        more=4,
    )
    assert text_of(reply) == (
        "Found. The first passage holds what the question names.\n"
        "\n"
        "[1] The Harbor Budget\n"
        "    Before it, ¶1: The harbor budget was debated.\n"
        "    The council doubled it on Monday. …\n"
        "    budget.txt ¶2 · City Desk · Robin Roe · 2017-08-01 · receipt 0123456789abcdef\n"
        "    The same words stand in wire.txt ¶7, late.txt ¶9.\n"
        "\n"
        "[2] undated.txt\n"
        "    The harbor is old.\n"
        "    undated.txt ¶2 · receipt 0123456789abcdef\n"
        "\n"
        "4 more: type more.\n"
        "Searched 1 document with 1,204 passages; the newest is of 2017-08-01."
    )


def test_not_found_shows_the_nearest_passages_all_the_same() -> None:
    reply = answer(
        hit("The harbor is old.", of=document("a.txt", UNKNOWN)),
        verdict=Verdict.NOT_FOUND,
        reason="“doubled” occurs nowhere in the coverage.",
        coverage=Coverage(2, 1, None),
        more=1,
    )
    assert text_of(reply) == (
        "Not in the coverage. “doubled” occurs nowhere in the coverage.\n"
        "The nearest passages:\n"
        "\n"
        "[1] a.txt\n"
        "    The harbor is old.\n"
        "    a.txt ¶2 · receipt 0123456789abcdef\n"
        "\n"
        "1 more: ask with --limit.\n"
        "Searched 2 documents with 1 passage; none is dated."
    )


def test_a_weak_answer_says_perhaps() -> None:
    reply = answer(hit("The harbor is old."), verdict=Verdict.WEAK, reason="It holds a part.")
    assert text_of(reply).startswith("Perhaps. It holds a part.\nThe nearest passages:\n\n[1] ")


def test_not_found_without_any_passage_still_says_what_was_searched() -> None:
    assert text_of(answer(verdict=Verdict.NOT_FOUND, reason="Nothing matches.")) == (
        "Not in the coverage. Nothing matches.\n"
        "\n"
        "Searched 1 document with 1,204 passages; the newest is of 2017-08-01."
    )


def test_an_answer_from_an_empty_coverage_says_so_once() -> None:
    reply = answer(
        verdict=Verdict.NOT_FOUND, reason="The coverage is empty.", coverage=Coverage(0, 0, None)
    )
    assert text_of(reply) == "Not in the coverage. The coverage is empty."


@pytest.mark.parametrize(
    ("excerpt", "shown"),
    [
        (Span(0, 15), "One. Two words. …"),
        (Span(5, 15), "… Two words. …"),
        (Span(16, 22), "… Three."),
        (Span(0, 22), "One. Two words. Three."),
    ],
)
def test_an_ellipsis_stands_for_what_an_excerpt_leaves_out(excerpt: Span, shown: str) -> None:
    text = "One. Two words. Three."
    assert f"\n    {shown}\n    budget.txt" in text_of(answer(hit(text, excerpt=excerpt)))


def test_white_space_around_an_excerpt_is_nothing_left_out() -> None:
    reply = answer(hit("  One.\t ", excerpt=Span(2, 6)))
    assert "\n    One.\n" in text_of(reply)


def test_the_words_that_matched_are_bold() -> None:
    text = "The council doubled the harbor budget. The harbor is old."
    reply = answer(hit(text, matched=marks(text, "harbor", "budget", "doubled")))
    assert styled(reply, "bold") == ["doubled", "harbor", "budget"]


def test_only_the_words_within_the_excerpt_are_bold() -> None:
    text = "The budget grew. The harbor budget doubled."
    found = (Span(4, 10), Span(21, 27), Span(28, 34))
    reply = answer(hit(text, excerpt=Span(17, 43), matched=found))
    assert styled(reply, "bold") == ["harbor", "budget"]
    assert "\n    … The harbor budget doubled.\n" in text_of(reply)


def test_white_space_is_folded_and_no_word_is_changed() -> None:
    text = "The  council\n\tdoubled\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}it — “today”."
    reply = answer(hit(text, matched=marks(text, "doubled")))
    assert "\n    The council doubled it — “today”.\n" in text_of(reply)


def test_a_passage_stands_between_its_neighbours() -> None:
    reply = Surroundings(
        document(), passage("Two.", 2), passage("One.", 1), passage("Five.", 5, Role.CAPTION)
    )
    assert text_of(reply) == "The Harbor Budget\n\n¶1 One.\n\n¶2 Two.\n\n¶5 Five."
    shown = [str(one.text.style) for one in to_lines(reply) if one.text.plain.startswith("¶")]
    assert shown == [DIM, "", DIM]


def test_a_passage_without_neighbours_stands_alone() -> None:
    reply = Surroundings(document(), passage("Two.", 2), None, None)
    assert text_of(reply) == "The Harbor Budget\n\n¶2 Two."


def test_a_listing_shows_date_name_and_details() -> None:
    reply = Listing((document(), document("plain.txt", UNKNOWN)), 1, 1, COVERAGE)
    assert text_of(reply) == (
        "2017-08-01  budget.txt · The Harbor Budget · City Desk · Robin Roe\n"
        "undated     plain.txt\n"
        "The coverage holds 1 document with 1,204 passages; the newest is of 2017-08-01."
    )


def test_a_page_of_the_list_says_how_to_see_the_next() -> None:
    assert "Page 1 of 3: list 2" in text_of(Listing((document(),), 1, 3, COVERAGE))


def test_the_last_page_of_the_list_names_no_further_page() -> None:
    shown = text_of(Listing((document(),), 3, 3, COVERAGE))
    assert "Page 3 of 3" in shown
    assert "list 4" not in shown


def test_an_empty_list_says_how_to_add() -> None:
    assert text_of(Listing((), 1, 1, Coverage(0, 0, None))) == (
        "The coverage is empty; add documents with: newsdesk add PATH"
    )


def test_a_whole_document_numbers_each_paragraph_and_names_what_is_no_text() -> None:
    reply = WholeDocument(
        document(version=2),
        (
            passage("Menu", 1, Role.FURNITURE),
            passage("The Harbor Budget", 2, Role.HEADLINE),
            passage("The council met.", 3),
        ),
    )
    assert text_of(reply) == (
        "The Harbor Budget\n"
        "budget.txt · City Desk · Robin Roe · 2017-08-01 · version 2 · 1,234 bytes · "
        f"SHA-256 {HASH}\n"
        "\n"
        "¶1 [furniture] Menu\n"
        "\n"
        "¶2 [headline] The Harbor Budget\n"
        "\n"
        "¶3 The council met."
    )


def test_the_status_shows_the_database_to_the_operator_only() -> None:
    searched = "The coverage holds 1 document with 1,204 passages; the newest is of 2017-08-01."
    assert text_of(StatusReport(COVERAGE, "/srv/newsdesk.db", "1.2")) == (
        f"{searched}\nDatabase: /srv/newsdesk.db\nNewsdesk 1.2"
    )
    assert text_of(StatusReport(COVERAGE, "", "1.2")) == f"{searched}\nNewsdesk 1.2"


def test_the_help_on_a_word_names_its_arguments() -> None:
    assert text_of(HelpText(("replace",))) == (
        "replace [FILE] [title:…] [outlet:…] [author:…] [published:…] [language:…] "
        "[hold_until:…]\n"
        "Put a file in the place of the document of its name; the older version is kept.\n"
        "  file: the document's file name, if not the new file's\n"
        "  title: its title, if not the text's own\n"
        "  outlet: who published it\n"
        "  author: who wrote it\n"
        "  published: date of publication, like 2017-08-01\n"
        "  language: its language, such as german or de\n"
        "  hold_until: embargo until then, like 2026-12-24T18:00 in UTC, or "
        "2026-12-24T18:00+01:00\n"
        "  What has spaces goes into quotation marks: title:“two words”.\n"
        "  Attach the file to your message."
    )


def test_the_help_lists_every_word_with_its_sentence() -> None:
    shown = text_of(HelpText(tuple(entry.word for entry in REGISTRY)))
    assert shown.startswith(
        "Type a question, or one of these words:\n\n"
        "Ask, and go on from an answer:\n  ask QUESTION\n      Ask "
    )
    assert "\n\nFor moderators:\n  add [ADDRESS]\n" in shown
    assert shown.endswith("since:2017-08, until:2018.")
    for entry in REGISTRY:
        assert f"\n  {entry.word}" in shown
        assert f"\n      {entry.help}" in shown


def test_the_help_of_a_reporter_has_no_heading_for_moderators() -> None:
    assert "For moderators" not in text_of(HelpText(("ask", "quote")))


def test_the_help_on_a_word_names_no_id() -> None:
    assert text_of(HelpText(("more",))) == (
        "more\nShow the passages after those of your last answer here."
    )


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        (
            Standing.UNCHANGED,
            "Unchanged since 2017-08-03 16:05 UTC: these words stand in the document.",
        ),
        (
            Standing.CHANGED,
            "Changed on 2017-08-03 16:05 UTC: the document was replaced after this citation.",
        ),
        (
            Standing.WITHDRAWN,
            "Withdrawn on 2017-08-03 16:05 UTC: the document answers no more.",
        ),
    ],
)
def test_a_verified_receipt_says_what_became_of_its_passage(
    standing: Standing, sentence: str
) -> None:
    verification = Verification(
        "0123456789abcdef", standing, document(), passage("The council met."), CHANGED
    )
    nothing = "\nNothing stands in its place now." if standing is Standing.CHANGED else ""
    assert text_of(VerifiedReceipt("012345", verification)) == (
        f"{sentence}\n"
        "    The council met.\n"
        "    budget.txt ¶2 · City Desk · Robin Roe · 2017-08-01 · receipt 0123456789abcdef"
        f"{nothing}"
    )


def test_a_changed_passage_is_shown_with_what_stands_there_now() -> None:
    verification = Verification(
        "0123456789abcdef", Standing.CHANGED, document(), passage("It was doubled."), CHANGED
    )
    shown = text_of(VerifiedReceipt("012345", verification, passage("It was halved.")))
    assert shown.endswith(
        "\nIn its place stands now, ¶2:\n    It was halved.\n"
        "Word by word, [-what is gone-] and {+what is new+}:\n    It was [-doubled-] {+halved+}"
    )


def test_an_unknown_receipt_is_named() -> None:
    assert text_of(VerifiedReceipt("deadbeef", None)) == (
        "Unknown: no citation of this coverage has the receipt deadbeef."
    )


def test_what_was_added_is_shown_with_what_is_known_of_it() -> None:
    reply = Changed(
        "added",
        (
            Outcome(document(), changed=True),
            Outcome(document("plain.txt", UNKNOWN, passages=1), changed=True),
            Outcome(document("old.txt"), changed=False),
        ),
        ("two.txt is empty; there is nothing to add.",),
    )
    assert text_of(reply) == (
        "4 files: 2 added, 1 already there, 1 refused.\n"
        "two.txt is empty; there is nothing to add.\n"
        "budget.txt: added (version 1).\n"
        "  title: The Harbor Budget · outlet: City Desk · author: Robin Roe · date: 2017-08-01 · "
        "3 passages\n"
        "plain.txt: added (version 1).\n"
        "  not stated: title, outlet, author, date · 1 passage\n"
        "old.txt is already there, unchanged.\n"
        'To set right what was understood: edit FILE title:"…" author:"…"'
    )


def test_what_was_removed_is_one_line() -> None:
    reply = Changed("removed", (Outcome(document(version=2), changed=True),))
    assert text_of(reply) == "budget.txt: removed (version 2)."


def test_the_history_is_one_line_a_change() -> None:
    morgan = Actor("U2", "Morgan", "slack")
    reply = History(
        (
            Change(CHANGED, morgan, "T-1", Action.REPLACE, "budget.txt", HASH, HASH),
            Change(ADDED, morgan, "T-1", Action.REFUSED, "-", None, None, "add"),
        )
    )
    assert text_of(reply) == (
        "2017-08-03 16:05:59 UTC replace budget.txt by Morgan on slack\n"
        "2017-08-02 09:30:00 UTC refused (add) - by Morgan on slack"
    )


def test_an_empty_history_says_so() -> None:
    assert text_of(History(())) == "Nothing was changed yet."


@pytest.mark.parametrize("reply", [Notice("That was all."), Problem("That was all.")])
def test_a_notice_and_a_problem_are_their_sentence(reply: Reply) -> None:
    assert text_of(reply) == "That was all."


def test_a_source_is_shown_with_its_words_as_they_are() -> None:
    content = "One “quoted” line.\r\nAnother café.\r\n".encode()
    assert text_of(SourceFile(document(), content)).split() == content.decode().split()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "windows-1252"])
def test_a_source_in_any_encoding_that_is_read_is_shown_in_its_own_words(encoding: str) -> None:
    content = "The “café” reopened.".encode(encoding)
    assert text_of(SourceFile(document(), content)) == "The “café” reopened."


def source(text: str) -> bytes:
    """Return a source that is accepted as text whatever stands at its end."""
    return ("The council met. " * 500 + text.replace("\0", "")).encode()


def evil_replies() -> dict[str, Reply]:
    """Return replies in which whatever a document or a person states is evil, by their names."""
    details = Details(EVIL, EVIL, EVIL, date(2017, 8, 1))
    its, text = document(EVIL, details), passage(EVIL)
    cited = hit(
        EVIL,
        of=its,
        before=text,
        also=(Copy(its, text, (Difference(EVIL, EVIL),)),),
        matched=(Span(0, 5),),
    )
    outcome = Outcome(its, changed=True)
    actor = Actor(EVIL, EVIL, "slack")
    verification = Verification(EVIL, Standing.CHANGED, its, text, CHANGED)
    return {
        "answer": answer(cited, reason=EVIL),
        "surroundings": Surroundings(its, text, text, text),
        "source": SourceFile(its, source(EVIL)),
        "listing": Listing((its,), 1, 2, COVERAGE),
        "document": WholeDocument(its, (text,)),
        "status": StatusReport(COVERAGE, EVIL, EVIL),
        "changed receipt": VerifiedReceipt(EVIL, verification, text),
        "unknown receipt": VerifiedReceipt(EVIL, None),
        "changes": Changed("added", (outcome, Outcome(its, changed=False)), (EVIL,)),
        "history": History((Change(CHANGED, actor, None, Action.ADD, EVIL, None, HASH, EVIL),)),
        "notice": Notice(EVIL),
        "problem": Problem(EVIL),
    }


@pytest.mark.parametrize("name", evil_replies())
def test_nothing_that_a_terminal_obeys_comes_through(name: str) -> None:
    assert_harmless(evil_replies()[name])


@st.composite
def hits(draw: st.DrawFn) -> Hit:
    """Draw a hit with any text, any excerpt of it and any words of it marked."""
    text = draw(st.text(min_size=1))
    bounds = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    start, end = sorted(draw(st.tuples(st.sampled_from(bounds), st.sampled_from(bounds))))
    matched = tuple(Span(one, other) for one, other in zip(bounds[::2], bounds[1::2], strict=False))
    return hit(text, excerpt=Span(start, end), matched=matched)


@given(cited=hits())
def test_any_passage_is_rendered_harmlessly_and_word_for_word(cited: Hit) -> None:
    reply = answer(cited)
    assert_harmless(reply)
    quotation = to_lines(reply)[3].text.plain
    kept = cited.excerpt.of(cited.passage.text)
    letters = [character for character in kept if character.isalnum()]
    assert [character for character in quotation if character.isalnum()] == letters


@given(text=st.text())
def test_any_document_is_shown_harmlessly(text: str) -> None:
    its = document(text, Details(text, text, text))
    assert_harmless(WholeDocument(its, (passage(text),)))
    assert_harmless(SourceFile(its, source(text)))


def test_nearly_the_same_words_are_told_with_what_differs() -> None:
    its = document("wire.txt")
    copies = (
        Copy(its, passage("The law.", 2)),
        Copy(its, passage("A law.", 3), (Difference("any", "every"), Difference("for", ""))),
        Copy(its, passage("Law.", 4), tuple(Difference("", f"w{at}") for at in range(5))),
    )
    shown = text_of(answer(hit("The law.", also=copies)))
    assert "The same words stand in wire.txt ¶2." in shown
    assert "Nearly the same stands in wire.txt ¶3: “every” for “any”; without “for”." in shown
    assert (
        "Nearly the same stands in wire.txt ¶4: with “w0”; with “w1”; with “w2”; and 2 more."
        in shown
    )
