"""Options that several commands of the terminal share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.registry.arguments import FILTERS
from bot.web import is_web_address

Function = Callable[..., None]


class PathOrAddress(click.Path):
    """A path that exists, or a web address as it was typed."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's own signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401 - click's own signature
        """Return a Path, or the address."""
        return value if is_web_address(str(value)) else super().convert(value, param, ctx)


PATH_OR_ADDRESS = PathOrAddress(exists=True, path_type=Path)


def _named(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Refuse the name of nothing: it would be neither shared nor a space."""
    del context, parameter
    if value is not None and not value.strip():
        raise click.BadParameter("Name a space, or leave the option out for what is shared.")
    return value


database_option = click.option("--db", type=click.Path(path_type=Path), help="The database file.")


def common(function: Function) -> Function:
    """Give a command the options that all have."""
    space = click.option(
        "--space", callback=_named, help="A Slack workspace or Discord guild; default: shared."
    )
    return click.pass_context(database_option(space(function)))


def with_details(function: Function) -> Function:
    """Give a command the options that say what a text does not state; “-” is what is not known."""
    for name, text in reversed(
        [
            ("--title", "Title of the document; for one file."),
            ("--outlet", "Who published it."),
            ("--author", "Who wrote it."),
            ("--published", "Date of publication, YYYY-MM-DD."),
            ("--language", "Its language, such as german or de."),
            ("--hold-until", "Only moderators see it until then, YYYY-MM-DDTHH:MM in UTC."),
        ]
    ):
        function = click.option(name, default="", help=text)(function)
    return function


def with_filters(function: Function) -> Function:
    """Give a command the filters of the query language as options."""
    for filtering in reversed(FILTERS):
        text = f"{filtering.help.capitalize()}."
        function = click.option(f"--{filtering.name}", default="", help=text)(function)
    return function


with_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
