"""Families: a passage with its near copies, where they come from, and on how many origins."""

from datetime import date

import pytest

from retrieval import Details, Family, Library
from retrieval.documents.origins import count_independent

WIRE = (
    "PORT ELDER (AP) — The harbor board will not vote on the north pier before May, its chairwoman"
    " said on Monday after engineers found cracks in several of its pilings."
)
REWRITTEN = (
    "The harbor board will not vote on the north pier before May, chairwoman Ann Lee said on Monday"
    " after engineers found cracks in several of its old pilings."
)
OWN = (
    "Whoever walked down to the water this week could see the cracks with the naked eye, and nobody"
    " on the board seemed to be in any hurry to talk about them."
)


async def family_of(library: Library, file: str, space: str | None = None) -> Family:
    """Return the family of a document's longest passage."""
    passages = await library.passages(await library.document(file, space))
    longest = max(passages, key=lambda one: len(one.text))
    verification = await library.verify(longest.receipt, space)
    assert verification is not None
    return await library.family(verification, space)


def files(family: Family) -> list[str]:
    return [one.document.file for one in family.copies]


@pytest.fixture
async def wire(library: Library) -> Library:
    """Return a library with a wire story, two papers that carry it, and a story of its own."""
    for file, text, day in (
        ("paper.txt", REWRITTEN, date(2019, 3, 5)),
        ("wire.txt", WIRE, date(2019, 3, 4)),
        ("other.txt", f"{REWRITTEN}\n\nThe mayor said no.", None),
        ("own.txt", OWN, date(2019, 3, 1)),
    ):
        await library.add(text.encode(), file, details=Details(published=day))
    return library


async def test_copies_word_for_word_and_nearly_so_are_one_origin(wire: Library) -> None:
    family = await family_of(wire, "paper.txt")
    assert files(family) == ["wire.txt", "other.txt"]
    assert (family.documents, family.origins) == (3, 1)
    assert family.copies[1].differences == ()
    assert family.copies[0].differences


async def test_the_wire_that_a_document_names_is_the_origin(wire: Library) -> None:
    origin = (await family_of(wire, "paper.txt")).origin
    assert origin.wire == "Associated Press"
    assert origin.document is not None
    assert origin.document.file == "wire.txt"


async def test_without_a_wire_the_earliest_dated_document_is_the_origin(wire: Library) -> None:
    origin = (await family_of(wire, "own.txt")).origin
    assert (origin.wire, origin.document and origin.document.file) == (None, "own.txt")
    await wire.remove("wire.txt")
    origin = (await family_of(wire, "other.txt")).origin
    assert (origin.wire, origin.document and origin.document.file) == (None, "paper.txt")


async def test_a_family_follows_what_is_added_and_removed(wire: Library) -> None:
    assert files(await family_of(wire, "own.txt")) == []
    await wire.add(f"By Bob Ray\n\n{OWN} Really.".encode(), "stolen.txt")
    assert files(await family_of(wire, "own.txt")) == ["stolen.txt"]
    await wire.replace(b"Bob Ray took it back, and says that he is sorry.", "stolen.txt")
    assert files(await family_of(wire, "own.txt")) == []


async def test_a_space_sees_its_own_family_only(wire: Library) -> None:
    await wire.add(f"{OWN} Really, it is so.".encode(), "secret.txt", "T1")
    assert files(await family_of(wire, "own.txt", "T1")) == ["secret.txt"]
    for space in (None, "T2"):
        family = await family_of(wire, "own.txt", space)
        assert (files(family), family.documents) == ([], 1)


async def test_no_chain_leads_through_a_document_that_a_space_may_not_see(
    library: Library,
) -> None:
    words = [f"word{number}" for number in range(40)]
    await library.add(" ".join(words[:30]).encode(), "a.txt")
    await library.add(" ".join(words[5:35]).encode(), "b.txt", "T1")
    await library.add(" ".join(words[10:40]).encode(), "c.txt")
    assert files(await family_of(library, "a.txt", "T1")) == ["b.txt", "c.txt"]
    assert files(await family_of(library, "a.txt")) == []


async def test_who_quotes_the_same_is_shown_and_counted_as_an_origin_of_its_own(
    library: Library,
) -> None:
    quote = "“We will not spend a single dollar on a pier that may not stand,” said Ann Lee"
    await library.add(f"{quote} after the meeting of the board on Monday night.".encode(), "a.txt")
    other = f"Asked why the town of Elder had waited so long with its answer, {quote}; {OWN}"
    await library.add(other.encode(), "b.txt")
    family = await family_of(library, "a.txt")
    assert [one.document.file for one in family.quoted] == ["b.txt"]
    assert (family.documents, family.origins) == (2, 2)


async def test_an_answer_names_near_copies_that_it_did_not_retrieve(wire: Library) -> None:
    findings = await wire.find("Ann Lee chairwoman pier vote", limit=1)
    assert {one.document.file for one in findings.hits[0].also} == {"wire.txt", "other.txt"} or {
        one.document.file for one in findings.hits[0].also
    } == {"wire.txt", "paper.txt"}


@pytest.mark.parametrize(
    ("carried", "near", "origins"),
    [
        ([], {}, 0),
        ([(1, "a"), (1, "b")], {}, 1),
        ([(1, "a"), (2, "b")], {}, 2),
        ([(1, "a"), (2, "a"), (3, "b")], {}, 2),
        ([(1, "a"), (2, "b"), (3, "c")], {"a": ["b"], "b": ["a", "c"]}, 1),
        ([(1, "a"), (2, "b"), (3, "a"), (3, "b")], {}, 1),
    ],
)
def test_documents_with_copies_are_one_origin(
    carried: list[tuple[int, str]], near: dict[str, list[str]], origins: int
) -> None:
    assert count_independent(carried, near) == origins
