"""Replies for programs: the keys that are promised, one object a line, verbatim text."""

import json
from typing import Any

import pytest
from rich.console import Console

from bot.adapters.console_adapter import Printer
from bot.messages import Answer, Notice, Problem, Reasons, Reply
from bot.rendering.json_objects import to_objects
from retrieval import Library, Verdict
from tests.bot.examples import answer, document, hit, passage
from tests.newsroom import MODERATOR, NEWSROOM, OPERATOR, Chat, attached

ANSWER_KEYS = [
    "question",
    "verdict",
    "confidence",
    "reason",
    "passages",
    "missing",
    "origins",
    "coverage",
]
PASSAGE_KEYS = [
    "file",
    "title",
    "outlet",
    "author",
    "published",
    "paragraph",
    "start",
    "end",
    "text",
    "excerpt",
    "before",
    "receipt",
    "correction",
    "score",
    "also",
]
ALSO_KEYS = ["file", "title", "paragraph", "start", "end", "text", "receipt", "correction"]
WIRE = "The mayor of Springfield has resigned over the harbor contract.\n"


def objects(reply: Reply) -> list[dict[str, Any]]:
    """Return the objects of a reply as a program reads them."""
    return [json.loads(json.dumps(one)) for one in to_objects(reply)]


async def asked(chat: Chat, question: str) -> dict[str, Any]:
    reply = await chat.say(question)
    assert isinstance(reply, Answer)
    [one] = objects(reply)
    return one


async def test_an_answer_has_the_keys_that_are_promised_and_no_others(chat: Chat) -> None:
    await chat.library.add(f"Mayor Resigns\n{WIRE}".encode(), "a.txt")
    await chat.library.add(f"City in turmoil\n{WIRE}".encode(), "b.txt")
    one = await asked(chat, "Why has the mayor of Springfield resigned?")
    assert list(one) == ANSWER_KEYS
    assert list(one["coverage"]) == ["documents", "passages", "newest"]
    assert [list(cited) for cited in one["passages"]] == [PASSAGE_KEYS] * len(one["passages"])
    [copy] = one["passages"][0]["also"]
    assert list(copy) == ALSO_KEYS
    assert copy["text"] == WIRE.strip()


async def test_an_answer_says_what_its_reply_says(chat: Chat) -> None:
    reply = await chat.say("What about consent decrees in Winnipeg?")
    assert isinstance(reply, Answer)
    findings = reply.findings
    [one] = objects(reply)
    assert one["question"] == "What about consent decrees in Winnipeg?"
    assert one["verdict"] in {"found", "weak", "not_found"}
    assert (one["verdict"], one["confidence"], one["reason"]) == (
        findings.verdict.value,
        findings.confidence,
        findings.reason,
    )
    assert 0 <= one["confidence"] <= 1
    assert one["missing"] == ["Winnipeg"]
    assert one["origins"] == reply.origins
    assert one["coverage"] == {
        "documents": 5,
        "passages": findings.coverage.passages,
        "newest": "2018-03-16",
    }
    assert [cited["receipt"] for cited in one["passages"]] == [
        citation.hit.passage.receipt for citation in reply.citations
    ]


@pytest.mark.parametrize(
    "question",
    [
        "consent decrees",
        "Who is the president of NOBLE?",
        "How many officers are hired every year?",
        "paddy wagon thugs",
        "He said it was a joke",
        "bump stocks",
    ],
)
async def test_every_text_stands_in_its_file_at_its_offsets(
    chat: Chat, seeds: dict[str, bytes], question: str
) -> None:
    one = await asked(chat, question)
    assert one["passages"]
    for cited in one["passages"]:
        for place in (cited, *cited["also"]):
            text = seeds[place["file"]].decode("utf-8-sig")
            assert text[place["start"] : place["end"]] == place["text"]
        assert cited["excerpt"]
        assert cited["excerpt"] in cited["text"]


def test_what_stands_before_is_given_where_the_excerpt_leans_on_it_and_is_null_elsewhere() -> None:
    leaning = hit("It was doubled.", before=passage("The harbor budget was debated.", 1))
    [one] = objects(answer(leaning, hit("The harbor is old."), verdict=Verdict.WEAK))
    assert one["verdict"] == "weak"
    assert [cited["before"] for cited in one["passages"]] == [
        "The harbor budget was debated.",
        None,
    ]


async def test_what_is_not_known_is_null(chat: Chat) -> None:
    await chat.library.add(WIRE.encode(), "a.txt")
    one = await asked(chat, "Why has the mayor of Springfield resigned?")
    best = one["passages"][0]
    assert [best[key] for key in ("title", "outlet", "author", "published")] == [None] * 4


async def test_the_list_is_one_object_a_document(chat: Chat) -> None:
    listed = objects(await chat.say("list"))
    assert [one["file"] for one in listed] == [
        one.file for one in await chat.library.documents(NEWSROOM)
    ]
    essay = await chat.library.document("002_1ed85cf378e4aadb.txt")
    assert listed[1] == {
        "file": "002_1ed85cf378e4aadb.txt",
        "title": "Jeff Sessions: Stop ‘Handcuffing the Police Instead of the Criminals’",
        "outlet": None,
        "author": "Kenrya Rankin",
        "published": "2017-04-18",
        "language": "en",
        "url": None,
        "space": None,
        "status": "live",
        "version": 1,
        "passages": essay.passages,
        "bytes": essay.size,
        "hash": essay.hash,
        "added": essay.added.isoformat(),
        "by_hand": [],
        "correction": None,
        "reason": None,
        "hold_until": None,
    }


