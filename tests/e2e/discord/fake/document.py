"""Discord's own OpenAPI document as a witness: it judges the bot's requests where it is at hand.

``NEWSDESK_DISCORD_OPENAPI`` names the file: specs/openapi.json of discord/discord-api-spec.
"""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

SETTING = "NEWSDESK_DISCORD_OPENAPI"
SNOWFLAKES = {"users", "roles", "applied_tags"}


class Document:
    """The operations of Discord's API, and what their bodies may be."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._content = content
        self._paths = [
            (
                re.compile("/".join("[^/]+" if "{" in part else part for part in path.split("/"))),
                path,
            )
            for path in sorted(content["paths"], key=lambda path: path.count("{"))
        ]

    def complaint(self, method: str, path: str, body: object) -> str | None:
        """Return what is wrong with a request, None where nothing is."""
        for pattern, known in self._paths:
            operation = self._content["paths"][known].get(method.lower())
            if operation and pattern.fullmatch(path):
                schema = operation.get("requestBody", {}).get("content", {}).get("application/json")
                return self.mistake(schema["schema"], body) if schema and body else None
        return f"there is no operation {method} {path}"

    def mistake(self, schema: dict[str, Any], body: object) -> str | None:
        """Return where a body differs from a schema, None where it does not."""
        validator = Draft202012Validator({**schema, "components": self._content["components"]})
        errors = {
            f"{'/'.join(map(str, leaf.absolute_path))}: {leaf.message[:200]}"
            for error in validator.iter_errors(_with_text_ids(body))
            for leaf in _leaves(error)
        }
        return "; ".join(sorted(errors)) or None


@cache
def document_at_hand() -> Document | None:
    """Return Discord's document, None where nobody says where it is."""
    path = os.environ.get(SETTING)
    return Document(json.loads(Path(path).read_text(encoding="utf-8"))) if path else None


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """Yield what the branches of a failed choice complain of; the choice itself names nothing."""
    if not error.context:
        yield error
    for inner in error.context or ():
        yield from _leaves(inner)


def _with_text_ids(body: Any, name: str = "") -> Any:  # noqa: ANN401 - any JSON
    """Return a body with its ids as texts: Discord takes numbers too, the document does not."""
    match body:
        case dict():
            return {key: _with_text_ids(value, key) for key, value in body.items()}
        case list():
            return [_with_text_ids(value, name) for value in body]
        case int() if not isinstance(body, bool):
            is_id = name == "id" or name.endswith("_id") or name in SNOWFLAKES
            return str(body) if is_id else body
        case _:
            return body
