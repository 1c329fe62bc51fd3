"""The lines of a reply as Slack shows them: the terminal's, but where there is a better way."""

from bot.messages import HelpText, Listing, Reply
from bot.rendering.plain_text import Line, to_lines
from bot.rendering.slack_blocks.documents import listing_lines
from bot.rendering.slack_blocks.helping import slack_help_lines


def slack_lines(reply: Reply) -> list[Line]:
    """Return a reply as lines for a message, the App Home or a window."""
    match reply:
        case Listing():
            return list(listing_lines(reply))
        case HelpText():
            return list(slack_help_lines(reply))
        case _:
            return to_lines(reply)
