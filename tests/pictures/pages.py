"""An answer as Slack and Discord would show it, as a web page: the real messages, our own look."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Part = Mapping[str, Any]

STYLE = """
body { margin: 0; padding: 16px; width: 688px; font: 15px/1.46 "Liberation Sans", sans-serif; }
.who { font-weight: bold; } .badge { font-size: 10px; padding: 1px 4px; border-radius: 3px; }
.asked { margin-bottom: 14px; }
.quote { border-left: 4px solid; padding-left: 10px; margin: 3px 0; }
.small { font-size: 12.5px; } .row { display: flex; gap: 8px; margin: 6px 0 12px; }
.part { display: flex; justify-content: space-between; gap: 16px; margin: 4px 0; }
.button { border-radius: 4px; padding: 4px 12px; font-size: 13px; font-weight: bold; height: 20px;
  white-space: nowrap; }
"""
SLACK = """
body { background: #fff; color: #1d1c1d; } .quote { border-color: #ddd; } .small { color: #616061; }
.badge { background: #ddd; color: #616061; } .button { border: 1px solid #bbb; color: #1d1c1d; }
"""
DISCORD = """
body { background: #313338; color: #dbdee1; } .quote { border-color: #4e5058; }
.small { color: #b5bac1; } .badge { background: #5865f2; color: #fff; }
.button { background: #4e5058; color: #fff; } .box { background: #2b2d31; border-radius: 8px;
  border-left: 4px solid #2ecc71; padding: 12px 14px; }
"""


def page(style: str, asker: str, question: str, parts: Iterable[str]) -> str:
    """Return a page with a question and the parts of the answer to it."""
    return (
        f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><style>{STYLE}{style}</style>'
        f'<div class="asked"><span class="who">{html.escape(asker)}</span>'
        f"<br>@Newsdesk {html.escape(question)}</div>"
        f'<span class="who">Newsdesk</span> <span class="badge">APP</span>{"".join(parts)}</html>'
    )


# Slack


def slack_parts(blocks: Sequence[Part]) -> Iterator[str]:
    """Yield the blocks of a Slack message."""
    for block in blocks:
        match block["type"]:
            case "section":
                beside = [block["accessory"]] if "accessory" in block else []
                yield _part(_mrkdwn(block["text"]["text"]), map(_slack_button, beside))
            case "context":
                texts = " ".join(html.escape(one["text"]) for one in block["elements"])
                texts = texts.replace("\n", "<br>")
                yield f'<div class="small">{texts}</div>'
            case "actions":
                yield _row(map(_slack_button, block["elements"]))
            case "context_actions":
                [feedback] = block["elements"]
                labels = (
                    feedback[f"{one}_button"]["text"]["text"] for one in ("positive", "negative")
                )
                yield _row(labels)
            case other:
                raise ValueError(f"There is no picture of {other}.")


def _slack_button(element: Part) -> str:
    return element["text"]["text"] if element["type"] == "button" else "⋯"


def _mrkdwn(text: str) -> str:
    """Return Slack's markup as HTML; its texts have HTML's own escapes already."""
    bold = re.sub(r"(?<!\w)\*([^*\n]+)\*(?!\w)", r"<b>\1</b>", text.replace("\u200b", ""))
    return _lines(re.sub(r"^&gt;", ">", bold, flags=re.MULTILINE))


# Discord


def discord_parts(components: Sequence[Part]) -> Iterator[str]:
    """Yield the components of a Discord message; discord.com/developers/docs/components."""
    for one in components:
        match one["type"]:
            case 17:
                yield f'<div class="box">{"".join(discord_parts(one["components"]))}</div>'
            case 10:
                yield f"<div>{_markdown(one['content'])}</div>"
            case 1:
                yield _row(button["label"] for button in one["components"])
            case other:
                raise ValueError(f"There is no picture of {other}.")


def _markdown(text: str) -> str:
    """Return Discord's markup as HTML."""
    shown = html.escape(text, quote=False)
    shown = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", shown)
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)
    return _lines(re.sub(r"^&gt;", ">", shown, flags=re.MULTILINE))


# Both


def _lines(text: str) -> str:
    """Return lines of which some are quoted and some are small."""
    return "".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    if line.startswith("> "):
        return f'<div class="quote">{line[2:]}</div>'
    if line.startswith("-# "):
        return f'<div class="small">{line[3:]}</div>'
    return f"<div>{line}</div>"


def _part(text: str, buttons: Iterable[str]) -> str:
    return f'<div class="part"><div>{text}</div>{"".join(map(_button, buttons))}</div>'


def _row(buttons: Iterable[str]) -> str:
    return f'<div class="row">{"".join(map(_button, buttons))}</div>'


def _button(label: str) -> str:
    return f'<div class="button">{html.escape(label)}</div>'
