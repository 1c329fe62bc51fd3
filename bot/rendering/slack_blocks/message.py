"""A message on its way to Slack, which never grows beyond what Slack takes."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.rendering.slack_blocks.limits import MESSAGE_BLOCKS, MESSAGE_WEIGHT, Block, weight


@dataclass(frozen=True, slots=True)
class Message:
    """Blocks, and the text for notifications and screen readers; the text is escaped."""

    text: str
    blocks: list[Block]


class Stack:
    """Blocks that are put one below the other while there is room for them.

    ``reserve`` is kept free for what comes last.
    """

    def __init__(self, reserve: Iterable[Block] = ()) -> None:
        self.blocks: list[Block] = []
        self._last = list(reserve)
        self._room = MESSAGE_WEIGHT - sum(map(weight, self._last))

    def put(self, *blocks: Block) -> bool:
        """Put blocks that belong together below the others; say whether there was room."""
        needed = sum(map(weight, blocks))
        count = len(self.blocks) + len(blocks) + len(self._last)
        if needed > self._room or count > MESSAGE_BLOCKS:
            return False
        self.blocks += blocks
        self._room -= needed
        return True

    def finish(self) -> list[Block]:
        """Return all blocks, the reserved ones last."""
        return self.blocks + self._last
