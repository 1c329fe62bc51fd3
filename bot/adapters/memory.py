"""A memory of bounded size, whose things are forgotten when their time has come."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """Keeps up to ``size`` values for ``seconds`` each; the oldest one makes room for a new one."""

    def __init__(
        self, *, size: int, seconds: float, clock: Callable[[], float] = monotonic
    ) -> None:
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._kept: OrderedDict[K, tuple[float, V]] = OrderedDict()

    def keep(self, key: K, value: V) -> None:
        """Keep a value in the place of the key's former one."""
        self._kept.pop(key, None)
        self._kept[key] = (self._clock() + self._seconds, value)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def get(self, key: K) -> V | None:
        """Return the key's value, None where it was forgotten."""
        until, value = self._kept.get(key, (0.0, None))
        return value if until > self._clock() else None

    def forget(self, key: K) -> None:
        """Keep the key's value no more."""
        self._kept.pop(key, None)

    def is_new(self, key: K, value: V) -> bool:
        """Keep a value where the key has none; say whether that was so."""
        if self.get(key) is not None:
            return False
        self.keep(key, value)
        return True
