"""What ``newsdesk check`` looks at before, or while, the bot runs: one finding each.

Nothing here changes anything, save that an index which is behind is brought up to date.
"""

import asyncio
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.clock import ahead_of
from bot.adapters.platform import Check, PlatformProblem
from bot.app import addresses_of, checks_of
from bot.settings import (
    FILE,
    PREFIX,
    STANDARD_ERROR,
    Settings,
    default_log,
    names_in_file,
    variable,
)
from retrieval import Library, LibraryError, Vitals, complaints_of

ROOM_TIMES = 2
"""How many times its own size the database should have room for: a backup, and growth."""
ROOM_LEAST = 512 * 2**20
"""Bytes that should be free on its disk in any case."""
SKEW = timedelta(seconds=60)
"""By which the trail's last line may be ahead of the clock: machines are never quite agreed."""
APART = timedelta(seconds=10)
"""By which our clock may be apart from a platform's; Slack's requests are refused from 5 minutes
on, docs.slack.dev/authentication/verifying-requests-from-slack."""
MIB = 2**20
PLATFORM_SECONDS = 20.0
"""In which a platform must answer a check."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: str
    said: str
    """What is the case or, where it is not well, what to mend."""
    is_well: bool = True


async def findings_on(settings: Settings, environment: Mapping[str, str]) -> list[Finding]:
    """Return all findings, in the order in which they are mended best."""
    return [
        *settings_findings(settings, environment),
        log_finding(settings),
        *await database_findings(settings),
        *await platform_findings(checks_of(settings)),
        *await clock_findings(addresses_of(settings)),
    ]


def settings_findings(settings: Settings, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Yield what is to be said of the settings and of the file that they are read from."""
    known = {variable(name) for name in Settings.model_fields}
    named = names_in_file().union(environment)
    unknown = sorted(name for name in named if name.startswith(PREFIX) and name not in known)
    if unknown:
        said = f"{', '.join(unknown)}: no such setting; deploy/env.example names them all."
        yield Finding("settings", said, is_well=False)
    else:
        yield Finding("settings", "All that are set can be used.")
    if settings.seeds:
        yield Finding("seeds", "A new database would begin with the seeds (NEWSDESK_SEEDS=on).")
    if Path(FILE).exists():
        yield _private(Path(FILE), "settings file")


def log_finding(settings: Settings) -> Finding:
    """Say whether the log can be written."""
    if str(settings.log) == STANDARD_ERROR:
        return Finding("log", "It goes to standard error.")
    nearest = next(path for path in (settings.log, *settings.log.parents) if path.exists())
    is_made = settings.log == default_log()  # with its folder
    is_there = is_made or nearest in {settings.log, settings.log.parent}
    if not (is_there and os.access(nearest, os.W_OK)):
        said = f"{settings.log} cannot be written; make its folder, or set NEWSDESK_LOG."
        return Finding("log", said, is_well=False)
    if settings.log_questions and settings.log.exists():
        return _private(settings.log, "log")
    return Finding("log", str(settings.log))


def _private(path: Path, what: str) -> Finding:
    """Say whether a file or folder is closed to other users of the machine."""
    if path.stat().st_mode & (stat.S_IRWXO | stat.S_IWGRP):
        mode = "700" if path.is_dir() else "600"
        said = f"{path} is open to others on this machine; run: chmod {mode} {path}"
        return Finding(what, said, is_well=False)
    return Finding(what, f"{path} is closed to others.")


async def database_findings(settings: Settings) -> list[Finding]:
    """Return what is to be said of the database, its disk, its index and the clock."""
    path = settings.db
    if not path.exists():
        said = f"There is none at {path}; newsdesk ask, chat, add or run makes one."
        return [Finding("database", said, is_well=False)]
    index = path.with_name(f"{path.name}.index")
    closed = [_private(index, "permissions of the index")] if index.is_dir() else []
    findings = [_private(path, "permissions"), *closed, _disk(path)]
    try:
        complaints = await asyncio.to_thread(complaints_of, path, thorough=True)
        if complaints:
            said = f"{path} is damaged, restore a backup: {'; '.join(complaints)}."
            return [*findings, Finding("database", said, is_well=False)]
        return [*findings, *await _library_findings(path)]
    except LibraryError as error:
        return [*findings, Finding("database", str(error), is_well=False)]


def _disk(path: Path) -> Finding:
    free, wanted = shutil.disk_usage(path.parent).free, path.stat().st_size * ROOM_TIMES
    if free < max(wanted, ROOM_LEAST):
        needed = max(wanted, ROOM_LEAST) // MIB
        said = f"{free // MIB:,} MiB are free beside {path}; make room for {needed:,} MiB."
        return Finding("disk", said, is_well=False)
    return Finding("disk", f"{free // MIB:,} MiB are free.")


async def _library_findings(path: Path) -> list[Finding]:
    async with Library.open(path) as library:
        vitals = await library.vitals()
    held = f"{vitals.documents:,} documents with {vitals.passages:,} passages"
    newest = f", the newest of {vitals.newest}" if vitals.newest else ""
    return [
        Finding("database", f"{path} is sound: {held}{newest}."),
        _index(path, vitals),
        _clock(vitals.changed),
    ]


def _index(path: Path, vitals: Vitals) -> Finding:
    if vitals.indexed != vitals.passages:
        said = (
            f"It has {vitals.indexed:,} passages of {vitals.passages:,}; "
            f"delete {path}.index, from which nothing is lost."
        )
        return Finding("index", said, is_well=False)
    return Finding("index", "It has every passage.")


def _clock(last: datetime | None) -> Finding:
    now = datetime.now(UTC)
    if last and last > now + SKEW:
        said = f"It is before the last change of the coverage ({last:%Y-%m-%d %H:%M} UTC); set it."
        return Finding("clock", said, is_well=False)
    return Finding("clock", f"{now:%Y-%m-%d %H:%M} UTC.")


async def platform_findings(checks: Mapping[str, Check]) -> list[Finding]:
    """Return what the platforms say to our tokens, and which rights they lack."""
    if not checks:
        said = "No tokens are set; newsdesk run needs those of Slack or of Discord."
        return [Finding("platforms", said)]
    return await asyncio.gather(*(_asked(name, check) for name, check in checks.items()))


async def clock_findings(addresses: Mapping[str, str]) -> list[Finding]:
    """Return how our clock stands to those of the platforms that can be reached."""
    apart = await asyncio.gather(*map(ahead_of, addresses.values()))
    return [
        _clock_beside(name, ahead)
        for name, ahead in zip(addresses, apart, strict=True)
        if ahead is not None
    ]


def _clock_beside(name: str, ahead: timedelta) -> Finding:
    what = f"clock beside {name}'s"
    if abs(ahead) <= APART:
        return Finding(what, f"They are {abs(ahead).seconds} seconds apart.")
    side = "ahead" if ahead > timedelta() else "behind"
    seconds = abs(ahead).total_seconds()
    said = (
        f"Ours is {seconds:,.0f} seconds {side}: let the system keep it, for example with "
        "timedatectl set-ntp true; from 300 on, Slack's signed requests are refused."
    )
    return Finding(what, said, is_well=False)


async def _asked(name: str, check: Check) -> Finding:
    try:
        async with asyncio.timeout(PLATFORM_SECONDS):
            return Finding(name, await check())
    except PlatformProblem as problem:
        return Finding(name, str(problem), is_well=False)
    except TimeoutError:
        said = f"It did not answer within {PLATFORM_SECONDS:.0f} seconds; check the network."
        return Finding(name, said, is_well=False)
