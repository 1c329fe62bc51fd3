"""What Discord takes as a message; discord.com/developers/docs, message and component reference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.e2e.discord.fake.world import COMPONENTS_V2, Json

FILE_LIMIT = 10 * 2**20
ROW, BUTTON, TEXT_INPUT, TEXT, CONTAINER = 1, 2, 4, 10, 17
"""Types of components."""


class Refused(Exception):
    """An error that Discord answers a request with."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.body = {"code": code, "message": message}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a request."""

    name: str
    content: bytes


def check_message(body: Json, uploads: Sequence[Upload]) -> None:
    """Refuse a message that Discord would not take."""
    mistakes = list(_mistakes(body, uploads))
    if mistakes:
        raise Refused(400, 50035, f"Invalid Form Body: {'; '.join(mistakes)}")
    if not (body.get("content") or body.get("embeds") or body.get("components") or uploads):
        raise Refused(400, 50006, "Cannot send an empty message")


def check_choices(choices: Sequence[Json]) -> None:
    """Refuse what Discord would not offer for completion."""
    names = [choice["name"] for choice in choices]
    values = [choice["value"] for choice in choices]
    if len(choices) > 25 or not all(1 <= len(one) <= 100 for one in (*names, *values)):
        raise Refused(400, 50035, f"Invalid Form Body: choices {names} {values}")


def check_window(window: Json) -> None:
    """Refuse a window that Discord would not open."""
    fields = [one for one in flat(window["components"]) if one["type"] == TEXT_INPUT]
    labels = [one["label"] for one in window["components"]]
    hints = [one.get("description") or "" for one in window["components"]]
    hints += [one.get("placeholder") or "" for one in fields]
    filled = [(len(one.get("value") or ""), one.get("max_length") or 4000) for one in fields]
    is_taken = (
        1 <= len(window["title"]) <= 45
        and 1 <= len(window["custom_id"]) <= 100
        and 1 <= len(window["components"]) <= 5
        and all(1 <= len(label) <= 45 for label in labels)
        and all(len(hint) <= 100 for hint in hints)
        and all(length <= most <= 4000 for length, most in filled)
    )
    if not is_taken:
        raise Refused(400, 50035, f"Invalid Form Body: {window}")


def flat(components: Sequence[Json]) -> Iterator[Json]:
    """Yield components and those inside of them."""
    for component in components:
        yield component
        yield from flat(component.get("components") or ())
        for name in ("accessory", "component"):
            if name in component:
                yield from flat([component[name]])


def _mistakes(body: Json, uploads: Sequence[Upload]) -> Iterator[str]:
    components = list(flat(body.get("components") or ()))
    if len(body.get("content") or "") > 2000:
        yield "content is longer than 2000"
    if len(str(body.get("nonce") or "")) > 25:
        yield "nonce is longer than 25"
    if len(uploads) > 10 or any(len(upload.content) > FILE_LIMIT for upload in uploads):
        yield "too many or too large files"
    if body.get("embeds"):
        yield "this bot sends components and no embeds"
    yield from _mistakes_of_buttons(components)
    if body.get("flags", 0) & COMPONENTS_V2:
        yield from _mistakes_of_layout(body, components, uploads)
    elif components:
        yield "components version 2 need their flag"


def _mistakes_of_buttons(components: Sequence[Json]) -> Iterator[str]:
    ids = [component["custom_id"] for component in components if "custom_id" in component]
    if len(ids) != len(set(ids)) or not all(1 <= len(one) <= 100 for one in ids):
        yield f"custom_ids must be unique and of 1 to 100 characters: {ids}"
    buttons = [component for component in components if component["type"] == BUTTON]
    if not all(1 <= len(button.get("label") or "") <= 80 for button in buttons):
        yield "a button's label is of 1 to 80 characters"
    rows = [component for component in components if component["type"] == ROW]
    if not all(1 <= len(row["components"]) <= 5 for row in rows):
        yield "a row is of 1 to 5 buttons"


def _mistakes_of_layout(
    body: Json, components: Sequence[Json], uploads: Sequence[Upload]
) -> Iterator[str]:
    if body.get("content"):
        yield "content cannot be used with components version 2"
    if len(components) > 40:
        yield "there are more than 40 components"
    texts = [component["content"] for component in components if component["type"] == TEXT]
    if not all(text.strip() for text in texts):
        yield "a text is empty"
    boxes = [component for component in components if component["type"] == CONTAINER]
    if not all(box["components"] for box in boxes):
        yield "a container is empty"
    if sum(len(component.get("content") or "") for component in components) > 4000:
        yield "the texts are longer than 4000 together"
    shown = [component["file"]["url"] for component in components if component["type"] == 13]
    if shown != [f"attachment://{upload.name}" for upload in uploads]:
        yield f"the files {shown} are not those that were sent"
