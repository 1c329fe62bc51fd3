"""The words that everyone may use: asking, reading and checking."""

from typing import Final

from bot import messages
from bot.registry.arguments import ANSWER, DOCUMENT, FILTERS, RECEIPT
from bot.registry.entry import Argument, Entry, Kind

ASKING: Final[tuple[Entry, ...]] = (
    Entry(
        "ask",
        messages.Ask,
        "Ask the coverage; the answer is the passages that say it, word for word.",
        (Argument("question", Kind.TEXT, "the question, in plain words"),),
        filters=FILTERS,
    ),
    Entry(
        "why",
        messages.Why,
        "Say what an answer rests on: which words matched where, and with what weight.",
        (
            Argument(
                "about",
                Kind.CITED,
                "a receipt or number of your last answer here, all of it without; in the terminal"
                " also a question",
                required=False,
            ),
        ),
    ),
    Entry(
        "more",
        messages.More,
        "Show the passages after those of your last answer here.",
        (ANSWER,),
    ),
    Entry(
        "share",
        messages.Share,
        "Show your last private answer to everybody here.",
        (ANSWER,),
    ),
    Entry(
        "helpful",
        messages.Helpful,
        "Say that your last answer here helped; moderators see where answers are missing.",
        (ANSWER,),
    ),
    Entry(
        "unhelpful",
        messages.Unhelpful,
        "Say that your last answer here did not help.",
        (ANSWER,),
    ),
    Entry(
        "context",
        messages.Context,
        "Show the passages before and after a cited one.",
        (RECEIPT,),
    ),
)

READING: Final[tuple[Entry, ...]] = (
    Entry(
        "source",
        messages.Source,
        "Get a document's file as it was received.",
        (
            Argument(
                "file",
                Kind.FILE,
                "the document's file name, or a citation's receipt or number",
            ),
        ),
        more_for_moderators=True,
    ),
    Entry(
        "list",
        messages.ListDocuments,
        "List the documents, newest first.",
        (
            Argument("page", Kind.NUMBER, "page of the list", required=False),
            Argument(
                "title", Kind.TEXT, "only titles with these words", required=False, option=True
            ),
            Argument(
                "sort",
                Kind.TEXT,
                "published (newest first, as it is), added (newest first) or name",
                required=False,
                option=True,
            ),
            Argument(
                "status",
                Kind.TEXT,
                "live; for moderators also removed, retracted or held",
                required=False,
                option=True,
            ),
        ),
        filters=FILTERS,
        filtered="filters",
        more_for_moderators=True,
    ),
    Entry(
        "show",
        messages.Show,
        "Show a document, paragraph by paragraph.",
        (DOCUMENT,),
        more_for_moderators=True,
    ),
    Entry("status", messages.ShowStatus, "Say how much the coverage holds and how fresh it is."),
    Entry(
        "help",
        messages.Help,
        "Say what can be asked, or explain one word.",
        (Argument("word", Kind.WORD, "a word of this list", required=False),),
        more_for_moderators=True,
    ),
    Entry(
        "verify",
        messages.Verify,
        "Check a citation by its receipt: unchanged, changed, withdrawn or unknown.",
        (RECEIPT,),
    ),
    Entry(
        "privacy",
        messages.Privacy,
        "Say what is kept about you; “privacy delete” erases it.",
        (
            Argument(
                "what",
                Kind.CHOICE,
                "“delete” to erase what is kept about you",
                required=False,
                choices=("delete",),
            ),
        ),
        for_asker=True,
    ),
)
