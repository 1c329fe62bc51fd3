"""A conversation in a terminal: what is typed, what is shown, and files named by their paths."""

import io
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.adapters.console_adapter import (
    ConsoleAdapter,
    Printer,
    console_request,
    failed,
    local_file,
)
from bot.desk import Desk
from bot.messages import Changed, Notice, Problem, Request
from retrieval import Details, Library
from tests.bot.examples import answer, document, hit, marks
from tests.newsroom import OPERATOR

WIDTH = 60


class Conversation:
    """A terminal of 60 columns in which lines are typed."""

    def __init__(self, library: Library, space: str | None = None) -> None:
        self.library = library
        self._shown = io.StringIO()
        console = Console(
            file=self._shown, force_terminal=True, width=WIDTH, color_system=None, no_color=True
        )
        self._adapter = ConsoleAdapter(Desk(library, {}), Printer(console), space)

    async def types(self, *lines: str) -> str:
        """Type the lines and return what is shown."""
        return await self.reads(lines)

    async def reads(self, lines: Iterable[str]) -> str:
        """Return what is shown when lines come from elsewhere."""
        await self._adapter.run(lines)
        return "".join(f"{line.rstrip()}\n" for line in self._shown.getvalue().splitlines())


@pytest.fixture
async def empty(tmp_path: Path) -> AsyncIterator[Library]:
    """Return a library that holds nothing."""
    async with Library.open(tmp_path / "empty.db") as library:
        yield library


def folded(shown: str) -> str:
    return " ".join(shown.split())


async def test_a_question_is_answered(library: Library) -> None:
    shown = await Conversation(library).types("Who is the president of NOBLE?")
    assert "NOBLE President Perry Tarrant said" in folded(shown)
    assert "001_69064135e9c191c9.txt ¶15" in folded(shown)


async def test_lines_are_answered_in_order_and_empty_ones_passed_over(empty: Library) -> None:
    shown = await Conversation(empty).types("", "  ", "list", "verify 00000000", "")
    assert folded(shown) == (
        "The coverage is empty; add documents with: newsdesk add PATH "
        "Unknown: no citation of this coverage has the receipt 00000000."
    )


async def test_more_goes_on_with_the_last_answer(library: Library) -> None:
    shown = await Conversation(library).types("police officers and the law", "more")
    assert "more: type more." in folded(shown)
    for number in range(1, 11):
        assert f"[{number}] " in shown


async def test_long_lines_wrap_below_their_indentation(library: Library) -> None:
    shown = await Conversation(library).types("Who is the president of NOBLE?")
    assert max(len(line) for line in shown.splitlines()) <= WIDTH
    assert (
        '    In a statement Monday, NOBLE President Perry Tarrant\n    said, "We must always be'
    ) in shown


async def test_what_matched_is_bold_in_a_terminal() -> None:
    text = "The council doubled the harbor budget."
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=WIDTH, color_system="standard")
    Printer(console).show(answer(hit(text, matched=marks(text, "harbor"))))
    assert "doubled the \x1b[1mharbor\x1b[0m budget." in shown.getvalue()


def test_a_document_moves_no_cursor_and_colours_nothing() -> None:
    shown = io.StringIO()
    console = Console(file=shown, force_terminal=True, width=WIDTH, color_system=None)
    evil = "up \x1b[2A and \x9b31m red \x07 [bold red]not bold[/] :smile:"
    Printer(console).show(answer(hit(evil, of=document(evil, Details(title=evil)))))
    assert not any(character in shown.getvalue() for character in "\x1b\x9b\x07")
    assert "[bold red]not bold[/] :smile:" in folded(shown.getvalue())


def test_in_a_pipe_a_paragraph_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    text = "word " * 100 + "end."
    Printer(Console(file=io.StringIO(), width=WIDTH)).show(answer(hit(text)))
    assert f"\n    {text}\n" in capsys.readouterr().out


async def test_add_with_a_path_attaches_that_file(empty: Library, folder: Path) -> None:
    (folder / "story.txt").write_text("The harbor froze.\n")
    shown = await Conversation(empty).types("add story.txt", "Did the harbor freeze?")
    assert shown.startswith("story.txt: added (version 1).\n")
    assert "The harbor froze." in shown
    assert await empty.source(await empty.document("story.txt")) == b"The harbor froze.\n"


async def test_a_path_may_be_quoted_hold_spaces_and_lead_anywhere(
    empty: Library, folder: Path
) -> None:
    path = folder / "deep" / "the story.txt"
    path.parent.mkdir()
    path.write_text("The harbor froze.\n")
    await Conversation(empty).types(f"ADD '{path}'")
    [added] = await empty.documents()
    assert (added.file, added.space) == ("the story.txt", None)


