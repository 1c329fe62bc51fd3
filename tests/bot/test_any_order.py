"""Whatever is said to the desk in whatever order: one reply each, and no space hears of another.

Hypothesis makes up who says what, where, and which buttons are pressed, with file names and texts
that mean harm; ``tests/orders.py`` says how much.
"""

import asyncio
import io
import sqlite3
import tempfile
import zipfile
from collections.abc import Coroutine, Iterable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.desk import Desk
from bot.messages import (
    Answer,
    Attachment,
    Changed,
    Command,
    Context,
    History,
    Listing,
    More,
    Problem,
    Reply,
    Request,
    Sender,
    Share,
    Show,
    Surroundings,
    VerifiedReceipt,
    WholeDocument,
)
from bot.parsing import to_command
from bot.rendering.discord_views import to_post
from bot.rendering.json_objects import to_objects
from bot.rendering.plain_text import to_lines
from bot.rendering.slack_blocks import to_message
from retrieval import Library, Standing
from tests.e2e.discord.fake.forms import Upload, check_message
from tests.e2e.discord.fake.world import COMPONENTS_V2
from tests.e2e.slack.fake.forms import message_problems
from tests.newsroom import ADMIN, MODERATOR, OPERATOR, REPORTER, attached
from tests.orders import orders

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Seat:
    """Where somebody sits: a platform, a space, and who they are there."""

    platform: str
    space: str | None
    sender: Sender
    moderates: bool

    def __repr__(self) -> str:
        return f"{self.sender.name} of {self.space}"


SEATS: Final = (
    Seat("slack", "T1", REPORTER, moderates=False),
    Seat("slack", "T1", MODERATOR, moderates=True),
    Seat("discord", "G1", Sender("7", "Gale"), moderates=False),
    Seat("discord", "G1", replace(ADMIN, id="8"), moderates=True),
    Seat("discord", None, Sender("9", "Dee"), moderates=False),
    Seat("console", None, OPERATOR, moderates=True),
)
PLACES = ("C1", "C2")
OF_SPACE: Final = {None: "dunmarrow", "T1": "quillfeather", "G1": "brackenshaw"}
"""A word for each space, in all of its documents and in some of their names."""
SLIPS: Final = {"T1": "quilfeather", "G1": "brakenshaw", None: "dunmarow"}

NAMES: Final = (
    "plan.txt",
    "my plan.txt",
    "{own}.txt",
    'the "plan".txt',
    "“plan”.txt",
    "it's `mine`.txt",
    "plan\n.txt",
    "pl\u200ban\u202etxt.exe",
    "\u05d0\u05d1 12.txt",
    "\U0001f5de\ufe0f.txt",
    "<!channel>|@everyone.txt",
    "../../etc/passwd.txt",
    "title:plan.txt",
    "x" * 250 + ".txt",
    "x" * 300 + ".txt",
    "....",
    "12",
    "-",
)
PARAGRAPHS: Final = (
    "The council approved the harbor budget on Monday, and nobody objected to any of it.",
    "The mayor said, “We will never sell the ferry to anybody at all,” and left.",
    "A spokeswoman for the ferry declined to comment on the {own} budget of the harbor council.",
    "\u05d4\u05e2\u05d9\u05e8 council \u202etnemmoc\u202c ferry \u2067harbor\u2069",
    "\U0001f6a2\U0001f6a2 ferry \U0001d525\U0001d51e\U0001d52f\U0001d51f\U0001d52c council",
    "<!channel> *council* [ferry](https://example.org) @everyone `harbor` ~budget~ ||mayor||",
    "ferry " * 900 + "council",
    "council\u200b ferry\ufeff harbor\u00ad budget",
)
QUESTIONS: Final = (
    "council",
    "Who will sell the ferry?",
    '"harbor budget" -mayor',
    "{own}",
    "{slip} budget",
    "in:plan ferry",
    "since:2017 council",
    "\U0001f6a2",
)
WORDS: Final = (
    "list", "list sort:name", "list status:held", "list status:removed", "status", "help",
    "help add", "report", "history", "history {file}", "show {file}", "source {file}",
    "remove {file}", "restore {file}", "undo", "undo {file}", "why", "more", "share", "helpful",
    "unhelpful", "context 1", "verify 1", "cite 1", "copies 1", "source 1", "why 1", "context 99",
    'edit {file} title:"A {own} “title” of\nsorts"', "edit {file} outlet:- author:Roe",
    "edit {file} hold_until:2126-01-01T00:00", "edit {file} hold_until:-",
    'correct {file} note:"The {own} sum \u202ewas wrong"', "correct {file} note:-",
    'retract {file} reason:"Not <b>so</b>, @everyone"', "said Mayor about ferry",
    "quote We will never sell the ferry", "checkdraft He said “We sell the {own} ferry” to 12.",
    "privacy", "privacy delete",
)  # fmt: skip
CHANGING: Final = (
    "remove {file}", "restore {file}", "undo", "undo {file}", "correct {file} note:Wrong.",
    "edit {file} title:Other outlet:-", "edit {file} hold_until:2126-01-01T00:00",
    "edit {file} hold_until:-", "retract {file} reason:False.",
)  # fmt: skip
AFTERWARDS: Final = (
    "why", "why 1", "more", "share", "context 1", "verify 1", "cite 1", "copies 1", "source 1",
    "helpful",
)  # fmt: skip
ADDING: Final = (
    "add",
    "add this please",
    "replace",
    "replace {file}",
    "add title:{own}",
    "",
    "add hold_until:2126-01-01T00:00",
    "replace {file} hold_until:-",
    "checkdraft",
)

