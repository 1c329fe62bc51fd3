"""Slack and Discord have the same words, buttons and menus, and the README says which."""

from typing import Any

import pytest
import yaml
from discord import app_commands

from bot.adapters.discord_adapter.client import ADD, CHECK, FIND
from bot.adapters.discord_adapter.slash import (
    DESCRIPTION,
    Interaction,
    Values,
    brief,
    slash_commands,
)
from bot.parsing import to_command
from bot.registry import REGISTRY, Argument, Entry, Kind
from bot.rendering.discord_views import path_of, to_post
from bot.rendering.slack_blocks import to_message
from tests.bot.examples import answer, hit
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = {
    Kind.TEXT: "who doubled the budget",
    Kind.FILE: "budget.txt",
    Kind.RECEIPT: "0123456789abcdef",
    Kind.CITED: "0123456789abcdef",
    Kind.WORD: "ask",
    Kind.NUMBER: "2",
    Kind.ANSWER: "0123456789ab",
    Kind.ADDRESS: "https://example.org/story",
}


async def handle(interaction: Interaction, entry: Entry, values: Values, file: object) -> None:
    """Take a command."""
    del interaction, entry, values, file


async def complete(
    interaction: Interaction, argument: Argument, typed: str
) -> list[app_commands.Choice[str]]:
    """Offer nothing."""
    del interaction, argument, typed
    return []


def on_discord() -> dict[str, app_commands.Command[Any, ..., None]]:
    """Return Discord's commands as they are called."""
    found = {}
    for command in slash_commands(handle, complete):
        inner = command.commands if isinstance(command, app_commands.Group) else [command]
        for one in inner:
            assert isinstance(one, app_commands.Command)
            found[f"/{one.qualified_name}"] = one
    return found


def on_slack(entry: Entry) -> str:
    """Return a word as it is typed on Slack, with an example of its argument."""
    examples = [one.choices[0] if one.choices else EXAMPLES[one.kind] for one in entry.positional]
    return " ".join([entry.word, *examples])


def parity_table() -> str:
    rows = [f"| `/newsdesk {entry.word}` | `{path_of(entry)}` |" for entry in REGISTRY]
    return "\n".join(["| Slack | Discord |", "|---|---|", *rows])


def test_every_word_is_a_command_on_discord_and_there_are_no_others() -> None:
    assert set(on_discord()) == {path_of(entry) for entry in REGISTRY}


@pytest.mark.parametrize("entry", REGISTRY, ids=lambda entry: entry.word)
def test_a_word_takes_the_same_arguments_on_both(entry: Entry) -> None:
    assert isinstance(to_command(on_slack(entry)), entry.command)
    command = on_discord()[path_of(entry)]
    options = {parameter.display_name: parameter for parameter in command.parameters}
    expected = {one.name for one in (*entry.arguments, *entry.filters)}
    assert set(options) == expected | ({"attachment"} if entry.takes_files else set())
    for argument in entry.arguments:
        assert options[argument.name].required is (argument.required or argument.needed)
        assert [one.value for one in options[argument.name].choices] == list(argument.choices)
    assert len(command.description) <= DESCRIPTION
    assert all(len(str(one.description)) <= DESCRIPTION for one in options.values())


def labels_of(shown: Any) -> set[str]:  # noqa: ANN401 - any JSON
    """Return what stands on all buttons and in all menus, wherever they are."""
    match shown:
        case {"type": "button", "text": {"text": str(label)}} | {"custom_id": _, "label": label}:
            return {str(label)}
        case {"value": _, "text": {"text": str(label)}}:
            return {label}
        case dict():
            return set().union(*map(labels_of, shown.values()))
        case list():
            return set().union(*map(labels_of, shown))
        case _:
            return set()


def test_an_answer_has_the_same_buttons_on_both_and_the_readme_names_them() -> None:
    reply = answer(hit("Words."), answer_id="0123456789ab", more=7)
    slack = labels_of(to_message(reply, shareable=True).blocks)
    items = to_post(reply, shareable=True).items
    discord = labels_of([item.to_component_dict() for item in items])
    assert slack == discord
    assert all(f"*{label.partition(' (')[0]}*" in README for label in discord)


def test_messages_have_the_same_menus_on_both() -> None:
    manifest = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yaml").read_text("utf-8"))
    slack = {one["name"] for one in manifest["features"]["shortcuts"] if one["type"] == "message"}
    assert slack == {FIND, CHECK, ADD}


def test_a_description_is_the_first_sentence_cut_at_a_word() -> None:
    assert brief("Show it. And more.") == "Show it"
    assert brief("word " * 30) == f"{'word ' * 19}…"


def test_the_readme_says_how_each_word_is_called_on_both() -> None:
    between = README.partition("<!-- parity: made from the registry -->\n")[2]
    assert between.partition("\n<!-- end of parity")[0] == parity_table()
