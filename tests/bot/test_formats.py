"""Sources of every format at the desk: added, cited with their page, shown and given back."""

from pathlib import Path

import pytest

from bot.messages import Answer, Changed, SourceFile
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from bot.settings import SETTING_OF_LIMIT, Settings, variable
from retrieval import Limits
from tests import sources
from tests.bot.terminal import Terminal
from tests.newsroom import MODERATOR, Chat, attached

FIRST = "The council doubled the harbor budget on Tuesday, after a long debate."
SECOND = "Mayor Ada Quill left the meeting early, and nobody asked her why she did."


async def added(chat: Chat, *files: tuple[str, bytes], text: str = "add") -> Changed:
    """Add files as a moderator."""
    reply = await chat.say(text, *(attached(*file) for file in files), sender=MODERATOR)
    assert isinstance(reply, Changed), reply
    return reply


def shown(reply: Answer | SourceFile) -> str:
    return "\n".join(line.text.plain for line in to_lines(reply))


async def test_a_pdf_answers_with_the_page_beside_the_paragraph(chat: Chat) -> None:
    await added(chat, ("budget.pdf", sources.pdf([FIRST], [SECOND])))
    answer = await chat.say("Who left the meeting early?")
    assert isinstance(answer, Answer)
    assert "budget.pdf ¶2, page 2 · receipt " in shown(answer)
    [one] = to_objects(answer)
    assert (one["passages"][0]["paragraph"], one["passages"][0]["page"]) == (2, 2)


async def test_a_plain_text_has_no_page_in_json(chat: Chat) -> None:
    await added(chat, ("a.txt", SECOND.encode()))
    answer = await chat.say("Who left the meeting early?")
    assert isinstance(answer, Answer)
    [one] = to_objects(answer)
    assert "page" not in one["passages"][0]


async def test_source_gives_the_bytes_and_shows_the_text(chat: Chat) -> None:
    content = sources.word(FIRST, SECOND)
    await added(chat, ("a.docx", content))
    reply = await chat.say("source a.docx")
    assert isinstance(reply, SourceFile)
    assert (reply.content, reply.text) == (content, f"{FIRST}\n\n{SECOND}")
    assert shown(reply) == f"{FIRST}\n\n{SECOND}"


async def test_an_archive_is_added_file_by_file(chat: Chat) -> None:
    files = {"2017/a.txt": b"A story.", "../b.txt": b"B.", "c.pdf": b"%PDF-", "d.html": b""}
    files["d.docx"] = sources.word(FIRST)
    reply = await added(chat, ("news.zip", sources.zipped(files)))
    assert [one.document.file for one in reply.outcomes] == ["2017/a.txt", "d.docx"]
    assert reply.problems == (
        "../b.txt in news.zip has a path that leads out of the archive; it is left out.",
        "c.pdf is a PDF that is damaged; save it anew and add it again.",
        "d.html is empty; there is nothing to add.",
    )


async def test_one_title_is_not_given_to_all_files_of_an_archive(chat: Chat) -> None:
    content = sources.zipped({"a.txt": b"A.", "b.txt": b"B."})
    reply = await added(chat, ("news.zip", content), text='add title:"One"')
    assert reply == Changed("added", (), ("A title goes with one file; add the files one by one.",))


async def test_one_document_is_not_replaced_by_an_archive(chat: Chat) -> None:
    await added(chat, ("a.txt", b"A story."))
    reply = await added(chat, ("news.zip", sources.zipped({"b.txt": b"B."})), text="replace a.txt")
    assert reply.problems == ("a.txt holds several files; unpack it and add them by themselves.",)


def test_an_archive_is_added_from_the_terminal(terminal: Terminal) -> None:
    path = terminal.folder / "news.zip"
    path.write_bytes(sources.zipped({"2017/a.txt": b"A story.", "b.md": b"# B\n\nText."}))
    shown = terminal.objects("add", path, "--json")
    assert [(one["file"], one["result"]) for one in shown] == [
        ("2017/a.txt", "added"),
        ("b.md", "added"),
    ]


def test_a_limit_names_the_setting_that_changes_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_PAGES", "1")
    path = terminal.folder / "a.pdf"
    path.write_bytes(sources.pdf([FIRST], [SECOND]))
    assert terminal.refusal("add", path) == (
        "a.pdf has more than 1 pages, the limit; add it in parts or have the limit raised. "
        "(NEWSDESK_MAX_PAGES sets it.)"
    )


def test_every_limit_has_its_setting() -> None:
    settings = {variable(name) for name in Settings.model_fields}
    assert set(SETTING_OF_LIMIT) == {"bytes", *Limits.__dataclass_fields__}
    assert set(SETTING_OF_LIMIT.values()) <= settings


def test_the_settings_defaults_are_the_limits_defaults(folder: Path) -> None:
    assert folder.is_dir()  # where there is no .env
    assert Settings().limits == Limits()
