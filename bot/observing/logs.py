"""The log: one JSON object a line, without tokens, and without questions unless a setting asks.

Our own code and the libraries write with ``logging``; python-json-logger makes the lines, and
whatever looks like a token is taken out of the finished line, tracebacks included.
"""

import logging
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler

from pythonjsonlogger.json import JsonFormatter

from bot.settings import STANDARD_ERROR, Settings, default_log

FIELDS = "%(levelname)s %(name)s %(message)s"
NAMES = {"levelname": "level", "name": "logger"}
FILE_BYTES = 10 * 2**20
"""Size of the log at which a new file is begun."""
FILES_KEPT = 5
"""Older files of the log that are kept: it never fills a disk."""
FILE_MODE = 0o640
HIDDEN = "[hidden]"
_TOKENS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+"  # docs.slack.dev/authentication/tokens
    r"|[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"  # Discord: user id, time and HMAC, each in base64
)


class SafeFormatter(JsonFormatter):
    """Makes a line of a record, with every token hidden."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__(FIELDS, rename_fields=NAMES, timestamp="time", json_ensure_ascii=False)
        self._secrets = sorted(secrets, key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line = super().format(record)
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return _TOKENS.sub(HIDDEN, line)


class PrivateFileHandler(RotatingFileHandler):
    """Begins each file closed to other users: it may hold questions, and a group may collect it."""

    def _open(self) -> TextIOWrapper:
        with suppress(OSError):  # it is there already, or it cannot be made, which comes out next
            os.close(os.open(self.baseFilename, os.O_CREAT | os.O_EXCL, FILE_MODE))
        return super()._open()


def keep_log(settings: Settings) -> None:
    """Send what is logged to where the settings say; people get sentences."""
    logging.raiseExceptions = False  # a log that cannot be written stops nobody
    handler = _handler(settings)
    handler.setFormatter(SafeFormatter(settings.secrets))
    logging.basicConfig(handlers=[handler], force=True)
    logging.getLogger("newsdesk").setLevel(logging.INFO)


def _handler(settings: Settings) -> logging.Handler:
    if str(settings.log) == STANDARD_ERROR:
        return logging.StreamHandler(sys.stderr)
    with suppress(OSError):
        if settings.log == default_log():
            settings.log.parent.mkdir(parents=True, exist_ok=True)
    return PrivateFileHandler(
        settings.log, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True
    )
