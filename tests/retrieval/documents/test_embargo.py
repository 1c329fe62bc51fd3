"""Under embargo: as if it were not there, until the time comes, by itself, for everybody."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval import (
    Action,
    Actor,
    BadDetail,
    Coverage,
    Details,
    Incoming,
    Library,
    NameTaken,
    NoSuchDocument,
    NothingToUndo,
    Outcome,
    Standing,
    Status,
    hold_date,
    list_filter,
)
from retrieval.store import database

OPEN = b"The mayor named a chief.\n"
SECRET = b"The Federal Harbor Agency (FHA) will be dissolved.\n"
LATER = datetime.now(UTC) + timedelta(days=1)
DETAILS = Details("Agency Dissolved", "Secret Gazette", "Jane Doe")


def let_time_pass(path: Path) -> None:
    """Let every embargo of a database have ended a minute ago."""
    past = (datetime.now(UTC) - timedelta(minutes=1)).isoformat(timespec="microseconds")
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE documents SET hold_until = ? WHERE hold_until IS NOT NULL", (past,)
        )


async def all_that_is_said(library: Library, space: str | None = "T1") -> list[object]:
    """Return everything that somebody in a space may find out about a document."""
    return [
        [(hit.document.file, hit.score) for hit in await library.search("harbor agency", 9, space)],
        (await library.find("What is dissolved by the FHA?", 3, space)).missing,
        (await library.find("agensy disolved", 3, space)).reason,
        (await library.explain("FHA", 3, space)).words,
        [one.file for one in await library.documents(space)],
        await library.page(list_filter(), space),
        await library.coverage(space),
        await library.completions("file", "", space),
        await library.completions("outlet", "", space),
        await library.completions("author", "", space),
        (await library.find("harbor from:Gazette", 3, space)).reason,
    ]


@pytest.mark.parametrize("owner", ["T1", None])
async def test_what_is_held_is_as_if_it_were_not_there(library: Library, owner: str | None) -> None:
    await library.add(OPEN, "open.txt")
    before = await all_that_is_said(library)
    held = await library.add(SECRET, "plan.txt", owner, details=DETAILS, hold_until=LATER)
    assert (held.document.status, held.document.hold_until) == (Status.HELD, LATER)
    assert await all_that_is_said(library) == before
    with pytest.raises(NoSuchDocument):
        await library.document("plan.txt", "T1")
    for passage in await library.passages(held.document):
        assert await library.verify(passage.receipt, "T1") is None


async def test_what_is_held_appears_by_itself(library: Library) -> None:
    await library.add(OPEN, "open.txt")
    await library.add(SECRET, "plan.txt", "T1", details=DETAILS, hold_until=LATER)
    assert await library.search("harbor agency", space="T1") == []
    let_time_pass(library.path)
    [hit] = await library.search("harbor agency", space="T1")
    assert (hit.document.status, hit.document.hold_until) == (Status.LIVE, None)
    verified = await library.verify(hit.passage.receipt, "T1")
    assert verified is not None
    assert verified.standing is Standing.UNCHANGED
    [change, _] = await library.history(space="T1")
    assert (change.action, change.actor.name) == (Action.RELEASE, "Newsdesk")


async def test_what_appears_at_once_is_on_the_trail_in_the_order_of_its_embargoes(
    library: Library,
) -> None:
    await library.add(SECRET, "later.txt", hold_until=LATER + timedelta(hours=1))
    await library.add(SECRET, "sooner.txt", hold_until=LATER)
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute("UPDATE documents SET hold_until = '19' || substr(hold_until, 3)")
    await library.coverage()
    files = [one.file for one in await library.history() if one.action is Action.RELEASE]
    assert files == ["later.txt", "sooner.txt"]  # the newest line comes first


@pytest.mark.parametrize("first", ["documents", "coverage", "page", "completions", "document"])
async def test_whatever_is_asked_first_finds_it(library: Library, first: str) -> None:
    held = await library.add(SECRET, "plan.txt", details=DETAILS, hold_until=LATER)
    let_time_pass(library.path)
    match first:
        case "documents":
            found: object = await library.documents()
        case "coverage":
            found = await library.coverage()
            assert found == Coverage(1, 1, None)
        case "page":
            found = await library.page(list_filter())
        case "completions":
            found = await library.completions("file", "plan")
        case _:
            found = await library.document("plan.txt")
    assert first == "coverage" or "plan.txt" in str(found)
    assert (await library.document("plan.txt")).id == held.document.id


async def test_another_process_that_is_open_shows_it_too(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    async with Library.open(path) as ours, Library.open(path) as theirs:
        await ours.add(SECRET, "plan.txt", details=DETAILS, hold_until=LATER)
        assert await theirs.search("harbor agency") == []
        let_time_pass(path)
        both = await asyncio.gather(theirs.search("harbor agency"), ours.search("harbor agency"))
        assert [[hit.document.file for hit in hits] for hits in both] == [["plan.txt"]] * 2
        actions = [one.action for one in await ours.history()]
        assert actions == [Action.RELEASE, Action.ADD]


async def test_an_embargo_that_ended_while_nothing_ran_has_ended(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "news.db") as library:
        await library.add(SECRET, "plan.txt", hold_until=LATER)
    let_time_pass(tmp_path / "news.db")
    async with Library.open(tmp_path / "news.db") as library:
        assert len(await library.search("harbor agency")) == 1


async def test_moderators_find_what_their_space_holds_by_its_name(library: Library) -> None:
    await library.add(SECRET, "plan.txt", "T1", hold_until=LATER)
    assert (await library.document("plan.txt", "T1", held=True)).status is Status.HELD
    page = await library.page(list_filter(status="held"), "T1")
    assert [one.file for one in page.documents] == ["plan.txt"]
    for other in ("T2", None):
        with pytest.raises(NoSuchDocument):
            await library.document("plan.txt", other, held=True)
        assert (await library.page(list_filter(status="held"), other)).total == 0


async def test_an_embargo_is_set_moved_and_lifted_by_an_edit(library: Library) -> None:
    await library.add(SECRET, "plan.txt", details=DETAILS)
    held = await library.edit("plan.txt", hold_until=LATER)
    assert held.document.status is Status.HELD
    assert await library.search("harbor agency") == []
    moved = await library.edit("plan.txt", hold_until=LATER + timedelta(days=1))
    assert moved.document.hold_until == LATER + timedelta(days=1)
    lifted = await library.edit("plan.txt", lifts_hold=True)
    assert (lifted.document.status, lifted.document.hold_until) == (Status.LIVE, None)
    assert len(await library.search("harbor agency")) == 1


async def test_a_held_document_that_is_replaced_stays_held(library: Library) -> None:
    await library.add(OPEN, "plan.txt", hold_until=LATER)
    replaced = (await library.replace(SECRET, "plan.txt")).document
    assert (replaced.status, replaced.hold_until) == (Status.HELD, LATER)
    assert await library.search("harbor agency chief") == []


async def test_a_replacement_may_be_held_and_the_old_version_answers_no_more(
    library: Library,
) -> None:
    await library.add(OPEN, "plan.txt")
    await library.replace(SECRET, "plan.txt", hold_until=LATER)
    assert await library.search("mayor harbor agency chief") == []
    await library.undo()
    assert len(await library.search("mayor chief")) == 1


@pytest.mark.parametrize("how", ["undone", "replaced", "retracted and replaced"])
async def test_receipts_of_a_version_that_never_appeared_stay_unknown(
    library: Library, how: str
) -> None:
    first = (await library.add(OPEN, "plan.txt")).document
    [old] = await library.passages(first)
    held = (await library.replace(SECRET, "plan.txt", hold_until=LATER)).document
    secret = [one.receipt for one in await library.passages(held)]
    if how == "undone":
        await library.undo()
    elif how == "replaced":
        await library.replace(b"Something else.", "plan.txt", lifts_hold=True)
    else:
        await library.retract("plan.txt", "Wrong.")
        await library.add(b"Something else.", "plan.txt")
    assert [await library.verify(one) for one in secret] == [None]
    verified = await library.verify(old.receipt)
    assert verified is not None
    assert verified.standing is (Standing.UNCHANGED if how == "undone" else Standing.CHANGED)


async def test_receipts_of_what_appeared_are_known(library: Library) -> None:
    held = (await library.add(SECRET, "plan.txt", hold_until=LATER)).document
    secret = [one.receipt for one in await library.passages(held)]
    await library.edit("plan.txt", lifts_hold=True)
    await library.replace(OPEN, "plan.txt")
    assert [one and one.standing for one in [await library.verify(one) for one in secret]] == [
        Standing.CHANGED
    ]


async def test_the_name_of_what_is_held_is_taken(library: Library) -> None:
    held = await library.add(SECRET, "plan.txt", hold_until=LATER)
    assert await library.add(SECRET, "plan.txt") == Outcome(held.document, changed=False)
    with pytest.raises(NameTaken):
        await library.add(OPEN, "plan.txt")


async def test_what_was_removed_while_it_was_held_is_held_again_when_restored(
    library: Library,
) -> None:
    held = (await library.add(SECRET, "plan.txt", hold_until=LATER)).document
    receipts = [one.receipt for one in await library.passages(held)]
    await library.remove("plan.txt")
    assert [await library.verify(one) for one in receipts] == [None]
    assert (await library.restore("plan.txt")).document.state == held.state


async def test_an_embargo_that_ends_while_the_document_is_out_keeps_no_receipt_unknown(
    library: Library,
) -> None:
    document = (await library.add(SECRET, "plan.txt")).document
    [cited] = await library.passages(document)
    await library.edit("plan.txt", hold_until=LATER)
    await library.retract("plan.txt", "It will not be dissolved.")
    assert await library.verify(cited.receipt) is None
    let_time_pass(library.path)
    verified = await library.verify(cited.receipt)
    assert verified is not None
    assert (verified.standing, verified.reason) == (
        Standing.WITHDRAWN,
        "It will not be dissolved.",
    )


async def test_an_undo_after_the_release_takes_back_what_a_person_did(library: Library) -> None:
    await library.add(SECRET, "plan.txt", hold_until=LATER, actor=Actor("U2", "Morgan", "slack"))
    let_time_pass(library.path)
    await library.coverage()
    [outcome] = (await library.undo()).outcomes
    assert outcome.document.status is Status.REMOVED


async def test_an_embargo_that_has_ended_cannot_be_taken_back_by_an_undo(library: Library) -> None:
    await library.add(SECRET, "plan.txt")
    await library.edit("plan.txt", hold_until=LATER)
    let_time_pass(library.path)
    with pytest.raises(NothingToUndo, match="already as it was"):
        await _released_and_undone(library)
    assert (await library.document("plan.txt")).status is Status.LIVE


async def _released_and_undone(library: Library) -> None:
    await library.coverage()
    await library.undo()


async def test_many_documents_are_held_together(library: Library) -> None:
    sources = [Incoming(f"Harbor agency {number}.".encode(), f"{number}.txt") for number in "123"]
    outcomes = [one async for one in library.add_all(sources, hold_until=LATER)]
    assert len(outcomes) == 3
    assert await library.search("harbor agency") == []
    let_time_pass(library.path)
    assert len(await library.search("harbor agency")) == 3


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2126-08-01T18:00", datetime(2126, 8, 1, 18, tzinfo=UTC)),
        ("2126-08-01 18:00", datetime(2126, 8, 1, 18, tzinfo=UTC)),
        ("2126-08-01T18:00+02:00", datetime(2126, 8, 1, 16, tzinfo=UTC)),
        ("2126-08-01T18:00Z", datetime(2126, 8, 1, 18, tzinfo=UTC)),
        ("2126-08-01", datetime(2126, 8, 1, tzinfo=UTC)),
    ],
)
def test_the_end_of_an_embargo_is_a_date_and_time(text: str, at: datetime) -> None:
    assert hold_date(text) == at


@pytest.mark.parametrize("text", ["tomorrow", "18:00", "2017-08-01T18:00", "2126-13-01", ""])
def test_an_end_that_is_none_or_past_is_a_sentence(text: str) -> None:
    with pytest.raises(BadDetail, match=r"\.$"):
        hold_date(text)


@given(st.text(max_size=30) | st.datetimes().map(datetime.isoformat))
@example("9999-12-31T23:59-10:00")
@example("0001-01-01T00:00+10:00")
def test_any_text_is_a_time_to_come_or_a_sentence(text: str) -> None:
    try:
        assert hold_date(text).astimezone(UTC) > datetime.now(UTC)
    except BadDetail as error:
        assert str(error).endswith(".")  # noqa: PT017 - either will do


async def test_an_embargo_that_cannot_be_ended_yet_stops_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT", 0.05)
    path = tmp_path / "news.db"
    async with Library.open(path) as library:
        await library.add(OPEN, "open.txt")
        await library.add(SECRET, "plan.txt", hold_until=LATER)
        let_time_pass(library.path)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            assert len(await library.search("mayor")) == 1
            assert (await library.coverage()).documents == 1
            other.execute("ROLLBACK")
        assert (await library.coverage()).documents == 2
