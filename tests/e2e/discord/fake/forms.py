"""What Discord takes as a message; discord.com/developers/docs, message and component reference."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.e2e.discord.fake.world import COMPONENTS_V2, Json

FILE_LIMIT = 10 * 2**20


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
    if len(uploads) > 10 or any(len(upload.content) > FILE_LIMIT for upload in uploads):
        yield "too many or too large files"
    if body.get("embeds"):
        yield "this bot sends components and no embeds"
    ids = [component["custom_id"] for component in components if "custom_id" in component]
    if len(ids) != len(set(ids)) or not all(1 <= len(one) <= 100 for one in ids):
        yield f"custom_ids must be unique and of 1 to 100 characters: {ids}"
    if any(len(component.get("label") or "") > 80 for component in components):
        yield "a label is longer than 80"
    if body.get("flags", 0) & COMPONENTS_V2:
        yield from _mistakes_of_layout(body, components, uploads)
    elif components:
        yield "components version 2 need their flag"


def _mistakes_of_layout(
    body: Json, components: Sequence[Json], uploads: Sequence[Upload]
) -> Iterator[str]:
    if body.get("content"):
        yield "content cannot be used with components version 2"
    if len(components) > 40:
        yield "there are more than 40 components"
    if sum(len(component.get("content") or "") for component in components) > 4000:
        yield "the texts are longer than 4000 together"
    shown = [component["file"]["url"] for component in components if component["type"] == 13]
    if shown != [f"attachment://{upload.name}" for upload in uploads]:
        yield f"the files {shown} are not those that were sent"
