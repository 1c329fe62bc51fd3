"""Interactions as the fake Discord keeps them: what was answered, when, and who sees it."""

import time
from dataclasses import dataclass, field

from tests.e2e.discord.fake.forms import Refused
from tests.e2e.discord.fake.world import EPHEMERAL, LOADING, Json, snowflake

ACKNOWLEDGED_WITHIN = 3.0
"""Seconds; discord.com/developers/docs/interactions/receiving-and-responding."""
COMMAND, BUTTON, COMPLETION, MODAL = 2, 3, 4, 5
MESSAGE, THINKING, LATER, CHOICES, WINDOW = 4, 5, 6, 8, 9
ALLOWED = {
    COMMAND: {MESSAGE, THINKING, WINDOW},
    BUTTON: {MESSAGE, THINKING, LATER, WINDOW},
    COMPLETION: {CHOICES},
    MODAL: {MESSAGE, THINKING, LATER},
}


@dataclass
class Interaction:
    """One use of a command, a menu, a button or a window."""

    kind: int
    person: Json
    channel: Json
    data: Json
    message: Json | None = None
    """The message whose button it is."""
    id: str = field(default_factory=snowflake)
    token: str = field(default_factory=lambda: f"interaction-{snowflake()}")
    sent: float = field(default_factory=time.monotonic)
    acknowledged: Json | None = None
    seconds: float = 0.0
    """Until it was acknowledged."""
    messages: list[Json] = field(default_factory=list)
    """What the person sees of it, first to last."""

    def acknowledge(self, body: Json, within: float) -> None:
        """Take the first answer; refuse one that comes late, twice or of the wrong kind."""
        self.seconds = time.monotonic() - self.sent
        if self.acknowledged:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        if self.seconds > within:
            raise Refused(404, 10062, "Unknown interaction")
        if body["type"] not in ALLOWED[self.kind]:
            raise Refused(400, 50035, f"callback type {body['type']} is not allowed here")
        self.acknowledged = body

    def shown(self, message: Json) -> Json:
        """Take a message; the first one after “thinking” fills it and keeps who sees it."""
        thinking = [one for one in self.messages if one["flags"] & LOADING]
        if not thinking:
            self.messages.append(message)
            return message
        [first] = thinking
        kept = first["flags"] & EPHEMERAL
        first |= {**message, "id": first["id"], "flags": message["flags"] & ~EPHEMERAL | kept}
        return first

    @property
    def replies(self) -> list[Json]:
        """Return the messages that are there to read."""
        return [message for message in self.messages if not message["flags"] & LOADING]

    @property
    def choices(self) -> list[str]:
        """Return what was offered for completion."""
        if not self.acknowledged or self.acknowledged["type"] != CHOICES:
            return []
        return [choice["value"] for choice in self.acknowledged["data"]["choices"]]

    @property
    def window(self) -> Json | None:
        """Return the window that was opened, None where there is none."""
        if not self.acknowledged or self.acknowledged["type"] != WINDOW:
            return None
        data: Json = self.acknowledged["data"]
        return data
