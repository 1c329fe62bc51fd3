"""What ``newsdesk check`` asks Discord: whether the token lets us in, and as whom."""

import aiohttp
import discord

from bot.adapters.discord_adapter.adapter import IN_TROUBLE, NOT_LET_IN, UNREACHABLE, token_of
from bot.adapters.discord_adapter.client import INTENTS, use_api
from bot.adapters.platform import PlatformAway, PlatformProblem
from bot.settings import Settings


async def check(settings: Settings) -> str:
    """Return as whom Discord knows us; raise PlatformProblem where it does not let us in.

    The intents that we ask for need no grant, so that the token is all that can be wrong.
    """
    use_api(settings.discord_api_url)
    async with discord.Client(intents=INTENTS) as client:
        try:
            await client.login(token_of(settings))
        except (discord.LoginFailure, ValueError) as error:
            raise PlatformProblem(NOT_LET_IN) from error
        except discord.HTTPException as error:
            said = IN_TROUBLE.format(settings.discord_api_url, error.status)
            raise PlatformAway(said) from error
        except (aiohttp.ClientError, OSError) as error:
            raise PlatformAway(UNREACHABLE.format(settings.discord_api_url)) from error
        return f"The token is that of {client.user}."
