"""Moderating on Discord: files both ways, windows, menus, and who may and who sees what."""

import pytest

from tests.e2e.discord.conftest import Newsroom
from tests.e2e.discord.fake import Json, files_of, forwarding, is_private, text_of
from tests.e2e.discord.fake.forms import FILE_LIMIT

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

STORY = "The harbor council doubled its budget on Tuesday, said Mayor Ines Quill."


async def add(newsroom: Newsroom, name: str, content: bytes, *, gone: bool = False) -> str:
    """Add a file as the chief does, and return what the bot says."""
    discord = newsroom.discord
    file = discord.rest.upload(name, content, gone=gone)
    used = await discord.use(newsroom.chief, newsroom.news, "doc add", attachment=file)
    reply = await discord.answer(used)
    assert is_private(reply)
    return text_of(reply)


async def ask(newsroom: Newsroom, channel: Json, question: str, **filters: str) -> str:
    used = await newsroom.discord.use(
        newsroom.reporter, channel, "ask", question=question, **filters
    )
    return text_of(await newsroom.discord.answer(used))


async def test_a_file_is_added_answers_in_its_guild_only_and_comes_back(
    newsroom: Newsroom,
) -> None:
    assert "harbor.txt: added" in (await add(newsroom, "harbor.txt", STORY.encode())).replace(
        "\\", ""
    )
    question = "Who said the harbor council doubled its budget?"
    assert "Ines Quill" in await ask(newsroom, newsroom.thread, question)
    assert "Ines Quill" not in await ask(newsroom, newsroom.other_news, question)
    assert "Ines Quill" not in await ask(newsroom, newsroom.direct, question)
    used = await newsroom.discord.use(newsroom.reporter, newsroom.news, "source", file="harbor.txt")
    answer = await newsroom.discord.answer(used)
    assert files_of(answer) == ["harbor.txt"]
    [file] = answer["attachments"]
    assert newsroom.discord.rest.files[file["id"]] == STORY.encode()


async def test_a_button_whose_passage_is_gone_says_so(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    await add(newsroom, "gone.txt", b"The lighthouse keeper retired after forty years of service.")
    used = await discord.use(
        newsroom.reporter, newsroom.news, "ask", question="When did the lighthouse keeper retire?"
    )
    answer = await discord.answer(used)
    removed = await discord.use(newsroom.chief, newsroom.news, "doc remove", file="gone.txt")
    assert "removed" in text_of(await discord.answer(removed))
    for label in ("Before / After", "File"):
        pressed = await discord.press(newsroom.reporter, answer, label)
        assert "was withdrawn" in text_of(await discord.answer(pressed))


async def test_without_a_file_a_window_takes_a_text(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.chief, newsroom.news, "doc add", title="Ferries, at last")
    await discord.until(lambda: used.window)
    submitted = await discord.submit(used, "ferries", "The ferry line to the islands reopens.")
    said = text_of(await discord.answer(submitted))
    assert "ferries.txt\\: added" in said or "ferries.txt: added" in said
    assert "title: Ferries, at last" in said.replace("\\", "")
    assert "reopens" in await ask(newsroom, newsroom.news, "Which ferry line reopens?")


async def test_replacing_without_a_file_names_the_document_in_the_window(
    newsroom: Newsroom,
) -> None:
    discord = newsroom.discord
    await add(newsroom, "tram.txt", b"The tram line opens in May.")
    used = await discord.use(newsroom.chief, newsroom.news, "doc replace", file="tram.txt")
    window = await discord.until(lambda: used.window)
    assert "tram.txt" in str(window["components"])
    submitted = await discord.submit(used, "tram.txt", "The tram line opens in June.")
    assert "replaced" in text_of(await discord.answer(submitted))
    assert "June" in await ask(newsroom, newsroom.news, "When does the tram line open?")


async def test_with_the_address_of_a_page_no_window_opens(newsroom: Newsroom) -> None:
    used = await newsroom.discord.use(
        newsroom.chief, newsroom.news, "doc add", address="https://127.0.0.1/harbor"
    )
    said = text_of(await newsroom.discord.answer(used))
    assert "127.0.0.1" in said
    assert "added" not in said


@pytest.mark.parametrize(
    ("files", "text", "expected"),
    [
        (["one.txt", "two.txt"], "", ["one.txt: added", "two.txt: added"]),
        ([], "The opera reopens its cellar stage.", ["message-", "added"]),
        ([], "", ["neither a text nor a file"]),
    ],
)
async def test_a_message_is_added_with_its_files_or_else_its_text(
    newsroom: Newsroom, files: list[str], text: str, expected: list[str]
) -> None:
    discord = newsroom.discord
    uploads = [discord.rest.upload(name, f"Story of {name}.".encode()) for name in files]
    message = await discord.say(newsroom.reporter, newsroom.news, text, *uploads)
    used = await discord.choose(newsroom.chief, "Add to coverage", message)
    said = text_of(await discord.answer(used)).replace("\\", "")
    assert all(part in said for part in expected)


async def test_the_file_of_a_forwarded_message_is_added(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    file = discord.rest.upload("forwarded.txt", b"The tower clock runs again.")
    changes = forwarding("", file)
    message = await discord.say(newsroom.reporter, newsroom.news, "", changes=changes)
    used = await discord.choose(newsroom.chief, "Add to coverage", message)
    assert "forwarded.txt: added" in text_of(await discord.answer(used)).replace("\\", "")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.txt", b"", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00", "picture.png"),
        ("large.txt", b"word " * 300_000, "the limit is 1.0 MiB"),
        ("@everyone.txt", b"", "\\@everyone.txt"),
    ],
)
async def test_a_file_that_cannot_be_added_is_one_sentence(
    newsroom: Newsroom, name: str, content: bytes, sentence: str
) -> None:
    said = await add(newsroom, name, content)
    assert sentence in said
    assert len(said.splitlines()) == 1
    assert "added" not in said


