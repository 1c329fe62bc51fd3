"""``python -m bot`` is ``newsdesk``."""

from bot.cli import main

main()
