"""The composition root: everything is built here, once, from the settings."""

import gc
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path

from bot.adapters.platform import Check, Platform
from bot.desk import Desk
from bot.guard import Bounds, GuardedDesk
from bot.house_style import HouseStyle
from bot.observing.metrics import Metrics
from bot.settings import Settings, default_database
from retrieval import DatabaseUnusable, Library

OWNERS_ALONE = 0o600
"""The mode of a new database: it holds questions and documents under embargo."""


@dataclass(frozen=True, slots=True)
class App:
    """A desk over an open library, and the platforms whose tokens are set."""

    settings: Settings
    desk: Desk
    library: Library
    metrics: Metrics
    platforms: tuple[Platform, ...] = ()


@asynccontextmanager
async def open_app(settings: Settings, *, make: bool) -> AsyncIterator[App]:
    """Open the database that the settings name and build the desk over it.

    With ``make`` a database that does not exist is made, with the seeds unless they are off;
    without, DatabaseUnusable says that there is none.
    """
    if not _exists(settings.db):
        if not make:
            raise DatabaseUnusable(
                f"There is no database at {settings.db}; newsdesk ask, chat, add or run makes one."
            )
        await _make_database(settings)
    async with Library.open(
        settings.db,
        max_bytes=settings.max_bytes,
        limits=settings.limits,
        language=settings.language,
    ) as library:
        gc.freeze()  # what was made by now stays; looking for it again would hold up the questions
        metrics = Metrics()
        desk = GuardedDesk(
            library,
            settings.moderators,
            _bounds(settings),
            metrics,
            house_style=HouseStyle(settings.citation),
        )
        yield App(settings, desk, library, metrics, platforms_of(settings, desk))


def _bounds(settings: Settings) -> Bounds:
    return Bounds(
        person=settings.person_limit,
        space=settings.space_limit,
        at_once=settings.at_once,
        waiting=settings.waiting,
        seconds=settings.timeout,
        log_questions=settings.log_questions,
        question_log_days=settings.question_log_days,
    )


def platforms_of(settings: Settings, desk: Desk) -> tuple[Platform, ...]:
    """Return the platforms of which a token is set; what is wrong with it shows in connecting."""
    platforms: list[Platform] = []
    if settings.discord_token:
        from bot.adapters.discord_adapter import DiscordAdapter  # noqa: PLC0415 - slow to import

        platforms.append(DiscordAdapter(settings, desk))
    if _is_on_slack(settings):
        from bot.adapters.slack_adapter import SlackAdapter  # noqa: PLC0415 - slow to import

        platforms.append(SlackAdapter(settings, desk))
    return tuple(platforms)


def _is_on_slack(settings: Settings) -> bool:
    secrets = (settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret)
    return any(secrets)


def checks_of(settings: Settings) -> dict[str, Check]:
    """Return, for each platform of which a token is set, what checks tokens and rights."""
    checks: dict[str, Check] = {}
    if settings.discord_token:
        from bot.adapters import discord_adapter  # noqa: PLC0415 - slow to import

        checks["discord"] = partial(discord_adapter.check, settings)
    if _is_on_slack(settings):
        from bot.adapters import slack_adapter  # noqa: PLC0415 - slow to import

        checks["slack"] = partial(slack_adapter.check, settings)
    return checks


def addresses_of(settings: Settings) -> dict[str, str]:
    """Return, for each platform of which a token is set, where its API is."""
    addresses = {}
    if settings.discord_token:
        addresses["discord"] = settings.discord_api_url
    if _is_on_slack(settings):
        addresses["slack"] = settings.slack_api_url
    return addresses


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise DatabaseUnusable(f"{path} cannot be a database; name another file.") from error


async def _make_database(settings: Settings) -> None:
    """Make the database aside and put it in place whole, so that nobody ever sees half of it.

    Where another process was faster, its database stays.
    """
    try:
        if settings.db == default_database():
            settings.db.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=settings.db.parent, prefix=".newsdesk-") as folder:
            new = Path(folder) / "new.db"
            new.touch(mode=0o600)  # nobody else's business; SQLite gives what is beside it the same
            async with Library.open(
                new, max_bytes=settings.max_bytes, language=settings.language
            ) as library:
                if settings.seeds:
                    await _add_seeds(library)
            new.chmod(OWNERS_ALONE)
            _put_in_place(new, settings.db)
    except OSError as error:
        raise DatabaseUnusable(
            f"{settings.db} cannot be made; check that its folder exists and may be written."
        ) from error


def _put_in_place(new: Path, target: Path) -> None:
    try:
        os.link(new, target)
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not target.exists():
            new.rename(target)


async def _add_seeds(library: Library) -> None:
    for seed in seed_files():
        await library.add(seed.read_bytes(), seed.name)


def seed_files() -> list[Path]:
    """Return the seed documents: in the installed package, or beside it in a checkout."""
    installed = Path(str(files("bot"))) / "seeds"
    folder = installed if installed.is_dir() else Path(__file__).parents[1] / "seeds"
    return sorted(folder.glob("*.txt"))
