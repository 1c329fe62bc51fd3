"""Running the bot: each platform in a task of its own, started anew when it falls.

What only the operator can mend, such as a wrong token, ends a platform and not the others; what
may pass is tried again, at first after a second, then more and more seldom, for ever.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    wait_random_exponential,
)

from bot.adapters.platform import Platform, PlatformAway, PlatformProblem
from bot.observing.metrics import Metrics

log = logging.getLogger("newsdesk")

NO_PLATFORM = (
    "No platform's tokens are set: SLACK_BOT_TOKEN with SLACK_APP_TOKEN or SLACK_SIGNING_SECRET, "
    "or DISCORD_TOKEN; deploy/README.md says where they come from."
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for what; all in seconds."""

    first: float = 1.0
    """Before a platform that fell is started anew for the first time."""
    longest: float = 300.0
    """Before it is started anew after many falls."""
    lasting: float = 300.0
    """For which a platform must have run to be started anew as if it had never fallen."""
    connecting: float = 60.0
    closing: float = 10.0
    """For what is being answered when the bot is told to stop."""


PATIENCE = Patience()


@contextmanager
def alone(database: Path, platforms: Sequence[Platform]) -> Iterator[None]:
    """Be the one process that answers on these platforms from a database, and refuse a second.

    Two on Discord would both answer every question. Raises PlatformProblem.
    """
    with ExitStack() as locks:
        for platform in platforms:
            path = database.with_name(f"{database.name}.{platform.name}")
            try:
                locks.enter_context(FileLock(path, timeout=0))
            except Timeout as error:
                raise PlatformProblem(
                    f"Another newsdesk run answers on {platform.name} from this database already; "
                    "stop it first."
                ) from error
            except OSError as error:
                raise PlatformProblem(
                    f"{path} cannot be opened; delete it, and let one user run newsdesk."
                ) from error
        yield


class PlatformEnded(Exception):
    """A platform stopped serving although nobody told it to."""


class Supervisor:
    """Keeps platforms up until it is told to stop.

    ``tell`` is given a sentence for the operator whenever a platform comes, falls or is given up.
    """

    def __init__(
        self,
        platforms: Sequence[Platform],
        metrics: Metrics,
        tell: Callable[[str], None] = lambda _: None,
        patience: Patience = PATIENCE,
    ) -> None:
        self._platforms = platforms
        self._metrics = metrics
        self._tell = tell
        self._patience = patience
        self._stop = asyncio.Event()
        self._up = dict.fromkeys((platform.name for platform in platforms), False)

    @property
    def standing(self) -> Mapping[str, bool]:
        """Return of each platform whether it is connected."""
        return dict(self._up)

    def stop(self) -> None:
        """Let the platforms finish what they are answering, and end."""
        self._stop.set()

    async def run(self) -> None:
        """Answer on all platforms until ``stop`` is called.

        Raises PlatformProblem where there is none, or where none is left that can be used.
        """
        if not self._platforms:
            raise PlatformProblem(NO_PLATFORM)
        problems = await asyncio.gather(*map(self._keep_up, self._platforms))
        if not self._stop.is_set():
            raise PlatformProblem(" ".join(str(problem) for problem in problems))

    async def _keep_up(self, platform: Platform) -> PlatformProblem | None:
        """Keep one platform up; return why it cannot be used, None where it was told to stop."""
        while not self._stop.is_set():
            trying = AsyncRetrying(
                retry=retry_if_exception(_may_pass),
                wait=wait_random_exponential(
                    min=self._patience.first,
                    multiplier=2 * self._patience.first,
                    max=self._patience.longest,
                ),
                sleep=self._pause,
                before_sleep=self._fell,
                reraise=True,
            )
            try:
                await trying(self._live, platform)
            except PlatformProblem as problem:
                log.exception("platform given up", extra={"platform": platform.name})
                if len(self._platforms) > 1:  # else it is the sentence with which all ends
                    self._tell(f"{platform.name} is given up: {problem}")
                return problem
        return None

    async def _pause(self, seconds: float) -> None:
        """Wait, and not longer than until the end."""
        stopping = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait([stopping], timeout=seconds)
        stopping.cancel()

    def _fell(self, state: RetryCallState) -> None:
        """Report that a platform fell."""
        [platform] = state.args
        error = state.outcome.exception() if state.outcome else None
        wait = state.next_action.sleep if state.next_action else 0.0
        log.error(
            "platform fell",
            extra={"platform": platform.name, "seconds": round(wait, 1)},
            exc_info=error,
        )
        self._metrics.falls.labels(platform.name).inc()
        why = f": {error}" if isinstance(error, PlatformAway) else "; the log says why."
        self._tell(f"{platform.name} fell and is started anew in {wait:.0f} s{why}")

    async def _live(self, platform: Platform) -> None:
        """Connect a platform and serve until it is told to stop; raise why it fell.

        One that had run for long returns instead: it is started anew at once.
        """
        if self._stop.is_set():
            return
        loop = asyncio.get_running_loop()
        began = loop.time()
        serving = asyncio.create_task(self._serve(platform))
        stopping = asyncio.create_task(self._stop.wait())
        try:
            await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            await self._end(platform, serving)
        if self._stop.is_set():
            return
        error = None if serving.cancelled() else serving.exception()
        error = error or PlatformEnded(f"{platform.name} stopped serving")
        if not _may_pass(error) or loop.time() - began < self._patience.lasting:
            raise error
        log.error("platform fell", extra={"platform": platform.name}, exc_info=error)
        self._metrics.falls.labels(platform.name).inc()

    async def _serve(self, platform: Platform) -> None:
        async with asyncio.timeout(self._patience.connecting):
            await platform.connect()
        self._set_up(platform, is_up=True)
        self._tell(f"{platform.name} is connected.")
        await platform.serve()

    async def _end(self, platform: Platform, serving: "asyncio.Task[None]") -> None:
        """Close a platform, and end what is left of it when the time for that is over."""
        try:
            async with asyncio.timeout(self._patience.closing):
                await platform.close()
        except TimeoutError:
            log.warning("platform closed late", extra={"platform": platform.name})
        except Exception:
            log.exception("platform could not be closed")
        finally:
            self._set_up(platform, is_up=False)
            serving.cancel()
            await asyncio.wait([serving])

    def _set_up(self, platform: Platform, *, is_up: bool) -> None:
        self._up[platform.name] = is_up
        self._metrics.up.labels(platform.name).set(is_up)
        log.info(
            "platform %s", "connected" if is_up else "closed", extra={"platform": platform.name}
        )


def _may_pass(error: BaseException) -> bool:
    """Say whether trying again may help, or only the operator can."""
    return isinstance(error, PlatformAway) or not isinstance(error, PlatformProblem)
