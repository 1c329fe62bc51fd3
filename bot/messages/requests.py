"""What goes into the command layer: a request, from somebody, with text and files."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

Progress = Callable[[int, int], Awaitable[None]]
"""Told, while files are taken in or a draft is checked, how much is done and how much there is.

It is to return at once: the work waits for it.
"""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks, as the platform states it."""

    id: str
    name: str
    roles: frozenset[str] = frozenset()
    """Names and ids of the roles and user groups that the sender has."""
    manages_space: bool = False
    """Whether the platform lets the sender manage the whole workspace or guild."""
    is_operator: bool = False
    """Whether the sender runs the program: the console's user."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with a request; its bytes are fetched only when they are wanted."""

    name: str
    size: int
    fetch: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Request:
    """A text from a person, and where it came from."""

    sender: Sender
    platform: str
    """“slack”, “discord” or “console”."""
    text: str = ""
    space: str | None = None
    """The Slack workspace or Discord guild; None sees the shared documents only."""
    place: str = ""
    """Channel and thread, as the adapter names them; empty where no button can be pressed."""
    attachments: tuple[Attachment, ...] = ()
    progress: Progress | None = None
    """Whom to tell how far bulk work is, where the platform shows it."""
    is_part: bool = False
    """Whether it belongs to a request that was counted already, and costs nobody's limit."""
    id: str = field(default_factory=lambda: secrets.token_hex(8), compare=False)
    """The trail has it with all that the request changes, and an undo takes that back together."""
