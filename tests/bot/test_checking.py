"""``newsdesk check``: each thing is well, or the line says what to mend."""

import asyncio
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from aiohttp import web
from pydantic import SecretStr

from bot.adapters.platform import PlatformProblem
from bot.app import addresses_of
from bot.checking import (
    Finding,
    clock_findings,
    database_findings,
    log_finding,
    platform_findings,
    settings_findings,
)
from bot.settings import Settings
from tests.bot.terminal import Terminal


def by_name(findings: object) -> dict[str, Finding]:
    assert isinstance(findings, list)
    return {finding.what: finding for finding in findings}


def lines_of(terminal: Terminal, status: int = 0) -> dict[str, tuple[str, str]]:
    """Return what is said of each thing, and whether it is well."""
    result = terminal.type("check")
    assert result.exit_code == status, result.output
    lines = [line.partition("  ") for line in result.stdout.splitlines()]
    return {line.partition(": ")[0]: (mark, line.partition(": ")[2]) for mark, _, line in lines}


def close_to_others(terminal: Terminal) -> None:
    terminal.database.chmod(0o600)


def test_where_all_is_well_each_line_says_so(terminal: Terminal) -> None:
    close_to_others(terminal)
    lines = lines_of(terminal)
    assert {mark for mark, _ in lines.values()} == {"well"}
    assert {"settings", "log", "permissions", "disk", "database", "index", "clock"} <= set(lines)
    assert lines["database"][1].startswith(f"{terminal.database} is sound: 5 documents with ")
    assert lines["index"][1] == "It has every passage."


def test_what_is_to_be_mended_ends_the_check_with_status_1(terminal: Terminal) -> None:
    terminal.database.chmod(0o644)
    result = terminal.type("check")
    assert result.exit_code == 1
    assert result.stderr.endswith(" things need mending; see above.\n")
    mark, said = lines_of(terminal, status=1)["permissions"]
    assert (mark, said.endswith(f"run: chmod 600 {terminal.database}")) == ("mend", True)


def test_a_setting_with_a_slip_in_its_name_is_named() -> None:
    [settings, *_] = settings_findings(Settings(), {"NEWSDESK_SEED": "off", "HOME": "/root"})
    assert settings.said == "NEWSDESK_SEED: no such setting; deploy/env.example names them all."
    assert not settings.is_well


def test_a_slip_in_the_settings_file_is_named_too(folder: Path) -> None:
    (folder / ".env").write_text("NEWSDESK_SEED=off\nNEWSDESK_DB=here.db\nOTHER=1\n")
    [settings, *_] = settings_findings(Settings(), {})
    assert settings.said.startswith("NEWSDESK_SEED: no such setting;")


def test_a_settings_file_that_others_can_read_is_to_be_closed(folder: Path) -> None:
    path = folder / ".env"
    path.write_text("DISCORD_TOKEN=secret\n")
    path.chmod(0o644)
    assert "run: chmod 600 .env" in list(settings_findings(Settings(), {}))[-1].said
    path.chmod(0o600)
    assert list(settings_findings(Settings(), {}))[-1].is_well


def test_a_log_that_cannot_be_written_is_named(folder: Path) -> None:
    path = folder / "none" / "deep" / "a.log"
    assert log_finding(Settings(log=path)).said == (
        f"{path} cannot be written; make its folder, or set NEWSDESK_LOG."
    )
    assert log_finding(Settings(log=folder / "a.log")).is_well
    assert log_finding(Settings(log=Path("-"))).is_well


def test_a_log_that_holds_questions_is_to_be_closed(folder: Path) -> None:
    path = folder / "a.log"
    path.touch(mode=0o644)
    assert log_finding(Settings(log=path)).is_well
    assert log_finding(Settings(log=path, log_questions=True)).said.endswith(f"chmod 600 {path}")


async def test_an_index_that_others_can_read_is_to_be_closed(terminal: Terminal) -> None:
    folder = terminal.database.with_name("newsdesk.db.index")
    folder.mkdir()
    folder.chmod(0o755)
    findings = by_name(await database_findings(Settings(db=terminal.database)))
    assert findings["permissions of the index"].said.endswith(f"run: chmod 700 {folder}")
    folder.chmod(0o700)
    findings = by_name(await database_findings(Settings(db=terminal.database)))
    assert findings["permissions of the index"].is_well


