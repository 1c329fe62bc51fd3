"""Newsdesk, the bot: a command layer that no platform knows of, and adapters that only translate.

An adapter makes a ``messages.Request`` of what came in. ``desk`` carries it out: ``parsing`` turns
its text into a command of ``registry``, a module of ``commands`` does the work with the library,
and a Reply comes back, which ``rendering`` makes into what the platform shows.
"""
