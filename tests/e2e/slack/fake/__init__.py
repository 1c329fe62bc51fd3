"""A Slack on this machine, with which the real bot is driven as a process of its own.

``Slack`` is the whole: its two ways of delivery and its Web API (``delivery``, ``web_api``), the
workspace of its ``world``, and its people. It enforces what Slack enforces (``forms``) and notes in
``refused`` whatever the bot did wrong.
"""

from tests.e2e.slack.fake.messages import bold, shown
from tests.e2e.slack.fake.service import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Fault, Slack
from tests.e2e.slack.fake.world import Json

__all__ = [
    "APP_TOKEN",
    "BOT_TOKEN",
    "SIGNING_SECRET",
    "Fault",
    "Json",
    "Slack",
    "bold",
    "shown",
]