async def test_a_database_that_is_not_there_is_said_to_be_made_by_others(folder: Path) -> None:
    [finding] = await database_findings(Settings(db=folder / "none.db"))
    assert not finding.is_well
    assert finding.said.endswith("newsdesk ask, chat, add or run makes one.")


async def test_a_damaged_database_is_to_be_restored(terminal: Terminal) -> None:
    content = bytearray(terminal.database.read_bytes())
    content[8192:12288] = bytes(4096)
    terminal.database.write_bytes(content)
    finding = by_name(await database_findings(Settings(db=terminal.database)))["database"]
    assert not finding.is_well
    assert "restore" in finding.said


async def test_what_is_no_database_of_ours_is_named(folder: Path) -> None:
    path = folder / "theirs.db"
    path.write_text("not a database " * 1000)
    finding = by_name(await database_findings(Settings(db=path)))["database"]
    assert finding.said == f"{path} is not a Newsdesk database; name another file with --db."


async def test_a_clock_that_went_back_is_found_by_the_trail(terminal: Terminal) -> None:
    with closing(sqlite3.connect(terminal.database)) as connection:
        connection.execute("DROP TRIGGER changes_are_not_updated")
        connection.execute("UPDATE changes SET at = '2999-01-01T00:00:00+00:00'")
        connection.commit()
    clock = by_name(await database_findings(Settings(db=terminal.database)))["clock"]
    assert clock.said == (
        "It is before the last change of the coverage (2999-01-01 00:00 UTC); set it."
    )


async def test_a_disk_without_room_is_named_with_what_is_needed(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.checking.ROOM_LEAST", 1 << 60)
    disk = by_name(await database_findings(Settings(db=terminal.database)))["disk"]
    assert not disk.is_well
    assert "MiB are free beside" in disk.said


@asynccontextmanager
async def clock_at(ahead: timedelta) -> AsyncIterator[str]:
    """Return the address of a web server whose clock is ahead of ours."""

    async def answer(_: web.Request) -> web.Response:
        date = format_datetime(datetime.now(UTC) + ahead, usegmt=True)
        return web.Response(status=404, headers={"Date": date})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    finally:
        await runner.cleanup()


@pytest.mark.parametrize(
    ("ahead", "says", "is_well"),
    [
        (0, r"They are \d seconds apart\.", True),
        (400, r"Ours is (399|40\d) seconds behind: let the system keep it", False),
        (-90_000, r"Ours is (89,999|90,00\d) seconds ahead: let the system keep it", False),
    ],
)
async def test_the_clock_is_held_against_the_platforms(
    ahead: int, says: str, *, is_well: bool
) -> None:
    async with clock_at(timedelta(seconds=ahead)) as address:
        [finding] = await clock_findings({"slack": address})
    assert finding.what == "clock beside slack's"
    assert re.match(says, finding.said)
    assert finding.is_well is is_well


async def test_a_platform_that_is_not_there_says_nothing_of_the_clock() -> None:
    assert await clock_findings({"slack": "http://127.0.0.1:9/api/", "discord": "no address"}) == []


def test_the_clocks_of_platforms_with_tokens_are_asked() -> None:
    assert addresses_of(Settings()) == {}
    settings = Settings(DISCORD_TOKEN=SecretStr("x"), SLACK_BOT_TOKEN=SecretStr("x"))
    assert addresses_of(settings) == {
        "discord": "https://discord.com/api/v10",
        "slack": "https://slack.com/api/",
    }


async def test_platforms_without_tokens_are_nothing_to_mend() -> None:
    [finding] = await platform_findings({})
    assert finding.is_well
    assert "No tokens are set" in finding.said


async def test_each_platform_says_what_is_wrong_with_its_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def well() -> str:
        return "The token is that of Newsdesk."

    async def refused() -> str:
        raise PlatformProblem("Discord does not take the token.")

    async def silent() -> str:
        await asyncio.Event().wait()
        return ""

    monkeypatch.setattr("bot.checking.PLATFORM_SECONDS", 0.01)
    assert await platform_findings({"a": well, "b": refused, "c": silent}) == [
        Finding("a", "The token is that of Newsdesk."),
        Finding("b", "Discord does not take the token.", is_well=False),
        Finding("c", "It did not answer within 0 seconds; check the network.", is_well=False),
    ]
