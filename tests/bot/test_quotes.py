"""The quote desk in a chat and in the terminal."""

import json
from datetime import date
from itertools import pairwise

import pytest

from bot.house_style import HouseStyle
from bot.messages import CheckedDraft, CheckedQuote, HelpText, Problem, Quote, Sayings
from bot.parsing import to_command
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from retrieval import Details, QuoteVerdict
from tests.bot.examples import UNKNOWN, document, passage
from tests.bot.terminal import Terminal
from tests.newsroom import Chat, attached

SENTENCE = "hold any officer responsible for breaking the law"


def test_quote_takes_all_that_follows_it_and_who_is_said_to_have_said_it() -> None:
    assert to_command("quote “We will not”") == Quote("“We will not”")
    assert to_command('quote We will not speaker:"Jeff Sessions"') == Quote(
        "We will not", "Jeff Sessions"
    )


async def test_a_quotation_credited_to_another_is_called_so(chat: Chat) -> None:
    reply = await chat.say(f"quote {SENTENCE} speaker:Trump")
    assert to_lines(reply)[0].text.plain == (
        "Said by someone else. The words stand in 1 document, said by Jeff Sessions."
    )


async def test_said_shows_what_a_person_said_and_what_attributes_it(chat: Chat) -> None:
    reply = await chat.say("said Rosenberg about misconduct")
    assert isinstance(reply, Sayings)
    lines = [" " * one.indent + one.text.plain for one in to_lines(reply)]
    assert lines[0] == "Chuck Rosenberg:"
    assert lines[1].startswith("    In an agency-wide email")
    assert lines[1].endswith("“condoned police misconduct.”")
    assert lines[2:4] == [
        "    001_69064135e9c191c9.txt ¶13 · it is a part of what a sentence reports of the speaker",
        "",
    ]


async def test_said_shows_a_quotation_before_the_sentence_elsewhere_that_attributes_it(
    chat: Chat,
) -> None:
    lines = [one.text.plain for one in to_lines(await chat.say("said Sessions about helps"))]
    at = lines.index("“That helps no one. That protects no one.”")
    assert "carried over" in lines[at + 1]
    assert lines[at + 2].startswith("from: “We cannot let mayors")


async def test_said_names_a_speaker_once_for_all_that_follows(chat: Chat) -> None:
    lines = [one.text.plain for one in to_lines(await chat.say("said Sessions"))]
    named = [one for one in lines if one in {"Jeff Sessions:", "Sessions:"}]
    assert all(one != another for one, another in pairwise(named))


async def test_said_says_where_nobody_is_quoted_and_where_nobody_is_named(chat: Chat) -> None:
    reply = await chat.say("said Obama about jails")
    assert to_lines(reply)[0].text.plain == (
        "No quotation here can be attributed to Obama about jails."
    )
    assert isinstance(await chat.say("said ?!"), Problem)
    assert isinstance(await chat.say("said Sessions since:never"), Problem)


async def test_said_shows_ten_quotations_and_counts_the_others(chat: Chat) -> None:
    lines = [one.text.plain for one in to_lines(await chat.say("said Sessions"))]
    assert sum("txt ¶" in one for one in lines) == 10
    assert any(one.endswith("more quotations: name a topic, or since:2017.") for one in lines)


async def test_a_quotation_parted_by_its_tag_is_shown_once(chat: Chat) -> None:
    sentence = "“Nobody came to save us,” Delia Strand says, “so after a while we stopped waiting.”"
    await chat.library.add(f"The mayor is not running again. {sentence}\n".encode(), "mill.txt")
    reply = await chat.say("said Strand")
    lines = [one.text for one in to_lines(reply)]
    assert [one.plain for one in lines[:3]] == [
        "Delia Strand:",
        sentence,
        "mill.txt ¶1 · a tag behind it names the speaker",
    ]
    bold = [lines[1].plain[span.start : span.end] for span in lines[1].spans]
    assert bold == ["Nobody came to save us,", "so after a while we stopped waiting."]
    assert isinstance(reply, Sayings)
    assert len(reply.said.sayings) == 2


