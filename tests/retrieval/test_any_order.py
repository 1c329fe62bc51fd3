"""Whatever happens in whatever order: a library says what the same changes come to on paper.

Hypothesis makes up what is done, by two libraries that are open on one file, in three spaces;
``tests/orders.py`` says how much.
"""

import asyncio
import re
import sqlite3
import tempfile
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import AsyncExitStack, closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from retrieval import (
    Actor,
    Details,
    Document,
    Incoming,
    Library,
    LibraryError,
    Outcome,
    Standing,
    Status,
    back_up,
    list_filter,
)
from retrieval.index import keeping, live_index, parted_index
from retrieval.model import NO_DETAILS
from retrieval.quotes import following
from tests.orders import orders
from tests.retrieval.on_paper import OnPaper

T = TypeVar("T")
Aim = int | tuple[str, str | None]

SPACES = (None, "T1", "T2")
FILES = ("budget.txt", "2017/plan.txt")
DAY = timedelta(days=1)
COMMON = (
    "The council approved the harbor budget on Monday.",
    "The council of the harbor approved a budget, again, on a Monday.",
    "The mayor said, “We will never sell the ferry to anybody at all.”",
    "A spokeswoman for the ferry declined to comment.",
    "„Wir verkaufen die Fähre nie“, sagte Bürgermeister Karl Dunkel am Montag.",
)
SECRETS = {
    None: "The Dunmarrow Oversight Lodge (DOL) met, Harriet Dunmarrow said on Tuesday.",
    "T1": "The Quillfeather Vexation Bureau (QVB) met, Harriet Quillfeather said on Tuesday.",
    "T2": "The Brackenshaw Inquiry Panel (BIP) met, Harriet Brackenshaw said on Tuesday.",
}
"""Each may be told in its own space only."""
TOLD = re.compile(r"dunmarrow|oversight|lodge|quillfeather|vexation|bureau|brackenshaw|inquiry")
QUESTIONS = (
    "council",
    "ferry",
    "Dunmarrow",
    "Quillfeather",
    "Brackenshaw",
    "Quilfeather",
    "Brakenshaw",
    "QVB",
    "BIP",
    "approved harbor budget",
)
"""Two are abbreviations, and two slips of the pen:"""
SLIPS = {"Quilfeather": "Quillfeather", "Brakenshaw": "Brackenshaw"}
PEOPLE = ("Harriet", "Dunmarrow", "Quillfeather", "Dunkel", "mayor")
QUOTATIONS = ("We will never sell the ferry to anybody.", "Wir verkaufen die Fähre nie")

spaces = st.sampled_from(SPACES)
files = st.sampled_from(FILES)
aims = st.integers(0, 2) | st.tuples(files, spaces)
"""A document by its name in a space, or one of those that were dealt with last: much has to
happen to one before what was done to it at first matters again."""
holds = st.sampled_from([None, None, None, 1, 3])
"""Days of an embargo."""
details = st.sampled_from(
    [
        NO_DETAILS,
        NO_DETAILS,
        Details(title="Ferry Sold"),
        Details(outlet="Harbor Post", published=date(2017, 8, 1)),
        Details(author="Jane Roe", published=date(2018, 1, 2), denied=frozenset({"outlet"})),
        Details(denied=frozenset({"title", "published"})),
        Details(language="de"),
        Details(language="fr"),
    ]
)
notes = st.sampled_from([None, "The sum was wrong.", "So was the date."])
paragraphs = st.lists(st.sampled_from([*COMMON, "SECRET"]), min_size=1, max_size=4, unique=True)


def written(its: Sequence[str], space: str | None) -> bytes:
    """Return a source of a space."""
    return "\n".join(SECRETS[space] if one == "SECRET" else one for one in its).encode()


