"""Hyphens and possessives: a word is found however its parts are joined, and whoever's it is."""

import pytest

from retrieval import Library


@pytest.mark.parametrize("written", ["a long-term plan", "a long term plan", "a longterm plan"])
@pytest.mark.parametrize("typed", ["long-term plan", "long term plan", "longterm plan"])
async def test_two_words_and_one_are_found_by_each_other(
    library: Library, written: str, typed: str
) -> None:
    await library.add(f"The mayor has {written}.\nNobody knew.".encode(), "a.txt")
    findings = await library.find(f"Who has a {typed}?")
    [best] = findings.hits
    assert best.passage.text == f"The mayor has {written}."
    assert "".join(mark.of(best.passage.text) for mark in best.marks).startswith("long")


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("email", "E-mails were lost"),
        ("e-mail", "Emails were lost"),
        ("ceasefire", "The cease-fire holds"),
        ("cease-fire", "The ceasefire holds"),
        ("co-operate", "They cooperated"),
        ("cooperation", "Their co-operation ended"),
        ("healthcare", "Health care is dear"),
        ("health care", "Healthcare is dear"),
        ("reelection", "His re\N{NON-BREAKING HYPHEN}election failed"),
        ("re-election", "His reelection failed"),
        ("percent", "Six per cent of voters"),
        ("policeman", "The police\N{SOFT HYPHEN}man's car"),
        ("policeman's", "Two policeman\N{RIGHT SINGLE QUOTATION MARK}s cars"),
        ("policemens'", "All policemen’s cars"),
        ("O’Neill’s", "Mayor O'Neill spoke"),
        ("mothers’ march", "The mother's marches"),
    ],
)
async def test_ways_of_writing_one_word_find_each_other(
    library: Library, typed: str, written: str
) -> None:
    await library.add(f"{written}.\nThe council met.".encode(), "a.txt")
    assert (await library.search(typed))[0].passage.text == f"{written}."


async def test_both_ways_are_found_where_both_are_written(library: Library) -> None:
    await library.add(b"The cease-fire holds.", "a.txt")
    await library.add(b"A ceasefire was called.", "b.txt")
    for question in ("ceasefire", "cease-fire", "cease fire"):
        assert {hit.document.file for hit in await library.search(question)} == {"a.txt", "b.txt"}


async def test_a_name_is_not_taken_for_two_words_that_stand_apart(library: Library) -> None:
    await library.add(b"A black car stood at the well.", "a.txt")
    findings = await library.find("Who is Blackwell?")
    assert (findings.hits, findings.missing) == ((), ("Blackwell",))


async def test_a_word_that_is_written_as_several_can_be_excluded(library: Library) -> None:
    await library.add(b"A plan for the long-term.\nA plan for the short-term.", "a.txt")
    [hit] = await library.search("plan -long-term")
    assert hit.passage.text == "A plan for the short-term."
    [hit] = await library.search("plan -short,")
    assert hit.passage.text == "A plan for the long-term."
