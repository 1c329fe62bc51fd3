"""What the tests of the command line know of the seeds, and of how it speaks."""

import sqlite3
from contextlib import closing
from pathlib import Path

NOBLE = "Who is the president of NOBLE?"
NOBLE_RECEIPT = "fe42f91cc997fff3"
SEED = "001_69064135e9c191c9.txt"
SEARCHED = "Searched 5 documents with 119 passages; the newest is of 2018-03-16."
HOLDS = SEARCHED.replace("Searched", "The coverage holds")
FROZE = "The harbor froze.\n"
OPENED = "The harbor opened.\n"


def break_answers(database: Path) -> None:
    """Take from an empty database what it needs to answer, and leave what it needs to open."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE versions")
        connection.commit()


def is_sentence(text: str) -> bool:
    """Say whether a text is one line that begins and ends as sentences do."""
    return "\n" not in text and text.endswith(".") and "Traceback" not in text
