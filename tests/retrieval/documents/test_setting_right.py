"""What stands is set right: edited, corrected, retracted; and the last change is taken back."""

from dataclasses import replace
from datetime import date

import pytest

from retrieval import (
    Action,
    Actor,
    BadDetail,
    Details,
    Library,
    NoSuchDocument,
    NothingToUndo,
    Outcome,
    Standing,
    Status,
)
from tests.retrieval.conftest import RowCounts

MORGAN = Actor("U2", "Morgan", "slack")
FIRST = b"The mayor named a chief.\nNobody objected."
SECOND = b"The mayor withdrew the name.\nEverybody was relieved."
GIVEN = Details("Title", "Outlet", "Author", date(2017, 8, 1), language="en")


async def answers(library: Library, question: str, space: str | None = None) -> set[str]:
    return {hit.document.file for hit in await library.search(question, limit=50, space=space)}


async def receipt_of(library: Library, question: str) -> str:
    return (await library.search(question))[0].passage.receipt


async def undone(library: Library, file: str | None = None, space: str | None = None) -> Outcome:
    """Take back the last change, which is of one document."""
    its = await library.undo(file, space)
    assert its.left == ()
    [outcome] = its.outcomes
    return outcome


async def actions(library: Library) -> list[tuple[str, str | None]]:
    return [(one.action, one.note) for one in reversed(await library.history())]


# Edit


async def test_an_edit_sets_right_what_is_named_and_leaves_the_rest(library: Library) -> None:
    await library.add(FIRST, "story.txt", details=GIVEN)
    edited = (await library.edit("story.txt", details=Details(author="Robin Roe"))).document
    assert edited.details == replace(GIVEN, author="Robin Roe")
    assert edited == await library.document("story.txt")
    assert edited.version == 1


async def test_an_edit_sets_an_address_right_and_an_undo_takes_that_back(library: Library) -> None:
    former, given = "https://example.org/old", "https://example.org/new"
    await library.add(FIRST, "story.txt", details=Details(url=former))
    await library.edit("story.txt", details=Details(url=given))
    assert (await library.document("story.txt")).details.url == given
    await undone(library)
    assert (await library.document("story.txt")).details.url == former


async def test_what_is_taken_out_is_not_known(library: Library) -> None:
    await library.add(FIRST, "story.txt", details=GIVEN)
    edited = await library.edit(
        "story.txt", details=Details(denied=frozenset({"author", "published"}))
    )
    assert edited.document.details == Details("Title", "Outlet", language="en")


