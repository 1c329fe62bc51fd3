"""The registry: each word once, complete, and in step with the commands; and the help from it."""

from dataclasses import MISSING, fields
from typing import get_args

import pytest

from bot.messages import Add, CheckDraft, Command, Help, HelpText, Problem, Replace, Request, Sender
from bot.registry import BY_COMMAND, BY_WORD, REGISTRY, Argument, Entry, Kind
from tests.newsroom import ADMIN, MODERATOR, NEWSROOM, OPERATOR, REPORTER, Chat

COMMANDS = get_args(Command)


def entries() -> list[object]:
    return [pytest.param(entry, id=entry.word) for entry in REGISTRY]


def test_every_word_stands_there_once() -> None:
    assert len(BY_WORD) == len(REGISTRY)
    assert [BY_WORD[entry.word] for entry in REGISTRY] == list(REGISTRY)


def test_every_command_has_one_word_and_every_word_a_command() -> None:
    assert sorted(entry.command.__name__ for entry in REGISTRY) == sorted(
        command.__name__ for command in COMMANDS
    )
    assert [BY_COMMAND[entry.command] for entry in REGISTRY] == list(REGISTRY)


DETAILS = "[title:…] [outlet:…] [author:…] [published:…] [language:…] [hold_until:…]"


@pytest.mark.parametrize("entry", entries())
def test_a_word_is_written_as_every_platform_takes_it(entry: Entry) -> None:
    assert entry.word.isascii()
    assert entry.word.isalpha()
    assert entry.word.islower()


@pytest.mark.parametrize("entry", entries())
def test_the_arguments_are_fields_of_the_command_and_the_required_ones_have_no_default(
    entry: Entry,
) -> None:
    known = {field.name: field for field in fields(entry.command)}
    for argument in entry.arguments:
        assert argument.name in known
        has_default = known[argument.name].default is not MISSING
        assert argument.required is not has_default


@pytest.mark.parametrize("entry", entries())
def test_every_field_without_a_default_is_an_argument(entry: Entry) -> None:
    needed = {field.name for field in fields(entry.command) if field.default is MISSING}
    assert needed <= {argument.name for argument in entry.arguments}


@pytest.mark.parametrize("entry", entries())
def test_a_word_takes_at_most_one_argument_by_its_place_and_names_each_once(entry: Entry) -> None:
    names = [argument.name for argument in entry.arguments]
    assert len(entry.positional) <= 1
    assert len(set(names)) == len(names)
    assert {*entry.positional, *entry.options} == set(entry.arguments)
    assert not any(argument.required for argument in entry.options)


@pytest.mark.parametrize("entry", entries())
def test_the_help_of_a_word_is_sentences_and_each_argument_is_explained(entry: Entry) -> None:
    assert entry.help[0].isupper()
    assert entry.help.endswith(".")
    for argument in entry.arguments:
        assert argument.help
        assert not argument.help.endswith(".")


def test_words_that_take_files_are_those_that_bring_documents_in_or_check_them() -> None:
    taking = [entry.command for entry in REGISTRY if entry.takes_files]
    assert taking == [CheckDraft, Add, Replace]


def test_words_that_change_the_coverage_its_trail_and_reports_are_the_moderators() -> None:
    theirs = {entry.word for entry in REGISTRY if entry.moderators_only}
    assert theirs == {
        "add",
        "replace",
        "edit",
        "correct",
        "retract",
        "remove",
        "restore",
        "undo",
        "history",
        "report",
    }


@pytest.mark.parametrize(
    ("word", "usage"),
    [
        ("ask", "ask QUESTION"),
        ("more", "more"),
        ("status", "status"),
        ("show", "show FILE"),
        ("add", f"add [ADDRESS] {DETAILS}"),
        ("replace", f"replace [FILE] {DETAILS}"),
    ],
)
def test_the_usage_shows_what_is_required_and_what_may_be_left_out(word: str, usage: str) -> None:
    assert BY_WORD[word].usage == usage


def test_an_entry_builds_its_command() -> None:
    assert BY_WORD["replace"].build(file="a.txt", title="A") == Replace("a.txt", title="A")


def test_an_argument_is_required_and_given_by_its_place_unless_it_says_otherwise() -> None:
    argument = Argument("file", Kind.FILE, "a file")
    assert (argument.required, argument.option) == (True, False)


async def test_help_shows_a_reporter_the_words_that_everybody_may_use(chat: Chat) -> None:
    assert await chat.say("help") == HelpText(
        (
            "ask",
            "why",
            "more",
            "share",
            "helpful",
            "unhelpful",
            "context",
            "source",
            "list",
            "show",
            "status",
            "help",
            "verify",
            "privacy",
            "quote",
            "said",
            "copies",
            "cite",
            "checkdraft",
        )
    )


@pytest.mark.parametrize("sender", [MODERATOR, ADMIN, OPERATOR])
async def test_help_shows_moderators_every_word(chat: Chat, sender: Sender) -> None:
    assert await chat.say("help", sender=sender) == HelpText(
        tuple(entry.word for entry in REGISTRY)
    )


async def test_help_shows_no_moderators_words_where_nothing_can_be_moderated(chat: Chat) -> None:
    reply = await chat.say("help", sender=ADMIN, space=None)
    assert reply == await chat.say("help", sender=REPORTER)


@pytest.mark.parametrize("text", ["help verify", "HELP Verify", "verify"])
async def test_one_word_is_explained_where_it_is_asked_for_or_lacks_its_argument(
    chat: Chat, text: str
) -> None:
    assert await chat.say(text) == HelpText(("verify",))


async def test_a_word_that_there_is_not_is_a_sentence(chat: Chat) -> None:
    request = Request(REPORTER, "slack", space=NEWSROOM)
    reply = await chat.desk.carry_out(Help("nonsense"), request)
    assert isinstance(reply, Problem)
    assert "nonsense" in reply.text
