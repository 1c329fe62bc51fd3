"""What a new version changed: paragraphs added, removed and rewritten, each told once."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from retrieval import Library, Passage, Role
from retrieval.documents.revisions import now_of, revisions_of
from retrieval.intake.fingerprints import fingerprint_of

OLD = """The mayor named a chief on Monday, after a long search.

Nobody objected to the name at the meeting.

The harbor is closed.
"""
NEW = """The council met in the old town hall.

The mayor named a new chief on Monday, after a long search.

The harbor is closed.

It opens again in May.
"""


def passages(texts: Sequence[str], role: Role = Role.TEXT) -> list[Passage]:
    return [
        Passage(
            id=number,
            paragraph=number,
            start=0,
            end=len(text),
            text=text,
            role=role,
            receipt="",
            fingerprint=fingerprint_of(text.lower().split()),
        )
        for number, text in enumerate(texts, 1)
    ]


async def test_a_replacement_says_what_it_added_removed_and_changed(library: Library) -> None:
    await library.add(OLD.encode(), "story.txt")
    replaced = await library.replace(NEW.encode(), "story.txt")
    assert [
        (one.kind, one.before and one.before.paragraph, one.after and one.after.paragraph)
        for one in replaced.revisions
    ] == [("added", None, 1), ("changed", 1, 2), ("removed", 2, None), ("added", None, 4)]


async def test_an_old_receipt_leads_to_what_stands_in_its_place_now(library: Library) -> None:
    await library.add(OLD.encode(), "story.txt")
    cited = {one.paragraph: one.receipt for one in await _passages(library)}
    await library.replace(NEW.encode(), "story.txt")
    now = {number: await _now(library, receipt) for number, receipt in cited.items()}
    assert now == {1: 2, 2: None, 3: 3}


async def _passages(library: Library) -> list[Passage]:
    return await library.passages(await library.document("story.txt"))


async def _now(library: Library, receipt: str) -> int | None:
    verified = await library.verify(receipt)
    assert verified is not None
    now = await library.standing_now(verified)
    return now.paragraph if now else None


def test_other_punctuation_is_a_change_and_another_place_is_none() -> None:
    old = passages(["He said “so it is” twice.", "The end."])
    new = passages(["A new beginning.", 'He said "so it is" twice.', "The end."])
    assert [one.kind for one in revisions_of(old, new)] == ["added", "changed"]


def test_furniture_is_left_out() -> None:
    old, new = passages(["Menu", "Home"], Role.FURNITURE), passages(["Start"], Role.FURNITURE)
    assert revisions_of(old, new) == ()


def test_where_everything_is_another_text_nothing_is_called_rewritten() -> None:
    old, new = passages(["One two three four."]), passages(["Five six seven eight."])
    assert [one.kind for one in revisions_of(old, new)] == ["removed", "added"]


def test_very_many_changed_paragraphs_are_removed_and_added_in_no_time() -> None:
    old = passages([f"Old number {number} stood here." for number in range(2_000)])
    new = passages([f"New number {number} stands there." for number in range(2_000)])
    kinds = [one.kind for one in revisions_of(old, new)]
    assert (kinds.count("removed"), kinds.count("added"), len(kinds)) == (2_000, 2_000, 4_000)


TEXTS = st.lists(
    st.sampled_from(["a b c", "a b d", "a x y", "q", "r s", "r s t u", "b c"]), max_size=8
)


@given(TEXTS, TEXTS)
def test_every_paragraph_of_both_versions_is_told_once_and_in_order(
    before: list[str], after: list[str]
) -> None:
    old, new = passages(before), passages(after)
    revisions = revisions_of(old, new)
    gone = [one.before.paragraph for one in revisions if one.before]
    come = [one.after.paragraph for one in revisions if one.after]
    assert gone == sorted(set(gone))
    assert come == sorted(set(come))
    kept_old = [one.text for one in old if one.paragraph not in gone]
    kept_new = [one.text for one in new if one.paragraph not in come]
    assert kept_old == kept_new
    for one in old:
        now = now_of(one, old, new)
        assert now is None or now in new
