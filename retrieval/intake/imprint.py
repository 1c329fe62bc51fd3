"""The imprint: a line under the headline with the paper, the day or both.

“Harbour Gazette, March 4, 2025”. A name in front of a date may be a place instead, as in “New York,
March 4, 2025”; it is an outlet only where a word in it says so.
"""

import regex

from retrieval.intake import dates

LIMIT = 80
"""Characters; a longer line is none."""

_WORD = r"(?:\p{Lu}|[dl]['’]\p{Lu})[\p{L}\p{M}\p{N}&.'’-]*"
_NAME = rf"(?P<name>{_WORD}(?: (?:{_WORD}|and|of|the|de|del|della|der|des|di|du|la|le)){{0,5}})"
_IMPRINT = regex.compile(rf"{_NAME}(?:,| ?[|·•–—-]) (?P<date>\S.*)")
_NAME_ALONE = regex.compile(_NAME)
_PAPER = regex.compile(
    r"\b(?:Advertiser|Agency|Anzeiger|Argus|Blade|Bulletin|Chronicle|Correo|Corriere|Courier"
    r"|Courrier|Daily|Dépêche|Diario|Diário|Dispatch|Echo|Enquirer|Examiner|Express|Figaro|Gazette"
    r"|Gazzetta|Globe|Guardian|Herald|Inquirer|Journal|Kurier|Magazine|Mirror|Monde|Nachrichten"
    r"|News|Newspaper|Observer|País|Periódico|Post|Press|Presse|Radio|Record|Register|Repubblica"
    r"|Rundschau|Sentinel|Spiegel|Standard|Tageblatt|Tagblatt|Tageszeitung|Telegraaf|Telegraph"
    r"|Times|Tribune|Vanguardia|Weekly|Zeitung)\b|(?:zeitung|blatt|nachrichten)\b"
)


def is_dated(line: str) -> bool:
    """Say whether a line is a name and a date behind it, and nothing else."""
    match = _IMPRINT.fullmatch(line) if len(line) <= LIMIT else None
    return match is not None and dates.is_dated_line(match["date"])


def outlet_in(line: str) -> str | None:
    """Return the paper that a line names, with a date or alone; None where it names none."""
    if len(line) > LIMIT:
        return None
    match = _IMPRINT.fullmatch(line) if is_dated(line) else _NAME_ALONE.fullmatch(line)
    return match["name"] if match and _PAPER.search(match["name"]) else None
