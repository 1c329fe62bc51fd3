"""Documents and questions in several languages, side by side in one library."""

from pathlib import Path

import pytest

from retrieval import LANGUAGES, Library
from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.detection import language_of
from retrieval.analysis.languages import language_named

REPORTS = {
    "en.txt": (
        "Police chief Anna Kennedy announced on Monday that two schools will close this summer.",
        "The council approved the budget after a long debate about the libraries.",
    ),
    "de.txt": (
        "Polizeichefin Anna Kennedy kündigte am Montag an, dass zwei Schulen geschlossen werden.",
        "Der Stadtrat hat den Haushalt nach einer langen Debatte über die Büchereien beschlossen.",
    ),
    "fr.txt": (
        "La cheffe de la police a annoncé lundi la fermeture de deux écoles cet été.",
        "Le conseil municipal a adopté le budget après un long débat sur les bibliothèques.",
    ),
    "es.txt": (
        "La jefa de la policía anunció el lunes que dos escuelas cerrarán este verano.",
        "El ayuntamiento aprobó el presupuesto tras un largo debate sobre las bibliotecas.",
    ),
    "ru.txt": (
        "Начальник полиции объявил в понедельник, что две школы будут закрыты этим летом.",
        "Городской совет принял бюджет после долгих споров о библиотеках.",
    ),
    "ar.txt": (
        "أعلنت رئيسة الشرطة يوم الاثنين أن مدرستين ستغلقان في هذا الصيف.",
        "وافق مجلس المدينة على الميزانية بعد نقاش طويل حول المكتبات.",
    ),
}


@pytest.fixture
async def press(library: Library) -> Library:
    """Return a library of the same two reports in six languages."""
    for name, passages in REPORTS.items():
        await library.add("\n".join(passages).encode(), name)
    return library


async def test_each_document_says_its_language(press: Library) -> None:
    found = {one.file: one.language for one in await press.documents()}
    assert found == {name: name.removesuffix(".txt") for name in REPORTS}


@pytest.mark.parametrize(
    ("question", "file", "passage"),
    [
        ("Which schools will be closed?", "en.txt", 0),
        ("Who approves budgets?", "en.txt", 1),
        ("Welche Schule wird geschlossen?", "de.txt", 0),
        ("Wer beschließt den Haushalt der Stadt?", "de.txt", 1),
        ("Was wurde über eine Bücherei gesagt?", "de.txt", 1),
        ("Quelles écoles seront fermées ? Qui annonce la fermeture ?", "fr.txt", 0),
        ("Qui a adopté le budget de l'ecole et des bibliotheques?", "fr.txt", 1),
        ("¿Qué escuela cierra en verano?", "es.txt", 0),
        ("Quien aprobo los presupuestos?", "es.txt", 1),
        ("Какую школу закроют летом? Кто из начальников объявил?", "ru.txt", 0),
        ("Кто принимает бюджеты города?", "ru.txt", 1),
        ("ماذا أعلنت الشرطة عن المدرستين؟", "ar.txt", 0),
        ("من وافق على ميزانية المدينة؟", "ar.txt", 1),
    ],
)
async def test_a_question_is_answered_in_its_language(
    press: Library, question: str, file: str, passage: int
) -> None:
    best = (await press.search(question))[0]
    assert (best.document.file, best.passage.text) == (file, REPORTS[file][passage])
    assert best.marks


async def test_a_name_is_found_in_documents_of_every_language(press: Library) -> None:
    for question in ("Who is Anna Kennedy?", "Wer ist Anna Kennedy?", "¿Quién es Anna Kennedy?"):
        findings = await press.find(question)
        assert {hit.document.file for hit in findings.hits} == {"en.txt", "de.txt"}
        assert findings.missing == ()
        for hit in findings.hits:
            assert [mark.of(hit.passage.text) for mark in hit.marks] == ["Anna", "Kennedy"]


async def test_a_name_that_english_would_inflect_is_found_where_only_others_have_it(
    library: Library,
) -> None:
    await library.add("\n".join(REPORTS["de.txt"]).encode(), "de.txt")
    findings = await library.find("What did Kennedy announce?")
    assert findings.hits[0].document.file == "de.txt"
    assert findings.missing == ("announce",)


async def test_a_word_is_excluded_in_every_language(press: Library) -> None:
    hits = await press.search("Anna Kennedy -Montag")
    assert {hit.document.file for hit in hits} == {"en.txt"}


async def test_what_a_space_may_not_see_does_not_change_how_it_is_answered(
    library: Library,
) -> None:
    await library.add("\n".join(REPORTS["en.txt"]).encode(), "en.txt")
    question = "Wer war die Chefin, Kennedy?"
    before = await library.find(question)
    await library.add("\n".join(REPORTS["de.txt"]).encode(), "de.txt", "T1")
    after = await library.find(question)
    assert (after.missing, [one.document.file for one in after.hits]) == (
        before.missing,
        [one.document.file for one in before.hits],
    )
    assert (await library.search(question, space="T1"))[0].document.file == "de.txt"