async def test_a_file_that_is_gone_from_the_cdn_is_one_sentence(newsroom: Newsroom) -> None:
    said = await add(newsroom, "lost.txt", b"words", gone=True)
    assert said == "lost.txt could not be fetched; send it again."


async def test_a_role_of_the_settings_moderates_by_mention(newsroom: Newsroom) -> None:
    """Discord shows such a role the commands only where the server's settings say so."""
    discord = newsroom.discord
    file = discord.rest.upload("desk.txt", b"The desk wrote this.")
    message = await discord.say(newsroom.editor, newsroom.news, f"{newsroom.mention} add", file)
    assert "desk.txt" in text_of(await discord.reply_to(message))
    _, told = await newsroom.told_alone(newsroom.editor, "history")
    assert "by Morgan on discord" in told


async def test_others_do_not_see_the_moderators_commands_and_are_refused(
    newsroom: Newsroom,
) -> None:
    discord = newsroom.discord
    with pytest.raises(PermissionError):
        await discord.use(newsroom.reporter, newsroom.news, "doc remove", file="x.txt")
    file = discord.rest.upload("mine.txt", b"I wrote this.")
    _, told = await newsroom.told_alone(newsroom.reporter, "add", file)
    assert told == "Only moderators may use add; ask one of them to do it."
    granted = discord.world.role(newsroom.guild, "granted")
    discord.rest.commands[0]["default_member_permissions"] = None  # the server's own settings
    discord.world.member(newsroom.guild, newsroom.reporter, granted)
    used = await discord.use(newsroom.reporter, newsroom.news, "doc add")
    assert "Only moderators may use add" in text_of(await discord.answer(used))