class AnyOrder(RuleBasedStateMachine):
    """Two libraries on one file, and what is to be true of them on paper."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "news.db"
        self.stacks = [AsyncExitStack(), AsyncExitStack()]
        self.open = [self.opened(stack) for stack in self.stacks]
        self.paper = OnPaper()
        self.receipts: dict[str, None] = {}
        self.messages = 0
        self.last: list[tuple[str, str | None]] = [(FILES[0], None)]
        self.compared = 0
        """Lines of the trail when the index was last compared with one that is built anew."""
        self.looked = True
        self.turn = 0

    def opened(self, stack: AsyncExitStack) -> Library:
        """Open the library until a stack is closed."""
        return self.do(stack.enter_async_context(Library.open(self.path)))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Do some work in the loop that all of the machine's is done in."""
        return self.runner.run(work)

    def teardown(self) -> None:
        """Compare what is found for the last time, and close everything."""
        try:
            self.an_index_that_is_built_anew_finds_the_same()
        finally:
            for stack in self.stacks:
                self.do(stack.aclose())
            self.runner.close()
            self.folder.cleanup()

    def actor(self, *, message: bool = True) -> Actor:
        """Return somebody with a message of their own, or the operator without one."""
        self.messages += 1
        return Actor("U2", "Morgan", "slack", f"m{self.messages}" if message else None)

    def aimed(self, aim: Aim) -> tuple[str, str | None]:
        """Return the name and the space of a document, of one that there may be."""
        if isinstance(aim, int):
            aim = self.last[min(aim, len(self.last) - 1)]
        if aim in self.last:
            self.last.remove(aim)
        self.last.insert(0, aim)
        return aim

    def both(self, work: Coroutine[Any, Any, T], on_paper: Callable[[], object]) -> T | None:
        """Do something, also on paper: both do it, or both refuse it for the same reason."""
        expected, came = refused_or(on_paper), refused_or(lambda: self.do(work))
        if isinstance(expected, LibraryError) or isinstance(came, LibraryError):
            assert type(came) is type(expected)
            assert str(came).endswith(".")
            return None
        if isinstance(came, Outcome):
            assert came.changed is expected
        return came

    # What is done

    @rule(
        which=st.integers(0, 1),
        its=paragraphs,
        aim=aims,
        about=details,
        hold=holds,
        named=st.booleans(),
    )
    def add(
        self, *, which: int, its: list[str], aim: Aim, about: Details, hold: int | None, named: bool
    ) -> None:
        """Add a document, or one of a name that is taken."""
        file, space = self.aimed(aim)
        content, until, actor = written(its, space), until_in(hold), self.actor(message=named)
        self.both(
            self.open[which].add(
                content, file, space, details=about, hold_until=until, actor=actor
            ),
            lambda: self.paper.add(
                content=content,
                file=file,
                space=space,
                details=about,
                hold=until,
                message=actor.message,
            ),
        )

    @rule(
        which=st.integers(0, 1),
        sources=st.lists(st.tuples(files, paragraphs), min_size=2, max_size=4),
        space=spaces,
        hold=holds,
        at_once=st.booleans(),
    )
    def add_several(
        self,
        which: int,
        sources: list[tuple[str, list[str]]],
        space: str | None,
        hold: int | None,
        at_once: bool,
    ) -> None:
        """Add several with one message, together or one after the other."""
        until, actor, library = until_in(hold), self.actor(), self.open[which]
        incoming = [Incoming(written(its, space), file) for file, its in sources]

        def add(one: Incoming) -> bool:
            return self.paper.add(
                content=one.content,
                file=one.filename,
                space=space,
                details=NO_DETAILS,
                hold=until,
                message=actor.message,
            )

        if at_once:
            outcomes = self.do(all_added(library, incoming, space=space, until=until, actor=actor))
            for one, outcome in zip(incoming, outcomes, strict=True):
                expected = refused_or(partial(add, one))
                if isinstance(outcome, LibraryError):
                    assert type(outcome) is type(expected)
                else:
                    assert outcome.changed is expected
            return
        for one in incoming:
            self.both(
                library.add(one.content, one.filename, space, hold_until=until, actor=actor),
                partial(add, one),
            )

    @rule(
        which=st.integers(0, 1),
        its=paragraphs,
        aim=aims,
        about=details,
        hold=holds,
    )
    def replace(
        self,
        which: int,
        its: list[str],
        aim: Aim,
        about: Details,
        hold: int | None,
    ) -> None:
        """Put a version in the place of another."""
        file, space = self.aimed(aim)
        content, until, actor = written(its, space), until_in(hold), self.actor()
        self.both(
            self.open[which].replace(
                content, file, space, details=about, hold_until=until, actor=actor
            ),
            lambda: self.paper.replace(
                content=content,
                file=file,
                space=space,
                details=about,
                hold=until,
                message=actor.message,
            ),
        )

    @rule(
        which=st.integers(0, 1),
        aim=aims,
        about=details,
        hold=holds,
        lifts=st.booleans(),
    )
    def edit(
        self,
        which: int,
        aim: Aim,
        about: Details,
        hold: int | None,
        lifts: bool,
    ) -> None:
        """Set details and the embargo right."""
        file, space = self.aimed(aim)
        until, actor = until_in(hold), self.actor()
        self.both(
            self.open[which].edit(
                file, space, details=about, hold_until=until, lifts_hold=lifts, actor=actor
            ),
            lambda: self.paper.edit(file, space, about, until, actor.message, lifts_hold=lifts),
        )

    @rule(which=st.integers(0, 1), aim=aims, note=notes)
    def correct(self, *, which: int, aim: Aim, note: str | None) -> None:
        """Set or take back a note."""
        file, space = self.aimed(aim)
        actor = self.actor()
        self.both(
            self.open[which].correct(file, note, space, actor=actor),
            lambda: self.paper.correct(file, space, note, actor.message),
        )

    @rule(which=st.integers(0, 1), aim=aims, reason=notes)
    def take_out(self, *, which: int, aim: Aim, reason: str | None) -> None:
        """Retract for a reason, or remove without one."""
        file, space = self.aimed(aim)
        actor, library = self.actor(), self.open[which]
        self.both(
            library.retract(file, reason, space, actor=actor)
            if reason
            else library.remove(file, space, actor=actor),
            lambda: self.paper.take_out(file, space, reason, actor.message),
        )

    @rule(which=st.integers(0, 1), aim=aims)
    def restore(self, *, which: int, aim: Aim) -> None:
        """Bring back what is out."""
        file, space = self.aimed(aim)
        actor = self.actor()
        self.both(
            self.open[which].restore(file, space, actor=actor),
            lambda: self.paper.restore(file, space, actor.message),
        )

    @rule(which=st.integers(0, 1), aim=aims, by_name=st.booleans(), times=st.integers(1, 3))
    def undo(self, *, which: int, aim: Aim, by_name: bool, times: int) -> None:
        """Take back what was done last, and that in turn."""
        name, space = self.aimed(aim)
        file = name if by_name else None
        for _ in range(times):
            actor = self.actor()
            undone = self.both(
                self.open[which].undo(file, space, actor=actor),
                partial(self.paper.undo, space, file, actor.message),
            )
            if undone:
                assert all(one.changed for one in undone.outcomes)

    @rule(which=st.integers(0, 1), aim=aims)
    def purge(self, *, which: int, aim: Aim) -> None:
        """Erase a document for good."""
        file, space = self.aimed(aim)
        self.both(self.open[which].purge(file, space), lambda: self.paper.purge(file, space))

    @rule(
        which=st.integers(0, 1),
        aim=aims,
        content=st.sampled_from([b"", b" \n ", b"\x00\x01\x02\xff", b"x" * 2000]),
    )
    def refuse(self, *, which: int, aim: Aim, content: bytes) -> None:
        """Try what cannot be done: it changes nothing."""
        file, space = self.aimed(aim)
        past = datetime.now(UTC) - DAY
        for change in (
            self.open[which].add(content, "../" + file, space),
            self.open[which].replace(b"Anything.", file, space, hold_until=past),
            self.open[which].correct(file, "x" * 501, space),
            self.open[which].retract(file, " ", space),
        ):
            with pytest.raises(LibraryError, match=r"\.$"):
                self.do(change)

    # What happens

    @rule(days=st.integers(1, 3))
    def time_passes(self, days: int) -> None:
        """Let days pass, and nobody looks: what comes next may be another change."""
        let_time_pass(self.path, days * DAY)
        self.paper.let_time_pass(days * DAY)
        self.looked = False

    @rule(which=st.integers(0, 1))
    def reopen(self, which: int) -> None:
        """Close one of the libraries and open it again."""
        self.do(self.stacks[which].aclose())
        self.open[which] = self.opened(self.stacks[which])

    @rule(which=st.integers(0, 1))
    def reindex(self, which: int) -> None:
        """Build the index of one of them anew."""
        number = self.do(self.open[which].reindex())
        everything = [its for space in SPACES for its in self.paper.own(space, Status.LIVE)]
        assert number == sum(one.now.citable for one in everything)

    @rule(which=st.integers(0, 1), space=spaces, question=st.sampled_from(QUESTIONS))
    def ask_while_it_changes(self, *, which: int, space: str | None, question: str) -> None:
        """Ask while a document goes and comes back."""
        library, actor = self.open[which], self.actor()
        self.look()
        names = [one.file for one in self.paper.own(space, Status.LIVE)]
        if names:
            self.do(
                together(
                    library, self.open[1 - which], names[0], space, question=question, actor=actor
                )
            )
            self.paper.take_out(names[0], space, None, actor.message)
            self.paper.restore(names[0], space, actor.message)

    # What must hold

    @invariant()
    def it_is_as_on_paper(self) -> None:
        """Compare what one of the libraries says in one of the spaces."""
        if not self.looked:
            self.looked = True
            return
        self.look()
        self.turn += 1
        library, space = self.open[self.turn % 2], SPACES[self.turn % 3]
        self.do(self.as_on_paper(library, space))

    def look(self) -> None:
        """Look what there is: what is due appears."""
        self.do(self.open[0].coverage())
        self.paper.look()

    async def as_on_paper(self, library: Library, space: str | None) -> None:
        """Compare all that can be asked of a library."""
        await self.documents_are(library, space)
        await self.names_are(library, space)
        await self.trail_is(library, space)
        await self.receipts_are(library, space)
        await self.answers_are(library, space)
        await self.nothing_is_told(library, space)

    async def documents_are(self, library: Library, space: str | None) -> None:
        """See that all lists, counts and texts agree."""
        seen = self.paper.seen_by(space)
        documents = await library.documents(space)
        assert {(one.space, one.file): one.state for one in documents} == {
            (one.space, one.file): one.state for one in seen
        }
        assert len(documents) == len(seen)
        assert await library.coverage(space) == self.paper.coverage(space)
        for status in (Status.REMOVED, Status.RETRACTED, Status.HELD):
            page = await library.page(list_filter(status=status), space)
            assert {one.file: one.state for one in page.documents} == {
                one.file: one.state for one in self.paper.own(space, status)
            }
        for document in documents:
            passages = await library.passages(document)
            text = await library.text(document)
            kept = next(
                one for one in seen if (one.space, one.file) == (document.space, document.file)
            )
            assert await library.source(document) == kept.now.content
            assert [text[one.start : one.end] for one in passages] == [one.text for one in passages]
            assert [one.receipt for one in passages] == [one.receipt for one in kept.now.passages]
            self.receipts.update(dict.fromkeys(one.receipt for one in passages))

    async def names_are(self, library: Library, space: str | None) -> None:
        """See that names are completed to what is seen, and lead to it."""
        seen = self.paper.seen_by(space)
        its = {one.value for one in await library.completions("file", "", space)}
        assert its == {one.file for one in seen}
        for kind in ("outlet", "author"):
            its = {one.value for one in await library.completions(kind, "", space)}
            assert its == {getattr(one.state.details, kind) for one in seen} - {None}
        for file in FILES:
            named = self.paper.named(file, space)
            try:
                document = await library.document(file, space)
            except LibraryError:
                assert named is None
            else:
                assert named
                assert (document.space, document.state) == (named.space, named.state)

    async def trail_is(self, library: Library, space: str | None) -> None:
        """See that the trail has every change once, with what was before and after."""
        lines = [one for one in self.paper.trail if one.space == space]
        changes = await library.history(space=space, limit=1000)
        assert [
            (
                one.action,
                one.file,
                one.note,
                (one.before, one.after),
                one.state_before,
                one.state_after,
            )
            for one in reversed(changes)
        ] == [(one.action, one.file, one.note, one.hashes, one.before, one.after) for one in lines]
        assert await library.changes(space=space) == len(lines)

    async def receipts_are(self, library: Library, space: str | None) -> None:
        """See that every receipt that was ever given says what became of it."""
        for receipt in list(self.receipts)[self.turn % 2 :: 2]:
            expected = self.paper.standings(receipt, space)
            verified = await library.verify(receipt, space)
            if verified is None:
                assert not expected
            else:
                assert verified.standing in expected
                assert verified.receipt == receipt
                if verified.standing is Standing.CHANGED:
                    assert verified.since == await self.since(library, verified.document)

    async def since(self, library: Library, document: Document) -> datetime:
        """Return when the trail says that a version of a document was seen to be another."""
        kept = self.paper.named(document.file, document.space)
        assert kept
        line = self.paper.changed_with(kept, document.version)
        lines = [one for one in self.paper.trail if one.space == document.space]
        changes = await library.history(space=document.space, limit=1000)
        return changes[-1 - lines.index(line)].at

    async def answers_are(self, library: Library, space: str | None) -> None:
        """See that a word is found wherever it is seen, and nowhere else."""
        seen = list(self.paper.passages(space))
        for question in QUESTIONS[self.turn % 2 : -1 : 2]:
            findings = await library.find(question, 50, space)
            of_hits = [(one.document, one.passage) for one in findings.hits]
            of_copies = [(one.document, one.passage) for hit in findings.hits for one in hit.also]
            found = [(its.space, its.file, one.receipt) for its, one in of_hits + of_copies]
            word = SLIPS.get(question, question).lower()
            assert sorted(found, key=str) == sorted(
                (
                    (document.space, document.file, passage.receipt)
                    for document, passage in seen
                    if word in words_of(passage.text)
                ),
                key=str,
            )
            is_there = any(question.lower() in words_of(one.text) for _, one in seen)
            assert findings.missing == (() if is_there else (question,))
            assert findings.coverage == self.paper.coverage(space)
        vitals = await library.vitals()
        everywhere = [one for one in self.paper.documents if one.state.status is Status.LIVE]
        assert (vitals.documents, vitals.behind) == (len(everywhere), 0)
        assert vitals.passages == vitals.indexed

    async def nothing_is_told(self, library: Library, space: str | None) -> None:
        """See that no word that a space may not see stands in anything that it is told."""
        may_see = TOLD.findall(" ".join(one.text for _, one in self.paper.passages(space)).lower())
        for said in (
            await library.find("Quilfeather Brakenshaw Dunmarow QVB BIP DOL council", 20, space),
            await library.explain("qvb bip dol", 20, space),
            await library.documents(space),
            await library.said("Harriet", space=space),
            await library.check_quote("We will never sell the ferry", space),
            await library.completions("file", "", space),
        ):
            assert set(TOLD.findall(re.sub(r"question='[^']*'", "", repr(said)).lower())) <= set(
                may_see
            )

    @precondition(lambda self: self.compared != len(self.paper.trail))
    @rule()
    def an_index_that_is_built_anew_finds_the_same(self) -> None:
        """Compare with one that has the database only: the same hits, scores and order."""
        copy = self.path.with_name("copy.db")
        copy.unlink(missing_ok=True)
        self.look()
        self.do(as_built_anew(self.open, self.path, copy))
        self.compared = len(self.paper.trail)


