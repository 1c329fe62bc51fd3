"""Names behind a title that is written short: its full stop ends no sentence."""

import pytest

from retrieval import Library, QuoteVerdict, Tag
from retrieval.quotes.wording import wording_of


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("She owed it all to Dr. Marsh.", "She owed it all to Dr. Quill."),
        ("Nobody had told Mrs. Marsh", "Nobody had told Mrs. Quill."),
        ("We said: ‘Sleep well, Sgt. Marsh.’", "“We said: ‘Sleep well, Sgt. Quill.’ Then.”"),
        ("The letter was for J. Marsh.", "The letter was for J. Quill. It came late."),
        ("Mr. Marsh opened the gate", "Mr. Quill opened the gate"),
    ],
)
async def test_another_name_behind_a_title_is_critical_and_shown(
    library: Library, quote: str, source: str
) -> None:
    await library.add(source.encode(), "source.txt")
    check = await library.check_quote(quote)
    assert (check.verdict, check.is_critical) == (QuoteVerdict.DIFFERS, True)
    others = [edit for edit in check.wordings[0].edits if edit.tag is not Tag.EQUAL]
    assert [(edit.given, edit.found) for edit in others] == [("Marsh", "Quill")]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("We asked Mr. Quill.", [3]),
        ("We left. Quill stayed.", [1, 3]),
        ("So did I. Quill stayed.", [2, 4]),
        ("It was J. Quill.", [3]),
        ("We saw the Dr.", [3]),
    ],
)
def test_the_full_stop_of_a_title_or_an_initial_ends_no_sentence(
    text: str, ends: list[int]
) -> None:
    wording = wording_of(text)
    assert [at for at in range(len(wording.words)) if wording.ends_sentence(at)] == ends
    starts = [at for at in range(len(wording.words)) if wording.begins_sentence(at)]
    assert starts == [0, *(end + 1 for end in ends[:-1])]
