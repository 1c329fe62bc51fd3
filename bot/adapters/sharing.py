"""Sharing: an answer is shown to everybody once, also where its button is pressed twice in haste.

Whoever presses it again later means it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from bot.adapters.memory import Memory
from bot.messages import Command, Problem, Share

HASTE = 30.0
"""Seconds within which the same is not shared again: a platform may be slow to show what was."""
SHARED = 1_000
"""Answers that are remembered; in half a minute no newsroom shares as many."""
AGAIN = Problem("That is shared already; in half a minute it can be shared again.")


class Sharing:
    """What was shared of late, and where."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._shared: Memory[tuple[str, str], bool] = Memory(
            size=SHARED, seconds=HASTE, clock=clock
        )

    @contextmanager
    def once(self, command: Command, place: str) -> Iterator[bool]:
        """Yield whether a command may be carried out: it does not share what was shared just now.

        What fails may be tried again at once. The word alone names no answer, and is no button.
        """
        is_button = isinstance(command, Share) and command.answer
        is_first = not is_button or self._shared.is_new(_key(command, place), value=True)
        try:
            yield is_first
        except BaseException:
            if is_first:
                self.forget(command, place)
            raise

    def forget(self, command: Command, place: str) -> None:
        """Forget what was to be shared and was not."""
        self._shared.forget(_key(command, place))


def _key(command: Command, place: str) -> tuple[str, str]:
    return (command.answer if isinstance(command, Share) else "", place)