def refused_or(change: Callable[[], T]) -> T | LibraryError:
    """Return what comes of a change, or why it was refused."""
    try:
        return change()
    except LibraryError as error:
        return error


def until_in(days: int | None) -> datetime | None:
    return datetime.now(UTC) + days * DAY if days else None


def words_of(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


async def all_added(
    library: Library,
    sources: Sequence[Incoming],
    *,
    space: str | None,
    until: datetime | None,
    actor: Actor,
) -> list[Outcome | LibraryError]:
    adding = library.add_all(sources, space, hold_until=until, actor=actor)
    return [one async for one in adding]


async def together(
    ours: Library, theirs: Library, file: str, space: str | None, *, question: str, actor: Actor
) -> None:
    """Ask both libraries while one of them takes a document out and brings it back."""

    async def change() -> None:
        await ours.remove(file, space, actor=actor)
        await ours.restore(file, space, actor=actor)

    await asyncio.gather(theirs.find(question, 10, space), change(), ours.find(question, 10, space))


async def as_built_anew(libraries: Iterable[Library], path: Path, copy: Path) -> None:
    kept = [await everything_found(one) for one in libraries]
    await asyncio.to_thread(back_up, path, copy)
    forget_what_is_derived(copy)
    async with Library.open(copy) as anew:
        await until_read(anew)
        found = await everything_found(anew)
    for one in kept:
        assert one == found


async def until_read(library: Library) -> None:
    """Wait until all is read for quotations and copies."""
    for _ in range(12_000):
        if (await library.reading()).is_done:
            return
        await asyncio.sleep(0.005)
    pytest.fail("the background did not follow")


async def everything_found(library: Library) -> list[object]:
    """Return what is found for all questions in all spaces, with scores and in order."""
    found: list[object] = []
    for space in SPACES:
        found += [await library.explain(question, 20, space) for question in QUESTIONS]
        found += [await library.said(person, space=space) for person in PEOPLE]
        found += [await library.check_quote(quote, space) for quote in QUOTATIONS]
    return found


def forget_what_is_derived(path: Path) -> None:
    """Leave in a database what people put there."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("speaker_offices", "sayings", "sketches", "near"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
        connection.execute("UPDATE followed SET revision = 0")


def let_time_pass(path: Path, time: timedelta) -> None:
    """Bring the end of every embargo nearer, in the documents and on the trail."""
    final = "changes_are_not_updated"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.create_function("earlier", 1, lambda at: earlier(at, time))
        connection.execute("UPDATE documents SET hold_until = earlier(hold_until)")
        [(trigger,)] = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (final,))
        connection.execute(f"DROP TRIGGER {final}")
        for column in ("state_before", "state_after"):
            connection.execute(
                f"UPDATE changes SET {column} = json_set({column}, '$.hold_until',"  # noqa: S608 - ours
                f" earlier(json_extract({column}, '$.hold_until'))) WHERE {column} IS NOT NULL"
            )
        connection.execute(trigger)


def earlier(at: str | None, time: timedelta) -> str | None:
    return at and (datetime.fromisoformat(at) - time).isoformat(timespec="microseconds")


@pytest.fixture(autouse=True)
def _followed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "REST", 0)


def test_whatever_is_done_in_whatever_order_it_is_as_on_paper() -> None:
    run_state_machine_as_test(AnyOrder, settings=orders(10))


def test_so_it_is_where_the_index_is_of_many_small_parts_and_saved_all_the_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parted_index, "SHELF_LIMIT", 6)
    monkeypatch.setattr(live_index, "SEGMENT_FROM", 4)
    monkeypatch.setattr(live_index, "TAKEN_AT_ONCE", 5)
    monkeypatch.setattr(live_index, "READ_AT_ONCE", 2)
    monkeypatch.setattr(live_index, "RELOADED_FROM", 3)
    monkeypatch.setattr(keeping, "SAVED_FROM", 1)
    monkeypatch.setattr(keeping, "SAVED_AFTER", 2)
    run_state_machine_as_test(AnyOrder, settings=orders(10))
