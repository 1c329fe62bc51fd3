"""Which function carries out which command; a command that none does is found by mypy."""

from typing import TYPE_CHECKING, assert_never

from bot.commands import (
    ask,
    documents,
    helping,
    moderation,
    passages,
    people,
    quotes,
    setting_right,
    trail,
)
from bot.house_style import HouseStyle
from bot.messages import (
    Add,
    Ask,
    CheckDraft,
    Cite,
    Command,
    Context,
    Copies,
    Correct,
    Edit,
    Help,
    Helpful,
    ListDocuments,
    More,
    Privacy,
    Quote,
    Remove,
    Replace,
    Reply,
    Report,
    Request,
    Restore,
    Retract,
    Said,
    Share,
    Show,
    ShowHistory,
    ShowStatus,
    Source,
    Undo,
    Unhelpful,
    Verify,
    Why,
)
from bot.web import public_web
from retrieval import Library

if TYPE_CHECKING:
    from bot.web.fetching import Web


async def dispatch(  # noqa: C901, PLR0911, PLR0912 - one line per command
    command: Command,
    request: Request,
    library: Library,
    *,
    moderates: bool,
    web: "Web | None",
    house_style: HouseStyle,
) -> Reply:
    """Return the reply to a command of somebody who may use it.

    Who ``moderates`` sees more; pages are fetched from ``web``, without one from the public one.
    """
    match command:
        case Ask():
            return await ask.ask(command, request, library)
        case Why():
            return await ask.why(command, request, library)
        case More():
            return await ask.more(command, request, library)
        case Share():
            return await ask.share(command, request, library)
        case Helpful() | Unhelpful():
            return await ask.rate(command, request, library)
        case Context():
            return await passages.context(command, request, library)
        case Verify():
            return await passages.verify(command, request, library)
        case Quote():
            return await quotes.quote(command, request, library)
        case Said():
            return await quotes.said(command, request, library)
        case Copies():
            return await quotes.copies(command, request, library)
        case Cite():
            return await quotes.cite(command, request, library, house_style)
        case CheckDraft():
            return await quotes.check_draft(command, request, library)
        case Source():
            return await documents.source(command, request, library, moderates=moderates)
        case ListDocuments():
            return await documents.list_documents(command, request, library, moderates=moderates)
        case Show():
            return await documents.show(command, request, library, moderates=moderates)
        case ShowStatus():
            return await documents.status(request, library)
        case Help():
            return helping.help_text(command, moderates=moderates)
        case Add():
            return await moderation.add(command, request, library, web or public_web())
        case Replace():
            return await moderation.replace(command, request, library)
        case Edit():
            return await setting_right.edit(command, request, library)
        case Correct():
            return await setting_right.correct(command, request, library)
        case Retract():
            return await setting_right.retract(command, request, library)
        case Undo():
            return await setting_right.undo(command, request, library)
        case Remove():
            return await moderation.remove(command, request, library)
        case Restore():
            return await moderation.restore(command, request, library)
        case ShowHistory():
            return await trail.history(command, request, library)
        case Privacy():
            return await people.privacy(command, request, library)
        case Report():
            return await people.report(request, library)
        case _:
            assert_never(command)