async def test_said_says_in_which_languages_it_reads_transcripts_alone(chat: Chat) -> None:
    assert not any("transcripts" in one.text.plain for one in to_lines(await chat.say("said Roe")))
    story = (
        "Die Gewerkschaft der Lokführer hat zu einem Streik von drei Tagen aufgerufen. "
        "„Wir haben lange genug auf ein Angebot gewartet“, sagte Karsten Wiemann am Montag.\n"
    )
    await chat.library.add(story.encode(), "streik.txt")
    lines = [one.text.plain for one in to_lines(await chat.say("said Wiemann"))]
    assert lines[:2] == [
        "No quotation here can be attributed to Wiemann.",
        "In German only transcripts are read for who said what.",
    ]


def test_the_terminal_gives_one_object_a_quotation(terminal: Terminal) -> None:
    first, *_ = terminal.objects("said", "Tarrant", "--json")
    assert first == {
        "speaker": "Perry Tarrant",
        "quote": "We must always be vigilant in ensuring that human rights of those in custody"
        " and/or suspected of crimes are protected.",
        "file": "001_69064135e9c191c9.txt",
        "paragraph": 15,
        "evidence": 'In a statement Monday, NOBLE President Perry Tarrant said, "We must always be'
        " vigilant in ensuring that human rights of those in custody and/or suspected of crimes"
        ' are protected."',
        "sure": True,
        "rule": "a tag before it names the speaker",
        "published": None,
    }
    assert len(terminal.objects("said", "Sessions", "about", "officer", "--json")) == 9
    assert terminal.objects("said", "Sessions", "--since", "2020", "--json") == []
    [one] = terminal.objects("quote", SENTENCE, "--speaker", "Trump", "--json")
    assert one["verdict"] == "other_speaker"


def test_a_quotation_in_the_terminal_needs_no_quotation_marks(terminal: Terminal) -> None:
    assert terminal.done("quote", *SENTENCE.split()) == terminal.done("quote", SENTENCE)
    assert terminal.done("quote", SENTENCE).startswith("Exact.")


async def test_a_quotation_is_checked_in_a_chat(chat: Chat) -> None:
    reply = await chat.say(f"quote “{SENTENCE}”")
    assert isinstance(reply, CheckedQuote)
    assert reply.check.verdict is QuoteVerdict.EXACT


async def test_quote_alone_is_explained(chat: Chat) -> None:
    assert await chat.say("quote") == HelpText(("quote",))


async def test_a_quotation_without_a_word_is_a_sentence(chat: Chat) -> None:
    assert await chat.say("quote “…”") == Problem(
        "There is no word in that quotation; give the words that were said."
    )


async def test_what_differs_is_read_without_any_style(chat: Chat) -> None:
    reply = await chat.say("quote hold every officer responsible breaking the law")
    lines = [" " * one.indent + one.text.plain for one in to_lines(reply)]
    assert lines[:5] == [
        "Words differ. Not word for word: the nearest wording stands in 1 document.",
        "",
        "    hold [-every-] {+any+} officer responsible breaking the law",
        "    said by Sessions · in 1 document, 1 origin",
        "    003_d3053dbbe095c25c.txt ¶3 · receipt aacb3eee99f2c0d0",
    ]
    assert lines[-2:] == [
        "[-only in your words-] {+only in the source+}",
        "Searched 5 documents with 119 passages; the newest is of 2018-03-16.",
    ]


async def test_a_critical_change_is_called_so(chat: Chat) -> None:
    reply = await chat.say("quote We will stand by and watch violence rise.")
    first = to_lines(reply)[0].text.plain
    assert first.startswith("Words differ. CRITICAL.")


async def test_many_places_and_wordings_are_counted(chat: Chat) -> None:
    for number in range(12):
        story = f"The mayor said: “The pier in dock {number} will never be safe for any of us.”"
        for copy in range(8):
            await chat.library.add(f"Take {copy}\n\n{story}".encode(), f"{number}-{copy}.txt")
    reply = await chat.say("quote The pier in dock will never be safe for any of us.")
    lines = [one.text.plain for one in to_lines(reply)]
    assert lines.count("and 3 more places") == 8
    assert "4 more wordings: see them with --json." in lines


