"""The words of the quote desk: who said what, in which words, and where else it stands."""

from typing import Final

from bot import messages
from bot.registry.arguments import FILTERS, RECEIPT
from bot.registry.entry import Argument, Entry, Kind

QUOTING: Final[tuple[Entry, ...]] = (
    Entry(
        "quote",
        messages.Quote,
        "Check a quotation against the whole coverage, word by word.",
        (
            Argument("quote", Kind.TEXT, "the words that are said to have been said"),
            Argument(
                "speaker", Kind.TEXT, "who is said to have said it", required=False, option=True
            ),
        ),
    ),
    Entry(
        "said",
        messages.Said,
        "Show what a person said, word for word, and where: said Sessions about police.",
        (Argument("person", Kind.TEXT, "the person, and “about” a topic where you like"),),
        filters=FILTERS,
        filtered="person",
    ),
    Entry(
        "copies",
        messages.Copies,
        "Show where else a cited passage and its quotations stand, and on how many origins.",
        (RECEIPT,),
    ),
    Entry(
        "cite",
        messages.Cite,
        "Give a citation line to paste, in house style.",
        (RECEIPT,),
    ),
    Entry(
        "checkdraft",
        messages.CheckDraft,
        "Check every quotation and figure of a draft, which is not kept; only you see what comes "
        "of it.",
        (Argument("text", Kind.TEXT, "the draft, where no file is attached", required=False),),
        takes_files=True,
        for_asker=True,
    ),
)
