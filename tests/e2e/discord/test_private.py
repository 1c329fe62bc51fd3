"""What is for the asker alone, on Discord: also where everybody heard the question."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.e2e.discord.conftest import Newsroom
from tests.e2e.discord.fake import Json, is_private, text_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]

DRAFT = "“We will hold any officer responsible who violates the law,” he said in the draft."
LATER = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%d")


async def nothing_was_said_to_all(newsroom: Newsroom, message: Json) -> None:
    """See that the bot said nothing in the channel: what is asked next is answered next."""
    marker = await newsroom.discord.say(
        newsroom.chief, newsroom.news, f"{newsroom.mention} help ask"
    )
    await newsroom.discord.reply_to(marker)
    messages = newsroom.discord.world.messages[newsroom.news["id"]]
    assert len(messages[messages.index(message) :]) == 3


@pytest.mark.parametrize("attached", [False, True], ids=["typed", "attached"])
async def test_a_checked_draft_is_told_to_its_author_alone(
    newsroom: Newsroom, *, attached: bool
) -> None:
    files = [newsroom.discord.rest.upload("draft.txt", DRAFT.encode())] if attached else []
    text = "checkdraft" if attached else f"checkdraft {DRAFT}"
    message, told = await newsroom.told_alone(newsroom.reporter, text, *files)
    assert "responsible" in told
    await nothing_was_said_to_all(newsroom, message)


async def test_a_draft_that_cannot_be_read_is_told_to_its_author_alone(newsroom: Newsroom) -> None:
    file = newsroom.discord.rest.upload("scoop.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    message, told = await newsroom.told_alone(newsroom.reporter, "checkdraft", file)
    assert "scoop.png" in told
    await nothing_was_said_to_all(newsroom, message)


@pytest.mark.parametrize("word", ["privacy", "history", "report"])
async def test_what_is_kept_and_what_moderators_read_is_told_alone(
    newsroom: Newsroom, word: str
) -> None:
    message, told = await newsroom.told_alone(newsroom.chief, word)
    assert told
    await nothing_was_said_to_all(newsroom, message)


async def test_documents_under_embargo_are_shown_to_the_moderator_alone(
    newsroom: Newsroom,
) -> None:
    file = newsroom.discord.rest.upload("scoop.txt", b"The mayor resigns tomorrow.")
    for text, files, says in [
        (f"add hold_until:{LATER}", [file], "scoop"),
        ("list status:held", [], "scoop"),
        ("show scoop.txt", [], "resigns"),
        ('edit scoop.txt title:"The Scoop"', [], "The Scoop"),
        ("source scoop.txt", [], "as it was received"),
        ("remove scoop.txt", [], "removed"),
    ]:
        message, told = await newsroom.told_alone(newsroom.chief, text, *files)
        assert says in told
        await nothing_was_said_to_all(newsroom, message)


async def test_who_takes_no_direct_messages_is_told_of_the_command_and_nothing_else(
    newsroom: Newsroom,
) -> None:
    discord, person = newsroom.discord, newsroom.reporter["id"]
    discord.world.closed.add(person)
    mention = f"{newsroom.mention} checkdraft {DRAFT}"
    message = await discord.say(newsroom.reporter, newsroom.news, mention)
    assert text_of(await discord.reply_to(message)) == (
        "What I have to say is for you alone, and you take no direct messages here: use "
        "/checkdraft."
    )
    again = await discord.say(newsroom.reporter, newsroom.news, f"{newsroom.mention} history")
    await nothing_was_said_to_all(newsroom, again)  # once a minute is enough
    discord.world.closed.discard(person)


async def test_a_draft_is_typed_behind_its_command_or_into_a_window(newsroom: Newsroom) -> None:
    discord = newsroom.discord
    used = await discord.use(newsroom.chief, newsroom.news, "checkdraft", text=DRAFT)
    assert "responsible" in text_of(answer := await discord.answer(used))
    assert is_private(answer)
    used = await discord.use(newsroom.reporter, newsroom.news, "checkdraft")
    await discord.until(lambda: used.window)
    answer = await discord.answer(await discord.submit(used, DRAFT))
    assert "responsible" in text_of(answer)
    assert is_private(answer)