async def test_several_paths_are_several_files(empty: Library, folder: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(f"This is {name} indeed.\n")
    await Conversation(empty).types("add one.txt two.txt")
    assert {document.file for document in await empty.documents()} == {"one.txt", "two.txt"}


async def test_details_go_with_the_file(empty: Library, folder: Path) -> None:
    (folder / "story.txt").write_text("The harbor froze.\n")
    line = 'add story.txt title:"Harbor of Ice" author:Roe'
    shown = await Conversation(empty).types(line)
    assert shown.startswith("story.txt: added (version 1).\n")
    [added] = await empty.documents()
    assert added.details == Details(title="Harbor of Ice", author="Roe")


async def test_a_slash_before_the_word_makes_no_difference(empty: Library, folder: Path) -> None:
    (folder / "story.txt").write_text("The harbor froze.\n")
    shown = await Conversation(empty).types("/add story.txt")
    assert shown.startswith("story.txt: added (version 1).\n")


async def test_replace_takes_a_path_and_the_name_of_the_document(
    empty: Library, folder: Path
) -> None:
    await empty.add(b"The harbor is open.\n", "the story.txt")
    (folder / "new.txt").write_text("The harbor froze.\n")
    shown = await Conversation(empty).types("replace 'the story.txt' new.txt")
    assert shown.startswith("the story.txt: replaced (version 2).\n")


@pytest.mark.usefixtures("folder")
async def test_add_without_a_path_asks_for_a_file(empty: Library) -> None:
    assert await Conversation(empty).types("add") == (
        "Attach the file to add, or give the address of a page.\n"
    )


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("line", ["add missing.txt", "add folder/missing.txt"])
async def test_a_path_that_leads_nowhere_is_no_question(library: Library, line: str) -> None:
    shown = await Conversation(library).types(line)
    assert "missing.txt" in shown
    assert "Not in the coverage." not in shown
    assert "Perhaps." not in shown


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("line", [f"add {'long' * 100}", f'add title:"{"long " * 100}"'])
async def test_a_line_too_long_for_a_path_ends_no_conversation(library: Library, line: str) -> None:
    shown = await Conversation(library).types(line, "status")
    assert "The coverage holds 5 documents" in shown


async def test_what_holds_many_documents_is_for_the_command_line(
    empty: Library, folder: Path
) -> None:
    (folder / "to add").mkdir()
    (folder / "all.csv").write_text("file,text\na.txt,The harbor froze.\n")
    shown = await Conversation(empty).types("add 'to add'", "add all.csv")
    assert folded(shown) == (
        "to add holds many documents; end this and add them with: newsdesk add 'to add' "
        "all.csv holds many documents; end this and add them with: newsdesk add all.csv"
    )
    assert await empty.documents() == []


async def test_a_draft_may_be_typed_whatever_its_apostrophes(library: Library) -> None:
    shown = await Conversation(library).types(
        "checkdraft It's NOBLE's 41st conference, and “That helps no one,” Sessions said."
    )
    assert "“That helps no one,” Exact." in folded(shown)


async def test_a_draft_in_a_file_is_named_by_its_path(library: Library, folder: Path) -> None:
    (folder / "my draft.txt").write_text("“That protects no one,” Sessions said.\n")
    shown = await Conversation(library).types("checkdraft 'my draft.txt'", "checkdraft other.txt")
    assert "“That protects no one,” Exact." in folded(shown)
    assert shown.endswith("There is no file other.txt on this machine.\n")


async def test_an_unpaired_quotation_mark_ends_no_conversation(library: Library) -> None:
    shown = await Conversation(library).types('add "story.txt', "add up what he's said", "status")
    assert "The coverage holds 5 documents" in shown


async def test_a_conversation_in_a_space_adds_to_that_space(empty: Library, folder: Path) -> None:
    (folder / "story.txt").write_text("The harbor froze.\n")
    await Conversation(empty, "T-newsroom").types("add story.txt")
    assert await empty.documents() == []
    [added] = await empty.documents("T-newsroom")
    assert added.space == "T-newsroom"


async def test_a_word_that_takes_no_file_takes_none(library: Library, folder: Path) -> None:
    (folder / "jails").write_text("This file is not asked about.\n")
    shown = await Conversation(library).types("what did he say about jails")
    assert "This file is not asked about." not in shown


def test_a_request_of_the_console_is_the_operators() -> None:
    assert console_request("status", space="T-1", place="terminal") == Request(
        OPERATOR, "console", "status", "T-1", "terminal"
    )


async def test_a_file_of_this_machine_is_read_when_it_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"first")
    attachment = local_file(path, "a/story.txt")
    path.write_bytes(b"later")
    assert (attachment.name, attachment.size) == ("a/story.txt", 5)
    assert await attachment.fetch() == b"later"


def test_what_failed_is_what_a_reply_could_not_do() -> None:
    assert failed(Problem("No.")) == ("No.",)
    assert failed(Changed("added", (), ("Not this.", "Nor that."))) == ("Not this.", "Nor that.")
    assert failed(Notice("Yes.")) == ()


@pytest.mark.parametrize("word", ["exit", "quit", " Bye "])
async def test_a_word_of_farewell_ends_the_conversation(library: Library, word: str) -> None:
    assert await Conversation(library).types(word, "status") == ""


async def test_a_line_that_cannot_be_read_is_an_error_and_not_waited_for(empty: Library) -> None:
    def lines() -> Iterator[str]:
        yield "status"
        raise UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "unexpected end of data")

    with pytest.raises(UnicodeDecodeError):
        await Conversation(empty).reads(lines())
