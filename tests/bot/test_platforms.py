"""Which platforms the bot answers on: those whose tokens are set."""

import subprocess
import sys

import pytest
from pydantic import SecretStr

from bot.app import platforms_of
from bot.settings import Settings
from tests.newsroom import Chat


@pytest.mark.parametrize(("token", "names"), [(None, []), (SecretStr("token"), ["discord"])])
async def test_discord_is_there_when_its_token_is_set(
    chat: Chat, token: SecretStr | None, names: list[str]
) -> None:
    platforms = platforms_of(Settings(DISCORD_TOKEN=token), chat.desk)
    assert [platform.name for platform in platforms] == names


async def test_a_platform_that_was_never_connected_serves_nothing_and_can_be_closed(
    chat: Chat,
) -> None:
    [discord] = platforms_of(Settings(DISCORD_TOKEN=SecretStr("token")), chat.desk)
    await discord.serve()
    await discord.close()


def test_a_command_of_the_terminal_does_not_wait_for_discords_client() -> None:
    program = "import sys, bot.cli; sys.exit('discord' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
