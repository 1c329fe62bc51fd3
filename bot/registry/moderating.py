"""The moderators' words: what changes the coverage, and its trail."""

from typing import Final

from bot import messages
from bot.registry.arguments import DETAILS, DOCUMENT
from bot.registry.entry import Argument, Entry, Kind

MODERATING: Final[tuple[Entry, ...]] = (
    Entry(
        "add",
        messages.Add,
        "Add files to the coverage.",
        DETAILS,
        takes_files=True,
        moderators_only=True,
    ),
    Entry(
        "replace",
        messages.Replace,
        "Put a file in the place of the document of its name; the older version is kept.",
        (
            Argument("file", Kind.FILE, "the document's name, if not the file's", required=False),
            *DETAILS,
        ),
        takes_files=True,
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
        "Bring a removed document back.",
        (DOCUMENT,),
        moderators_only=True,
    ),
    Entry(
        "history",
        messages.ShowHistory,
        "Show who changed what and when, for all documents or for one.",
        (Argument("file", Kind.FILE, "the document's file name", required=False),),
        moderators_only=True,
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
    ),
)