MARKS: Final = (("", ""), ('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'"), ("`", "`"))

seats = st.sampled_from(SEATS)
places = st.sampled_from(PLACES)
names = st.sampled_from(NAMES)
aims = st.integers(0, 3) | names
"""The name of a document, or one of those that stand in the space."""
sources = st.tuples(names, st.lists(st.sampled_from(PARAGRAPHS), max_size=4, unique=True))


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that somebody was given."""

    id: str
    seat: Seat
    place: str
    receipts: tuple[str, ...]


class AnythingSaid(RuleBasedStateMachine):
    """People of three spaces at one desk."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.stack = AsyncExitStack()
        self.path = Path(self.folder.name) / "news.db"
        self.library = self.do(
            self.stack.enter_async_context(Library.open(self.path, max_bytes=20_000))
        )
        self.desk = Desk(self.library, {"slack": frozenset({"desk-editors"})})
        self.answers: dict[str, Given] = {}
        self.cited: dict[str, str | None] = {}

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do some work in the loop that all of the machine's is done in."""
        return self.runner.run(work)

    def teardown(self) -> None:
        """Close everything."""
        self.do(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()

    @initialize()
    def something_is_there(self) -> None:
        """Begin with a document in each space."""
        for seat in (SEATS[1], SEATS[3], SEATS[5]):
            paragraphs = [one.replace("{own}", OF_SPACE[seat.space]) for one in PARAGRAPHS[:3]]
            content = "\n".join([OF_SPACE[seat.space], *paragraphs]).encode()
            self.hears(seat, "C1", "add", attached("plan.txt", content))

    # What is said

    @rule(seat=seats, place=places, question=st.sampled_from(QUESTIONS))
    def ask(self, seat: Seat, place: str, question: str) -> None:
        """Ask something."""
        reply = self.hears(seat, place, self.filled(question, seat, ""))
        assert isinstance(reply, Answer)

    @rule(seat=seats, place=places, word=st.sampled_from(WORDS), name=aims)
    def say(self, seat: Seat, place: str, word: str, name: str | int) -> None:
        """Say a word of the bot's, by whoever."""
        self.hears(seat, place, self.filled(word, seat, name))
        if word == "privacy delete":
            self.answers = {
                its: one for its, one in self.answers.items() if one.seat.sender != seat.sender
            }

    @rule(seat=seats, place=places, text=st.text(max_size=60))
    def say_anything(self, seat: Seat, place: str, text: str) -> None:
        """Say anything."""
        self.hears(seat, place, text)

    @rule(
        seat=seats,
        place=places,
        word=st.sampled_from(ADDING),
        name=aims,
        files=st.lists(sources, min_size=1, max_size=3),
        zipped=st.booleans(),
    )
    def attach(
        self,
        *,
        seat: Seat,
        place: str,
        word: str,
        name: str | int,
        files: list[tuple[str, list[str]]],
        zipped: bool,
    ) -> None:
        """Say something with files, which may mean harm."""
        own = OF_SPACE[seat.space]
        written = [
            (file.replace("{own}", own), "\n\n".join([own, *its]).replace("{own}", own).encode())
            for file, its in files
        ]
        attachments = [attached(file, content) for file, content in written]
        if zipped:
            attachments = [attached("all.zip", zip_of(written))]
        self.hears(seat, place, self.filled(word, seat, name), *attachments)

    @rule(
        seat=st.sampled_from([one for one in SEATS if one.moderates]),
        place=places,
        words=st.lists(st.sampled_from(CHANGING), min_size=1, max_size=4),
        name=st.integers(0, 3),
    )
    def change(self, seat: Seat, place: str, words: list[str], name: int) -> None:
        """Change one document in several ways, in a row, as somebody who may."""
        file = self.filled("{file}", seat, name)
        for word in words:
            reply = self.hears(seat, place, word.replace("{file}", file))
            assert isinstance(reply, Changed | Problem)

    @rule(
        seat=seats,
        place=places,
        question=st.sampled_from(QUESTIONS),
        words=st.lists(st.sampled_from(AFTERWARDS), min_size=1, max_size=4),
    )
    def ask_and_go_on(self, seat: Seat, place: str, question: str, words: list[str]) -> None:
        """Ask, and say what can be said of an answer."""
        answer = self.hears(seat, place, self.filled(question, seat, ""))
        assert isinstance(answer, Answer)
        for word in words:
            reply = self.hears(seat, place, word)
            if answer.id and answer.citations:
                assert not isinstance(reply, Problem) or (word, reply.text) == (
                    "more",
                    "That answer has no further passages; ask with other words.",
                )

    @precondition(lambda self: self.cited)
    @rule(
        seat=seats,
        place=places,
        data=st.data(),
        word=st.sampled_from(["verify", "context", "cite", "copies", "source", "why"]),
    )
    def name_a_receipt(self, seat: Seat, place: str, data: st.DataObject, word: str) -> None:
        """Name a receipt that was once shown: it leads to its own space only."""
        receipt = data.draw(st.sampled_from(list(self.cited)))
        reply = self.hears(seat, place, f"{word} {receipt[:8]}")
        if self.cited[receipt] not in {None, seat.space}:
            match reply:
                case Problem():
                    pass
                case VerifiedReceipt():
                    assert reply.verification is None
                case _:
                    raise AssertionError(reply)
        elif word == "verify" and not self.is_held(receipt):
            assert isinstance(reply, VerifiedReceipt)
            assert reply.verification

    @precondition(lambda self: self.answers)
    @rule(seat=seats, place=places, data=st.data(), button=st.sampled_from([More, Share]))
    def press(
        self, seat: Seat, place: str, data: st.DataObject, button: type[More] | type[Share]
    ) -> None:
        """Press a button of an answer: it works in its space, and nowhere else."""
        given = self.answers[data.draw(st.sampled_from(list(self.answers)))]
        reply = self.pressed(seat, place, button(given.id))
        if seat.space != given.seat.space:
            assert isinstance(reply, Problem)
            assert "There is no answer here" in reply.text
        elif button is Share:
            assert isinstance(reply, Answer)
        elif isinstance(reply, Problem):
            assert "no further passages" in reply.text

    # What must hold

    def hears(self, seat: Seat, place: str, text: str, *files: Attachment) -> Reply:
        """Say something, and see that the reply is one that may be given."""
        request = self.request(seat, place, text, files)
        return self.judged(request, seat, self.desk.handle(request))

    def pressed(self, seat: Seat, place: str, command: Command) -> Reply:
        """Press a button, and see that the reply is one that may be given."""
        request = self.request(seat, place, "", ())
        return self.judged(request, seat, self.desk.carry_out(command, request))

    def request(self, seat: Seat, place: str, text: str, files: tuple[Attachment, ...]) -> Request:
        """Return what somebody says in a place."""
        return Request(seat.sender, seat.platform, text, seat.space, place, files)

    def judged(self, request: Request, seat: Seat, work: Coroutine[Any, Any, Reply]) -> Reply:
        """See that a reply may be given, and that nothing was changed that may not be."""
        before = self.states()
        reply = self.do(work)
        after = self.states()
        changed = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
        assert {space for space, _ in changed} <= ({seat.space} if seat.moderates else set())
        shown = " ".join(everything_shown(reply))
        assert "went wrong on our side" not in shown
        for space, word in OF_SPACE.items():
            if space not in {None, seat.space}:
                assert word not in shown.lower()
        self.remember(reply, seat, request.place)
        self.agree(reply, seat)
        return reply

    def remember(self, reply: Reply, seat: Seat, place: str) -> None:
        """Keep what may be named later."""
        if isinstance(reply, Answer):
            cited = [one.hit.passage.receipt for one in reply.citations]
            if reply.id:
                self.answers[reply.id] = Given(reply.id, seat, place, tuple(cited))
            for citation in reply.citations:
                self.cited[citation.hit.passage.receipt] = citation.hit.document.space

    def agree(self, reply: Reply, seat: Seat) -> None:
        """See that what a reply shows can be looked up by whoever was shown it."""
        match reply:
            case Answer():
                for citation in reply.citations:
                    receipt = citation.hit.passage.receipt
                    verified = self.do(self.library.verify(receipt, seat.space))
                    assert verified
                    assert verified.standing is Standing.UNCHANGED
                    around = self.asked(seat, Context(receipt))
                    assert isinstance(around, Surroundings)
                    assert around.passage.text == citation.hit.passage.text
            case Listing():
                for document in reply.documents:
                    assert document.space in {None, seat.space}
                    if document.status.stands:
                        assert document.file in named(self.asked(seat, Show(document.file)))
                        assert any(
                            to_command(f"show {left}{document.file}{right}") == Show(document.file)
                            for left, right in MARKS
                        ), document.file
            case History():
                assert {one.space for one in reply.changes} <= {seat.space}
            case _:
                pass

    def asked(self, seat: Seat, command: Command) -> Reply:
        """Return the reply to somebody in a place of their own."""
        return self.do(self.desk.carry_out(command, self.request(seat, "C9", "", ())))

    def filled(self, text: str, seat: Seat, name: str | int) -> str:
        """Return a text with the words of a space, and with a name as it is typed."""
        if isinstance(name, int):
            its = sorted(file for space, file in self.states() if space == seat.space)
            name = its[name % len(its)] if its else NAMES[0]
        own, slips = (
            OF_SPACE[seat.space],
            [slip for space, slip in SLIPS.items() if space != seat.space],
        )
        name = name.replace("{own}", own)
        file = name if name.count('"') or " " not in name else f'"{name}"'
        return text.replace("{file}", file).replace("{own}", own).replace("{slip}", slips[0])

    def states(self) -> dict[tuple[str | None, str], tuple[object, ...]]:
        """Return how all documents stand."""
        with closing(sqlite3.connect(self.path)) as connection:
            rows = connection.execute(
                "SELECT d.space, d.file, d.status, d.correction, d.reason, d.hold_until, v.number,"
                " v.title, v.outlet, v.author, v.published, v.language"
                " FROM documents d JOIN versions v ON v.id = d.version_id"
            )
            return {(row[0], row[1]): row[2:] for row in rows}

    def is_held(self, receipt: str) -> bool:
        """Say whether a receipt is of a document with an embargo."""
        with closing(sqlite3.connect(self.path)) as connection:
            [(number,)] = connection.execute(
                "SELECT count(*) FROM passages p JOIN versions v ON v.id = p.version_id"
                " JOIN documents d ON d.id = v.document_id"
                " WHERE p.receipt = ? AND d.hold_until IS NOT NULL",
                (receipt,),
            )
        return bool(number)


def named(reply: Reply) -> str:
    assert isinstance(reply, WholeDocument), reply
    return reply.document.file


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Return an archive; of two files of a name both are in it."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for at, (file, content) in enumerate(files):
            archive.writestr(f"{at}/{file}", content)
    return written.getvalue()


def everything_shown(reply: Reply) -> list[str]:
    """Return what is shown of a reply, on all platforms; each takes the message as it is."""
    message = to_message(reply, shareable=True)
    assert message_problems(message.blocks) == []
    post = to_post(reply, shareable=True)
    components = [item.to_component_dict() for item in post.items]
    flags = COMPONENTS_V2 if components else 0  # a file alone goes with words
    check_message(
        {"content": post.content, "components": components, "flags": flags},
        [Upload(name, content) for name, content in post.files],
    )
    lines = "\n".join(one.text.plain for one in to_lines(reply))
    return [message.text, repr(message.blocks), repr(components), lines, repr(to_objects(reply))]


def test_whatever_is_said_in_whatever_order_gets_a_reply_that_may_be_given() -> None:
    run_state_machine_as_test(AnythingSaid, settings=orders(20))
