"""Any text means something: a word of the registry that fits, and otherwise a question."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import (
    Add,
    Ask,
    Command,
    Context,
    Correct,
    Edit,
    Help,
    ListDocuments,
    More,
    Remove,
    Replace,
    Restore,
    Show,
    ShowHistory,
    ShowStatus,
    Source,
    Undo,
    Verify,
)
from bot.parsing import filled, to_command, with_filters
from bot.registry import BY_WORD, REGISTRY
from retrieval.questions.query import parse

# Texts that begin as commands do, and go on in any way.
TYPED = st.one_of(
    st.text(),
    st.builds(
        lambda slash, word, gap, rest: slash + word + gap + rest,
        st.sampled_from(["", "/", " "]),
        st.sampled_from([entry.word for entry in REGISTRY]).flatmap(
            lambda word: st.sampled_from([word, word.upper(), word.title()])
        ),
        st.sampled_from([" ", "\n", "  ", ":", ""]),
        st.one_of(
            st.text(),
            st.from_regex(r"(title|author|published):(\"[^\"]*\"|\S+)( \S+)?", fullmatch=True),
        ),
    ),
)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("ask Who is the president of NOBLE?", Ask("Who is the president of NOBLE?")),
        ("ask status", Ask("status")),
        ("more", More()),
        ("more 0123456789ab", More("0123456789ab")),
        ("context fe42f91cc997fff3", Context("fe42f91cc997fff3")),
        ("source story.txt", Source("story.txt")),
        ("list", ListDocuments()),
        ("list 2", ListDocuments(2)),
        ("show story.txt", Show("story.txt")),
        ("status", ShowStatus()),
        ("help", Help()),
        ("help add", Help("add")),
        ("verify fe42f9", Verify("fe42f9")),
        ("add", Add()),
        ("add published:2017-08-01", Add(published="2017-08-01")),
        (
            'add title:"What he said" outlet:“City Desk” author:Roe published:2017-08-01',
            Add("What he said", "City Desk", "Roe", "2017-08-01"),
        ),
        ("replace", Replace()),
        ("replace story.txt", Replace("story.txt")),
        ('replace title:"Mended" story.txt', Replace("story.txt", title="Mended")),
        ('replace story.txt title:"Mended"', Replace("story.txt", title="Mended")),
        ("remove story.txt", Remove("story.txt")),
        ("restore story.txt", Restore("story.txt")),
        ("history", ShowHistory()),
        ("history story.txt", ShowHistory("story.txt")),
    ],
)
def test_a_word_of_the_registry_is_its_command(text: str, command: Command) -> None:
    assert to_command(text) == command


def test_every_word_of_the_registry_by_itself_is_its_command_or_its_help() -> None:
    for entry in REGISTRY:
        required = any(argument.required for argument in entry.positional)
        expected = Help(entry.word) if required else entry.build()
        assert to_command(entry.word) == expected


@pytest.mark.parametrize(
    "text",
    [
        "show me what he said about jails",
        "list of cities that signed consent decrees",
        "help hire police officers",
        "status of the bump stock ban",
        "more police officers were hired where?",
        "context of the remarks about force",
        "source of the quotation about handcuffs",
        "verify that he said it",
        "add up the money for cities",
        "add more title: what did he say?",
        "replace officers with whom?",
        "remove the consent decrees, he said?",
        "restore the trust of communities",
        "history of consent decrees",
        "Help! Who said this?",
        "status?",
        "list: what did he promise",
        "listed cities",
        "list 12 cities",
        "list -1",
        "source Amazon.com revenue",
        "show U.S. figures on arrests",
        "show in:story.txt what he said",
        "history of consent decrees since:2017",
        "report of the board at https://example.org",
        "more please",
        "what did he say",
        "Who added story.txt?",
        "🎉 status",
        "'status'",
    ],
)
def test_a_question_that_begins_as_a_command_does_is_a_question(text: str) -> None:
    assert to_command(text) == Ask(text)


@pytest.mark.parametrize(
    "text",
    [
        "edit story.txt date:2017-08-01",
        "edit story.txt outlet:City Desk",
        "correct story.txt The vote was on Monday",
        "retract the old story, reason:wrong",
        "show story.txt 5",
        "source Story.PDF please",
        "history story.txt of the vote",
        "remove story.txt and other.txt please",
    ],
)
def test_a_command_that_names_a_document_but_does_not_fit_gets_its_help(text: str) -> None:
    assert to_command(text) == Help(text.split(maxsplit=1)[0])


@pytest.mark.parametrize("text", ["STATUS", "Status", "/status", "/STATUS", " \n status\t"])
def test_case_a_slash_and_outer_white_space_make_no_difference(text: str) -> None:
    assert to_command(text) == ShowStatus()


def test_a_receipt_a_word_and_an_answers_id_are_read_in_any_case() -> None:
    assert to_command("Verify FE42F91C") == Verify("fe42f91c")
    assert to_command("help ADD") == Help("add")
    assert to_command("more 0123456789AB") == More("0123456789ab")


def test_the_case_of_a_file_name_is_kept() -> None:
    assert to_command("SHOW Story.TXT") == Show("Story.TXT")


@pytest.mark.parametrize(
    ("text", "file"),
    [
        ("show story", "story"),
        ("show 2017/08/story.txt", "2017/08/story.txt"),
        ("show the mayor resigns.txt", "the mayor resigns.txt"),
        ("show The mayor’s speech.txt", "The mayor’s speech.txt"),
        ("show O'Brien.txt", "O'Brien.txt"),
        ('show "story.txt"', "story.txt"),
        ("show “the mayor resigns.txt”", "the mayor resigns.txt"),
        ("show 'the mayor resigns'", "the mayor resigns"),
        ("show `the mayor resigns.txt`", "the mayor resigns.txt"),
        ('show "O\'Brien.txt"', "O'Brien.txt"),
        ('show "The mayor’s speech.txt"', "The mayor’s speech.txt"),
        ("show “The mayor’s speech.txt”", "The mayor’s speech.txt"),
        ("show Straße ärgert Bürger.txt", "Straße ärgert Bürger.txt"),
    ],
)
def test_a_file_name_may_be_quoted_and_may_hold_spaces_and_apostrophes(
    text: str, file: str
) -> None:
    assert to_command(text) == Show(file)


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ('add title:"outlet:Wire or author:Roe?"', Add(title="outlet:Wire or author:Roe?")),
        ('add TITLE:"Budget"', Add(title="Budget")),
        ('add title:""', Add()),
        ("add title:x title:xy", Add(title="xy")),
        ('add\n title:"Two\nlines"', Add(title="Two\nlines")),
        ('replace "a b.txt" title:"c d.txt"', Replace("a b.txt", title="c d.txt")),
    ],
)
def test_details_are_read_by_name_wherever_they_stand(text: str, command: Command) -> None:
    assert to_command(text) == command


def test_a_question_of_several_lines_is_one_question() -> None:
    assert to_command("ask\nWho said it?\nAnd when?") == Ask("Who said it?\nAnd when?")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\N{NO-BREAK SPACE}", "\x1c"])
def test_nothing_is_a_wish_for_help(text: str) -> None:
    assert to_command(text) == Help()


@given(text=TYPED)
def test_any_text_is_a_command_that_loses_no_question(text: str) -> None:
    command = to_command(text)
    if not isinstance(command, Ask):
        return
    said = text.strip()
    assert command.question
    if command.question != said:
        word, kept = said[: -len(command.question)], said[-len(command.question) :]
        assert kept == command.question
        assert word.strip().removeprefix("/").lower() == "ask"


@given(text=TYPED)
def test_what_is_no_question_begins_with_its_word(text: str) -> None:
    command = to_command(text)
    if isinstance(command, Ask) or not text.strip():
        return
    first = text.split(maxsplit=1)[0].removeprefix("/").lower()
    assert isinstance(command, BY_WORD[first].command | Help)


@given(text=st.text().filter(lambda text: text.strip() != ""))
def test_whatever_follows_ask_is_asked(text: str) -> None:
    assert to_command(f"ask {text}") == Ask(text.strip())


@pytest.mark.parametrize(
    "text",
    [
        "verify fe42f91cc997fff3",
        "verify receipt FE42F91CC997FFF3",
        "verify `fe42f91cc997fff3`.",
        "verify “fe42f91cc997fff3”",
    ],
)
def test_a_receipt_may_be_given_as_it_is_copied(text: str) -> None:
    assert to_command(text) == Verify("fe42f91cc997fff3")


def test_one_word_after_verify_is_meant_as_a_receipt_and_gets_the_sentence_on_receipts() -> None:
    assert to_command("verify 12345") == Verify("12345")


def test_with_files_the_words_after_add_are_no_question() -> None:
    assert to_command("add this please", with_files=True) == Add()
    assert to_command("add this please") == Ask("add this please")
    assert to_command("what is this?", with_files=True) == Ask("what is this?")


def test_filters_given_as_options_are_written_into_the_question() -> None:
    values = {"in": "", "from": "City “Desk”", "since": "2017"}
    assert with_filters("jails", values) == 'jails from:"City  Desk " since:"2017"'


@given(st.text().filter(lambda text: bool(re.sub('["“”„«»]', " ", text).strip())))
def test_whatever_a_filter_holds_is_one_value(value: str) -> None:
    read = parse(with_filters("jails", {"from": value}))
    assert read.text.strip() == "jails"
    assert read.filter.outlets == (re.sub('["“”„«»]', " ", value).strip(),)


# Options and filters beside arguments


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("list from:Post since:2017", ListDocuments(filters="from:Post since:2017")),
        ('list 2 from:"City Desk"', ListDocuments(2, 'from:"City Desk"')),
        ("list sort:name title:harbor", ListDocuments(title="harbor", sort="name")),
        ("list from:Post everything", Ask("list from:Post everything")),
        ("ask budget from:Post", Ask("budget from:Post")),
        ("history page:2", ShowHistory(page=2)),
        ("history a.txt page:3", ShowHistory("a.txt", 3)),
        ("history page:two", ShowHistory("page:two")),
        ("edit a.txt hold_until:2126-08-01", Edit("a.txt", hold_until="2126-08-01")),
        ('correct a.txt note:""', Correct("a.txt")),
        ("undo", Undo()),
        ("undo it all for me", Ask("undo it all for me")),
    ],
)
def test_options_and_filters_stand_beside_arguments(text: str, command: Command) -> None:
    assert to_command(text) == command


def test_typed_options_make_a_command_with_its_filters() -> None:
    listed = filled(BY_WORD["list"], {"page": 2, "from": "City Desk", "since": "2017"})
    assert listed == ListDocuments(2, 'from:"City Desk" since:"2017"')
    assert filled(BY_WORD["ask"], {"question": "budget", "by": "Roe"}) == Ask('budget by:"Roe"')
    assert filled(BY_WORD["undo"], {}) == Undo()


def test_a_title_may_have_a_quotation_in_it() -> None:
    typed = 'edit a.txt title:"The “Big” Day" author:“Jane Doe”'
    assert to_command(typed) == Edit("a.txt", title="The “Big” Day", author="Jane Doe")


def test_marks_without_partners_are_read_as_fast_as_other_text() -> None:
    """Each of them once led to a search to the end of the text: ten seconds for one message."""
    typed = "list " + "title:“ " * 5_000
    assert to_command(typed) == ListDocuments(title="“")
    typed = "show " + "word:“ " * 100_000
    assert to_command(typed) == Ask(typed.strip())