async def test_the_object_of_a_quotation_is_what_the_readme_promises(chat: Chat) -> None:
    [one] = to_objects(await chat.say("quote hold any officer responsible breaking a law"))
    assert one["verdict"] == "differs"
    assert one["critical"] is False
    first = one["wordings"][0]
    assert first["text"] == "hold any officer responsible breaking the law"
    assert first["differences"] == [
        ["equal", "hold any officer responsible breaking", "hold any officer responsible breaking"],
        ["replace", "a", "the"],
        ["equal", "law", "law"],
    ]
    citation = first["citations"][0]
    assert (citation["file"], citation["paragraph"]) == ("003_d3053dbbe095c25c.txt", 3)
    assert citation["receipt"] == "aacb3eee99f2c0d0"


def test_the_terminal_checks_one_quotation(terminal: Terminal) -> None:
    assert terminal.done("quote", SENTENCE).startswith(
        "Exact. These words stand in 1 document, word"
    )
    [one] = terminal.objects("quote", SENTENCE, "--json", "--space", "T1")
    assert (one["quote"], one["verdict"]) == (SENTENCE, "exact")


def test_the_terminal_checks_one_quotation_a_line(terminal: Terminal) -> None:
    typed = f"{SENTENCE}\n…\nThe harbor is closed for good\n"
    first, second, third = terminal.objects("quote", "--json", typed=typed)
    assert (first["verdict"], third["verdict"]) == ("exact", "absent")
    assert second == {
        "quote": "…",
        "problem": "There is no word in that quotation; give the words that were said.",
    }
    printed = terminal.done("quote", typed=typed)
    assert printed.count("> ") == 3
    assert "Not in this coverage. No passage says this" in printed


def test_the_terminal_refuses_a_quotation_that_is_none_with_one_sentence(
    terminal: Terminal,
) -> None:
    assert "no word" in terminal.refusal("quote", "“”")


@pytest.mark.parametrize("flag", [[], ["--json"]])
def test_without_a_database_quote_says_that_there_is_none(
    terminal: Terminal, flag: list[str]
) -> None:
    terminal.database.unlink()
    assert "There is no database" in terminal.refusal("quote", SENTENCE, *flag)


def test_each_object_is_one_line(terminal: Terminal) -> None:
    printed = terminal.done("quote", SENTENCE, "--json")
    assert printed.count("\n") == 1
    assert json.loads(printed)["wordings"][0]["citations"]


RECEIPT = "aacb3eee99f2c0d0"


async def test_copies_shows_where_else_a_passage_stands_and_on_how_many_origins(
    chat: Chat,
) -> None:
    lines = [one.text.plain for one in to_lines(await chat.say(f"copies {RECEIPT}"))]
    assert lines[0] == "2 documents, 1 origin."
    assert lines[3].startswith("Nearly the same stands in 000_d569821d20d73420.txt ¶8: ")


async def test_copies_says_where_there_are_none_and_where_there_is_no_such_passage(
    chat: Chat,
) -> None:
    passages = await chat.library.passages(await chat.library.document("004_42e15ef78f8e8e44.txt"))
    reply = await chat.say(f"copies {passages[30].receipt}")
    assert "No other passage says this or nearly this, or quotes from it." in [
        one.text.plain for one in to_lines(reply)
    ]
    assert await chat.say("copies 0000000") == Problem(
        "No passage here has the receipt 0000000; copy it from a citation."
    )
    assert isinstance(await chat.say("copies nonsense"), Problem)


async def test_many_copies_are_counted(chat: Chat) -> None:
    for number in range(30):
        text = f"The pier in dock {number} will never be safe for any of us who fish there."
        day = f"2019-03-{number + 1:02}"
        details = Details(published=date.fromisoformat(day), outlet="Reuters")
        await chat.library.add(text.encode(), f"{number}.txt", details=details)
    [passage] = await chat.library.passages(await chat.library.document("7.txt"))
    lines = [one.text.plain for one in to_lines(await chat.say(f"copies {passage.receipt}"))]
    assert lines[0] == "30 documents, 1 origin."
    assert "and 9 more copies" in lines
    assert "It comes from Reuters, first in 0.txt of 2019-03-01." in lines


