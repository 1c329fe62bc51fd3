"""Files: those that people attach, fetched with the bot's token, and those that they ask for."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from aiohttp import StreamReader

from bot.adapters.slack_adapter.clients import Clients
from bot.adapters.slack_adapter.places import Place
from bot.messages import Attachment, SourceFile
from retrieval import UnreadableSource

SLACK_HOSTS = (".slack.com", ".slack-gov.com")
OK = 200
HTML = "text/html"
ELSEWHERE = "{} is not kept on Slack: download it where it is, and send it as a file."


class FileRefused(Exception):
    """A file that Slack does not hand over as its description says."""


class Files:
    """The workspace's files."""

    def __init__(self, clients: Clients) -> None:
        self._clients = clients

    def attachments(self, files: Sequence[Mapping[str, Any]]) -> tuple[Attachment, ...]:
        """Return the files of a message, to be fetched when they are wanted."""
        return tuple(map(self._attachment, files))

    async def upload(self, reply: SourceFile, place: Place) -> None:
        """Put a source file where it was asked for."""
        await self._clients.web.files_upload_v2(
            filename=reply.document.file,
            title=reply.document.name,
            content=reply.content,
            channel=place.channel,
            thread_ts=place.thread or None,
        )

    def _attachment(self, file: Mapping[str, Any]) -> Attachment:
        async def fetch() -> bytes:
            return await self._fetch(str(file["id"]))

        return Attachment(str(file.get("name") or file["id"]), int(file.get("size") or 0), fetch)

    async def _fetch(self, file_id: str) -> bytes:
        """Return a file's bytes.

        Raises UnreadableSource where Slack does not have them, FileRefused where they are not those
        that it describes.
        Without the right token Slack answers 200 with its sign-in page, and elsewhere with a
        redirect to it: the first shows by type and size, the second is not followed.
        """
        file = (await self._clients.web.files_info(file=file_id))["file"]
        if file.get("is_external"):  # Slack has its address only; docs.slack.dev, file object
            raise UnreadableSource(ELSEWHERE.format(file.get("name") or file_id))
        url, size = str(file["url_private_download"]), int(file["size"])
        if not self._is_slacks(url):
            raise FileRefused("the file is kept elsewhere; the token is not sent there")
        headers = {"Authorization": f"Bearer {self._clients.web.token}"}
        async with self._clients.session.get(url, headers=headers, allow_redirects=False) as got:
            is_page = got.content_type == HTML and file.get("mimetype") != HTML
            if got.status != OK or is_page:
                raise FileRefused(f"Slack answered {got.status} with {got.content_type}")
            content = await _read(got.content, size)
        if len(content) != size:
            raise FileRefused(f"{len(content)} bytes came instead of {size}")
        return content

    def _is_slacks(self, url: str) -> bool:
        """Say whether an address is Slack's own, or of the server that stands for it."""
        ours, theirs = urlsplit(self._clients.web.base_url), urlsplit(url)
        if (theirs.scheme, theirs.netloc) == (ours.scheme, ours.netloc):
            return True
        return theirs.scheme == "https" and (theirs.hostname or "").endswith(SLACK_HOSTS)


async def _read(stream: StreamReader, size: int) -> bytes:
    """Return what a stream holds; no more than shows that it is larger than it should be."""
    content = bytearray()
    async for piece in stream.iter_any():
        content += piece
        if len(content) > size:
            break
    return bytes(content)