async def test_an_edited_title_is_found_at_once(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    await library.add(SECOND, "other.txt")
    assert await library.search("harbor") == []
    await library.edit("story.txt", details=Details("Harbor mayor"))
    [first, *_] = await library.search("harbor mayor")
    assert first.document.file == "story.txt"


async def test_receipts_stay_as_they_are_when_details_are_edited(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    receipt = await receipt_of(library, "named a chief")
    await library.edit("story.txt", details=GIVEN)
    verified = await library.verify(receipt)
    assert verified is not None
    assert (verified.standing, verified.document.details) == (Standing.UNCHANGED, GIVEN)


async def test_the_trail_has_the_details_before_and_after(library: Library) -> None:
    before = (await library.add(FIRST, "story.txt")).document
    after = (await library.edit("story.txt", details=GIVEN, actor=MORGAN)).document
    [change, _] = await library.history()
    assert (change.action, change.actor, change.note) == (Action.EDIT, MORGAN, None)
    assert (change.state_before, change.state_after) == (before.state, after.state)
    assert (change.before, change.after) == (before.hash, before.hash)


async def test_an_edit_that_changes_nothing_leaves_no_trace(
    library: Library, row_counts: RowCounts
) -> None:
    document = (await library.add(FIRST, "story.txt", details=GIVEN)).document
    before = row_counts(library)
    assert await library.edit("story.txt", details=GIVEN) == Outcome(document, changed=False)
    assert row_counts(library) == before


async def test_a_replacement_keeps_what_a_person_gave_and_reads_the_rest(library: Library) -> None:
    text = b"Mayor Names Chief\nBy Jane Doe Aug. 1, 2017\nShe named a chief.\n"
    newer = b"Mayor Drops Chief\nBy John Roe Aug. 2, 2017\nShe dropped the chief.\n"
    await library.add(text, "story.txt", details=Details(outlet="City Desk"))
    await library.edit(
        "story.txt", details=Details(author="Robin Roe", denied=frozenset({"published"}))
    )
    replaced = (await library.replace(newer, "story.txt")).document
    assert replaced.details == Details(
        "Mayor Drops Chief", "City Desk", "Robin Roe", None, language="en"
    )
    assert replaced.by_hand == {"outlet", "author", "published"}


async def test_details_given_with_a_replacement_go_before_those_given_earlier(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt", details=GIVEN)
    replaced = await library.replace(SECOND, "story.txt", details=Details(author="Robin Roe"))
    assert replaced.document.details == replace(GIVEN, author="Robin Roe")


# Correct


async def test_a_correction_goes_with_every_hit_until_it_is_taken_back(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    await library.correct("story.txt", "  The chief was\nnamed earlier. ")
    [hit] = await library.search("named a chief")
    assert hit.document.correction == "The chief was named earlier."
    await library.correct("story.txt", None)
    [hit] = await library.search("named a chief")
    assert hit.document.correction is None


async def test_a_correction_stays_when_the_document_is_replaced(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    await library.correct("story.txt", "The chief was named earlier.")
    replaced = await library.replace(SECOND, "story.txt")
    assert replaced.document.correction == "The chief was named earlier."


@pytest.mark.parametrize("note", [" ", "\n", "\u200b", "x" * 501])
async def test_a_note_is_a_sentence_or_two(library: Library, note: str) -> None:
    await library.add(FIRST, "story.txt")
    with pytest.raises(BadDetail, match="sentence or two"):
        await library.correct("story.txt", note)
    with pytest.raises(BadDetail, match="sentence or two"):
        await library.retract("story.txt", note)


# Retract


async def test_a_retracted_document_answers_no_more_and_its_receipts_say_why(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    receipt = await receipt_of(library, "named a chief")
    retracted = (await library.retract("story.txt", "It was made up.", actor=MORGAN)).document
    assert retracted.status is Status.RETRACTED
    assert await answers(library, "named a chief") == set()
    assert await library.documents() == []
    verified = await library.verify(receipt)
    assert verified is not None
    assert (verified.standing, verified.since) == (Standing.WITHDRAWN, retracted.changed)
    assert (verified.by, verified.reason) == ("Morgan", "It was made up.")


async def test_a_retracted_document_is_restored_without_a_reason(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    receipt = await receipt_of(library, "named a chief")
    await library.retract("story.txt", "It was made up.")
    restored = (await library.restore("story.txt")).document
    assert (restored.status, restored.reason) == (Status.LIVE, None)
    verified = await library.verify(receipt)
    assert verified is not None
    assert (verified.standing, verified.by, verified.reason) == (Standing.UNCHANGED, None, None)


@pytest.mark.parametrize("file", ["gone.txt", "nothing.txt"])
async def test_only_what_stands_can_be_edited_corrected_and_retracted(
    library: Library, file: str
) -> None:
    await library.add(FIRST, "gone.txt")
    await library.remove("gone.txt")
    for change in (
        library.edit(file, details=GIVEN),
        library.correct(file, "A note."),
        library.retract(file, "A reason."),
    ):
        with pytest.raises(NoSuchDocument):
            await change


# Undo


async def test_the_undo_of_an_add_removes_and_the_next_one_brings_back(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    assert (await undone(library)).document.status is Status.REMOVED
    assert await answers(library, "mayor") == set()
    assert (await undone(library)).document.status is Status.LIVE
    assert await answers(library, "mayor") == {"story.txt"}
    assert await actions(library) == [("add", None), ("undo", "add"), ("undo", "undo")]


async def test_the_undo_of_a_replacement_lets_the_version_before_stand_again(
    library: Library,
) -> None:
    first = (await library.add(FIRST, "story.txt", details=GIVEN)).document
    old = await receipt_of(library, "named a chief")
    await library.replace(SECOND, "story.txt")
    new = await receipt_of(library, "withdrew the name")
    outcome = await undone(library)
    assert outcome.document.state == first.state
    assert outcome.undone is not None
    assert outcome.undone.action is Action.REPLACE
    [hit] = await library.search("mayor")
    assert hit.passage.text == "The mayor named a chief."
    assert await library.source(outcome.document) == FIRST
    standings = [await library.verify(receipt) for receipt in (old, new)]
    assert [one and one.standing for one in standings] == [Standing.UNCHANGED, Standing.CHANGED]


async def test_after_an_undone_replacement_another_one_is_numbered_on(library: Library) -> None:
    await library.add(FIRST, "story.txt")
    await library.replace(SECOND, "story.txt")
    await library.undo()
    third = await library.replace(b"The mayor left.", "story.txt")
    assert third.document.version == 3
    [hit] = await library.search("mayor")
    assert hit.passage.text == "The mayor left."


async def test_the_undo_of_an_add_over_a_removed_document_removes_it_again(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    removed = (await library.remove("story.txt")).document
    await library.add(SECOND, "story.txt")
    assert (await undone(library)).document.state == removed.state
    assert (await library.restore("story.txt")).document.hash == removed.hash


async def test_edits_corrections_retractions_and_removals_are_undone(library: Library) -> None:
    before = (await library.add(FIRST, "story.txt")).document
    await library.edit("story.txt", details=GIVEN)
    assert (await undone(library)).document.state == before.state
    await library.correct("story.txt", "A note.")
    assert (await undone(library)).document.state == before.state
    await library.retract("story.txt", "A reason.")
    assert (await undone(library)).document.state == before.state
    await library.remove("story.txt")
    assert (await undone(library)).document.state == before.state
    assert await answers(library, "mayor") == {"story.txt"}


async def test_the_last_change_of_one_document_is_undone_where_it_is_named(
    library: Library,
) -> None:
    await library.add(FIRST, "story.txt")
    await library.add(SECOND, "other.txt")
    assert (await undone(library, "story.txt")).document.file == "story.txt"
    assert await answers(library, "mayor") == {"other.txt"}


async def test_a_space_undoes_its_own_changes_only(library: Library) -> None:
    await library.add(FIRST, "story.txt", "T1")
    await library.add(SECOND, "other.txt", "T2")
    await library.add(SECOND, "shared.txt")
    await library.refused("add", "x.txt", "T1", MORGAN)
    assert (await undone(library, space="T1")).document.file == "story.txt"
    files = {document.file for document in await library.documents("T2")}
    assert files == {"other.txt", "shared.txt"}


async def test_where_nothing_was_changed_nothing_is_undone(library: Library) -> None:
    await library.add(FIRST, "story.txt", "T1")
    with pytest.raises(NothingToUndo, match=r"^Nothing was changed here yet\.$"):
        await library.undo(space="T2")
    with pytest.raises(NothingToUndo):
        await library.undo("other.txt", "T1")
