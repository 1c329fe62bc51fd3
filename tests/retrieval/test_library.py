"""The library: what is committed is found, what failed left no trace, and spaces never leak."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import (
    OPERATOR,
    Action,
    Actor,
    BadDetail,
    Coverage,
    DatabaseUnusable,
    Details,
    Document,
    Library,
    LibraryError,
    NameTaken,
    NoSuchDocument,
    Outcome,
    SourceTooLarge,
    Status,
    UnreadableSource,
)
from tests.retrieval.conftest import RowCounts

MORGAN = Actor("U2", "Morgan", "slack")
FIRST = b"The mayor named a chief.\nNobody objected."
SECOND = b"The mayor withdrew the name.\nEverybody was relieved."
COMMON_WORD = "council"


async def answers(library: Library, question: str, space: str | None = None) -> set[str]:
    """Return the files that answer a question."""
    return {hit.document.file for hit in await library.search(question, limit=50, space=space)}


async def files(library: Library, space: str | None = None) -> list[str]:
    return [document.file for document in await library.documents(space)]


async def trail(
    library: Library, file: str | None = None, space: str | None = None
) -> list[tuple[str, str]]:
    """Return what was done to which files, oldest first."""
    return [(one.action, one.file) for one in reversed(await library.history(file, space))]


# Adding


async def test_a_document_is_searchable_when_add_returns(library: Library) -> None:
    outcome = await library.add(FIRST, "story.txt")
    assert outcome.changed
    [hit] = await library.search("Who named a chief?")
    assert hit.document == outcome.document == await library.document("story.txt")
    assert hit.passage.text == "The mayor named a chief."


async def test_a_document_says_what_it_is(library: Library) -> None:
    began = datetime.now(UTC)
    content = b"Skip to main content\nMayor Names Chief\nBy Jane Doe Aug. 1, 2017\nShe did it.\nOK."
    document = (await library.add(content, "2017/story.txt", "T1")).document
    assert document == Document(
        id=document.id,
        space="T1",
        file="2017/story.txt",
        status=Status.LIVE,
        version=1,
        hash=document.hash,
        details=Details("Mayor Names Chief", None, "Jane Doe", date(2017, 8, 1), language="en"),
        size=len(content),
        passages=4,
        added=document.added,
        changed=document.changed,
    )
    assert began <= document.added <= document.changed <= datetime.now(UTC)
    assert document.name == "Mayor Names Chief"


async def test_a_document_without_a_title_goes_by_its_file_name(library: Library) -> None:
    assert (await library.add(FIRST, "story.txt")).document.name == "story.txt"


async def test_details_that_are_given_are_kept(library: Library) -> None:
    details = Details("Title", "Outlet", "Author", date(2017, 8, 1), language="en")
    await library.add(FIRST, "story.txt", details=details)
    assert (await library.document("story.txt")).details == details


@pytest.mark.parametrize(
    "content",
    [
        "The mayor spoke.\r\n\r\n“Rough,” he said.\n".encode(),
        b"\xef\xbb\xbfThe mayor spoke.\r",
        "The mayor spoke.".encode("utf-16"),
        b"The mayor spoke \x96 at length.",
        b"The mayor spoke. \n\n\n" * 10_000,
    ],
)
async def test_the_bytes_of_a_source_are_given_back_exactly(
    library: Library, content: bytes
) -> None:
    document = (await library.add(content, "story.txt")).document
    assert await library.source(document) == content
    assert document.size == len(content)


async def test_the_seeds_are_given_back_exactly_and_their_passages_are_verbatim(
    seeded: Library, seeds: dict[str, bytes]
) -> None:
    assert sorted(await files(seeded)) == sorted(seeds)
    for document in await seeded.documents():
        content = await seeded.source(document)
        assert content == seeds[document.file]
        for number, passage in enumerate(await seeded.passages(document), 1):
            assert passage.paragraph == number
            assert content.decode()[passage.start : passage.end] == passage.text


async def test_the_same_name_with_the_same_bytes_is_already_there(
    library: Library, row_counts: RowCounts
) -> None:
    first = await library.add(FIRST, "story.txt")
    before = row_counts(library)
    assert await library.add(FIRST, "story.txt") == Outcome(first.document, changed=False)
    assert row_counts(library) == before


async def test_the_same_name_with_other_bytes_is_taken_and_replace_is_named(
    library: Library, row_counts: RowCounts
) -> None:
    await library.add(FIRST, "story.txt")
    before = row_counts(library)
    with pytest.raises(NameTaken, match=r"story\.txt; use replace .+\.$"):
        await library.add(SECOND, "story.txt")
    assert row_counts(library) == before
    assert await library.source(await library.document("story.txt")) == FIRST


async def test_a_name_in_another_form_is_the_same_name(library: Library) -> None:
    await library.add(FIRST, "2017\\cafe\u0301.txt")
    assert not (await library.add(FIRST, " 2017/café.txt")).changed
    assert await files(library) == ["2017/café.txt"]


@pytest.mark.parametrize("name", ["cafe\u0301.txt", "2017\\café.txt", " café.txt"])
async def test_a_document_goes_by_the_name_under_which_it_was_added(
    library: Library, name: str
) -> None:
    document = (await library.add(FIRST, name)).document
    assert await library.document(name) == document
    assert (await library.remove(name)).document.status is Status.REMOVED
    assert (await library.restore(name)).document.status is Status.LIVE
    assert len(await library.history(name)) == 3


async def test_the_same_bytes_under_two_names_are_two_documents(library: Library) -> None:
    await library.add(FIRST, "a.txt")
    await library.add(FIRST, "b.txt")
    await library.remove("a.txt")
    assert await library.source(await library.document("b.txt")) == FIRST
    assert await answers(library, "mayor") == {"b.txt"}


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "story.txt", UnreadableSource),
        (b"%PDF-1.7", "story.txt", UnreadableSource),
        (b"\x00\x01\x02", "story.txt", UnreadableSource),
        (FIRST, "../story.txt", BadDetail),
        (FIRST, "", BadDetail),
        (b"x" * 1001, "story.txt", SourceTooLarge),
    ],
)
async def test_what_is_refused_leaves_no_trace(
    tmp_path: Path, row_counts: RowCounts, content: bytes, name: str, error: type[LibraryError]
) -> None:
    async with Library.open(tmp_path / "newsdesk.db", max_bytes=1000) as library:
        await library.add(SECOND, "other.txt")
        before = row_counts(library)
        with pytest.raises(error):
            await library.add(content, name)
        with pytest.raises(error):
            await library.replace(content, name)
        assert row_counts(library) == before
        assert await files(library) == ["other.txt"]
        assert await library.coverage() == Coverage(1, 2, None)


async def test_the_size_can_be_checked_before_a_source_is_fetched(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "newsdesk.db", max_bytes=1000) as library:
        library.check_size(1000, "story.txt")
        with pytest.raises(SourceTooLarge):
            library.check_size(1001, "story.txt")


async def test_a_write_that_fails_in_the_database_leaves_no_trace(
    library: Library, row_counts: RowCounts
) -> None:
    await library.add(SECOND, "other.txt")
    before = row_counts(library)
    with closing(sqlite3.connect(library.path)) as connection, connection:
        connection.execute(
            "CREATE TRIGGER disk_full BEFORE INSERT ON changes"
            " BEGIN SELECT raise(ABORT, 'no room'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="no room"):
        await library.add(FIRST, "story.txt")
    assert row_counts(library) == before
    assert await answers(library, "mayor") == {"other.txt"}


@pytest.mark.parametrize("steps", [1, 2, 3, 5, 8, 13, 21, 34])
async def test_an_add_that_is_cancelled_is_whole_or_nothing_and_the_next_one_works(
    library: Library, row_counts: RowCounts, steps: int
) -> None:
    before = row_counts(library)
    task = asyncio.create_task(library.add(FIRST, "story.txt"))
    for _ in range(steps):
        await asyncio.sleep(0.0001)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    after = row_counts(library)
    assert await files(library) in ([], ["story.txt"])
    assert (await files(library) == []) is (after == before)
    await library.add(SECOND, "other.txt")
    assert "other.txt" in await answers(library, "mayor")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # one takes all examples
@given(
    content=st.binary(max_size=80)
    | st.text(max_size=80).map(str.encode)
    | st.text(max_size=40).map(lambda text: text.encode("utf-16")),
    name=st.text(st.characters(), max_size=12),
)
async def test_any_bytes_end_in_a_document_or_in_one_sentence_and_never_in_half_a_document(
    library: Library, row_counts: RowCounts, content: bytes, name: str
) -> None:
    before = row_counts(library)
    outcome = await _outcome_or_sentence(library, content, name)
    after = row_counts(library)
    if isinstance(outcome, str):
        assert outcome.endswith(".")
        assert outcome.splitlines() == [outcome]
        assert after == before
        return
    passages = await library.passages(outcome.document)
    assert await library.source(outcome.document) == content
    assert passages
    grown = {table: after[table] - rows for table, rows in before.items()}
    assert grown["documents"] == grown["versions"] == grown["changes"] == int(outcome.changed)
    assert grown["passages"] == len(passages) * int(outcome.changed)


async def _outcome_or_sentence(library: Library, content: bytes, name: str) -> Outcome | str:
    try:
        return await library.add(content, name)
    except LibraryError as error:
        return str(error)


# Replacing, removing, restoring


async def test_a_replaced_document_answers_with_its_new_text_only(library: Library) -> None:
    first = (await library.add(FIRST, "story.txt")).document
    outcome = await library.replace(SECOND, "story.txt")
    assert outcome.changed
    assert (outcome.document.id, outcome.document.version) == (first.id, 2)
    assert await files(library) == ["story.txt"]
    [hit] = await library.search("What did the mayor do?")
    assert hit.passage.text == "The mayor withdrew the name."
    assert await library.search("objected") == []
    assert await library.source(first) == FIRST


async def test_replacing_by_the_same_bytes_changes_nothing(
    library: Library, row_counts: RowCounts
) -> None:
    first = await library.add(FIRST, "story.txt")
    before = row_counts(library)
    assert await library.replace(FIRST, "story.txt") == Outcome(first.document, changed=False)
    assert row_counts(library) == before


async def test_what_is_not_there_cannot_be_replaced_removed_or_restored(
    library: Library, row_counts: RowCounts
) -> None:
    before = row_counts(library)
    with pytest.raises(NoSuchDocument, match=r"^There is no document story\.txt here; .+\.$"):
        await library.replace(FIRST, "story.txt")
    with pytest.raises(NoSuchDocument):
        await library.remove("story.txt")
    with pytest.raises(NoSuchDocument):
        await library.restore("story.txt")
    with pytest.raises(NoSuchDocument):
        await library.document("story.txt")
    assert row_counts(library) == before


async def test_a_removed_document_answers_no_more(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    await library.add(SECOND, "other.txt")
    outcome = await library.remove("story.txt")
    assert (outcome.changed, outcome.document.status) == (True, Status.REMOVED)
    assert await answers(library, "mayor objected") == {"other.txt"}
    assert await files(library) == ["other.txt"]
    assert await library.coverage() == Coverage(1, 2, None)
    assert (await library.find("objected")).missing == ("objected",)
    for change in (library.remove, library.document):
        with pytest.raises(NoSuchDocument):
            await change("story.txt")
    with pytest.raises(NoSuchDocument):
        await library.replace(SECOND, "story.txt")


async def test_a_restored_document_answers_again(library: Library) -> None:
    added = (await library.add(FIRST, "story.txt")).document
    await library.remove("story.txt")
    outcome = await library.restore("story.txt")
    assert (outcome.changed, outcome.document.status) == (True, Status.LIVE)
    assert (outcome.document.id, outcome.document.version) == (added.id, 1)
    assert await answers(library, "mayor") == {"story.txt"}


async def test_restoring_what_stands_changes_nothing(
    library: Library, row_counts: RowCounts
) -> None:
    added = await library.add(FIRST, "story.txt")
    before = row_counts(library)
    assert await library.restore("story.txt") == Outcome(added.document, changed=False)
    assert row_counts(library) == before


@pytest.mark.parametrize("content", [FIRST, SECOND])
async def test_the_name_of_a_removed_document_can_be_used_again(
    library: Library, content: bytes
) -> None:
    await library.add(FIRST, "story.txt")
    await library.remove("story.txt")
    outcome = await library.add(content, "story.txt")
    assert (outcome.changed, outcome.document.version) == (True, 2)
    assert await library.source(outcome.document) == content
    assert await files(library) == ["story.txt"]


@pytest.mark.parametrize("name", ["", "\ud800", "\0", "x" * 5000, "😀", "../story.txt", "%"])
async def test_any_text_as_a_name_is_no_such_document_or_no_name(
    library: Library, name: str
) -> None:
    await library.add(FIRST, "story.txt")
    for look in (library.document, library.remove, library.restore):
        with pytest.raises((NoSuchDocument, BadDetail)):
            await look(name)


# The trail


async def test_every_change_is_on_the_trail_with_the_bytes_before_and_after(
    library: Library,
) -> None:
    first = (await library.add(FIRST, "story.txt", actor=MORGAN)).document
    second = (await library.replace(SECOND, "story.txt", actor=MORGAN)).document
    removed = (await library.remove("story.txt")).document
    restored = (await library.restore("story.txt", actor=MORGAN)).document
    assert [
        (one.action, one.actor, one.before, one.after, one.at)
        for one in reversed(await library.history())
    ] == [
        (Action.ADD, MORGAN, None, first.hash, first.changed),
        (Action.REPLACE, MORGAN, first.hash, second.hash, second.changed),
        (Action.REMOVE, OPERATOR, second.hash, None, removed.changed),
        (Action.RESTORE, MORGAN, None, second.hash, restored.changed),
    ]


async def test_what_changed_nothing_is_not_on_the_trail(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    await library.add(FIRST, "story.txt")
    await library.replace(FIRST, "story.txt")
    await library.restore("story.txt")
    assert await trail(library) == [("add", "story.txt")]


async def test_the_trail_can_be_read_for_one_document_and_to_a_limit(library: Library) -> None:
    await library.add(FIRST, "a.txt")
    await library.add(SECOND, "b.txt")
    await library.remove("a.txt")
    assert await trail(library, "a.txt") == [("add", "a.txt"), ("remove", "a.txt")]
    [newest] = await library.history(limit=1)
    assert (newest.action, newest.file) == (Action.REMOVE, "a.txt")


async def test_a_refusal_is_on_the_trail_and_changes_nothing_else(
    library: Library, row_counts: RowCounts
) -> None:
    before = row_counts(library)
    await library.refused("remove", "story.txt", "T1", MORGAN)
    [line] = await library.history(space="T1")
    assert (line.action, line.actor, line.note) == (Action.REFUSED, MORGAN, "remove")
    assert row_counts(library) == before | {"changes": before["changes"] + 1}


# Coverage


async def test_coverage_counts_what_can_be_cited_and_names_the_newest_date(
    library: Library,
) -> None:
    assert await library.coverage() == Coverage(0, 0, None)
    await library.add(FIRST, "a.txt", details=Details(published=date(2017, 8, 1)))
    await library.add(
        b"Skip to content\nOne.", "b.txt", details=Details(published=date(2016, 1, 1))
    )
    await library.add(SECOND, "c.txt")
    assert await library.coverage() == Coverage(3, 5, date(2017, 8, 1))
    await library.remove("a.txt")
    assert await library.coverage() == Coverage(2, 3, date(2016, 1, 1))


async def test_the_coverage_of_the_seeds(seeded: Library) -> None:
    coverage = await seeded.coverage()
    assert (coverage.documents, coverage.newest) == (5, date(2018, 3, 16))
    assert coverage.passages == sum(one.passages for one in await seeded.documents())


async def test_documents_are_listed_newest_first_and_undated_ones_last(library: Library) -> None:
    for name, year in (("b.txt", 2016), ("d.txt", None), ("a.txt", 2018), ("c.txt", None)):
        published = date(year, 1, 1) if year else None
        await library.add(f"About {name}.".encode(), name, details=Details(published=published))
    assert await files(library) == ["a.txt", "b.txt", "c.txt", "d.txt"]


# Spaces


@pytest.fixture
async def spaces(library: Library) -> Library:
    """Return a library with a shared document and one in each of two spaces."""
    for space, word in ((None, "shared"), ("T1", "firstly"), ("T2", "secondly")):
        published = {None: 2016, "T1": 2017, "T2": 2018}[space]
        await library.add(
            f"The {COMMON_WORD} met and said {word}.\nThe {COMMON_WORD} parted.".encode(),
            f"{word}.txt",
            space,
            details=Details(published=date(published, 1, 1)),
        )
    return library


@pytest.mark.parametrize(
    ("space", "visible", "newest"),
    [
        (None, {"shared.txt"}, 2016),
        ("T1", {"shared.txt", "firstly.txt"}, 2017),
        ("T2", {"shared.txt", "secondly.txt"}, 2018),
        ("T3", {"shared.txt"}, 2016),
    ],
)
async def test_a_space_sees_its_own_documents_and_the_shared_ones(
    spaces: Library, space: str | None, visible: set[str], newest: int
) -> None:
    assert await answers(spaces, COMMON_WORD, space) == visible
    assert set(await files(spaces, space)) == visible
    assert await spaces.coverage(space) == Coverage(
        len(visible), 2 * len(visible), date(newest, 1, 1)
    )
    assert (await spaces.find(COMMON_WORD, space=space)).coverage == await spaces.coverage(space)


@pytest.mark.parametrize("space", [None, "T1", "T3"])
async def test_nothing_is_to_be_had_of_a_document_of_another_space(
    spaces: Library, space: str | None
) -> None:
    [secret] = [one for one in await spaces.documents("T2") if one.space == "T2"]
    findings = await spaces.find("What was said secondly?", space=space)
    assert findings.missing == ("secondly",)
    assert all(hit.document.space in {None, space} for hit in findings.hits)
    for passage in await spaces.passages(secret):
        assert await spaces.verify(passage.receipt, space) is None
    for look in (spaces.document, spaces.remove, spaces.restore):
        with pytest.raises(NoSuchDocument):
            await look("secondly.txt", space)
    with pytest.raises(NoSuchDocument):
        await spaces.replace(FIRST, "secondly.txt", space)
    assert "secondly.txt" not in str(await spaces.history(space=space))


async def test_copies_in_another_space_are_not_named(library: Library) -> None:
    await library.add(FIRST, "shared.txt")
    await library.add(FIRST, "own.txt", "T1")
    await library.add(FIRST, "secret.txt", "T2")
    for space, also in (("T1", {"shared.txt", "own.txt"}), (None, {"shared.txt"})):
        [hit] = await library.search("Who named a chief?", space=space)
        assert {hit.document.file, *(copy.document.file for copy in hit.also)} == also


async def test_spelling_is_repaired_from_what_the_space_may_see_whatever_others_have(
    library: Library,
) -> None:
    crowd = [f"zamblo{letter}" for letter in "abcdfghjklmpqrtuvwxy"]
    await library.add(f"They spoke of {' '.join(crowd)}.".encode(), "secret.txt", "T2")
    await library.add(b"They spoke of zamblon.", "own.txt", "T1")
    findings = await library.find("zamblo", space="T1")
    assert [hit.document.file for hit in findings.hits] == ["own.txt"]
    assert not [word for word in crowd if word in findings.reason]


@pytest.mark.parametrize(
    "question",
    ["Who is the president of NOBLE?", "What did Sessions say about zebras?", "DOJ", "Nashvile"],
)
async def test_what_another_space_adds_shows_in_no_answer(seeded: Library, question: str) -> None:
    before = await seeded.find(question, limit=50, space="T1")
    await seeded.add(b"Zebras of the DOJ spoke.\nNOBLE met in Nashvile.", "zebras.txt", "T2")
    after = await seeded.find(question, limit=50, space="T1")
    assert (after.missing, after.coverage) == (before.missing, before.coverage)
    assert {(hit.passage, hit.also, hit.marks) for hit in after.hits} == {
        (hit.passage, hit.also, hit.marks) for hit in before.hits
    }


async def test_a_space_may_use_a_name_that_stands_elsewhere_and_sees_its_own(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    await library.add(SECOND, "story.txt", "T1")
    assert await library.source(await library.document("story.txt", "T1")) == SECOND
    assert await library.source(await library.document("story.txt", "T2")) == FIRST
    await library.remove("story.txt", "T1")
    assert await library.source(await library.document("story.txt", "T1")) == FIRST


async def test_a_space_cannot_change_the_shared_documents(
    seeded: Library, row_counts: RowCounts
) -> None:
    before = row_counts(seeded)
    name = "001_69064135e9c191c9.txt"
    with pytest.raises(NoSuchDocument):
        await seeded.remove(name, "T1")
    with pytest.raises(NoSuchDocument):
        await seeded.replace(FIRST, name, "T1")
    assert row_counts(seeded) == before


async def test_each_space_has_its_own_trail(spaces: Library) -> None:
    assert await trail(spaces) == [("add", "shared.txt")]
    assert await trail(spaces, space="T1") == [("add", "firstly.txt")]
    assert await trail(spaces, "firstly.txt", "T2") == []


# Several at once, and again


async def test_many_adds_at_once_all_arrive(library: Library) -> None:
    outcomes = await asyncio.gather(
        *(library.add(f"The mayor spoke of {at}.".encode(), f"{at}.txt") for at in range(20))
    )
    assert all(outcome.changed for outcome in outcomes)
    assert await answers(library, "mayor") == {f"{at}.txt" for at in range(20)}


async def test_of_equal_adds_at_once_one_changes_something(library: Library) -> None:
    outcomes = await asyncio.gather(*(library.add(FIRST, "story.txt") for _ in range(5)))
    assert sorted(outcome.changed for outcome in outcomes) == [False] * 4 + [True]
    assert await trail(library) == [("add", "story.txt")]


async def test_of_different_adds_of_one_name_at_once_one_succeeds(library: Library) -> None:
    contents = [f"The mayor spoke of {at}.".encode() for at in range(5)]
    outcomes = await asyncio.gather(
        *(library.add(content, "story.txt") for content in contents), return_exceptions=True
    )
    [won] = [at for at, outcome in enumerate(outcomes) if isinstance(outcome, Outcome)]
    assert all(isinstance(one, NameTaken) for at, one in enumerate(outcomes) if at != won)
    assert await library.source(await library.document("story.txt")) == contents[won]


async def test_questions_during_changes_see_whole_documents(library: Library) -> None:
    await library.add(FIRST, "story.txt")

    async def change() -> None:
        for _ in range(10):
            await library.replace(SECOND, "story.txt")
            await library.replace(FIRST, "story.txt")

    async def ask() -> set[str]:
        return {hit.passage.text for hit in await library.search("mayor relieved objected")}

    changing = asyncio.create_task(change())
    seen = [await ask() for _ in range(40)]
    await changing
    versions = [set(content.decode().splitlines()) for content in (FIRST, SECOND)]
    assert all(any(texts <= version for version in versions) for texts in seen)
    assert await ask() == versions[0]


async def test_a_second_library_on_the_file_sees_a_change_at_its_next_question(
    library: Library,
) -> None:
    async with Library.open(library.path) as other:
        await library.add(FIRST, "story.txt")
        assert await answers(other, "mayor") == {"story.txt"}
        await other.replace(SECOND, "story.txt")
        [hit] = await library.search("mayor")
        assert hit.passage.text == "The mayor withdrew the name."
        await library.remove("story.txt")
        assert await answers(other, "mayor") == set()
        await other.restore("story.txt")
        assert await answers(library, "mayor") == {"story.txt"}


async def test_two_libraries_add_to_one_file_at_once(library: Library) -> None:
    async with Library.open(library.path) as other:
        await asyncio.gather(
            *(library.add(f"Mayor a{at}.".encode(), f"a{at}.txt") for at in range(8)),
            *(other.add(f"Mayor b{at}.".encode(), f"b{at}.txt") for at in range(8)),
        )
        everything = {f"{one}{at}.txt" for one in "ab" for at in range(8)}
        assert await answers(library, "mayor") == await answers(other, "mayor") == everything


async def test_a_library_that_is_opened_again_answers_as_before(
    tmp_path: Path, seeds: dict[str, bytes]
) -> None:
    question = "What did Sessions say about officers who break the law?"
    async with Library.open(tmp_path / "newsdesk.db") as library:
        for name, content in seeds.items():
            await library.add(content, name)
        await library.add(FIRST, "gone.txt")
        await library.remove("gone.txt")
        before = await library.find(question)
    async with Library.open(tmp_path / "newsdesk.db") as library:
        assert await library.find(question) == before
        assert "gone.txt" not in await files(library)


async def test_scores_do_not_depend_on_what_came_and_went(
    library: Library, tmp_path: Path, seeds: dict[str, bytes]
) -> None:
    for number, (name, content) in enumerate(seeds.items()):
        await library.add(FIRST, f"passing{number}.txt")
        await library.add(content, name)
        await library.remove(f"passing{number}.txt")
    async with Library.open(tmp_path / "fresh.db") as fresh:
        for name, content in seeds.items():
            await fresh.add(content, name)
        for question in ("Who is the president of NOBLE?", "consent decrees", "police"):
            one = [(hit.passage.receipt, hit.score) for hit in await library.search(question)]
            other = [(hit.passage.receipt, hit.score) for hit in await fresh.search(question)]
            assert one == other


async def test_a_file_that_is_no_library_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(FIRST * 100)
    with pytest.raises(DatabaseUnusable, match=r"is not a Newsdesk database; .+\.$"):
        async with Library.open(path):
            pass  # pragma: no cover - it is refused
    assert path.read_bytes() == FIRST * 100


async def test_a_file_that_is_damaged_while_it_is_used_gets_a_sentence(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    with closing(sqlite3.connect(library.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    library.path.write_bytes(b"x" * library.path.stat().st_size)
    with pytest.raises(DatabaseUnusable):
        await library.documents()
    with pytest.raises(DatabaseUnusable):
        await library.find("Who named a chief?")
