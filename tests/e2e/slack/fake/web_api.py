"""The Web API as the bot uses it, as strict as Slack's own."""

import json
import time
from collections.abc import Callable

from tests.e2e.slack.fake.forms import message_problems, view_problems
from tests.e2e.slack.fake.world import BOT, BOT_ID, TEAM, Channel, File, Json, Refused, World

SCOPES = {
    "assistant.threads.setStatus": "chat:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
    "assistant.threads.setTitle": "assistant:write",
    "chat.delete": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.info": "channels:read",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "usergroups.users.list": "usergroups:read",
    "users.info": "users:read",
}
"""What each method needs; a method that is not here needs nothing."""
PACE = 0.99
"""Seconds between two messages in one channel; about one, says Slack."""


class WebApi:
    """Answers the methods that the bot calls."""

    def __init__(self, world: World, url: Callable[[], str]) -> None:
        self._world = world
        self._url = url

    def answer(self, method: str, args: Json) -> Json:
        """Return what a method answers; raise Refused with Slack's code where it refuses."""
        name = "_" + method.replace(".", "_").lower()
        if not hasattr(self, name):
            raise Refused("unknown_method", req_method=method)
        try:
            return {"ok": True, **getattr(self, name)(args)}
        except KeyError as error:
            raise Refused("invalid_arguments", missing=str(error)) from error

    def _auth_test(self, args: Json) -> Json:
        del args
        org = {"enterprise_id": self._world.org} if self._world.org else {}
        return {"team_id": TEAM, "user_id": BOT, "bot_id": BOT_ID, "url": self._url(), **org}

    def _chat_postmessage(self, args: Json) -> Json:
        channel = self._channel(args["channel"])
        if time.monotonic() - channel.posted < PACE:
            raise Refused("ratelimited")
        channel.posted = time.monotonic()
        message = self._content(args)
        if thread := args.get("thread_ts"):
            self._world.find(channel.id, thread)
            message["thread_ts"] = thread
        message |= {"channel": channel.id, "ts": self._world.now(), "user": BOT, "bot_id": BOT_ID}
        self._world.messages[channel.id].append(message)
        return {"channel": channel.id, "ts": message["ts"], "message": message}

    def _chat_postephemeral(self, args: Json) -> Json:
        channel = self._channel(args["channel"])
        if args["user"] not in channel.members:
            raise Refused("user_not_in_channel")
        thread = args.get("thread_ts", "")
        whisper = {**self._content(args), "channel": channel.id, "user": args["user"]}
        whisper |= {"ts": self._world.now(), "thread_ts": thread}
        if not thread or self._world.has_replies(channel.id, thread):
            self._world.whispers.append(whisper)  # elsewhere Slack takes it and shows it to nobody
        return {"message_ts": whisper["ts"]}

    def _chat_update(self, args: Json) -> Json:
        message = self._world.find(args["channel"], args["ts"])
        message |= self._content(args) | {"edited": True, "parse": args.get("parse", "client")}
        return {"ts": args["ts"], "channel": args["channel"], "message": message}

    def _chat_delete(self, args: Json) -> Json:
        messages = self._world.messages[args["channel"]]
        messages.remove(self._world.find(args["channel"], args["ts"]))
        return {"ts": args["ts"]}

    def _users_info(self, args: Json) -> Json:
        if args["user"] not in self._world.people:
            raise Refused("user_not_found")
        return {"user": self._world.people[args["user"]]}

    def _usergroups_users_list(self, args: Json) -> Json:
        if args["usergroup"] not in self._world.groups:
            raise Refused("no_such_subteam")
        return {"users": self._world.groups[args["usergroup"]]}

    def _conversations_info(self, args: Json) -> Json:
        channel = self._channel(args["channel"], is_member=False)
        if channel.is_private and BOT not in channel.members:
            raise Refused("channel_not_found")
        return {"channel": {"id": channel.id, "is_ext_shared": channel.is_ext_shared}}

    def _conversations_open(self, args: Json) -> Json:
        return {"channel": {"id": self._world.direct(args["users"])}}

    def _assistant_threads_setstatus(self, args: Json) -> Json:
        self._world.find(args["channel_id"], args["thread_ts"])
        self._world.statuses.append(args)
        return {}

    def _assistant_threads_settitle(self, args: Json) -> Json:
        if not self._channel(args["channel_id"]).is_direct:
            raise Refused("access_denied")
        self._world.titles.append(args)
        return {}

    def _assistant_threads_setsuggestedprompts(self, args: Json) -> Json:
        if "thread_ts" in args or not 1 <= len(args["prompts"]) <= 4:
            raise Refused("invalid_arguments")
        self._world.prompts[args["channel_id"]] = args["prompts"]
        return {}

    def _views_open(self, args: Json) -> Json:
        self._world.use(args["trigger_id"])
        return {"view": self._window(args["view"], self._world.new_id("V"))}

    def _views_update(self, args: Json) -> Json:
        if args["view_id"] not in self._world.windows:
            raise Refused("not_found")
        return {"view": self._window(args["view"], args["view_id"])}

    def _views_publish(self, args: Json) -> Json:
        if problems := view_problems(args["view"]):
            raise Refused("invalid_arguments", problems=problems)
        self._world.homes[args["user_id"]] = args["view"]
        return {"view": args["view"]}

    def _files_getuploadurlexternal(self, args: Json) -> Json:
        file = File(self._world.new_id("F"), args["filename"], b"", size=int(args["length"]))
        if not file.size:
            raise Refused("invalid_arguments")
        self._world.files[file.id] = file
        return {"upload_url": f"{self._url()}upload/{file.id}", "file_id": file.id}

    def _files_completeuploadexternal(self, args: Json) -> Json:
        channel = self._channel(args["channel_id"])
        for one in json.loads(args["files"]):
            file = self._world.files[one["id"]]
            if file.size != len(file.content):
                raise Refused("file_not_found")
            file.channel, file.thread = channel.id, args.get("thread_ts", "")
        return {"files": [{"id": one["id"]} for one in json.loads(args["files"])]}

    def _files_info(self, args: Json) -> Json:
        if args["file"] not in self._world.files:
            raise Refused("file_not_found")
        return {"file": self.described(self._world.files[args["file"]])}

    def described(self, file: File) -> Json:
        """Return a file as events and files.info describe it."""
        if file.is_external:
            known = {"id": file.id, "name": file.name, "mode": "external", "is_external": True}
            return {**known, "mimetype": "application/vnd.slack-remote", "size": 0}
        return {
            "id": file.id,
            "name": file.name,
            "mimetype": file.mimetype,
            "size": len(file.content) if file.size < 0 else file.size,
            "url_private_download": file.url or f"{self._url()}files/{file.id}",
        }

    def _channel(self, name: str, *, is_member: bool = True) -> Channel:
        if name in self._world.people:
            name = self._world.direct(name)
        if name not in self._world.channels:
            raise Refused("channel_not_found")
        channel = self._world.channels[name]
        if is_member and BOT not in channel.members:
            raise Refused("not_in_channel")
        return channel

    def _content(self, args: Json) -> Json:
        """Return the text and the blocks of a message that Slack takes."""
        return content_of(args)

    def _window(self, view: Json, window: str) -> Json:
        if problems := view_problems(view):
            raise Refused("invalid_arguments", problems=problems)
        self._world.windows[window] = {**view, "id": window}
        return self._world.windows[window]


def content_of(args: Json) -> Json:
    """Return the text and the blocks of a message, however it is sent."""
    text, blocks = args.get("text", ""), args.get("blocks") or []
    if not text.strip():
        raise Refused("no_text")
    if len(text) > 4_000:
        raise Refused("msg_too_long")
    if blocks and (problems := message_problems(blocks)):
        raise Refused("invalid_blocks", problems=problems)
    return {"text": text, "blocks": blocks}
