"""Text without spaces is found by its letters in pairs, and cut and marked where a reader would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Library
from retrieval.analysis.analyzer import Analyzer, folded_words, words_in
from retrieval.analysis.unspaced import is_unspaced


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("警察", ["警察", "察"]),
        ("犬", ["犬"]),
        ("東京の警察", ["東京", "京", "の", "警察", "察"]),
        ("NHKが2024年に", ["nhk", "が", "2024", "年", "に"]),
        ("경찰이 왔다", ["경찰", "찰이", "이", "왔다", "다"]),
        ("ตำรวจ", ["ตําร", "รว", "วจ", "จ"]),
        ("警\n察", ["警察", "察"]),
        ("警\u200b察", ["警察", "察"]),
        ("경\n찰", ["경", "찰"]),
    ],
)
def test_letters_are_found_in_pairs_of_their_script(
    analyzer: Analyzer, text: str, terms: list[str]
) -> None:
    assert analyzer.terms(text) == terms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ﾅｯｼｭﾋﾞﾙ", "ナッシュビル"),
        ("か\u3099く", "がく"),
        ("경찰", "\u1100\u1167\u11bc\u110e\u1161\u11af"),
        ("ＮＨＫ", "nhk"),
    ],
)
def test_a_letter_is_the_same_however_it_is_written(
    analyzer: Analyzer, one: str, other: str
) -> None:
    assert analyzer.terms(one) == analyzer.terms(other) != []


def test_a_voiced_letter_is_another_one(analyzer: Analyzer) -> None:
    assert analyzer.terms("ガス") != analyzer.terms("カス")


@given(st.text(st.sampled_from("東京のガ警경찰ตำ้ขា្ញaé1 。\n\u200d\u3099"), max_size=30))
def test_any_mixture_is_cut_into_its_letters_and_words_in_order(text: str) -> None:
    analyzer = Analyzer()
    assert [form for form, _ in analyzer.words(text)] == list(folded_words(text))
    tokens = list(analyzer.tokens(text))
    assert [token.start for token in tokens] == [span.start for span in words_in(text)]
    assert [token.term for token in tokens] == [term for _, term in analyzer.words(text)]
    assert all(token.start < token.end <= len(text) for token in tokens)


def test_text_with_spaces_is_known_as_such() -> None:
    assert not is_unspaced("“Полиция” हिन्दी عربي café — 1,200 😀")


@pytest.fixture
async def press(library: Library) -> Library:
    """Return a library of reports in four languages, each with something beside the point."""
    for name, text in {
        "ja.txt": "東京の警察署長は田中一郎氏だと発表された。\n市議会は予算案を可決した。\n"
        "犬が公園で見つかった。\n",
        "zh.txt": "纳什维尔的警察局长是张伟。\n市议会星期一通过了预算。\n一只狗在公园里被发现。\n",
        "th.txt": "นายสมชายเป็นหัวหน้าตำรวจกรุงเทพ\nสภาเมืองผ่านงบประมาณเมื่อวันจันทร์\n",
        "ko.txt": "서울 경찰청장은 김철수이다.\n시의회는 월요일에 예산을 통과시켰다.\n",
    }.items():
        await library.add(text.encode(), name)
    return library


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("東京の警察署長は誰ですか？", "東京の警察署長は田中一郎氏だと発表された。"),
        ("予算案を可決したのはどこですか", "市議会は予算案を可決した。"),
        ("谁是纳什维尔的警察局长？", "纳什维尔的警察局长是张伟。"),
        ("市议会什么时候通过预算？", "市议会星期一通过了预算。"),
        ("ใครเป็นหัวหน้าตำรวจกรุงเทพ", "นายสมชายเป็นหัวหน้าตำรวจกรุงเทพ"),
        ("สภาเมืองผ่านงบประมาณเมื่อไร", "สภาเมืองผ่านงบประมาณเมื่อวันจันทร์"),
        ("서울 경찰청장이 누구입니까?", "서울 경찰청장은 김철수이다."),
        ("예산을 언제 통과시켰나요?", "시의회는 월요일에 예산을 통과시켰다."),
    ],
)
async def test_a_question_finds_what_answers_it(press: Library, question: str, answer: str) -> None:
    findings = await press.find(question)
    assert findings.hits[0].passage.text == answer
    assert findings.missing == ()


async def test_the_letters_that_matched_are_marked_together(press: Library) -> None:
    hit = (await press.search("谁是纳什维尔的警察局长？"))[0]
    assert [mark.of(hit.passage.text) for mark in hit.marks] == ["纳什维尔", "警察局长"]


@pytest.mark.parametrize("question", ["犬", "犬？", "狗"])
async def test_one_letter_is_found_inside_words(press: Library, question: str) -> None:
    hits = await press.search(question)
    assert [question[0] in hit.passage.text for hit in hits] == [True]


async def test_a_phrase_holds_letter_for_letter(press: Library) -> None:
    [hit] = await press.search("“警察署長”")
    assert [mark.of(hit.passage.text) for mark in hit.marks] == ["警察署長"]
    assert "exactly so" in (await press.find("“警察長官”")).reason


async def test_a_word_can_be_excluded(press: Library) -> None:
    assert "警察" in (await press.search("警察 東京"))[0].passage.text
    assert all("警察署長" not in hit.passage.text for hit in await press.search("東京 -警察署長"))


async def test_what_is_missing_is_said_in_words_that_were_typed(press: Library) -> None:
    findings = await press.find("大阪の消防署長は誰ですか？")
    assert findings.missing == ("大阪", "消防署長")


async def test_a_question_of_particles_alone_is_still_asked(press: Library) -> None:
    findings = await press.find("は")
    assert findings.hits


async def test_an_excerpt_is_cut_at_a_full_stop_of_its_script(library: Library) -> None:
    filler = "委員会は再び会合を開き、結論を先送りした。" * 20
    await library.add(f"{filler}市長は新しい署長を任命した。{filler}".encode(), "a.txt")
    [hit] = await library.search("署長を任命したのは誰ですか")
    assert hit.excerpt.of(hit.passage.text) == "市長は新しい署長を任命した。"
