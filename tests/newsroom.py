"""A newsroom to test with: a desk over the seeds, and people who talk to it."""

from dataclasses import dataclass

from bot.desk import Desk
from bot.messages import Attachment, Progress, Reply, Request, Sender
from retrieval import Library

NEWSROOM = "T-newsroom"

REPORTER = Sender(id="U1", name="Robin")
MODERATOR = Sender(id="U2", name="Morgan", roles=frozenset({"desk-editors"}))
ADMIN = Sender(id="U3", name="Ada", manages_space=True)
OPERATOR = Sender(id="operator", name="operator", is_operator=True)


def attached(name: str, content: bytes) -> Attachment:
    """Return a file as it comes with a message."""

    async def fetch() -> bytes:
        return content

    return Attachment(name, len(content), fetch)


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation in one channel of a newsroom."""

    desk: Desk
    library: Library

    async def say(
        self,
        text: str,
        *files: Attachment,
        sender: Sender = REPORTER,
        space: str | None = NEWSROOM,
        place: str = "C-news",
        progress: Progress | None = None,
    ) -> Reply:
        """Send a message to the bot and return its reply."""
        return await self.desk.handle(Request(sender, "slack", text, space, place, files, progress))
