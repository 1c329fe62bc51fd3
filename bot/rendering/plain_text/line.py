"""A line of output, and the small phrases that many replies share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rich.text import Text

from bot.rendering.segments import safe
from retrieval import Progress

MATCH = "bold"
DIM = "dim"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of output; it wraps below its own indentation."""

    text: Text = field(default_factory=Text)
    indent: int = 0


def line(text: str, style: str = "", indent: int = 0) -> Line:
    """Return a line of a text that is made safe to show."""
    return Line(Text(safe(text), style=style), indent)


def count(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where that is due."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them; one at least."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last


def day(moment: datetime) -> str:
    """Return a moment to the minute."""
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def reading_sentence(progress: Progress | None = None) -> str:
    """Return that not all is read for quotations and copies; how far it is, for the operator."""
    figures = f" ({progress.followed:,} of {progress.changes:,} changes)" if progress else ""
    return f"Quotations and copies are still being read{figures}; the rest follows."
