"""How far bulk work is: counted, and told to the platform that asked to hear of it."""

import logging

from bot.messages import Request

log = logging.getLogger("newsdesk")


class Tally:
    """Counts what is done of a request; ``total`` grows where an archive holds more."""

    def __init__(self, request: Request, total: int = 0) -> None:
        self._progress = request.progress
        self._done = 0
        self.total = total

    async def one(self) -> None:
        """Count one more as done."""
        self._done += 1
        await self.tell(self._done, self.total)

    async def tell(self, done: int, total: int) -> None:
        """Tell how far several things are; a platform that cannot show it stops nothing."""
        if self._progress and total > 1:
            try:
                await self._progress(done, total)
            except Exception:
                log.exception("progress could not be shown")
