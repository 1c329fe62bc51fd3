"""Arguments that several words have."""

from typing import Final

from bot.registry.entry import Argument, Kind

DETAILS: Final = (  # of each of these “-” says that it is not known
    Argument("title", Kind.TEXT, "its title, if not the text's own", required=False, option=True),
    Argument("outlet", Kind.TEXT, "who published it", required=False, option=True),
    Argument("author", Kind.TEXT, "who wrote it", required=False, option=True),
    Argument(
        "published",
        Kind.TEXT,
        "date of publication, like 2017-08-01",
        required=False,
        option=True,
    ),
    Argument(
        "language", Kind.TEXT, "its language, such as german or de", required=False, option=True
    ),
    Argument(
        "hold_until",
        Kind.TEXT,
        "embargo until then, like 2026-12-24T18:00 in UTC, or 2026-12-24T18:00+01:00",
        required=False,
        option=True,
    ),
)
PAGE: Final = Argument("page", Kind.NUMBER, "page to show", required=False, option=True)
DOCUMENT: Final = Argument("file", Kind.FILE, "the document's file name, as list shows it")
RECEIPT: Final = Argument(
    "receipt",
    Kind.RECEIPT,
    "the receipt under a citation, its start, or the number before it in your last answer here",
)
ANSWER: Final = Argument("answer", Kind.ANSWER, "the answer's id", required=False)


def _filter(name: str, kind: Kind, text: str) -> Argument:
    return Argument(name, kind, text, required=False, option=True)


FILTERS: Final = (
    _filter("in", Kind.FILE, "only documents of this file name, or with this in their names"),
    _filter("from", Kind.TEXT, "only documents of this outlet"),
    _filter("by", Kind.TEXT, "only documents of this author"),
    _filter("since", Kind.TEXT, "only documents since this day, month or year: 2017-08-01"),
    _filter("until", Kind.TEXT, "only documents until this day, month or year: 2018"),
)
