"""Measure how long Slack waits for an answer: 200 mentions at once, each in a channel of its own.

PYTHONPATH=. python tests/benchmarks/slack.py

The bot runs as a process of its own on the seeds; Slack is the tests' own, on this machine. The
time of an answer is from the event's delivery to the accepted chat.postMessage.
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.evaluating import judged_in
from tests.benchmarks.judged import ROOT
from tests.e2e.bot_process import BotProcess, free_port
from tests.e2e.slack.conftest import address, slack_settings
from tests.e2e.slack.fake import Slack
from tests.e2e.slack.fake.world import BOT, REPORTER

MENTIONS = 200
WARM_UP = 20


async def measure(port: int) -> list[float]:
    """Return the seconds of each answer; with a port over HTTP, else over Socket Mode."""
    slack = await Slack().start(address(port))
    with tempfile.TemporaryDirectory() as folder:
        bot = await BotProcess(Path(folder), **slack_settings(slack, port)).start()
        await slack.transport.ready()
        await answers(slack, WARM_UP)
        seconds = await answers(slack, MENTIONS)
        await bot.stop()
    await slack.stop()
    return seconds


async def answers(slack: Slack, count: int) -> list[float]:
    """Return the seconds until each of so many mentions at once was answered."""
    questions = [one.question for one in judged_in(ROOT / "tests" / "judged" / "tuning.jsonl")]
    said = [
        slack.write(REPORTER, slack.world.channel(), f"<@{BOT}> {questions[at % len(questions)]}")
        for at in range(count)
    ]
    begun = time.monotonic()
    await asyncio.gather(*map(slack.tell_bot, said))
    await slack.until(lambda: all(slack.replies(message) for message in said))
    assert all(len(slack.replies(message)) == 1 for message in said)
    return [slack.world.channels[message["channel"]].posted - begun for message in said]


def main() -> None:
    """Print medians, 95th percentiles and maxima in milliseconds."""
    sys.stdout.write(f"{'milliseconds':24}{'p50':>9}{'p95':>9}{'max':>9}\n")
    for name, port in (("Socket Mode", 0), ("HTTP", free_port())):
        seconds = asyncio.run(measure(port))
        p95 = statistics.quantiles(seconds, n=20)[18]
        row = (statistics.median(seconds), p95, max(seconds))
        sys.stdout.write(f"{name:24}" + "".join(f"{one * 1e3:9.0f}" for one in row) + "\n")


if __name__ == "__main__":
    main()
