"""Where something is said on Slack, and by whom."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, a thread in it, or a direct conversation with the bot."""

    channel: str
    """Empty for no place of the workspace: the App Home, or a window of it."""
    thread: str = ""
    """The ts of the message that began the thread; empty for the channel itself."""
    has_replies: bool = True
    """Whether somebody replied in the thread: before that, Slack shows nothing in it that only one
    person is to see; docs.slack.dev, chat.postEphemeral, thread_ts."""

    @property
    def is_direct(self) -> bool:
        """Say whether only the person and the bot are there."""
        return self.channel.startswith("D")

    @property
    def name(self) -> str:
        """Return the name by which answers are kept: a direct conversation is one place."""
        return (
            f"{self.channel}/{self.thread}" if self.thread and not self.is_direct else self.channel
        )


NOWHERE: Final = Place("")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who asked for something, and where the reply can go."""

    user: str
    place: Place
    name: str = ""
    """As the event says it; empty where it does not."""
    response_url: str = ""
    """Where a reply goes that only they see; good for five uses within 30 minutes."""
