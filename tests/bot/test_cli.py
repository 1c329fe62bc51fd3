"""The command line: what it prints, on which stream, and with which exit status it ends."""

import json
import sqlite3
from contextlib import closing
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.cli import OF_A_CONVERSATION
from bot.registry import BY_WORD, REGISTRY
from tests.bot.terminal import Terminal, process, screen

NOBLE = "Who is the president of NOBLE?"
NOBLE_RECEIPT = "fe42f91cc997fff3"
SEED = "001_69064135e9c191c9.txt"
SEARCHED = "Searched 5 documents with 119 passages; the newest is of 2018-03-16."
HOLDS = SEARCHED.replace("Searched", "The coverage holds")
FROZE = "The harbor froze.\n"
OPENED = "The harbor opened.\n"
UNREADABLE = Path("/proc/self/mem")
"""A file that is there, may be opened, and cannot be read, whoever tries."""


def files_in(terminal: Terminal, *options: str) -> set[str]:
    return {one["file"] for one in terminal.objects("list", "--json", *options)}


def break_answers(database: Path) -> None:
    """Take from an empty database what it needs to answer, and leave what it needs to open."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE versions")
        connection.commit()


def is_sentence(text: str) -> bool:
    """Say whether a text is one line that begins and ends as sentences do."""
    return "\n" not in text and text.endswith(".") and "Traceback" not in text


# Asking


def test_a_question_is_answered_with_cited_passages(terminal: Terminal) -> None:
    shown = terminal.done("ask", NOBLE)
    assert shown.startswith("Found. ")
    assert "\n[1] After Trump's Use of Force Quip" in shown
    assert "NOBLE President Perry Tarrant said" in shown
    assert f"{SEED} ¶15 · receipt {NOBLE_RECEIPT}\n" in shown
    assert shown.endswith(f"7 more: ask with --limit.\n{SEARCHED}\n")


def test_not_found_is_an_answer_too(terminal: Terminal) -> None:
    shown = terminal.done("ask", "Who won the curling championship in Winnipeg?")
    assert shown.startswith("Not in the coverage. ")
    assert shown.endswith(f"{SEARCHED}\n")


def test_a_question_of_nothing_is_answered_as_well(terminal: Terminal) -> None:
    [answer] = terminal.objects("ask", "", "--json")
    assert (answer["question"], answer["verdict"]) == ("", "not_found")


def test_an_answer_as_json_is_one_object_on_one_line(terminal: Terminal) -> None:
    [answer] = terminal.objects("ask", NOBLE, "--json")
    assert (answer["question"], answer["verdict"]) == (NOBLE, "found")
    assert len(answer["passages"]) == 3
    assert answer["passages"][0]["receipt"] == NOBLE_RECEIPT


@pytest.mark.parametrize("limit", ["1", "5", "20"])
def test_a_limit_says_how_many_passages_are_wanted(terminal: Terminal, limit: str) -> None:
    [answer] = terminal.objects("ask", "police officers", "--limit", limit, "--json")
    assert len(answer["passages"]) == int(limit)


@pytest.mark.parametrize("limit", ["0", "-1", "51", "many"])
def test_a_limit_that_cannot_be_is_wrong_use(terminal: Terminal, limit: str) -> None:
    assert "--limit" in terminal.misuse("ask", NOBLE, "--limit", limit)


def test_questions_from_standard_input_are_answered_in_order_one_line_each(
    terminal: Terminal,
) -> None:
    typed = f"{NOBLE}\r\n\nconsent “decrees”\nthe last without an end"
    answers = terminal.objects("ask", "--json", typed=typed)
    assert [answer["question"] for answer in answers] == [
        NOBLE,
        "",
        "consent “decrees”",
        "the last without an end",
    ]


def test_questions_from_standard_input_are_answered_in_plain_text_too(terminal: Terminal) -> None:
    shown = terminal.done("ask", typed=f"{NOBLE}\nconsent decrees\n")
    assert shown.index("Perry Tarrant") < shown.index("consent decrees")
    assert shown.count(SEARCHED) == 2


def test_no_questions_get_no_answers(terminal: Terminal) -> None:
    assert terminal.done("ask", "--json") == ""


def test_a_line_that_fails_is_an_object_with_its_problem_and_stops_no_other(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "off")
    terminal.database.unlink()
    assert terminal.done("ask", "Is anything there?").startswith("Not in the coverage.")
    break_answers(terminal.database)
    result = terminal.type("ask", "--json", typed="one\ntwo\n")
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (list(first), first["question"]) == (["question", "problem"], "one")
    assert (list(second), second["question"]) == (["question", "problem"], "two")
    assert is_sentence(first["problem"])


def test_a_line_in_another_encoding_stops_no_other(terminal: Terminal) -> None:
    assert terminal.database.exists()
    done = process(
        "ask",
        "--json",
        typed=b"Who asked in the caf\xe9?\nconsent decrees\n",
        PYTHONIOENCODING="utf-8:strict",  # as in most languages' locales
    )
    assert (done.returncode, done.stderr) == (0, b"")
    first, second = (json.loads(line) for line in done.stdout.decode().splitlines())
    assert first["question"].startswith("Who asked in the caf")
    assert second["question"] == "consent decrees"


def test_a_question_in_a_space_sees_what_was_added_there(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE), "--space", "T-1")
    [ours] = terminal.objects("ask", "Did the harbor freeze?", "--space", "T-1", "--json")
    [shared] = terminal.objects("ask", "Did the harbor freeze?", "--json")
    assert ours["passages"][0]["file"] == "ice.txt"
    assert ours["coverage"]["documents"] == 6
    assert "ice.txt" not in {passage["file"] for passage in shared["passages"]}
    assert shared["coverage"]["documents"] == 5


# The database


@pytest.mark.parametrize("words", [["ask", "consent decrees"], ["chat"], ["add", "ice.txt"]])
def test_ask_chat_and_add_make_a_database_with_the_seeds(
    terminal: Terminal, words: list[str]
) -> None:
    terminal.database.unlink()
    terminal.write("ice.txt", FROZE)
    terminal.done(*words)
    [status] = terminal.objects("status", "--json")
    assert status["documents"] == (6 if "add" in words else 5)


def test_with_the_seeds_off_it_is_made_empty(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "off")
    terminal.database.unlink()
    terminal.done("chat")
    assert terminal.done("list") == "The coverage is empty; add documents with: newsdesk add PATH\n"


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", SEED],
        ["status"],
        ["history"],
        ["verify", NOBLE_RECEIPT],
        ["context", NOBLE_RECEIPT],
        ["source", SEED],
        ["remove", SEED],
        ["remove", "--seeds"],
        ["restore", SEED],
        ["replace", "ice.txt"],
    ],
)
def test_every_other_word_says_that_there_is_no_database(
    terminal: Terminal, words: list[str]
) -> None:
    terminal.database.unlink()
    terminal.write("ice.txt", FROZE)
    assert terminal.refusal(*words) == (
        f"There is no database at {terminal.database}; newsdesk ask, chat, add or run makes one."
    )
    assert not terminal.database.exists()


def test_db_names_another_database_before_or_after_the_word(terminal: Terminal) -> None:
    here, there = str(terminal.folder / "here.db"), str(terminal.folder / "there.db")
    terminal.done("--db", here, "chat")
    terminal.done("chat", "--db", there)
    [before] = terminal.objects("--db", here, "status", "--json")
    [after] = terminal.objects("status", "--db", there, "--json")
    [both] = terminal.objects("--db", here, "status", "--db", there, "--json")
    assert (before["database"], after["database"], both["database"]) == (here, there, there)


def test_a_dot_env_file_names_the_database_as_well(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NEWSDESK_DB")
    terminal.write(".env", f"NEWSDESK_DB={terminal.database}\n")
    [status] = terminal.objects("status", "--json")
    assert status["database"] == str(terminal.database)


@pytest.mark.parametrize("word", ["status", "list", "history", "chat"])
def test_a_file_that_is_no_database_is_a_sentence(terminal: Terminal, word: str) -> None:
    path = terminal.write("story.txt", "This is a story and no database at all. " * 20)
    assert terminal.refusal(word, "--db", path) == (
        f"{path} is not a Newsdesk database; name another file with --db."
    )


def test_the_database_of_another_program_is_a_sentence(terminal: Terminal) -> None:
    path = terminal.folder / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
        connection.commit()
    assert terminal.refusal("ask", "soup", "--db", path) == (
        f"{path} is the database of another program; name another file."
    )


def test_a_folder_is_no_database(terminal: Terminal) -> None:
    sentence = terminal.refusal("status", "--db", terminal.folder)
    assert sentence.startswith(str(terminal.folder))
    assert is_sentence(sentence)


def test_a_database_in_a_folder_that_there_is_not_cannot_be_made(terminal: Terminal) -> None:
    path = terminal.folder / "typo" / "new.db"
    assert terminal.refusal("ask", NOBLE, "--db", path) == (
        f"{path} cannot be made; check that its folder exists and may be written."
    )


def test_a_name_too_long_for_a_database_is_a_sentence(terminal: Terminal) -> None:
    assert is_sentence(terminal.refusal("status", "--db", f"{'long' * 100}.db"))


def test_a_wrong_setting_is_named(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "large")
    sentence = terminal.refusal("status")
    assert sentence.startswith("The setting NEWSDESK_MAX_FILE_MB cannot be used: ")
    assert is_sentence(sentence)


# Adding


def test_a_file_is_added_and_what_is_known_of_it_shown(terminal: Terminal) -> None:
    path = terminal.write("deep/ice.txt", FROZE)
    assert terminal.done("add", path) == (
        "ice.txt: added (version 1).\n"
        "  title: not stated · outlet: not stated · author: not stated · date: not stated · "
        "1 passage\n"
        'To set right what was understood: edit ice.txt title:"…" author:"…"\n'
    )
    assert "ice.txt" in files_in(terminal)


def test_details_go_with_a_file(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    details = ["--title", "Harbor of Ice", "--outlet", "City Desk", "--author", "Robin Roe"]
    [added] = terminal.objects("add", path, *details, "--published", "2017-08-01", "--json")
    assert (added["file"], added["result"]) == ("ice.txt", "added")
    assert (added["title"], added["outlet"], added["author"], added["published"]) == (
        "Harbor of Ice",
        "City Desk",
        "Robin Roe",
        "2017-08-01",
    )


def test_a_folder_is_added_with_the_paths_below_it(terminal: Terminal) -> None:
    for name in ("coverage/a.txt", "coverage/2017/b.txt", "coverage/.hidden"):
        terminal.write(name, f"This is {name}.\n")
    added = terminal.objects("add", "coverage", "--json")
    assert [one["file"] for one in added] == ["2017/b.txt", "a.txt"]


def test_of_many_documents_only_the_first_and_those_that_failed_are_named(
    terminal: Terminal,
) -> None:
    for number in range(25):
        terminal.write(f"coverage/{number:02}.txt", f"This is number {number}.\n")
    terminal.write("coverage/24.txt", "")
    terminal.done("add", f"{terminal.folder}/coverage/03.txt")
    result = terminal.type("add", "coverage")
    assert result.exit_code == 1
    assert "18.txt: added" in result.stdout
    assert "22.txt" not in result.stdout
    assert result.stdout.endswith("25 documents: 23 added, 1 already there, 1 not added.\n")
    assert result.stderr.splitlines() == [
        "24.txt is empty; there is nothing to add.",
        "1 of 25 could not be added; see above.",
    ]


def test_an_export_is_added_line_by_line(terminal: Terminal) -> None:
    record = {"file": "ice.txt", "text": FROZE, "title": "Harbor of Ice", "author": "Roe"}
    path = terminal.write("archive.jsonl", f"{json.dumps(record)}\nnot JSON\n")
    result = terminal.type("add", path, "--json")
    assert result.exit_code == 1
    added, problem = (json.loads(line) for line in result.stdout.splitlines())
    assert (added["file"], added["title"], added["author"]) == ("ice.txt", "Harbor of Ice", "Roe")
    assert list(problem) == ["problem"]
    assert "archive.jsonl, line 2 is not JSON" in result.stderr


def test_what_is_already_there_is_done(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    terminal.done("add", path)
    assert terminal.done("add", path) == "ice.txt is already there, unchanged.\n"


def test_other_bytes_under_the_same_name_are_refused_and_replace_is_named(
    terminal: Terminal,
) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    result = terminal.type("add", terminal.write("ice.txt", OPENED))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "use replace" in result.stderr


def test_a_path_that_leads_nowhere_is_wrong_use(terminal: Terminal) -> None:
    assert "'missing.txt' does not exist" in terminal.misuse("add", "missing.txt")


def test_add_without_a_path_is_wrong_use(terminal: Terminal) -> None:
    assert "Missing argument" in terminal.misuse("add")


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("empty.txt", "", "empty.txt is empty; there is nothing to add."),
        ("a.pdf", "%PDF-1.7", "a.pdf is a PDF that is damaged; save it anew and add it again."),
    ],
)
def test_one_file_that_cannot_be_added_is_one_sentence(
    terminal: Terminal, name: str, text: str, sentence: str
) -> None:
    assert terminal.refusal("add", terminal.write(name, text)) == sentence


def test_what_is_wrong_with_one_file_stops_no_other(terminal: Terminal) -> None:
    terminal.write("coverage/a.txt", FROZE)
    terminal.write("coverage/b.txt", "")
    terminal.write("coverage/c.txt", OPENED)
    result = terminal.type("add", "coverage")
    assert result.exit_code == 1
    assert "a.txt: added (version 1).\n" in result.stdout
    assert "c.txt: added (version 1).\n" in result.stdout
    first, *_ = result.stderr.splitlines()
    assert first == "b.txt is empty; there is nothing to add."
    assert {"a.txt", "c.txt"} <= files_in(terminal)


def test_a_file_that_is_too_large_names_the_setting(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.05")
    result = terminal.type("add", terminal.write("long.txt", "word " * 20_000))
    assert result.exit_code == 1
    assert "NEWSDESK_MAX_FILE_MB" in result.stderr


def test_a_date_that_is_none_is_refused(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    result = terminal.type("add", path, "--published", "August 1")
    assert result.exit_code == 1
    assert "'August 1' is no date; write it as YYYY-MM-DD" in result.stderr
    assert "ice.txt" not in files_in(terminal)


def test_a_title_goes_with_one_file(terminal: Terminal) -> None:
    paths = [terminal.write("ice.txt", FROZE), terminal.write("open.txt", OPENED)]
    result = terminal.type("add", *paths, "--title", "Both")
    assert result.exit_code != 0
    assert "itle" in result.stderr
    assert not {"ice.txt", "open.txt"} & files_in(terminal)


@pytest.mark.skipif(not UNREADABLE.exists(), reason="only Linux has a file that nobody can read")
def test_a_file_that_the_system_does_not_let_us_read_is_a_sentence_that_names_it(
    terminal: Terminal,
) -> None:
    assert terminal.database.exists()
    (terminal.folder / "mem.txt").symlink_to(UNREADABLE)
    done = process("add", "mem.txt")
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert "mem.txt" in line


def test_no_control_character_of_a_file_name_reaches_the_terminal(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MAX_FILE_MB", "0.05")
    terminal.write("coverage/a\x07\u202etxt.exe", "word " * 20_000)
    terminal.write("coverage/b\x07\u202etxt.jsonl", "not JSON\n")
    terminal.write("coverage/c\x07\u202etxt", FROZE)
    result = terminal.type("add", "coverage")
    assert result.exit_code == 1
    for character in "\x07\u202e":
        assert character not in result.stdout
        assert character not in result.stderr


# Reading


def test_the_list_shows_the_documents_newest_first(terminal: Terminal) -> None:
    lines = terminal.done("list").splitlines()
    assert [line.split()[1] for line in lines[:-1]] == [
        "004_42e15ef78f8e8e44.txt",
        "002_1ed85cf378e4aadb.txt",
        "000_d569821d20d73420.txt",
        "001_69064135e9c191c9.txt",
        "003_d3053dbbe095c25c.txt",
    ]
    assert lines[-1] == HOLDS


def test_the_list_as_json_is_one_object_a_document(terminal: Terminal) -> None:
    listed = terminal.objects("list", "--json")
    assert [one["published"] for one in listed] == ["2018-03-16", "2017-04-18", None, None, None]


def test_a_page_of_the_list_that_there_is_not_is_a_sentence(terminal: Terminal) -> None:
    assert terminal.refusal("list", "2") == "The list has 1 page; there is no such page."


def test_a_page_that_is_no_number_is_wrong_use(terminal: Terminal) -> None:
    assert "not a valid integer" in terminal.misuse("list", "two")


def test_show_prints_a_document_paragraph_by_paragraph(terminal: Terminal) -> None:
    shown = terminal.done("show", SEED)
    assert shown.startswith("After Trump's Use of Force Quip, Sessions Tells Police")
    assert "\n¶16 [furniture] We apologize, this video has expired.\n" in shown


def test_show_as_json_is_one_object(terminal: Terminal) -> None:
    [one] = terminal.objects("show", SEED, "--json")
    assert (one["file"], len(one["paragraphs"])) == (SEED, 23)


def test_the_status_says_where_the_database_is(terminal: Terminal) -> None:
    assert terminal.done("status") == (
        f"{HOLDS}\nDatabase: {terminal.database}\nNewsdesk {version('newsdesk')}\n"
    )


def test_the_status_as_json_is_one_object(terminal: Terminal) -> None:
    assert terminal.objects("status", "--json") == [
        {
            "documents": 5,
            "passages": 119,
            "newest": "2018-03-16",
            "database": str(terminal.database),
            "version": version("newsdesk"),
            "read": True,
        }
    ]


def test_context_prints_a_passage_between_its_neighbours(terminal: Terminal) -> None:
    shown = terminal.done("context", NOBLE_RECEIPT)
    assert [line[:3] for line in shown.splitlines() if line.startswith("¶")] == [
        "¶14",
        "¶15",
        "¶17",
    ]


def test_a_receipt_is_verified(terminal: Terminal) -> None:
    shown = terminal.done("verify", NOBLE_RECEIPT[:6])
    assert shown.startswith("Unchanged since 20")
    assert f"{SEED} ¶15 · receipt {NOBLE_RECEIPT}\n" in shown


def test_a_receipt_is_verified_for_programs(terminal: Terminal) -> None:
    [unchanged] = terminal.objects("verify", NOBLE_RECEIPT, "--json")
    terminal.done("remove", SEED)
    [withdrawn] = terminal.objects("verify", NOBLE_RECEIPT, "--json")
    [unknown] = terminal.objects("verify", "00000000deadbeef", "--json")
    assert [one["status"] for one in (unchanged, withdrawn, unknown)] == [
        "unchanged",
        "withdrawn",
        "unknown",
    ]


@pytest.mark.parametrize("receipt", ["fe42", "receipt", "fe42f91cc997fff300"])
def test_what_is_no_receipt_is_a_sentence(terminal: Terminal, receipt: str) -> None:
    assert terminal.refusal("verify", receipt) == (
        "A receipt is 6 to 16 of the digits 0-9 and a-f; copy it from under a citation."
    )


@pytest.mark.parametrize("word", ["show", "source", "remove", "restore"])
def test_a_name_that_there_is_not_is_a_sentence(terminal: Terminal, word: str) -> None:
    assert terminal.refusal(word, "nothing.txt") == (
        "There is no document nothing.txt here; list shows those that there are."
    )


def test_source_gives_a_pipe_the_very_bytes(terminal: Terminal, seeds: dict[str, bytes]) -> None:
    assert terminal.type("source", SEED).stdout_bytes == seeds[SEED]


def test_source_writes_the_very_bytes_to_a_path(
    terminal: Terminal, seeds: dict[str, bytes]
) -> None:
    path = terminal.folder / "copy.txt"
    assert terminal.done("source", SEED, "--output", path) == ""
    assert path.read_bytes() == seeds[SEED]


@pytest.mark.parametrize("path", ["missing/copy.txt", "."])
def test_a_path_that_cannot_be_written_is_a_sentence_that_names_it(
    terminal: Terminal, path: str
) -> None:
    sentence = terminal.refusal("source", SEED, "--output", terminal.folder / path)
    assert str(terminal.folder / path) in sentence
    assert is_sentence(sentence)


# Changing


def test_replace_puts_a_file_in_the_place_of_its_namesake(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    shown = terminal.done("replace", terminal.write("ice.txt", OPENED), "--author", "Robin Roe")
    assert shown.startswith("ice.txt: replaced (version 2).\n")
    assert "author: Robin Roe" in shown
    assert terminal.done("source", "ice.txt") == OPENED


def test_replace_puts_a_file_in_the_place_of_another_document(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    path = terminal.write("open.txt", OPENED)
    [replaced] = terminal.objects("replace", path, "--as", "ice.txt", "--json")
    assert (replaced["file"], replaced["version"], replaced["result"]) == ("ice.txt", 2, "replaced")


def test_what_is_not_there_cannot_be_replaced(terminal: Terminal) -> None:
    path = terminal.write("ice.txt", FROZE)
    assert terminal.refusal("replace", path) == (
        "There is no document ice.txt here; list shows those that there are."
    )


@pytest.mark.parametrize("path", ["missing.txt", "."])
def test_replace_with_what_is_no_file_is_wrong_use(terminal: Terminal, path: str) -> None:
    assert "Invalid value for 'PATH'" in terminal.misuse("replace", path)


def test_a_document_is_removed_and_restored(terminal: Terminal) -> None:
    assert terminal.done("remove", SEED) == f"{SEED}: removed (version 1).\n"
    assert SEED not in files_in(terminal)
    assert terminal.done("restore", SEED) == f"{SEED}: restored (version 1).\n"
    assert SEED in files_in(terminal)


def test_remove_as_json_is_one_object(terminal: Terminal) -> None:
    [removed] = terminal.objects("remove", SEED, "--json")
    assert (removed["file"], removed["result"], removed["status"]) == (SEED, "removed", "removed")


def test_remove_seeds_takes_the_seeds_out_and_nothing_else(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE))
    terminal.done("remove", SEED)
    assert len(terminal.done("remove", "--seeds").splitlines()) == 4
    assert files_in(terminal) == {"ice.txt"}


def test_to_remove_the_seeds_twice_is_done(terminal: Terminal) -> None:
    terminal.done("remove", "--seeds")
    terminal.done("remove", "--seeds")
    assert files_in(terminal) == set()


@pytest.mark.parametrize("words", [[], [SEED, "--seeds"]])
def test_remove_wants_one_document_or_the_seeds(terminal: Terminal, words: list[str]) -> None:
    assert "Name one document, or give --seeds." in terminal.misuse("remove", *words)


def test_the_history_tells_who_did_what(terminal: Terminal) -> None:
    terminal.done("remove", SEED)
    first, *rest = terminal.done("history").splitlines()
    assert first.endswith(f" UTC remove {SEED} by operator on console")
    assert rest[0] == "  status: live → removed"
    assert len(rest) == 6


def test_the_history_as_json_is_one_object_a_change(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE), "--space", "T-1")
    [change] = terminal.objects("history", "--space", "T-1", "--json")
    assert (change["action"], change["file"], change["space"]) == ("add", "ice.txt", "T-1")
    assert [one["action"] for one in terminal.objects("history", SEED, "--json")] == ["add"]


# Talking


def test_a_conversation_comes_from_a_pipe(terminal: Terminal) -> None:
    terminal.write("ice.txt", FROZE)
    shown = terminal.done("chat", typed=f"{NOBLE}\nmore\n\nadd ice.txt\nDid the harbor freeze?\n")
    found, more, added, froze = (
        shown.index(text)
        for text in ("Perry Tarrant", "[4] ", "ice.txt: added", "    The harbor froze.")
    )
    assert found < more < added < froze
    assert "ice.txt" in files_in(terminal)


def test_what_cannot_be_done_ends_no_conversation(terminal: Terminal) -> None:
    shown = terminal.done("chat", typed="show nothing.txt\nstatus\n")
    assert shown.startswith("There is no document nothing.txt here; ")
    assert HOLDS in shown


def test_a_conversation_in_a_space_sees_its_documents(terminal: Terminal) -> None:
    terminal.done("add", terminal.write("ice.txt", FROZE), "--space", "T-1")
    assert "ice.txt" in terminal.done("chat", "--space", "T-1", typed="list\n")
    assert "ice.txt" not in terminal.done("chat", typed="list\n")


def test_a_person_at_a_terminal_is_welcomed_and_prompted(terminal: Terminal) -> None:
    with screen("--db", str(terminal.database), "chat") as shown:
        assert shown.until("newsdesk> ") == (
            "Ask the coverage a question, or type help. Ctrl-D ends.\nnewsdesk> "
        )
        shown.type("status\n")
        assert HOLDS in shown.until("newsdesk> ")
        shown.type("\x04")
        shown.end()


def test_a_person_who_adds_a_folder_sees_how_far_it_is(terminal: Terminal) -> None:
    for number in range(3):
        terminal.write(f"coverage/{number}.txt", f"This is number {number}.\n")
    with screen("--db", str(terminal.database), "add", "coverage") as shown:
        text = shown.end()
    assert "Adding" in text
    assert "2.txt: added (version 1)." in text


def test_a_source_is_legible_on_a_terminal(terminal: Terminal) -> None:
    with screen("--db", str(terminal.database), "source", SEED) as shown:
        assert "NOBLE President Perry Tarrant" in " ".join(shown.end().split())


# Help and wrong use


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_the_help_lists_every_word(terminal: Terminal, option: str) -> None:
    shown = terminal.done(option)
    words = {line.split()[0] for line in shown.splitlines() if line.startswith("  ")}
    assert {entry.word for entry in REGISTRY} - OF_A_CONVERSATION <= words
    assert "chat" in words


@pytest.mark.parametrize("word", sorted({*BY_WORD} - OF_A_CONVERSATION))
def test_every_word_has_a_help_of_its_own(terminal: Terminal, word: str) -> None:
    shown = terminal.done(word, "--help")
    assert shown.startswith(f"Usage: newsdesk {word} [OPTIONS]")


def test_filters_are_options_of_ask(terminal: Terminal) -> None:
    [typed] = terminal.objects("ask", "police in:001", "--json")
    [given] = terminal.objects("ask", "police", "--in", "001", "--json")
    assert given["passages"] == typed["passages"]
    assert {passage["file"][:3] for passage in given["passages"]} == {"001"}


def test_an_answer_explains_itself_where_that_is_asked_for(terminal: Terminal) -> None:
    question = "Who is the president of NOBLE?"
    [plain] = terminal.objects("ask", question, "--json")
    [explained] = terminal.objects("ask", question, "--explain", "--json")
    assert [word["word"] for word in explained["explanation"]["words"]] == ["president", "NOBLE"]
    assert len(explained["explanation"]["passages"]) == len(plain["passages"]) == 3
    assert {key: explained[key] for key in plain} == plain
    assert "What it rests on:" in terminal.done("ask", question, "--explain")


def test_help_explains_the_words_of_the_bot(terminal: Terminal) -> None:
    assert terminal.done("help").startswith("Type a question, or one of these words:\n")
    assert terminal.done("help", "verify").startswith("verify RECEIPT\n")


def test_help_takes_a_word_in_any_case(terminal: Terminal) -> None:
    assert terminal.done("help", "VERIFY").startswith("verify RECEIPT\n")


def test_help_on_a_word_that_there_is_not_is_a_sentence(terminal: Terminal) -> None:
    result = terminal.type("help", "nonsense")
    assert result.exit_code in {1, 2}
    assert "nonsense" in result.stderr


def test_the_version_is_the_packages(terminal: Terminal) -> None:
    assert version("newsdesk") in terminal.done("--version")


@pytest.mark.parametrize("words", [["nonsense"], ["ask", "--nonsense"], ["show"], ["verify"]])
def test_wrong_use_is_told_apart_from_failure(terminal: Terminal, words: list[str]) -> None:
    assert terminal.misuse(*words).startswith("Usage: newsdesk")


# As a process of its own


def test_python_m_bot_is_newsdesk(terminal: Terminal) -> None:
    done = process("--db", str(terminal.database), "ask", NOBLE, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    [line] = done.stdout.decode().splitlines()
    assert json.loads(line)["passages"][0]["receipt"] == NOBLE_RECEIPT


def test_a_failure_is_one_sentence_on_standard_error_and_status_1(terminal: Terminal) -> None:
    done = process("--db", str(terminal.folder / "none.db"), "status")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode() == (
        f"There is no database at {terminal.folder / 'none.db'}; "
        "newsdesk ask, chat, add or run makes one.\n"
    )


@pytest.mark.usefixtures("terminal")
def test_wrong_use_is_status_2_and_names_the_program() -> None:
    done = process("list", "two")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"Usage: newsdesk list [OPTIONS] [PAGE]")


@pytest.mark.usefixtures("terminal")
def test_a_pipe_gets_a_source_byte_for_byte(seeds: dict[str, bytes]) -> None:
    done = process("source", SEED)
    assert (done.returncode, done.stdout, done.stderr) == (0, seeds[SEED], b"")


@pytest.mark.parametrize("attempt", range(3))  # a thread that outlives its loop shows by chance
def test_a_folder_for_a_database_is_one_sentence_every_time(
    terminal: Terminal, attempt: int
) -> None:
    folder = terminal.folder / f"attempt {attempt}"
    folder.mkdir()
    done = process("--db", str(folder), "status")
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert line.startswith(str(folder))
    assert is_sentence(line)


def test_a_broken_database_is_a_sentence_and_no_traceback(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_SEEDS", "off")
    terminal.database.unlink()
    terminal.done("chat")
    break_answers(terminal.database)
    done = process("ask", NOBLE)
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert is_sentence(line)


def test_what_nobody_expected_is_one_sentence_with_a_reference_too(terminal: Terminal) -> None:
    with closing(sqlite3.connect(terminal.database)) as connection:
        connection.execute(
            "CREATE TRIGGER unexpected BEFORE INSERT ON changes"
            " BEGIN SELECT raise(ABORT, 'not today'); END"
        )
        connection.commit()
    done = process("remove", SEED)
    assert (done.returncode, done.stdout) == (1, b"")
    [line] = done.stderr.decode().splitlines()
    assert line.startswith("Something went wrong on our side; nothing was changed. ")
    assert is_sentence(line)
    assert SEED in files_in(terminal)


def test_the_list_as_json_holds_all_pages(terminal: Terminal) -> None:
    for number in range(30):
        terminal.write(f"coverage/{number}.txt", f"This is number {number}.\n")
    terminal.done("add", "coverage")
    assert len(terminal.objects("list", "--json")) == 35
    assert len(terminal.objects("list", "2", "--json")) == 15


def test_each_answer_to_a_list_of_questions_stands_under_its_question(terminal: Terminal) -> None:
    shown = terminal.done("ask", typed="consent decrees\nbump stocks\n")
    assert shown.startswith("> consent decrees\nFound.")
    assert "\n> bump stocks\nFound." in shown


def test_the_name_of_no_space_is_wrong_use(terminal: Terminal) -> None:
    assert "Name a space" in terminal.misuse("ask", "consent decrees", "--space", " ")


def test_a_folder_without_files_is_a_sentence(terminal: Terminal) -> None:
    (terminal.folder / "empty").mkdir()
    terminal.done("ask", "consent decrees")
    assert terminal.refusal("add", "empty") == (
        "There is no file to add below the paths that were given."
    )


def test_the_same_file_with_other_details_is_a_new_version(terminal: Terminal) -> None:
    path = terminal.write("story.txt", "The harbor froze.\n")
    terminal.done("add", path)
    shown = terminal.done("replace", path, "--title", "Harbor Freezes")
    assert shown.startswith("story.txt: replaced (version 2).\n  title: Harbor Freezes")
    assert "already there" in terminal.done("replace", path, "--title", "Harbor Freezes")


def test_ctrl_c_ends_a_chat_at_once(terminal: Terminal) -> None:
    with screen("--db", str(terminal.database), "chat", status=1) as shown:
        shown.until("newsdesk> ")
        shown.interrupt()
        assert "Aborted!" in shown.end()


def test_the_seeds_are_of_no_space(terminal: Terminal) -> None:
    assert "leave --space out" in terminal.misuse("remove", "--seeds", "--space", "T1")


def test_eval_says_how_well_questions_are_answered_whose_answers_somebody_knows(
    terminal: Terminal,
) -> None:
    lines = [
        {
            "question": "Who is the president of NOBLE?",
            "answers": [["001_69064135e9c191c9.txt", 15]],
        },
        {"question": "Who won the curling championship in Winnipeg?", "answers": []},
    ]
    file = terminal.write("mine.jsonl", "\n".join(map(json.dumps, lines)))
    shown = " ".join(terminal.done("eval", file).split())
    assert "questions 2 right passage first 100.0 %" in shown
    assert "unanswerable: not found 100.0 %" in shown
    known, unknown, sums = terminal.objects("eval", file, "--json")
    assert (known["rank"], known["verdict"]) == (1, "found")
    assert (unknown["rank"], unknown["verdict"]) == (None, "not_found")
    assert sums["MRR@10"] == 1.0


@pytest.mark.parametrize("line", ["[]", "{", '{"question": "Who?"}', '{"answers": [[1]]}', "7"])
def test_eval_names_the_line_that_is_no_judged_question(terminal: Terminal, line: str) -> None:
    file = terminal.write("mine.jsonl", '\n{"question": "Who?", "answers": []}\n' + line)
    assert terminal.refusal("eval", file).startswith("mine.jsonl, line 3: write ")


def test_eval_of_nothing_says_so(terminal: Terminal) -> None:
    file = terminal.write("mine.jsonl", "\n")
    assert terminal.refusal("eval", file) == f"{file} holds no judged question."
