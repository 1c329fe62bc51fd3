"""The desk: a request in, a reply out, never silence; who may do what is decided here."""

import logging
import secrets
from collections.abc import AsyncIterator, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.commands import audience, completing, moderation, numbered, trouble
from bot.commands.dispatch import dispatch
from bot.house_style import HouseStyle
from bot.messages import (
    Add,
    Changed,
    Command,
    Correct,
    Edit,
    Problem,
    Remove,
    Reply,
    Request,
    Restore,
    Retract,
    Show,
    Source,
)
from bot.parsing import to_command
from bot.registry import BY_COMMAND
from retrieval import Accepted, Completion, Incoming, Library, LibraryError, NoSuchDocument

if TYPE_CHECKING:
    from bot.web.fetching import Web

DEFAULT_HOUSE_STYLE = HouseStyle()
BUSY = "Too many people ask at this moment; ask again in half a minute."
A_MONTH = timedelta(days=30)
"""As long as the answers themselves are kept."""

log = logging.getLogger("newsdesk")


class Desk:
    """Carries out what people ask for, on any platform.

    ``moderators`` names, for each platform, the users, roles and groups that may moderate; pages
    are fetched from ``web``, by default the public one.
    """

    def __init__(
        self,
        library: Library,
        moderators: Mapping[str, frozenset[str]],
        web: "Web | None" = None,
        *,
        house_style: HouseStyle = DEFAULT_HOUSE_STYLE,
    ) -> None:
        self._library = library
        self._moderators = moderators
        self._web = web
        self._house_style = house_style

    async def handle(self, request: Request) -> Reply:
        """Return the reply to a request's text; every text gets one."""
        command = to_command(request.text, with_files=bool(request.attachments))
        return await self.carry_out(command, request)

    async def carry_out(self, command: Command, request: Request) -> Reply:
        """Return the reply to a command, whatever happens while it is carried out."""
        try:
            refusal = await self._refusal(command, request)
            if refusal:
                return refusal
            meant = await numbered.with_receipt(command, request, self._library)
            return await dispatch(
                meant,
                request,
                self._library,
                moderates=self.may_moderate(request),
                web=self._web,
                house_style=self._house_style,
            )
        except NoSuchDocument as error:
            return Problem(await self._not_there(error, command, request))
        except LibraryError as error:
            trouble.note(error, request)
            return Problem(str(error))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("request failed, reference %s", reference)
            may_change = BY_COMMAND[type(command)].moderators_only
            what_stands = "history says what was changed" if may_change else "nothing was changed"
            return _unexpected(reference, what_stands)

    def shed(self, command: Command, request: Request) -> Problem:  # noqa: ARG002 - for the guard
        """Return that too many requests wait, for an adapter that has a queue of its own."""
        return Problem(BUSY, is_private=True)

    async def completions(
        self, kind: str, typed: str, request: Request, word: str = ""
    ) -> list[Completion]:
        """Return the files, outlets or authors that may be meant by what is typed so far.

        ``word`` is what is being typed: moderators restore what is out, and find what is held.
        """
        moderates = self.may_moderate(request)
        return await completing.completions(
            kind, typed, word, request, self._library, moderates=moderates
        )

    @property
    def accepted(self) -> Accepted:
        """Return where adapters keep what they accepted until it is answered."""
        return self._library.accepted

    def is_for_asker(self, command: Command, reply: Reply, request: Request) -> bool:
        """Say whether nobody but the asker is to see a reply, also where all heard the question."""
        may_use = not BY_COMMAND[type(command)].moderators_only or self.may_moderate(request)
        return audience.is_for_asker(command, reply, may_use=may_use)

    async def note(
        self, platform: str, key: str, value: str, asker: str, keep: timedelta = A_MONTH
    ) -> None:
        """Keep something of an adapter's over a restart; where that cannot be, all goes on.

        With what else is kept about the asker it is erased.
        """
        try:
            await self._library.notebook.write(platform, key, value, keep, asker=asker)
        except LibraryError:
            log.exception("something could not be kept over a restart")

    async def noted(self, platform: str, key: str) -> str | None:
        """Return what was kept under a key, None where it is not (any more)."""
        try:
            return await self._library.notebook.read(platform, key)
        except LibraryError:
            log.exception("what was kept over a restart could not be read")
            return None

    async def add_all(
        self,
        sources: Iterable[Incoming | LibraryError],
        request: Request,
        *,
        hold_until: datetime | None = None,
    ) -> AsyncIterator[Changed | Problem]:
        """Add many documents; yield what became of each, and a Problem where all ends early."""
        try:
            if refusal := await self._refusal(Add(), request):
                yield refusal
                return
            async for changed in moderation.add_all(
                sources, request, self._library, hold_until=hold_until
            ):
                yield changed
        except LibraryError as error:
            yield Problem(str(error))
        except Exception:
            reference = secrets.token_hex(4)
            log.exception("request failed, reference %s", reference)
            yield _unexpected(reference, "what was added stays")

    async def _refusal(self, command: Command, request: Request) -> Problem | None:
        """Return why the sender may not use a command, None where they may."""
        entry = BY_COMMAND[type(command)]
        if not entry.moderators_only or self.may_moderate(request):
            return None
        file = getattr(command, "file", "") or "-"
        await self._library.refused(entry.word, file, request.space, moderation.actor_of(request))
        if request.space is None:
            return Problem("Only the operator changes shared documents, on the command line.")
        return Problem(f"Only moderators may use {entry.word}; ask one of them to do it.")

    def may_moderate(self, request: Request) -> bool:
        """Say whether the sender may change the documents of the request's space."""
        sender = request.sender
        if sender.is_operator:
            return True
        named = self._moderators.get(request.platform, frozenset())
        return request.space is not None and (
            sender.manages_space or not named.isdisjoint({sender.id, *sender.roles})
        )

    async def _not_there(self, error: NoSuchDocument, command: Command, request: Request) -> str:
        """Return what to say of a document that is not there."""
        match command:
            case Show() | Source() | Edit() | Correct() | Retract() | Remove() | Restore():
                return await completing.not_there(
                    error,
                    command.file,
                    BY_COMMAND[type(command)].word,
                    request,
                    self._library,
                    moderates=self.may_moderate(request),
                )
            case _:
                return str(error)


def _unexpected(reference: str, what_stands: str) -> Problem:
    """Return the sentence on what nobody expected, and the log has under a reference."""
    return Problem(
        f"Something went wrong on our side; {what_stands}. "
        f"The operator finds it in the log under {reference}."
    )