async def test_a_library_of_another_language_reads_what_shows_none_so(tmp_path: Path) -> None:
    async with Library.open(tmp_path / "newsdesk.db", language="german") as library:
        await library.add("Häuser geräumt".encode(), "kurz.txt")
        assert (await library.document("kurz.txt")).language is None
        assert await library.search("Welches Haus?")


async def test_a_library_that_is_opened_with_another_language_still_answers(
    tmp_path: Path,
) -> None:
    for language in ("english", "german", "japanese"):
        async with Library.open(tmp_path / "newsdesk.db", language=language) as library:
            await library.add("\n".join(REPORTS["de.txt"]).encode(), "de.txt")
            [hit, *_] = await library.search("Welche Schule wird geschlossen?")
            assert hit.passage.text == REPORTS["de.txt"][0]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Smith, Jones, Miller, Baker, Perry Tarrant, Kenrya Rankin", None),
        ("Miami 4, Boston 2; Chicago 7, Denver 1; Dallas 3, Houston 0", None),
        ("Stadtrat tagt", None),
        ("市议会星期一通过了预算。", "zh"),
        ("市議會星期一通過了預算。", "zh"),
        ("東京の警察署長は田中一郎氏だと発表された。", "ja"),
        ("시의회는 월요일에 예산을 통과시켰다.", "ko"),
        ("สภาเมืองผ่านงบประมาณเมื่อวันจันทร์", "th"),
        ("De burgemeester zei maandag dat de school dicht gaat.", "nl"),
        ("Міська рада ухвалила бюджет після довгих суперечок про бібліотеки.", "uk"),
        ("The mayor named a chief, and the “Frankfurter Allgemeine Zeitung” wrote of it.", "en"),
        ("", None),
    ],
)
def test_a_language_is_told_only_where_that_is_safe(
    analyzer: Analyzer, text: str, language: str | None
) -> None:
    assert language_of(text, analyzer) == language


@pytest.mark.parametrize(
    ("code", "one", "other"),
    [
        ("de", "Häuser", "HAUSES"),
        ("de", "Straße", "Strassen"),
        ("fr", "l'élection", "elections"),
        ("fr", "arrêtée", "arreter"),
        ("es", "información", "informacion"),
        ("pt", "eleições", "eleição"),
        ("it", "dell’università", "universita"),
        ("ru", "полицию", "Полиция"),
        ("ru", "ёлка", "елки"),
        ("pl", "Łodzi", "lodzi"),
        ("tr", "KADINLAR", "kadın"),
        ("ar", "الشُّرْطَة", "الشرطة"),
        ("hi", "\u0939\u093f\u0902\u0926\u0940", "हिंदी"),
        ("ru", "й", "и\u0306"),
    ],
)
def test_forms_of_one_word_meet_in_their_language(
    analyzer: Analyzer, code: str, one: str, other: str
) -> None:
    assert analyzer.of(code).terms(one) == analyzer.of(code).terms(other) != []


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_language_can_be_analysed(name: str) -> None:
    language = language_named(name)
    assert language.stem("abc")
    assert Analyzer(name).terms("Nashville 1,200")[-1] == "1200"


def test_our_lists_are_for_english_alone(analyzer: Analyzer) -> None:
    assert analyzer.of("de").terms("die Polizei sagte") == ["polizei", "sagt"]
    assert analyzer.of("de").term("said") != analyzer.term("said") == analyzer.term("say")


@pytest.mark.parametrize(
    ("code", "question", "terms"),
    [
        ("fr", "Combien d’habitants ?", ["habitants"]),
        ("fr", "Quand, où, comment, pourquoi ? Qui, que, quoi ? Lequel, quelle ?", []),
        ("de", "Wer, wem, wen, wessen? Wann, wo, wie, warum? Wieviele, welchen?", []),
        ("es", "¿Quién, qué, cuándo, dónde, cómo, por qué? ¿Cuánto, cuántas, cuál?", []),
        ("it", "Chi, che, quando, dove, come, perché? Quanti, quali?", []),
        ("nl", "Wie, wat, waar, wanneer, waarom, hoe? Hoeveel, welke?", []),
        ("pt", "Quem, que, quando, onde, como? Quantos, quais?", []),
    ],
)
def test_words_of_asking_name_nothing(
    analyzer: Analyzer, code: str, question: str, terms: list[str]
) -> None:
    its = analyzer.of(code)
    assert its.terms(question) == [its.term(term) for term in terms]


def test_a_code_of_no_language_is_read_in_the_librarys(analyzer: Analyzer) -> None:
    assert analyzer.of(None) is analyzer.of("xx") is analyzer.of("en") is analyzer
