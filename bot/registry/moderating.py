"""The moderators' words: what changes the coverage, and its trail."""

from typing import Final

from bot import messages
from bot.registry.arguments import DETAILS, DOCUMENT, PAGE
from bot.registry.entry import Argument, Entry, Kind

MODERATING: Final[tuple[Entry, ...]] = (
    Entry(
        "add",
        messages.Add,
        "Add files, or pages of the web by their addresses, to the coverage; - for a detail says "
        "that it is not known.",
        (
            Argument("address", Kind.ADDRESS, "the page's address, https://…", required=False),
            *DETAILS,
        ),
        takes_files=True,
        moderators_only=True,
    ),
    Entry(
        "replace",
        messages.Replace,
        "Put a file in the place of the document of its name; the older version is kept.",
        (
            Argument(
                "file", Kind.FILE, "the document's file name, if not the new file's", required=False
            ),
            *DETAILS,
        ),
        takes_files=True,
        moderators_only=True,
    ),
    Entry(
        "edit",
        messages.Edit,
        "Set right what was understood of a document: title, outlet, author, date, language; - "
        "takes one out. A later version keeps what you gave.",
        (DOCUMENT, *DETAILS),
        moderators_only=True,
    ),
    Entry(
        "correct",
        messages.Correct,
        "Show a note with every citation of a document.",
        (
            DOCUMENT,
            Argument(
                "note",
                Kind.TEXT,
                "what is corrected; - takes the note back",
                required=False,
                option=True,
                needed=True,
            ),
        ),
        moderators_only=True,
    ),
    Entry(
        "retract",
        messages.Retract,
        "Withdraw a document: it answers no more, and its receipts say who withdrew it, when and "
        "why. Restore brings it back.",
        (
            DOCUMENT,
            Argument(
                "reason",
                Kind.TEXT,
                "why; everybody may read it",
                required=False,
                option=True,
                needed=True,
            ),
        ),
        moderators_only=True,
    ),
    Entry(
        "remove",
        messages.Remove,
        "Take a document out of the coverage; restore brings it back.",
        (DOCUMENT,),
        moderators_only=True,
    ),
    Entry(
        "restore",
        messages.Restore,
        "Bring a removed or retracted document back.",
        (DOCUMENT,),
        moderators_only=True,
    ),
    Entry(
        "undo",
        messages.Undo,
        "Take back what the last message changed, with all its files, or the last change of one "
        "document; a second undo brings it back.",
        (Argument("file", Kind.FILE, "the document's file name", required=False),),
        moderators_only=True,
    ),
    Entry(
        "history",
        messages.ShowHistory,
        "Show who changed what and when, for all documents or for one.",
        (Argument("file", Kind.FILE, "the document's file name", required=False), PAGE),
        moderators_only=True,
        for_asker=True,
    ),
    Entry(
        "report",
        messages.Report,
        "Show the questions that found nothing here, or nothing that helped.",
        (
            Argument(
                "what",
                Kind.CHOICE,
                "“gaps”, which is what is shown without it",
                required=False,
                choices=("gaps",),
            ),
        ),
        moderators_only=True,
        for_asker=True,
    ),
)
