"""Which message answers which, as long as answers are kept: also after a restart.

So an edited question is answered in the place of its first answer, and a question that is deleted
takes its answer with it. Of a question only a hash is kept, which shows whether its words changed.
"""

import hashlib
import json
from dataclasses import dataclass

from bot.desk import Desk


@dataclass(frozen=True, slots=True)
class Link:
    """The answer to a question."""

    hash: str
    """Of the question's text."""
    place: str
    """Where the answer stands; empty where it was given to the asker alone."""
    answer: str
    """Its id on the platform; empty for the same."""

    def is_to(self, text: str) -> bool:
        """Say whether it answers a question of these words."""
        return self.hash == _hash(text)


class Links:
    """The links of one platform."""

    def __init__(self, desk: Desk, platform: str) -> None:
        self._desk = desk
        self._platform = platform

    async def keep(self, question: str, text: str, asker: str, place: str, answer: str) -> None:
        """Keep which message answers a question, by the question's id on the platform."""
        value = json.dumps([_hash(text), place, answer])
        await self._desk.note(self._platform, f"answer {question}", value, asker)

    async def find(self, question: str) -> Link | None:
        """Return the answer to a question, None where it has none."""
        value = await self._desk.noted(self._platform, f"answer {question}")
        return Link(*json.loads(value)) if value else None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