async def test_a_whole_document_is_one_object_with_its_paragraphs(
    chat: Chat, seeds: dict[str, bytes]
) -> None:
    name = "003_d3053dbbe095c25c.txt"
    [one] = objects(await chat.say(f"show {name}"))
    assert (one["file"], len(one["paragraphs"])) == (name, 12)
    text = seeds[name].decode("utf-8-sig")
    for number, paragraph in enumerate(one["paragraphs"], 1):
        assert list(paragraph) == ["paragraph", "start", "end", "text", "role", "receipt"]
        assert paragraph["paragraph"] == number
        assert text[paragraph["start"] : paragraph["end"]] == paragraph["text"]


async def test_the_history_is_one_object_a_change(chat: Chat) -> None:
    await chat.say("add", attached("a.txt", WIRE.encode()), sender=MODERATOR)
    document = await chat.library.document("a.txt", NEWSROOM)
    [one] = objects(await chat.say("history", sender=MODERATOR))
    assert one == {
        "at": document.changed.isoformat(),
        "by": "Morgan",
        "by_id": "U2",
        "platform": "slack",
        "space": NEWSROOM,
        "action": "add",
        "file": "a.txt",
        "before": None,
        "after": document.hash,
        "note": None,
        "id": 6,
        "message": (await chat.library.history(space=NEWSROOM))[0].actor.message,
        "state_before": None,
        "state_after": {
            "status": "live",
            "version": 1,
            "title": None,
            "outlet": None,
            "author": None,
            "published": None,
            "url": None,
            "language": "en",
            "by_hand": [],
            "correction": None,
            "reason": None,
            "hold_until": None,
        },
    }


async def test_the_status_is_one_object(chat: Chat) -> None:
    [ours] = objects(await chat.say("status", sender=OPERATOR))
    [theirs] = objects(await chat.say("status"))
    assert list(ours) == ["documents", "passages", "newest", "database", "version", "read"]
    assert (ours["documents"], ours["newest"]) == (5, "2018-03-16")
    assert (ours["database"], theirs["database"]) == (str(chat.library.path), None)


async def test_a_verified_receipt_is_one_object(chat: Chat) -> None:
    document = await chat.library.document("003_d3053dbbe095c25c.txt")
    second = (await chat.library.passages(document))[1]
    [one] = objects(await chat.say(f"verify {second.receipt[:8]}"))
    assert one == {
        "receipt": second.receipt,
        "status": "unchanged",
        "file": document.file,
        "paragraph": 2,
        "text": second.text,
        "since": document.added.isoformat(),
        "by": None,
        "reason": None,
        "correction": None,
        "now": None,
        "differences": None,
    }


async def test_an_unknown_receipt_is_one_object_too(chat: Chat) -> None:
    [one] = objects(await chat.say("verify 00000000deadbeef"))
    assert one == {
        "receipt": "00000000deadbeef",
        "status": "unknown",
        "file": None,
        "paragraph": None,
        "text": None,
        "since": None,
        "by": None,
        "reason": None,
        "correction": None,
        "now": None,
        "differences": None,
    }


async def test_each_changed_document_and_each_problem_is_an_object(chat: Chat) -> None:
    files = [attached("a.txt", WIRE.encode()), attached("b.txt", b"")]
    added, refused = objects(await chat.say("add", *files, sender=MODERATOR))
    [again] = objects(await chat.say("add", files[0], sender=MODERATOR))
    assert (added["file"], added["result"]) == ("a.txt", "added")
    assert refused == {"problem": "b.txt is empty; there is nothing to add."}
    assert (again["file"], again["result"]) == ("a.txt", "already there")


def test_a_problem_is_its_sentence() -> None:
    assert objects(Problem("There is none.")) == [{"problem": "There is none."}]


def test_each_object_is_printed_on_one_line_whatever_a_document_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = "Two\nlines\r\nand\x0ba “tab”\t\x1b[31m and \\ an emoji 🎉"
    cited = answer(hit(text, of=document(text)))
    Printer(Console(), as_json=True).show(cited)
    [line, rest] = capsys.readouterr().out.split("\n")
    assert rest == ""
    assert json.loads(line)["passages"][0]["text"] == text
    assert "“tab”" in line
    assert "\x1b" not in line


async def test_every_other_reply_is_an_object_too(chat: Chat) -> None:
    [source] = objects(await chat.say("source 002_1ed85cf378e4aadb.txt"))
    assert source["text"].startswith("Jeff Sessions: Stop")
    [around] = objects(await chat.say("context 1f63f7de164ca3b9"))
    assert [one["paragraph"] for one in around["paragraphs"]] == [6, 7, 8]
    [words] = objects(await chat.say("help"))
    assert "ask" in words["words"]
    assert objects(Notice("Done.")) == [{"notice": "Done."}]


async def test_the_reasons_of_an_answer_have_the_keys_that_are_promised(library: Library) -> None:
    explanation = await library.explain("Who is the president of NOBLE?")
    [reasons] = to_objects(Reasons(explanation))
    assert list(reasons) == [
        "question",
        "verdict",
        "confidence",
        "reason",
        "words",
        "passages",
        "evidence",
    ]
    assert {tuple(word) for word in reasons["words"]} == {("word", "worth", "others", "occurs")}
    first = reasons["passages"][0]
    assert sum(first["parts"].values()) == pytest.approx(first["score"], abs=1e-3)
    assert first["holds"] == ["president", "NOBLE"]
