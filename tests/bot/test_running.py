"""The platforms run side by side; one that falls is started anew and takes no other with it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.adapters.platform import PlatformAway, PlatformProblem
from bot.observing.metrics import Metrics
from bot.running import Patience, Supervisor, alone
from tests.bot.terminal import Terminal

QUICK = Patience(first=0.0, longest=0.01, lasting=300, connecting=0.2, closing=0.2)
Deed = Callable[[], Awaitable[None]]


class FakePlatform:
    """A platform that notes what happens to it; each of its lives goes as the test says.

    A life is what happens while it connects and while it serves; after the last one it serves
    until it is closed.
    """

    def __init__(self, *lives: tuple[Deed, Deed], name: str = "slack") -> None:
        self.name = name
        self.log: list[str] = []
        self.serving = asyncio.Event()
        """Set when it serves in its last life."""
        self.connecting = asyncio.Event()
        self.closing: Deed = nothing
        self._lives = list(lives)
        self._closed = asyncio.Event()

    async def connect(self) -> None:
        """Connect."""
        self.log.append("connect")
        self.connecting.set()
        self._closed.clear()
        if self._lives:
            await self._lives[0][0]()

    async def serve(self) -> None:
        """Serve until closed, or as the life goes."""
        self.log.append("serve")
        if self._lives:
            await self._lives[0][1]()
        else:
            self.serving.set()
            await self._closed.wait()

    async def close(self) -> None:
        """Close."""
        self._lives[:1] = []
        await self.closing()
        self.log.append("close")
        self._closed.set()


async def nothing() -> None:
    """Do it without ado."""


async def for_ever() -> None:
    """Do it and come to no end."""
    await asyncio.Event().wait()


def raising(error: Exception) -> Deed:
    """Return a deed that fails."""

    async def fail() -> None:
        raise error

    return fail


class Operator:
    """Somebody who starts the bot, reads what it says, and stops it."""

    def __init__(self, *platforms: FakePlatform, patience: Patience = QUICK) -> None:
        self.told: list[str] = []
        self._heard: asyncio.Queue[str] = asyncio.Queue()
        self.metrics = Metrics()
        self.platforms = platforms
        self.supervisor = Supervisor(platforms, self.metrics, self._hear, patience)

    async def runs(self) -> None:
        """Run until all platforms serve in their last lives, then stop."""
        running = asyncio.create_task(self.supervisor.run())
        async with asyncio.timeout(10):
            for platform in self.platforms:
                await platform.serving.wait()
        assert all(self.supervisor.standing.values())
        self.supervisor.stop()
        await running

    def _hear(self, sentence: str) -> None:
        self.told.append(sentence)
        self._heard.put_nowait(sentence)

    async def hears(self, words: str) -> None:
        """Wait until something is said."""
        async with asyncio.timeout(10):
            while words not in await self._heard.get():
                pass

    def figures(self) -> str:
        """Return the figures as they are read."""
        return self.metrics.show(None).decode()


async def test_platforms_serve_until_they_are_told_to_stop() -> None:
    operator = Operator(FakePlatform(), FakePlatform(name="discord"))
    await operator.runs()
    for platform in operator.platforms:
        assert platform.log == ["connect", "serve", "close"]
    assert operator.told == ["slack is connected.", "discord is connected."]
    assert operator.supervisor.standing == {"slack": False, "discord": False}


@pytest.mark.parametrize(
    "life",
    [
        (raising(OSError("no route")), nothing),
        (raising(PlatformAway("Slack cannot be reached.")), nothing),
        (for_ever, nothing),
        (nothing, raising(ValueError("a malformed event"))),
        (nothing, nothing),
    ],
    ids=["connecting fails", "it is away", "connecting hangs", "serving fails", "serving ends"],
)
async def test_a_platform_that_falls_is_started_anew_and_the_other_goes_on(
    life: tuple[Deed, Deed], caplog: pytest.LogCaptureFixture
) -> None:
    operator = Operator(FakePlatform(life, life), FakePlatform(name="discord"))
    await operator.runs()
    slack, discord = operator.platforms
    assert slack.log.count("connect") == slack.log.count("close") == 3
    assert discord.log == ["connect", "serve", "close"]
    fell = [one for one in operator.told if one.startswith("slack fell and is started anew in 0 s")]
    assert len(fell) == 2
    assert fell[0].endswith(("; the log says why.", ": Slack cannot be reached."))
    assert 'newsdesk_platform_falls_total{platform="slack"} 2.0' in operator.figures()
    records = [record for record in caplog.records if record.message == "platform fell"]
    assert len(records) == 2
    assert all(record.exc_info for record in records)


async def test_a_platform_that_ran_for_long_is_started_anew_at_once() -> None:
    life = (nothing, raising(ValueError("a malformed event")))
    patience = Patience(first=3600, longest=3600, lasting=0)
    operator = Operator(FakePlatform(life, life), patience=patience)
    await operator.runs()
    assert 'newsdesk_platform_falls_total{platform="slack"} 2.0' in operator.figures()


async def test_what_only_the_operator_can_mend_ends_one_platform_and_not_the_other(
    caplog: pytest.LogCaptureFixture,
) -> None:
    wrong = PlatformProblem("The token DISCORD_TOKEN is not valid.")
    discord = FakePlatform((raising(wrong), nothing), name="discord")
    operator = Operator(FakePlatform(), discord)
    running = asyncio.create_task(operator.supervisor.run())
    await operator.hears("discord is given up: The token DISCORD_TOKEN is not valid.")
    await operator.platforms[0].serving.wait()
    assert operator.supervisor.standing == {"slack": True, "discord": False}
    operator.supervisor.stop()
    await running
    assert discord.log == ["connect", "close"]
    [record] = [record for record in caplog.records if record.message == "platform given up"]
    assert record.exc_info
    assert record.exc_info[1] is wrong


async def test_where_no_platform_is_left_running_ends_with_all_their_sentences() -> None:
    first = FakePlatform((raising(PlatformProblem("Mend this.")), nothing))
    second = FakePlatform((nothing, raising(PlatformProblem("And that."))), name="discord")
    operator = Operator(first, second)
    with pytest.raises(PlatformProblem, match=r"^Mend this\. And that\.$"):
        await operator.supervisor.run()
    assert "slack is given up: Mend this." in operator.told


async def test_to_stop_does_not_wait_for_a_platform_that_is_to_be_started_anew() -> None:
    life = (raising(OSError("no route")), nothing)
    patience = Patience(first=3600, longest=3600)
    operator = Operator(FakePlatform(life), patience=patience)
    running = asyncio.create_task(operator.supervisor.run())
    await operator.hears("slack fell")
    operator.supervisor.stop()
    async with asyncio.timeout(10):
        await running


async def test_to_stop_does_not_wait_for_a_platform_that_connects() -> None:
    operator = Operator(FakePlatform((for_ever, nothing)), patience=Patience())
    running = asyncio.create_task(operator.supervisor.run())
    await operator.platforms[0].connecting.wait()
    operator.supervisor.stop()
    async with asyncio.timeout(10):
        await running


async def test_what_is_being_answered_is_finished_before_the_end() -> None:
    platform = FakePlatform()
    answered = []

    async def finish() -> None:
        await asyncio.sleep(0.05)
        answered.append("the last question")

    platform.closing = finish
    await Operator(platform).runs()
    assert answered == ["the last question"]


async def test_a_platform_that_does_not_close_holds_nobody_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    platform = FakePlatform()
    platform.closing = for_ever
    await Operator(platform).runs()
    assert "platform closed late" in [record.message for record in caplog.records]


async def test_a_platform_that_cannot_be_closed_is_in_the_log_and_ends(
    caplog: pytest.LogCaptureFixture,
) -> None:
    platform = FakePlatform()
    platform.closing = raising(OSError("broken pipe"))
    await Operator(platform).runs()
    assert "platform could not be closed" in [record.message for record in caplog.records]


async def test_the_log_of_a_start_and_a_stop_names_the_platform(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    await Operator(FakePlatform()).runs()
    assert [record.message for record in caplog.records] == [
        "platform connected",
        "platform closed",
    ]
    assert all(record.__dict__["platform"] == "slack" for record in caplog.records)


async def test_a_second_run_on_the_same_platform_and_database_is_refused(tmp_path: Path) -> None:
    database = tmp_path / "newsdesk.db"
    slack, discord = FakePlatform(), FakePlatform(name="discord")
    with alone(database, [slack]):
        with alone(database, [discord]):
            pass
        with pytest.raises(PlatformProblem, match="answers on slack from this database already"):
            alone(database, [discord, slack]).__enter__()
    with alone(database, [slack, discord]):
        pass


async def test_a_lock_that_cannot_be_had_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "newsdesk.db.slack").mkdir()  # or it belongs to root, who ran it first
    with pytest.raises(
        PlatformProblem, match=r"db\.slack cannot be opened; delete it, and let one"
    ):
        alone(tmp_path / "newsdesk.db", [FakePlatform()]).__enter__()


def test_without_tokens_the_sentence_names_those_that_can_be_set(terminal: Terminal) -> None:
    sentence = terminal.refusal("run")
    assert "SLACK_BOT_TOKEN" in sentence
    assert "DISCORD_TOKEN" in sentence


async def test_what_ends_all_is_said_once() -> None:
    operator = Operator(FakePlatform((raising(PlatformProblem("Mend this.")), nothing)))
    with pytest.raises(PlatformProblem, match=r"^Mend this\.$"):
        await operator.supervisor.run()
    assert operator.told == []
