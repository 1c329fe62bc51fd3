"""One message is one change: undo takes back the whole of it, and says so file by file."""

from pathlib import Path

from bot.messages import Problem, Reply
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from tests import sources
from tests.bot.terminal import Terminal
from tests.newsroom import ADMIN, MODERATOR, NEWSROOM, Chat, attached

FILES = {name: f"The {name} budget was doubled.".encode() for name in ("a.txt", "b.txt", "c.txt")}


def shown(reply: Reply) -> list[str]:
    return [" " * one.indent + one.text.plain for one in to_lines(reply)]


async def own(chat: Chat) -> set[str]:
    """Return the newsroom's own documents."""
    return {one.file for one in await chat.library.documents(NEWSROOM) if one.space == NEWSROOM}


async def add_all(chat: Chat) -> None:
    files = (attached(name, content) for name, content in FILES.items())
    await chat.say("add", *files, sender=MODERATOR)
    assert await own(chat) == set(FILES)


async def test_several_files_of_one_message_are_taken_back_together(chat: Chat) -> None:
    await add_all(chat)
    assert shown(await chat.say("undo", sender=MODERATOR)) == [
        "3 files: 3 undone.",
        "a.txt: undone (add by Morgan) (version 1).",
        "  a.txt is removed.",
        "b.txt: undone (add by Morgan) (version 1).",
        "  b.txt is removed.",
        "c.txt: undone (add by Morgan) (version 1).",
        "  c.txt is removed.",
    ]
    assert await own(chat) == set()


async def test_a_second_undo_brings_all_of_them_back(chat: Chat) -> None:
    await add_all(chat)
    await chat.say("undo", sender=MODERATOR)
    reply = await chat.say("undo", sender=ADMIN)
    assert shown(reply)[1] == "a.txt: undone (undo of add by Morgan) (version 1)."
    assert await own(chat) == set(FILES)
    trail = (await chat.library.history(space=NEWSROOM))[::-1]
    assert [(one.action, one.file, one.actor.name) for one in trail] == [
        (action, file, name)
        for action, name in (("add", "Morgan"), ("undo", "Morgan"), ("undo", "Ada"))
        for file in FILES
    ]
    assert len({one.actor.message for one in trail}) == 3


async def test_what_a_zip_held_is_taken_back_together(chat: Chat) -> None:
    await chat.say("add", attached("x.txt", b"Before it."), sender=MODERATOR)
    await chat.say("add", attached("all.zip", sources.zipped(FILES)), sender=MODERATOR)
    await chat.say("undo", sender=MODERATOR)
    assert await own(chat) == {"x.txt"}


async def test_one_document_of_several_is_taken_back_by_its_name(chat: Chat) -> None:
    await add_all(chat)
    assert shown(await chat.say("undo b.txt", sender=MODERATOR)) == [
        "b.txt: undone (add by Morgan) (version 1).",
        "  b.txt is removed.",
    ]
    assert await own(chat) == {"a.txt", "c.txt"}
    await chat.say("undo", sender=MODERATOR)
    assert await own(chat) == set(FILES)


async def test_what_was_purged_stays_so_and_the_rest_of_the_message_is_taken_back(
    chat: Chat,
) -> None:
    await add_all(chat)
    await chat.library.purge("b.txt", NEWSROOM)
    assert await chat.say("undo", sender=MODERATOR) == Problem(
        "The last change, purge b.txt, cannot be undone; "
        "undo FILE takes back the last one of another document."
    )
    assert await chat.say("undo b.txt", sender=MODERATOR) == Problem(
        "The last change, purge b.txt, cannot be undone; "
        "undo FILE takes back the last one of another document."
    )
    assert await own(chat) == {"a.txt", "c.txt"}


async def test_the_trail_says_which_lines_go_together(chat: Chat) -> None:
    await add_all(chat)
    lines = list(to_objects(await chat.say("history", sender=MODERATOR)))
    [message] = {one["message"] for one in lines}
    assert message


def test_a_folder_of_the_command_line_is_taken_back_together(
    terminal: Terminal, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    terminal.done("add", folder)
    assert terminal.done("undo").splitlines()[0] == "3 files: 3 undone."
    assert "a.txt" not in terminal.done("list")
