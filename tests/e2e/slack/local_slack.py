"""The bot on local-slack, a Slack-compatible server that we did not write.

``python -m tests.e2e.slack.local_slack BINARY FOLDER TRANSPORT`` runs both and a short
conversation, and prints what was seen as JSON. The server listens on every interface: run this in
a network of its own, as ``test_witness`` does.
"""

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import aiohttp

from tests.e2e.bot_process import BotProcess

Json = dict[str, Any]

PORT, BOT_PORT = 3900, 3901
BASE = f"http://127.0.0.1:{PORT}"
BOT, REPORTER, CHANNEL = "U0NEWSDESK", "U1REPORTER", "C1NEWS"
BOT_TOKEN, APP_TOKEN, SECRET = "xoxb-witness", "xapp-witness", "0123456789abcdef" * 2
QUESTION = "What did Sessions say about officers who break the law?"
RECEIPT = "1f63f7de164ca3b9"
PATIENCE = 30.0


def config(transport: str) -> Json:
    """Return the configuration of a workspace with one reporter and the bot."""
    app: Json = {"appId": "A0NEWSDESK", "botUserId": BOT, "botName": "newsdesk"}
    app |= {"botToken": BOT_TOKEN, "appToken": APP_TOKEN, "signingSecret": SECRET, "mode": "socket"}
    if transport == "http":
        app |= {"mode": "events", "requestUrl": f"http://127.0.0.1:{BOT_PORT}/slack/events"}
    return {
        "workspace": {"teamId": "T0NEWSROOM"},
        "apps": [app],
        "users": [{"id": REPORTER, "name": "robin", "real_name": "Robin Roe"}],
        "channels": [{"id": CHANNEL, "name": "news", "members": [REPORTER, BOT]}],
    }


def settings(transport: str) -> dict[str, str]:
    """Return the settings of the bot."""
    own = {"SLACK_APP_TOKEN": APP_TOKEN}
    if transport == "http":
        own = {"SLACK_SIGNING_SECRET": SECRET, "NEWSDESK_SLACK_PORT": str(BOT_PORT)}
    return {
        "SLACK_BOT_TOKEN": BOT_TOKEN,
        "NEWSDESK_SLACK_API_URL": f"{BASE}/api/",
        "NEWSDESK_SLACK_MODERATORS": REPORTER,
        **own,
    }


class Person:
    """Somebody who uses local-slack's control API."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def do(self, what: str, **more: Any) -> Json:  # noqa: ANN401 - any JSON
        """Do something in the workspace."""
        body = {"user": REPORTER, "channel": CHANNEL, **more}
        async with self._session.post(f"{BASE}/_control/{what}", json=body) as response:
            return dict(await response.json())

    async def messages(self, channel: str = CHANNEL) -> list[Json]:
        """Return the messages of a channel."""
        async with self._session.get(f"{BASE}/_control/messages/{channel}") as response:
            return list((await response.json())["messages"])

    async def until(self, condition: Callable[[list[Json]], Any], channel: str = CHANNEL) -> Any:  # noqa: ANN401
        """Wait until the messages of a channel are as they should be."""
        async with asyncio.timeout(PATIENCE):
            while True:
                if found := condition(await self.messages(channel)):
                    return found
                await asyncio.sleep(0.05)

    async def ready(self) -> None:
        """Wait until the server answers."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    await self.messages()
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)
                else:
                    return

    async def upload(self, name: str, text: str) -> None:
        """Send a file with a mention."""
        form = aiohttp.FormData({"user": REPORTER, "channel": CHANNEL, "text": f"<@{BOT}> add"})
        form.add_field("file", text.encode(), filename=name, content_type="text/plain")
        async with self._session.post(f"{BASE}/_control/upload", data=form) as response:
            await response.read()


def held(word: str, **given: str) -> str:
    """Return what a button of the bot holds."""
    return f"{word} {json.dumps(given)}"


def said_by_bot(messages: list[Json], text: str) -> Json | None:
    """Return the bot's message that shows a text."""
    for message in messages:
        if message["user"] == BOT and text in json.dumps(message, ensure_ascii=False):
            return message
    return None


async def converse(person: Person) -> Json:
    """Use the bot from several corners; return what was seen."""
    seen: Json = {}
    await person.do("message", text=f"<@{BOT}> {QUESTION}")
    answer = await person.until(lambda all_: said_by_bot(all_, RECEIPT))
    seen["answer"] = answer
    action = {
        "type": "button",
        "action_id": "newsdesk:0",
        "value": held("context", receipt=RECEIPT),
    }
    await person.do("interact", messageTs=answer["ts"], action=action)
    seen["context"] = await person.until(lambda all_: said_by_bot(all_, "¶6"))
    await person.do("command", command="/newsdesk", text="status")
    seen["status"] = await person.until(lambda all_: said_by_bot(all_, "The coverage holds"))
    await person.upload("keeper.txt", "The lighthouse keeper is called Quill.\n")
    seen["added"] = await person.until(lambda all_: said_by_bot(all_, "keeper.txt: added"))
    file = {"type": "button", "action_id": "newsdesk:1", "value": held("source", file=RECEIPT)}
    await person.do("interact", messageTs=answer["ts"], action=file)
    seen["file"] = await person.until(
        lambda all_: [one["files"] for one in all_ if one["user"] == BOT and one.get("files")]
    )
    direct = await person.do("message", channel=REPORTER, text=QUESTION)
    channel = direct["message"]["channel"]
    seen["direct"] = await person.until(lambda all_: said_by_bot(all_, "receipt"), channel)
    return seen


async def main(binary: str, folder: Path, transport: str) -> None:
    """Run the server and the bot, and print what was seen."""
    path = folder / "workspace.json"
    path.write_text(json.dumps(config(transport)), encoding="utf-8")
    server = await asyncio.create_subprocess_exec(
        *(binary, "--config", str(path), "--port", str(PORT), "--base-host", "127.0.0.1"),
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        async with aiohttp.ClientSession() as session:
            person = Person(session)
            await person.ready()
            bot = await BotProcess(folder, **settings(transport)).start()
            try:
                await asyncio.wait_for(listening(session, transport), PATIENCE)
                seen = await converse(person)
            finally:
                status, said = await bot.stop()
    finally:
        server.kill()
        await server.wait()
    sys.stdout.write(json.dumps({**seen, "stopped": [status, said]}))


async def listening(session: aiohttp.ClientSession, transport: str) -> None:
    """Wait until the bot takes events."""
    while True:
        async with session.get(f"{BASE}/_control/log") as response:
            log = await response.text()
        if transport == "http":
            try:
                async with session.get(f"http://127.0.0.1:{BOT_PORT}/"):
                    return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.05)
        elif "connected" in log:
            return
        await asyncio.sleep(0.05)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
