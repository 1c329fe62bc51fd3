"""Rich text as a section with markup, where it says the same.

Sections are drawn by everything that shows Slack's messages, rich text not yet by all of it:
exports, mirrors, servers to test with. But markup has no way to say that an asterisk is an
asterisk: a text in which anything could be taken for it stays rich text.
"""

import regex

from bot.rendering.slack_blocks.limits import SECTION_TEXT, Block, escaped

_TAKEN_FOR_MARKUP = regex.compile(r"[*~`]|(?<!\w)_|_(?!\w)|:[\w+'-]+:")
_BESIDE = " \n.,;:!?()\"'-/"
"""What may stand beside a mark: anything else could make it a part of the word."""
MARKS = {"bold": "*", "italic": "_", "strike": "~"}


def to_section(block: Block) -> Block | None:
    """Return a rich text block as a section, None where markup cannot say the same."""
    lines = [_line(part) for part in block["elements"]]
    if any(line is None for line in lines):
        return None
    text = "\n".join(line or "" for line in lines)
    if len(text.encode("utf-16-le")) // 2 > SECTION_TEXT:
        return None
    shown = {"type": "mrkdwn", "text": text, "verbatim": True}
    return {"type": "section", "text": shown, "expand": True}


def _line(part: Block) -> str | None:
    """Return a paragraph or a quotation in markup, None where that cannot be."""
    runs = part["elements"]
    whole = "".join(run["text"] for run in runs)
    if _TAKEN_FOR_MARKUP.search(whole) or whole != whole.strip():
        return None
    text, at = "", 0
    for run in runs:
        end = at + len(run["text"])
        mark = "".join(MARKS[style] for style in run.get("style", ()))
        if mark and (not _stands_apart(whole, at, end) or ("_" in mark and "_" in run["text"])):
            return None  # a file's name has underscores, which are marks within others
        text += f"{mark}{escaped(run['text'])}{mark[::-1]}"
        at = end
    return "> " + text.replace("\n", "\n> ") if part["type"] == "rich_text_quote" else text


def _stands_apart(whole: str, start: int, end: int) -> bool:
    """Say whether marks around a piece of a text would be read as marks."""
    piece = whole[start:end]
    is_whole = piece == piece.strip() and "\n" not in piece
    before, after = whole[start - 1 : start] if start else "", whole[end : end + 1]
    return is_whole and before in _BESIDE and after in _BESIDE
