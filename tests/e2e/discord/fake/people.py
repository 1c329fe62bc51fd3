"""What people do in their Discord clients, and how it reaches the bot."""

from itertools import count
from typing import Any

from tests.e2e.discord.fake.forms import FILE_LIMIT, flat
from tests.e2e.discord.fake.gateway import Gateway
from tests.e2e.discord.fake.interactions import BUTTON, COMMAND, COMPLETION, MODAL, Interaction
from tests.e2e.discord.fake.messages import make_message
from tests.e2e.discord.fake.rest import Rest
from tests.e2e.discord.fake.world import Json, World

ATTACHMENT, TEXT_INPUT, SUBCOMMAND = 11, 4, 1


class People:
    """Acts for the people of a world."""

    world: World
    gateway: Gateway
    rest: Rest
    _edits = count()
    file_limit = FILE_LIMIT
    """Bytes of a file that the bot is told to be the most."""

    async def say(
        self,
        person: Json,
        channel: Json,
        text: str,
        *files: Json,
        changes: Json | None = None,
    ) -> Json:
        """Write a message, with ``changes`` to what Discord would make of it."""
        made = make_message(self.world, channel, person, content=text, files=files)
        message = made | (changes or {})
        self.world.messages[channel["id"]].append(message)
        await self.gateway.send_message(message, channel)
        return message

    async def edit(self, message: Json, text: str) -> None:
        """Change what a message says."""
        channel = self.world.channels[message["channel_id"]]
        changed = make_message(self.world, channel, message["author"], content=text)
        message |= {name: changed[name] for name in ("content", "mentions", "mention_roles")}
        message["edited_timestamp"] = f"2026-01-02T03:05:{next(self._edits):02d}+00:00"
        await self.gateway.send_message(message, channel, "MESSAGE_UPDATE")

    async def delete(self, message: Json) -> None:
        """Delete a message."""
        self.world.messages[message["channel_id"]].remove(message)
        gone = {name: message[name] for name in ("id", "channel_id", "guild_id") if name in message}
        await self.gateway.send("MESSAGE_DELETE", gone)

    async def delete_all(self, *messages: Json) -> None:
        """Delete messages of one channel together, as Discord does when it bans somebody."""
        channel = messages[0]["channel_id"]
        for message in messages:
            self.world.messages[channel].remove(message)
        gone = {"ids": [message["id"] for message in messages], "channel_id": channel}
        if guild := messages[0].get("guild_id"):
            gone["guild_id"] = guild
        await self.gateway.send("MESSAGE_DELETE_BULK", gone)

    async def use(
        self, person: Json, channel: Json, path: str, **options: str | int | Json
    ) -> Interaction:
        """Use a slash command: “ask”, or “doc add”; an attachment is given as its JSON."""
        data = self._filled_in(self._command(path, person, channel), path, options)
        return await self._interact(Interaction(COMMAND, person, channel, data))

    async def type_into(
        self, person: Json, channel: Json, path: str, option: str, typed: str
    ) -> Interaction:
        """Type into an option that is completed."""
        command = self._command(path, person, channel)
        data = self._filled_in(command, path, {option: typed}, focused=option)
        return await self._interact(Interaction(COMPLETION, person, channel, data))

    async def choose(self, person: Json, name: str, message: Json) -> Interaction:
        """Use a message's context menu."""
        channel = self.world.channels[message["channel_id"]]
        command = self._command(name, person, channel)
        data = {
            "id": command["id"],
            "name": name,
            "type": 3,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self._interact(Interaction(COMMAND, person, channel, data))

    async def press(self, person: Json, message: Json, label: str) -> Interaction:
        """Press the first button of a label."""
        channel = self.world.channels[message["channel_id"]]
        button = next(one for one in flat(message["components"]) if one.get("label") == label)
        data = {"custom_id": button["custom_id"], "component_type": 2}
        return await self._interact(Interaction(BUTTON, person, channel, data, message))

    async def submit(self, used: Interaction, *values: str) -> Interaction:
        """Fill in the window that was opened, and send it."""
        window = used.window or {}
        fields = [one for one in flat(window["components"]) if one["type"] == TEXT_INPUT]
        components = [
            {"type": 18, "component": {"type": 4, "custom_id": one["custom_id"], "value": value}}
            for one, value in zip(fields, values, strict=True)
        ]
        data = {"custom_id": window["custom_id"], "components": components}
        return await self._interact(Interaction(MODAL, used.person, used.channel, data))

    async def resend(self, used: Interaction) -> None:
        """Send the bot an interaction, as if it had not been delivered before."""
        await self.gateway.send("INTERACTION_CREATE", self._payload(used))

    def _command(self, path: str, person: Json, channel: Json) -> Json:
        """Return a command that Discord shows to somebody there."""
        names = {path, path.split(maxsplit=1)[0]}
        command = next(one for one in self.rest.commands if one["name"] in names)
        needed = int(command["default_member_permissions"] or 0)
        place = 0 if "guild_id" in channel else 1
        if place not in command["contexts"]:
            raise PermissionError(f"{path} is not shown there")
        if place == 0 and needed & ~self.world.permissions(person, channel):
            raise PermissionError(f"{path} is not shown to {person['username']}")
        return command

    def _filled_in(self, command: Json, path: str, values: Json, *, focused: str = "") -> Json:
        """Return a command's data as Discord sends it; refuse what its client would not send."""
        name, *words = path.split()
        known = command["options"]
        for word in words:
            known = next(one["options"] for one in known if one["name"] == word)
        missing = {one["name"] for one in known if one.get("required")} - values.keys()
        unknown = values.keys() - {one["name"] for one in known}
        if unknown or (missing and not focused):
            raise ValueError(f"{path} lacks {missing} and has no {unknown}")
        given: list[Json] = [
            _given(option, values[option["name"]], focused=focused)
            for option in known
            if option["name"] in values
        ]
        for word in reversed(words):
            given = [{"name": word, "type": SUBCOMMAND, "options": given}]
        files = {value["id"]: value for value in values.values() if isinstance(value, dict)}
        resolved = {"resolved": {"attachments": files}} if files else {}
        return {"id": command["id"], "name": name, "type": 1, "options": given, **resolved}

    async def _interact(self, used: Interaction) -> Interaction:
        self.rest.interactions[used.id] = used
        await self.resend(used)
        return used

    def _payload(self, used: Interaction) -> Json:
        guild_id = used.channel.get("guild_id")
        payload: Json = {
            "id": used.id,
            "application_id": self.world.bot["id"],
            "type": used.kind,
            "token": used.token,
            "version": 1,
            "attachment_size_limit": self.file_limit,
            "data": used.data,
            "channel": used.channel,
            "channel_id": used.channel["id"],
            "app_permissions": "0",
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {},
            "context": 0 if guild_id else 1,
        }
        if used.message:
            payload["message"] = used.message
        if not guild_id:
            return {**payload, "user": used.person}
        guild = self.world.guilds[guild_id]
        member = {
            **guild["members"][used.person["id"]],
            "user": used.person,
            "permissions": str(self.world.permissions(used.person, used.channel)),
        }
        known = {"id": guild_id, "locale": "en-US", "features": []}
        return {**payload, "guild_id": guild_id, "guild": known, "member": member}


def _given(option: Json, value: Any, *, focused: str) -> Json:  # noqa: ANN401 - an option's value
    shown = value["id"] if option["type"] == ATTACHMENT else value
    given = {"name": option["name"], "type": option["type"], "value": shown}
    return given | ({"focused": True} if option["name"] == focused else {})
