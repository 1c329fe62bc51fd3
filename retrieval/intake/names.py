"""The names of documents: names only, never paths."""

from unicodedata import normalize

from retrieval.errors import BadDetail
from retrieval.intake.details import INVISIBLE

FILE_NAME_LIMIT = 255

_OUTER = "/ \N{NO-BREAK SPACE}"


def file_name(file: str) -> str:
    """Return a document's name in its one form; raise BadDetail where it cannot be one.

    A name may have folders in it (“2017/08/story.txt”) but never leads out of them.
    """
    name = normalize("NFC", INVISIBLE.sub("", file)).replace("\\", "/").strip(_OUTER)
    parts = name.split("/")
    if not name or any(part in {"", ".", ".."} for part in parts):
        raise BadDetail("A document needs a plain file name, such as story.txt.")
    if len(name) > FILE_NAME_LIMIT:
        raise BadDetail(
            f"{name[:40]}… is too long for a file name, which has at most {FILE_NAME_LIMIT} "
            "characters; shorten it."
        )
    return name


def base_name(file: str) -> str:
    """Return the last part of a name that came from a chat, where paths mean nothing."""
    return file.replace("\\", "/").rstrip("/").rpartition("/")[2]
