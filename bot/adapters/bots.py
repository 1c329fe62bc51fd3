"""Other bots: none is answered but those that the operator allows, and none of them without end.

Two bots that answer each other would do so for ever. The own messages are never answered, and an
allowed bot only so often within an hour; then there is silence, which ends whatever went round.
"""

import logging
from collections import defaultdict, deque
from collections.abc import Callable
from time import monotonic

log = logging.getLogger("newsdesk")

MOST = 20
"""Answers to one bot in an hour."""
AN_HOUR = 3_600.0


class Bots:
    """The bots that may ask, by any of their ids on the platform."""

    def __init__(self, allowed: frozenset[str], clock: Callable[[], float] = monotonic) -> None:
        self._allowed = allowed
        self._clock = clock
        self._answered: defaultdict[frozenset[str], deque[float]] = defaultdict(
            lambda: deque(maxlen=MOST)
        )
        """When each of them was answered, the last times."""

    def knows(self, *ids: str) -> bool:
        """Say whether a bot with these ids is one of them."""
        return not self._allowed.isdisjoint(ids)

    def may_ask(self, *ids: str) -> bool:
        """Say whether a bot with these ids is answered now; whoever asks that answers it."""
        known = self._allowed.intersection(ids)
        if not known:
            return False
        times, now = self._answered[known], self._clock()
        if len(times) == MOST and now - times[0] < AN_HOUR:
            log.warning("the bot %s asks without end and is not answered", min(known))
            return False
        times.append(now)
        return True
