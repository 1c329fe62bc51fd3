"""How far bulk work is, on Discord: where the answer will be, and never after it."""

import pytest

from tests.e2e.discord.conftest import Newsroom
from tests.e2e.discord.fake import Json, text_of

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.usefixtures("bot")]


def uploads(newsroom: Newsroom, word: str) -> list[Json]:
    """Return four files that the CDN takes its time over."""
    newsroom.discord.rest.edits.clear()
    newsroom.discord.rest.seconds_of_file = 1.0
    names = [f"{word}-{number}.txt" for number in range(4)]
    return [newsroom.discord.rest.upload(name, f"Story of {name}.".encode()) for name in names]


@pytest.mark.parametrize("refused", [False, True], ids=["shown", "refused by Discord"])
async def test_a_command_shows_it_in_the_place_of_its_answer(
    newsroom: Newsroom, *, refused: bool
) -> None:
    discord = newsroom.discord
    files = uploads(newsroom, f"menu-{refused}")
    message = await discord.say(newsroom.reporter, newsroom.news, "", *files)
    if refused:
        discord.fail_next("PATCH", "/@original$", 400, {"code": 50035, "message": "Invalid"})
    used = await discord.choose(newsroom.chief, "Add to coverage", message)
    await discord.until(lambda: any("4 files: 4 added" in text_of(one) for one in used.replies))
    discord.rest.seconds_of_file = 0.0
    [*progress, report] = discord.rest.edits
    assert "4 files: 4 added" in report
    assert all(one.endswith("of 4 done …") for one in progress)
    assert refused or progress
    assert len(used.messages) == 1


async def test_a_mention_is_answered_with_a_message_that_shows_it_first(
    newsroom: Newsroom,
) -> None:
    discord, messages = newsroom.discord, newsroom.discord.world.messages[newsroom.news["id"]]
    files = uploads(newsroom, "mention")
    before = len(messages)
    message = await discord.say(newsroom.chief, newsroom.news, f"{newsroom.mention} add", *files)
    first = text_of(await discord.reply_to(message))
    assert first.endswith("of 4 done …")
    await discord.until(lambda: "4 files: 4 added" in text_of(messages[-1]))
    discord.rest.seconds_of_file = 0.0
    assert len(messages) == before + 2
    assert text_of(messages[-1]) == discord.rest.edits[-1]
