"""What one message changed is taken back together: in one transaction, and nothing else with it."""

import pytest

from retrieval import Action, Actor, Incoming, Library

FILES = {name: f"The {name} budget was doubled.".encode() for name in ("a.txt", "b.txt", "c.txt")}


async def test_what_somebody_changed_meanwhile_is_left_and_named(library: Library) -> None:
    """A folder is taken in while others work: what they did since is not undone with it."""
    morgan, ada = Actor("U2", "Morgan", "slack", "m1"), Actor("U3", "Ada", "slack", "m2")
    for name in ("a.txt", "b.txt"):
        await library.add(FILES[name], name, actor=morgan)
    await library.correct("a.txt", "Tripled.", actor=ada)
    await library.add(FILES["c.txt"], "c.txt", actor=morgan)
    undone = await library.undo()
    assert [one.document.file for one in undone.outcomes] == ["b.txt", "c.txt"]
    change = "correct by Ada"
    assert undone.left == (
        f"a.txt stays as it is, for it was changed since ({change}); undo a.txt takes that back.",
    )
    assert [one.file for one in await library.documents()] == ["a.txt"]


async def test_of_a_message_whose_files_are_purged_in_part_the_others_are_undone(
    library: Library,
) -> None:
    morgan = Actor("U2", "Morgan", "slack", "m1")
    await library.add(FILES["a.txt"], "a.txt", actor=morgan)
    await library.purge("a.txt")
    await library.add(FILES["b.txt"], "b.txt", actor=morgan)
    undone = await library.undo()
    assert [one.document.file for one in undone.outcomes] == ["b.txt"]
    assert undone.left == ("a.txt was purged and cannot be brought back.",)


async def test_a_message_that_is_taken_back_leaves_other_spaces_alone(library: Library) -> None:
    both = Actor("U2", "Morgan", "slack", "m1")
    await library.add(FILES["a.txt"], "a.txt", "T1", actor=both)
    await library.add(FILES["a.txt"], "a.txt", "T2", actor=both)
    await library.undo(space="T1")
    assert await library.documents("T1") == []
    assert [one.file for one in await library.documents("T2")] == ["a.txt"]


async def test_an_undo_that_fails_in_the_middle_changes_nothing(
    library: Library,
) -> None:
    incoming = [Incoming(content, name) for name, content in FILES.items()]
    assert len([one async for one in library.add_all(incoming)]) == 3
    full = "CREATE TRIGGER full BEFORE INSERT ON changes WHEN new.file = 'b.txt'"
    async with library.answers._database.transaction() as transaction:  # noqa: SLF001 - the way to its connection
        await transaction.run(f"{full} BEGIN SELECT raise(ABORT, 'no room'); END")
    with pytest.raises(Exception, match="no room"):
        await library.undo()
    assert {one.file for one in await library.documents()} == set(FILES)
    assert {one.action for one in await library.history()} == {Action.ADD}