async def test_cite_gives_a_line_to_paste(chat: Chat) -> None:
    await chat.library.add(
        "“We won,” said Ann Lee.".encode(),
        "lee.txt",
        details=Details("The Harbor", "City Desk", "Bob Ray", date(2019, 3, 4)),
    )
    [passage] = await chat.library.passages(await chat.library.document("lee.txt"))
    reply = await chat.say(f"cite {passage.receipt}")
    [line] = to_lines(reply)
    assert line.text.plain == (
        "““We won,” said Ann Lee.” — The Harbor, by Bob Ray, City Desk, March 4, 2019, paragraph 1"
        f" (lee.txt, receipt {passage.receipt})"
    )
    await chat.library.replace("“We lost,” said Ann Lee.".encode(), "lee.txt")
    assert len(to_lines(await chat.say(f"cite {passage.receipt}"))) == 2
    await chat.library.remove("lee.txt")
    for word in ("cite", "copies"):
        refusal = await chat.say(f"{word} {passage.receipt}")
        assert isinstance(refusal, Problem)
        assert "withdrawn" in refusal.text
    assert isinstance(await chat.say("cite 0000000"), Problem)


async def test_verify_shows_what_was_changed_word_by_word(chat: Chat) -> None:
    outcome = await chat.library.add(b"The pier will open on Monday at noon.", "pier.txt")
    [passage] = await chat.library.passages(outcome.document)
    await chat.library.replace(b"The pier will open on Friday at noon.", "pier.txt")
    reply = await chat.say(f"verify {passage.receipt}")
    lines = [one.text.plain for one in to_lines(reply)]
    assert "The pier will open on [-Monday-] {+Friday+} at noon" in lines
    [one] = to_objects(reply)
    assert one["differences"][1] == ["replace", "Monday", "Friday"]


async def test_a_draft_is_checked_from_a_file_and_from_a_text(chat: Chat) -> None:
    draft = f"Sessions said he would “{SENTENCE}” and “eat a penguin” with 150 countries."
    reply = await chat.say("checkdraft", attached("draft.txt", draft.encode()))
    assert isinstance(reply, CheckedDraft)
    lines = [one.text.plain for one in to_lines(reply)]
    assert lines[0] == "draft.txt: 2 match, 1 not in the coverage."
    assert lines[1] == f"¶1  “{SENTENCE}”  Exact."
    assert "The draft is not kept." in lines
    again = await chat.say(f"checkdraft {draft}")
    assert [one.text.plain for one in to_lines(again)][1:] == lines[1:]


async def test_a_draft_with_nothing_to_check_says_so(chat: Chat) -> None:
    reply = await chat.say("checkdraft", attached("draft.txt", b"It was a long day."))
    first = to_lines(reply)[0].text.plain
    assert first == "draft.txt: no quotation and no figure in it."


async def test_what_cannot_be_a_draft_is_a_sentence(chat: Chat) -> None:
    two = [attached("a.txt", b"a"), attached("b.txt", b"b")]
    assert await chat.say("checkdraft", *two) == Problem("Attach one draft at a time.")
    assert isinstance(await chat.say("checkdraft"), Problem)
    large = await chat.say("checkdraft", attached("a.txt", b"a" * 200_000))
    assert isinstance(large, Problem)
    assert "limit" in large.text
    assert isinstance(await chat.say("checkdraft", attached("a.gif", b"GIF89a")), Problem)


async def test_a_long_draft_says_what_is_not_checked(chat: Chat) -> None:
    draft = "It had 12 chiefs and “so many long words, and more than fit in the table here”. "
    reply = await chat.say("checkdraft", attached("draft.txt", (draft * 210).encode()))
    lines = [one.text.plain for one in to_lines(reply)]
    assert (
        "20 more of its quotations and figures are not checked; check the draft in parts." in lines
    )
    assert list(to_objects(reply))[-1] == {"kind": "unchecked", "number": 20}


