"""What an operator sees: the log without secrets, and the pages for those who watch."""

import asyncio
import json
import logging
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.observing.logs import HIDDEN, keep_log
from bot.observing.metrics import CountErrors, Metrics
from bot.observing.web import watched
from bot.settings import Settings
from retrieval import DatabaseUnusable, Library, Vitals, back_up

SLACK_TOKEN = "xoxb-123456789012-abcdefABCDEF"  # noqa: S105 - the example's
APP_TOKEN = "xapp-1-A012-345-abcdef"  # noqa: S105 - the example's
DISCORD_LIKE = "MTA1NzY4OTEyMzQ1Njc4OTAx.GabcDE.abcdefghijklmnopqrstuvwxyz0123456789ab"
SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105 - the example's

pytestmark = pytest.mark.usefixtures("folder", "root_logger")


@pytest.fixture
def root_logger() -> Iterator[None]:
    """Put the root logger back as it was."""
    root, ours = logging.getLogger(), logging.getLogger("newsdesk")
    before = root.handlers[:], root.level, ours.level
    yield
    for handler in root.handlers:
        if handler not in before[0]:
            handler.close()
    root.handlers[:], root.level, ours.level = before


def logged(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def fail(sentence: str) -> None:
    raise ConnectionError(sentence)


def test_a_line_of_the_log_is_one_json_object_with_what_is_known(folder: Path) -> None:
    keep_log(Settings(log=folder / "a.log"))
    logging.getLogger("newsdesk").info("request", extra={"platform": "slack", "seconds": 0.25})
    [line] = logged(folder / "a.log")
    assert datetime.fromisoformat(str(line.pop("time"))).utcoffset() == timedelta(0)
    assert line == {
        "level": "INFO",
        "logger": "newsdesk",
        "message": "request",
        "platform": "slack",
        "seconds": 0.25,
    }


@pytest.mark.parametrize("end", ["\n", "\r\n", "\u2028", "\x85", "\x1b[2J", '"}'])
def test_nothing_that_is_logged_makes_a_line_of_its_own(folder: Path, end: str) -> None:
    keep_log(Settings(log=folder / "a.log"))
    forged = f'Who?{end}{{"level": "ERROR", "message": "the database is damaged"}}'
    logging.getLogger("newsdesk").info("request", extra={"question": forged})
    [line] = (folder / "a.log").read_text("utf-8").split("\n")[:-1]
    assert json.loads(line)["question"] == forged
    assert "\x1b" not in line
    assert "\r" not in line


def test_a_traceback_stands_in_the_line_of_its_error(folder: Path) -> None:
    keep_log(Settings(log=folder / "a.log"))
    try:
        fail("line\nbreak")
    except ConnectionError:
        logging.getLogger("newsdesk").exception("request failed, reference %s", "0a1b")
    [line] = logged(folder / "a.log")
    assert line["message"] == "request failed, reference 0a1b"
    assert "ConnectionError: line\nbreak" in str(line["exc_info"])


@pytest.mark.parametrize("token", [SLACK_TOKEN, APP_TOKEN, DISCORD_LIKE, SIGNING_SECRET])
def test_no_token_reaches_the_log_wherever_it_stands(folder: Path, token: str) -> None:
    keep_log(Settings(log=folder / "a.log", SLACK_SIGNING_SECRET=SecretStr(SIGNING_SECRET)))
    log = logging.getLogger("some.library")
    log.error("sent %s", {"Authorization": f"Bearer {token}"}, extra={"url": f"wss://h/?t={token}"})
    try:
        fail(f"refused: {token}")
    except ConnectionError:
        log.exception("while %s", token)
    text = (folder / "a.log").read_text("utf-8")
    assert token not in text
    assert text.count(HIDDEN) >= 4
    assert len(logged(folder / "a.log")) == 2


def test_neither_errors_nor_repr_of_the_settings_show_a_secret() -> None:
    settings = Settings(
        SLACK_BOT_TOKEN=SecretStr(SLACK_TOKEN),
        SLACK_APP_TOKEN=SecretStr(APP_TOKEN),
        SLACK_SIGNING_SECRET=SecretStr(SIGNING_SECRET),
        DISCORD_TOKEN=SecretStr(DISCORD_LIKE),
    )
    assert set(settings.secrets) == {SLACK_TOKEN, APP_TOKEN, SIGNING_SECRET, DISCORD_LIKE}
    for shown in (repr(settings), str(settings), settings.model_dump_json()):
        assert not any(secret in shown for secret in settings.secrets)


def test_the_libraries_are_heard_from_warnings_on(folder: Path) -> None:
    keep_log(Settings(log=folder / "a.log"))
    logging.getLogger("aiohttp").info("chatter")
    logging.getLogger("aiohttp").warning("something")
    assert [line["message"] for line in logged(folder / "a.log")] == ["something"]


def test_the_log_goes_to_standard_error_where_it_is_named_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    keep_log(Settings(log=Path("-")))
    logging.getLogger("newsdesk").info("hello")
    assert json.loads(capsys.readouterr().err)["message"] == "hello"
    assert not Path("-").exists()


def test_each_file_of_the_log_is_closed_to_other_users(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.observing.logs.FILE_BYTES", 100)
    before = os.umask(0o022)
    try:
        keep_log(Settings(log=folder / "a.log"))
        for _ in range(3):
            logging.getLogger("newsdesk").info("hello")
    finally:
        os.umask(before)
    modes = [path.stat().st_mode & 0o777 for path in folder.iterdir()]
    assert len(modes) > 2
    assert set(modes) == {0o640}


def test_a_log_that_cannot_be_written_stops_nobody(folder: Path) -> None:
    keep_log(Settings(log=folder / "none" / "a.log"))
    logging.getLogger("newsdesk").info("hello")
    assert list(folder.iterdir()) == []


# The pages


@asynccontextmanager
async def pages(
    library: Library | None, metrics: Metrics, **standing: bool
) -> AsyncIterator[aiohttp.ClientSession]:
    """Give a visitor of the pages; without a library there is none that answers."""

    async def unusable() -> Vitals:
        raise DatabaseUnusable("The database is gone.")

    vitals = library.vitals if library else unusable
    async with (
        watched("127.0.0.1", 0, metrics, vitals, lambda: standing) as port,
        aiohttp.ClientSession(f"http://127.0.0.1:{port}") as visitor,
    ):
        yield visitor


async def test_the_process_is_healthy_as_long_as_it_answers() -> None:
    async with pages(None, Metrics()) as visitor, visitor.get("/healthz") as page:
        assert (page.status, await page.text()) == (200, "ok\n")


@pytest.mark.parametrize(
    ("standing", "status"),
    [
        ({"slack": True, "discord": True}, 200),
        ({"slack": True, "discord": False}, 200),
        ({"slack": False, "discord": False}, 503),
    ],
)
async def test_it_is_ready_where_a_platform_is_connected(
    library: Library, standing: dict[str, bool], status: int
) -> None:
    async with pages(library, Metrics(), **standing) as visitor, visitor.get("/readyz") as page:
        assert page.status == status
        assert await page.json() == {
            "ready": status == 200,
            "database": True,
            "platforms": standing,
        }


async def test_it_is_not_ready_without_its_database() -> None:
    async with pages(None, Metrics(), slack=True) as visitor, visitor.get("/readyz") as page:
        assert page.status == 503
        assert (await page.json())["database"] is False


async def test_it_is_not_ready_where_its_database_was_replaced_under_way(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    copy = library.path.with_name("restored.db")
    await asyncio.to_thread(back_up, library.path, copy)
    async with pages(library, Metrics(), slack=True) as visitor:
        async with visitor.get("/readyz") as page:
            assert (await page.json())["database"] is True
        copy.replace(library.path)  # without the bot having been stopped
        async with visitor.get("/readyz") as page:
            assert (await page.json())["database"] is False
    sentence = f"{library.path} was moved or replaced while it was in use; restart newsdesk."
    assert caplog.messages == [f"the database does not answer: {sentence}"]


async def test_the_figures_hold_what_the_library_holds(library: Library) -> None:
    await library.add(b"It rained on Monday in Springfield.", "rain.txt", "T-elsewhere")
    async with pages(library, Metrics()) as visitor, visitor.get("/metrics") as page:
        assert page.headers["Content-Type"].startswith("text/plain; version=")
        figures = dict(
            line.rsplit(" ", 1)
            for line in (await page.text()).splitlines()
            if not line.startswith("#")
        )
    held = await library.vitals()
    assert held.documents == 6
    assert figures["newsdesk_documents"] == "6.0"
    assert float(figures["newsdesk_passages"]) == held.passages
    assert float(figures["newsdesk_index_passages"]) == held.indexed == held.passages
    assert figures["newsdesk_index_lag_changes"] == "0.0"
    assert figures["newsdesk_database_answers"] == "1.0"
    assert float(figures["newsdesk_database_bytes"]) > 100_000
    assert float(figures["newsdesk_disk_free_bytes"]) > 0
    assert held.newest is not None
    age = datetime.now(UTC).date() - held.newest
    assert float(figures["newsdesk_newest_document_age_seconds"]) == pytest.approx(
        age.total_seconds(), abs=86_400
    )


async def test_the_index_lags_where_another_process_has_changed_documents(
    library: Library,
) -> None:
    async with Library.open(library.path) as other:
        await other.add(b"It rained on Monday in Springfield.", "rain.txt")
    assert (await library.vitals()).behind == 1
    await library.search("rain")
    assert (await library.vitals()).behind == 0


async def test_where_nothing_is_dated_the_age_is_no_number(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "new.db") as library:
        figures = Metrics().show(await library.vitals()).decode()
    assert "newsdesk_newest_document_age_seconds NaN" in figures


async def test_without_a_database_the_other_figures_are_still_shown() -> None:
    metrics = Metrics()
    metrics.limited.labels("slack", "person").inc()
    async with pages(None, metrics) as visitor, visitor.get("/metrics") as page:
        text = await page.text()
    assert "newsdesk_database_answers 0.0" in text
    assert 'newsdesk_rate_limited_total{platform="slack",whose="person"} 1.0' in text


async def test_errors_in_the_log_are_counted() -> None:
    metrics = Metrics()
    counting = CountErrors(metrics)
    logging.getLogger().addHandler(counting)
    logging.getLogger("discord").error("a malformed event")
    logging.getLogger("newsdesk").warning("closed late")
    logging.getLogger().removeHandler(counting)
    assert "newsdesk_errors_total 1.0" in metrics.show(None).decode()


async def test_how_late_the_event_loop_is_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.observing.web.TICK", 0.001)
    metrics = Metrics()
    async with pages(None, metrics):
        await asyncio.sleep(0.05)
    [count] = [
        line.rsplit(" ", 1)[1]
        for line in metrics.show(None).decode().splitlines()
        if line.startswith("newsdesk_loop_lag_seconds_count")
    ]
    assert float(count) > 0
