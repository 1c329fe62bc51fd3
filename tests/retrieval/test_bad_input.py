"""Hostile questions get a useful answer or a sentence, and cost no more than a long one."""

from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import BadFilter, Library, Role
from retrieval.analysis.analyzer import Analyzer, fold
from retrieval.answering.excerpts import EXCERPT_LIMIT
from retrieval.answering.seeking import PHRASE_LIMIT
from retrieval.questions.query import QUERY_LIMIT, VALUES_LIMIT, parse
from retrieval.questions.question import CONCEPT_LIMIT

ALPHABETS = (
    "abcé'’ʼ-.,_ \n1½",
    "полицияйё ",
    "שוטרים\u05b8\u05bc ",
    "الشرطةُّـ\u200f\u202e\u2067 ",
    "東京のガス警察はーｶﾞ。！",
    "경찰청이은\u1100\u1161 ",
    "ตำรวจกรุงเทพ้์ ",
    "ខ្មែរ\u200bរដ្ឋ ",
    "हिन्दी\u200dपुलिस ",
    "e\u0301\u0323o\u0308\u200b\u200c\u00ad\ufeff ",
    "😀❤️👩\u200d🚒🏳️‍🌈 ",
    '"“”„«»-:()',
)
STRANGE = st.sampled_from(ALPHABETS).flatmap(
    lambda letters: st.text(st.sampled_from(letters), max_size=25)
)
ANY = st.lists(STRANGE, max_size=4).map("".join)


@pytest.fixture
async def babel(seeded: Library) -> Library:
    """Return a library with the seeds and a line in each of many scripts."""
    for number, letters in enumerate(ALPHABETS):
        await seeded.add(f"{letters * 3} and the police\n".encode(), f"{number}.txt")
    return seeded


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it is only read
@given(question=ANY)
async def test_any_mixture_of_scripts_as_a_question_gives_findings(
    babel: Library, question: str
) -> None:
    findings = await babel.find(question.replace(":", " "), limit=5)
    assert findings.reason.endswith(".")
    assert all(word in question for word in findings.missing)
    assert len(set(findings.missing)) == len(findings.missing)
    for hit in findings.hits:
        text, marks = hit.passage.text, hit.marks
        assert marks or hit.passage.role in {Role.BYLINE, Role.DATELINE}
        bounds = [bound for mark in marks for bound in (mark.start, mark.end)]
        assert bounds == sorted(set(bounds))
        assert 0 <= hit.excerpt.start < hit.excerpt.end <= len(text)
        assert hit.excerpt.end - hit.excerpt.start <= EXCERPT_LIMIT


@pytest.mark.parametrize("language", ["en", "de", "fr", "ru", "ar", "hi", "tr", "ja", "th"])
@given(text=ANY)
def test_composed_and_decomposed_text_have_the_same_terms(
    analyzer: Analyzer, language: str, text: str
) -> None:
    its = analyzer.of(language)
    composed, decomposed = normalize("NFC", text), normalize("NFD", text)
    assert its.words(composed) == its.words(decomposed)


@given(text=ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("unseen", ["\u200b", "\u200d", "\u00ad", "\ufeff", "\u2060"])
async def test_what_is_not_seen_parts_no_word(library: Library, unseen: str) -> None:
    await library.add(f"The po{unseen}lice came.\nNobody left.".encode(), "a.txt")
    [hit] = await library.search("police")
    assert [mark.of(hit.passage.text) for mark in hit.marks] == [f"po{unseen}lice"]
    assert len(await library.search(f"pol{unseen}ice")) == 1


async def test_a_question_written_from_right_to_left_is_answered(library: Library) -> None:
    await library.add("מפקד המשטרה הודיע על סגירת בתי ספר.\nאיש לא בא.".encode(), "he.txt")
    [hit, *_] = await library.search("\u2067מי מפקד המשטרה?\u2069")
    assert [mark.of(hit.passage.text) for mark in hit.marks] == ["מפקד", "המשטרה"]


@pytest.mark.parametrize("question", ["z", "7", "é", "я", "ก", "😀", "-", "'", '"', "\u0301"])
async def test_a_question_of_one_letter_is_answered(babel: Library, question: str) -> None:
    assert (await babel.find(question)).reason.endswith(".")


async def test_a_thousand_words_are_excluded_at_once(library: Library) -> None:
    words = [f"word{number}" for number in range(1000)]
    await library.add("\n".join(f"The mayor met {word}." for word in words).encode(), "a.txt")
    excluded = " ".join(f"-{word}" for word in words[:-1])
    [hit] = await library.search(f"mayor {excluded}")
    assert hit.passage.text == f"The mayor met {words[-1]}."


@pytest.mark.parametrize("mark", ["", "-"])
async def test_of_a_thousand_phrases_the_first_count_and_that_is_said(
    library: Library, mark: str
) -> None:
    await library.add(b"The mayor met the chief.\nThe mayor met the council.", "a.txt")
    phrases = " ".join(f'{mark}"chief {number}"' for number in range(500))
    reason = (await library.find(f"mayor {phrases}")).reason
    assert f"Only the first {PHRASE_LIMIT} phrases count." in reason
    assert "Only" not in (await library.find(f'mayor {mark}"the chief"')).reason


async def test_ten_thousand_words_are_a_question_of_their_first_ones(seeded: Library) -> None:
    pasted = "Sessions Nashville police " + " ".join(f"word{number}" for number in range(10_000))
    findings = await seeded.find(pasted)
    assert findings.hits
    assert len(findings.missing) < CONCEPT_LIMIT
    explained = await seeded.explain("東京都警察署長" * QUERY_LIMIT)
    assert len(explained.words) <= CONCEPT_LIMIT


@pytest.mark.parametrize("letters", ["x", "東", "ก", "e\u0301", "경", "1,", "a.", "a'", "a-"])
async def test_a_long_run_of_letters_is_answered_in_few(seeded: Library, letters: str) -> None:
    findings = await seeded.find(letters * QUERY_LIMIT)
    assert sum(map(len, findings.missing)) <= 200
    assert len(findings.reason) <= 500


async def test_a_phrase_as_long_as_a_question_is_not_found(seeded: Library) -> None:
    assert "exactly so" in (await seeded.find(f'police "{"the of " * 1400}"')).reason


def test_a_filter_of_too_many_values_is_refused_with_how_many_it_may_have() -> None:
    with pytest.raises(BadFilter, match=f"at most {VALUES_LIMIT}"):
        parse(" ".join(f"in:{number}.txt" for number in range(VALUES_LIMIT + 1)))
    assert parse("in:a.txt " * 1000).filter.files == ("a.txt",)
