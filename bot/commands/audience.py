"""Whom a reply is for, where others read along: everybody there, or the asker alone.

A command and a menu are answered to the asker anyway; a mention in a channel is answered to all
but for what is said here. Adapters obey it and decide nothing of their own.
"""

from datetime import UTC, datetime

from bot.messages import Changed, Command, Listing, Problem, Reply, SourceFile, WholeDocument
from bot.registry import BY_COMMAND
from retrieval import Document, Status


def is_for_asker(command: Command, reply: Reply, *, may_use: bool) -> bool:
    """Say whether nobody but the asker is to see a reply.

    So it is with words whose replies are theirs alone, with what is said to who may not use a word
    or asks too often, and with documents that only moderators know of.
    """
    if BY_COMMAND[type(command)].for_asker:
        return True
    match reply:
        case Problem():
            return reply.is_private or not may_use
        case Listing():
            return any(map(_is_hidden, reply.documents))
        case SourceFile() | WholeDocument():
            return _is_hidden(reply.document)
        case Changed():
            documents = [outcome.document for outcome in reply.outcomes]
            return reply.tells_of_held or any(map(_is_under_embargo, documents))
        case _:
            return False


def _is_hidden(document: Document) -> bool:
    return document.status is not Status.LIVE


def _is_under_embargo(document: Document) -> bool:
    """Say whether a document is held, or was when it was taken out."""
    until = document.hold_until
    return document.status is Status.HELD or (until is not None and until > datetime.now(UTC))
