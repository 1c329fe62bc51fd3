"""What help shows: the words there are, or one of them."""

from bot.messages import Help, HelpText, Problem
from bot.registry import BY_WORD, REGISTRY


def help_text(command: Help, *, moderates: bool) -> HelpText | Problem:
    """Return the words that somebody may use, or the one asked about."""
    word = command.word.lower()
    if word in BY_WORD:
        return HelpText((word,))
    if word:
        return Problem(f"There is no word {word}; help shows all that there are.")
    return HelpText(
        tuple(entry.word for entry in REGISTRY if moderates or not entry.moderators_only)
    )