async def test_names_are_completed_within_what_the_guild_sees(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    await add(newsroom, "quay-walls.txt", b"Walls of the quay.")
    here = await discord.complete(newsroom.reporter, newsroom.news, "show", "file", "quay")
    assert here == ["quay-walls.txt"]
    there = await discord.complete(newsroom.reporter, newsroom.other_news, "ask", "in", "quay")
    assert there == []
    outlets = await discord.complete(newsroom.reporter, newsroom.news, "ask", "from", "tp")
    assert outlets == ["TPM"]
    authors = await discord.complete(newsroom.reporter, newsroom.news, "ask", "by", "")
    assert authors
    used = await discord.use(newsroom.chief, newsroom.news, "doc remove", file="quay-walls.txt")
    assert "removed" in text_of(await discord.answer(used))
    gone = await discord.complete(newsroom.chief, newsroom.news, "doc restore", "file", "quay")
    assert gone == ["quay-walls.txt"]
    words = await discord.complete(newsroom.reporter, newsroom.news, "help", "word", "ver")
    assert words == ["verify"]


async def test_what_a_document_says_is_shown_and_does_nothing(newsroom: Newsroom) -> None:
    hostile = (
        "The zeppelin landed, @everyone said <@&1> and <@1> in <#1> at <t:1:R>: **bold** `code` "
        "||spoiler|| [masked](https://example.org) \u202egnirts. </ask:1> :tada: # no ~~heading~~"
    )
    await add(newsroom, "zeppelin.txt", hostile.encode())
    said = await ask(newsroom, newsroom.news, "Where did the zeppelin land?")
    assert "\\@everyone said \\<\\@&1\\> and \\<\\@1\\> in \\<#1\\> at \\<t\\:1\\:R\\>" in said
    assert "\\*\\*bold\\*\\* \\`code\\` \\|\\|spoiler\\|\\| \\[masked\\](https\\://" in said
    assert "\u202e" not in said


@pytest.mark.parametrize("question", ["@everyone ||x||", "word " * 1_200, "\u202e", "-", '"'])
async def test_any_question_is_answered(newsroom: Newsroom, question: str) -> None:
    assert await ask(newsroom, newsroom.news, question)


async def test_a_document_that_is_longer_than_a_message_is_attached_whole(
    newsroom: Newsroom,
) -> None:
    discord = newsroom.discord
    long = "The archive of the port has a very long shelf. " * 2_500
    await add(newsroom, "long.txt", long.encode())
    used = await discord.use(newsroom.reporter, newsroom.news, "show", file="long.txt")
    shown = await discord.answer(used)
    assert files_of(shown) == ["whole.txt"], text_of(shown)
    [file] = shown["attachments"]
    assert long.strip() in discord.rest.files[file["id"]].decode()
    said = await ask(newsroom, newsroom.news, "What does the archive of the port have?")
    assert "The archive of the **port**" in said or "**archive** of the **port**" in said
    assert len(said) <= 4_000


async def test_a_file_that_discord_does_not_take_is_a_sentence(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    discord.file_limit = 10
    used = await discord.use(
        newsroom.reporter, newsroom.news, "source", file="003_d3053dbbe095c25c.txt"
    )
    assert "larger than Discord takes here" in text_of(await discord.answer(used))
    discord.file_limit = FILE_LIMIT


async def test_a_button_that_is_pressed_twice_shares_once(newsroom: Newsroom) -> None:
    discord, reporter = newsroom.discord, newsroom.reporter
    used = await discord.use(reporter, newsroom.thread, "ask", question="Who leads NOBLE?")
    answer = await discord.answer(used)
    discord.fail_next("POST", r"^/webhooks/\d+/[^/]+$", 400, {"code": 50035, "message": "?"})
    failed = await discord.press(reporter, answer, "Share here")
    assert "went wrong" in text_of(await discord.answer(failed))
    first = await discord.press(reporter, answer, "Share here")
    assert not is_private(await discord.answer(first))
    again = await discord.answer(await discord.press(reporter, answer, "Share here"))
    assert is_private(again)
    assert "shared already" in text_of(again)


async def test_what_cannot_be_shared_is_said_privately(newsroom: Newsroom) -> None:
    used = await newsroom.discord.use(newsroom.chief, newsroom.thread, "share")
    reply = await newsroom.discord.answer(used)
    assert is_private(reply)
    assert "no answer here to share" in text_of(reply)


async def test_what_was_asked_last_is_shared_by_its_word(newsroom: Newsroom) -> None:
    await ask(newsroom, newsroom.thread, "Who is the president of NOBLE?")
    used = await newsroom.discord.use(newsroom.reporter, newsroom.thread, "share")
    reply = await newsroom.discord.answer(used)
    assert not is_private(reply)
    assert text_of(reply).startswith("-# Robin asked: Who is the president of NOBLE?")