def test_the_terminal_has_the_quote_desks_other_words_too(terminal: Terminal) -> None:
    [family] = terminal.objects("copies", RECEIPT, "--json")
    assert (family["documents"], family["origins"], family["wire"]) == (2, 1, None)
    assert family["copies"][0]["differences"][0] == ["Sessions", "he"]
    [line] = terminal.objects("cite", RECEIPT, "--json")
    assert (line["status"], line["receipt"]) == ("unchanged", RECEIPT)
    path = terminal.write("draft.txt", f"“{SENTENCE}” and 150 countries, “eat a penguin”")
    kinds = [
        (one["kind"], one["verdict"]) for one in terminal.objects("checkdraft", path, "--json")
    ]
    assert kinds == [("quote", "exact"), ("figure", "matches"), ("quote", "absent")]


def test_the_terminal_verifies_with_the_source_file_alone(
    terminal: Terminal, seeds: dict[str, bytes]
) -> None:
    terminal.database.unlink()
    path = terminal.folder / "seed.txt"
    path.write_bytes(seeds["003_d3053dbbe095c25c.txt"])
    [one] = terminal.objects("verify", RECEIPT[:8], "--source", path, "--json")
    assert (one["status"], one["receipt"], one["paragraph"]) == ("unchanged", RECEIPT, 3)
    assert terminal.done("verify", RECEIPT, "--source", path).startswith("Unchanged: seed.txt ¶3")
    [one] = terminal.objects("verify", "0000000", "--source", path, "--json")
    assert (one["status"], one["text"]) == ("unknown", None)
    assert terminal.done("verify", "0000000", "--source", path).startswith("Unknown: no passage")
    assert "A receipt is" in terminal.refusal("verify", "nonsense", "--source", path)


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("{title}", "a.txt"),
        ("{title}[ ({outlet})][, {published}]", "a.txt"),
        ("{file} ¶{paragraph}", "a.txt ¶2"),
        ("{author}|{receipt}", "|0123456789abcdef"),
    ],
)
def test_a_template_leaves_out_what_is_not_known(template: str, line: str) -> None:
    its = document("a.txt", UNKNOWN)
    assert HouseStyle(template).line(its, passage("We won.")) == line


def test_a_long_passage_is_cut_at_a_word_in_a_citation() -> None:
    line = HouseStyle("{text}").line(document(), passage("word " * 200))
    assert line.endswith("word …")
    assert len(line) <= 602


@pytest.mark.parametrize("template", ["{nonsense}", "no field at all", "{}"])
def test_a_template_that_names_what_there_is_not_is_refused(
    template: str, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_CITATION", template)
    assert "NEWSDESK_CITATION" in terminal.refusal("cite", RECEIPT)


async def test_said_counts_no_others_where_it_shows_them_all(chat: Chat) -> None:
    said = "\n\n".join(f"“Pier {number} is closed,” said Ann Lee." for number in range(10))
    await chat.library.add(said.encode(), "piers.txt")
    lines = [one.text.plain for one in to_lines(await chat.say("said Lee"))]
    assert sum("txt ¶" in one for one in lines) == 10
    assert not [one for one in lines if "more quotation" in one]


@pytest.mark.parametrize(
    ("outlet", "published", "sentence"),
    [
        ("Reuters", date(2019, 3, 1), "It comes from Reuters, first in one.txt of 2019-03-01."),
        ("City Desk", date(2019, 3, 1), "It comes first in one.txt of 2019-03-01."),
        ("City Desk", None, ""),
    ],
)
async def test_copies_says_where_the_words_come_from_as_far_as_documents_say(
    chat: Chat, outlet: str, published: date | None, sentence: str
) -> None:
    for name, day in (("one.txt", published), ("other.txt", None)):
        text = f"{name} writes: the pier in the old dock will never be safe for any of us again."
        details = Details(published=day, outlet=outlet)
        await chat.library.add(text.encode(), name, details=details)
    [passage] = await chat.library.passages(await chat.library.document("other.txt"))
    lines = [one.text.plain for one in to_lines(await chat.say(f"copies {passage.receipt}"))]
    assert [one for one in lines if one.startswith("It comes")] == ([sentence] if sentence else [])
