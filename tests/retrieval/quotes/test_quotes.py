"""Quotations held against the coverage: which words differ, and the verdict that follows."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval import BadQuotation, Library, QuoteCheck, QuoteVerdict, Tag
from retrieval.quotes.comparing.alignment import aligned
from retrieval.quotes.comparing.judging import judged
from retrieval.quotes.wording import WORDS_LIMIT, quotation_of, wording_of

SPACE = "T-newsroom"


def verdict_on(quote: str, source: str) -> tuple[str, bool]:
    """Return the verdict on a quotation beside one source, and whether it is critical."""
    alignment = aligned(quotation_of(quote), wording_of(source))
    assert alignment is not None
    judgement = judged(alignment)
    return judgement.verdict.value, judgement.is_critical


def marked(check: QuoteCheck) -> list[str]:
    """Return each wording with what differs in it: [-given-], {+found+}."""

    def one(tag: Tag, given: str, found: str) -> str:
        if tag is Tag.EQUAL:
            return found
        struck, added = f"[-{given}-]" * bool(given), f"{{+{found}+}}" * bool(found)
        return " ".join(filter(None, (struck, added)))

    return [
        " ".join(one(edit.tag, edit.given, edit.found) for edit in wording.edits)
        for wording in check.wordings
    ]


@pytest.mark.parametrize(
    ("quote", "meant"),
    [
        ("We will not.", "We will not."),
        (" “We will not,” ", "We will not,"),
        ('"We will not', "We will not"),
        ("“I said, ‘Please.’”", "I said, ‘Please.’"),
        ("‘Please’ is all I said", "Please’ is all I said"),
        ("“He said ‘no’", "He said ‘no’"),
        ("Is it true that she said “the pier is safe enough” today?", "the pier is safe enough"),
        ("a “rough” ride for the officers", "a “rough” ride for the officers"),
        ("respon-\nsible", "responsible"),
        ("[W]e and the officer[s]", "We and the officers"),
    ],
)
def test_what_is_quoted_in_a_text_is_what_is_checked(quote: str, meant: str) -> None:
    assert quotation_of(quote).wording.text == meant


@pytest.mark.parametrize("quote", ["", "“”", "…", "[…]", "?!", "— ‘’ —", "[they]", "\ud800"])
def test_a_quotation_without_a_word_is_refused_with_a_sentence(quote: str) -> None:
    with pytest.raises(BadQuotation, match="no word"):
        quotation_of(quote)


def test_a_quotation_of_five_thousand_words_is_refused_with_a_sentence() -> None:
    with pytest.raises(BadQuotation, match=r"5,000 words and 1,000 is the limit"):
        quotation_of("word " * 5_000)
    assert len(quotation_of("word " * WORDS_LIMIT).wording.words) == WORDS_LIMIT


@pytest.mark.parametrize(
    ("quote", "source", "verdict"),
    [
        ("We can’t go", "“We can’t go,” she said.", "exact"),
        ("We can’t\n go", "We can’t go", "exact"),
        ("We can't go", "We can’t go", "punctuation"),
        ("we, can’t — go", "We can’t go", "punctuation"),
        ("We can’t go?", "We can’t go.", "punctuation"),
        ("We can’t go!", "We can’t go!", "exact"),
        ("Jose went any where", "José went anywhere", "punctuation"),
        ("[W]e went home", "we went home", "punctuation"),
        ("It rose … we said", "It rose … we said", "exact"),
        ("It rose [sic] again", "It rose again", "exact"),
    ],
)
def test_the_same_words_are_exact_or_differ_in_punctuation(
    quote: str, source: str, verdict: str
) -> None:
    assert verdict_on(quote, source) == (verdict, False)


@pytest.mark.parametrize(
    ("quote", "source", "critical"),
    [
        ("We will … go home", "We will all of us go home", False),
        ("We will [all] go home", "We will surely go home", False),
        ("We will … go home", "We will never again go home", True),
        ("I … I will go", "I do and I will go", False),
        ("[They] went home", "Then we went home", False),
        ("[Everybody] went home", "Nobody went home", True),
        ("Then we went [away]", "Then we went home", False),
        ("Then we went [home]", "Then we went nowhere", True),
        ("Then we [all] went home", "Then we went home", False),
        ("They were [not] told", "They were told", True),
        ("We [cannot] go home", "We can’t go home", False),
    ],
)
def test_what_is_left_out_and_said_to_be_is_elided(
    quote: str, source: str, *, critical: bool
) -> None:
    assert verdict_on(quote, source) == ("elided", critical)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("We will go home", "We will not go home"),
        ("We can go home", "We can’t go home"),
        ("We would go home", "We will go home"),
        ("We’ll go home", "We’d go home"),
        ("We well go home", "We’ll go home"),
        ("It is now here", "It is nowhere"),
        ("It was a lawful arrest", "It was an unlawful arrest"),
        ("Three men went home", "Four men went home"),
        ("It cost $3 million", "It cost €3 million"),
        ("It cost 3.2 million", "It cost 32 million"),
        ("une hausse de 45 %", "une hausse de 4,5 %"),
        ("It rose 3 percent", "It rose 3 points"),
        ("It rose 3 points", "It rose 3 percentage points"),
        ("It lay 40 miles off", "It lay 40 kilometers off"),
        ("It had ten square feet", "It had ten square meters"),
        ("Then Smith went home", "Then Jones went home"),
        ("Smith went home", "Jones went home"),
        ("We went on Monday", "We went on Tuesday"),
        ("We not will go", "We will go not"),
        ("Then it took 90", "Then it took nineteen"),
        ("We knew it then", "I do not think we knew it then"),
        ("Have we seen it", "Never have we seen it"),
        ("We are there now", "We are there not"),
        ("Then Sesions went home", "Then Sessions went home"),
    ],
)
def test_another_negation_number_name_or_modal_verb_is_critical(quote: str, source: str) -> None:
    assert verdict_on(quote, source) == ("differs", True)


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("We do not go home", "We don’t go home"),
        ("We will go home", "We’ll go home"),
        ("Thirty men went home", "30 men went home"),
        ("Then it took 19", "Then it took nineteen"),
        ("It cost 400 dollars", "It cost four hundred dollars"),
        ("It cost 2,641 dollars", "It cost two thousand six hundred forty-one dollars"),
        ("It cost $4,700,000 then", "It cost $4.7 million then"),
        ("We shuold go home", "We should go home"),
        ("We wou1d go home", "We would go home"),
        (
            "hold any offlcer responsib1e for breaking the 1aw",
            "hold any officer responsible for breaking the law",
        ),
        ("It rose 85%, we said", "It rose by 85 percent, we said"),
        ("It lay 40 km off", "It lay forty kilometres off"),
        ("It lay some miles off", "It lay some kilometers off"),
        ("Men walked home", "Men went home"),
        ("Policemen went home", "Officers went home; the policemen and officers slept"),
        ("we knew it all then", "I do not think we knew it then"),
    ],
)
def test_other_words_that_say_the_same_are_not_critical(quote: str, source: str) -> None:
    assert verdict_on(quote, source) == ("differs", False)


def test_what_is_written_in_a_headline_with_capitals_is_no_name() -> None:
    source = "Mayor Will Hold Every Officer Responsible For Breaking The Law"
    assert verdict_on("hold every policeman responsible", source) == ("differs", False)


def test_words_of_the_reporter_between_two_parts_of_a_quotation_are_not_of_it() -> None:
    source = "“We went home,” Smith said. “It was late at night.”"
    assert verdict_on("We went home. It was late at night.", source) == ("punctuation", False)
    assert verdict_on("“We went home,” she said. “It was late at night.”", source[1:]) == (
        "differs",
        True,
    )


@pytest.mark.parametrize(
    ("quote", "source"),
    [
        ("My dear, it was late", "'My dear,' she said, 'it was late.'"),
        ("My dear, it was late", "‘My dear,’ she said, ‘it was late.’"),
        ("It was late. We slept", "“It was late,” she said.\n\nShe added: “We slept.”"),
    ],
)
def test_an_interruption_is_known_in_other_marks_and_over_paragraphs(
    quote: str, source: str
) -> None:
    assert verdict_on(quote, source) == ("punctuation", False)


def test_words_of_another_speaker_are_no_interruption() -> None:
    source = "“It was late,” Smith said.\n\nJones said: “We slept.”"
    assert verdict_on("It was late. We slept", source)[0] == "differs"


@pytest.mark.parametrize(
    ("quote", "source", "language", "due"),
    [
        ("Il est perdu", "Il n’est pas perdu", "fr", ("differs", True)),
        ("Il peut partir", "Il doit partir", "fr", ("differs", True)),
        (
            "Il est tard, car il pleut",
            "« Il est tard, a-t-elle dit, car il pleut »",
            "fr",
            ("punctuation", False),
        ),
        ("Vendemos el molino", "No vendemos el molino", "es", ("differs", True)),
        ("Es tarde y llueve", "«Es tarde —dijo Ana— y llueve»", "es", ("punctuation", False)),
        ("Er kommt heute", "Er kommt heute nicht", "de", ("exact", False)),
        ("Er kommt immer wieder", "Er kommt nie wieder", "de", ("differs", True)),
    ],
)
def test_what_counts_is_told_in_the_language_of_the_source(
    quote: str, source: str, language: str, due: tuple[str, bool]
) -> None:
    alignment = aligned(quotation_of(quote), wording_of(source, language))
    assert alignment is not None
    judgement = judged(alignment)
    assert (judgement.verdict, judgement.is_critical) == due


def test_a_sentence_that_is_passed_over_in_silence_makes_it_stitched() -> None:
    source = "We all went home then. It was very late. Nobody saw us on the way."
    quote = "We all went home then. Nobody saw us on the way."
    assert verdict_on(quote, source) == ("stitched", False)
    denied = source.replace("It was very late", "It was not late")
    assert verdict_on(quote, denied) == ("stitched", True)


@pytest.mark.parametrize(
    ("quote", "source", "due"),
    [
        ("It shut in 1990. It rained", "It shut in 1990. We wept. It rained", ("stitched", False)),
        ("It shut in 1990. It rained", "It shut in 1990. We never wept. It rained",
         ("stitched", True)),
        ("Go home. It rained", "Go home. Sleep well, Mr. Quill. It rained", ("stitched", False)),
        ("We saw the Quill. It rained on us all", "We saw the old Mr. Quill. It rained on us all",
         ("differs", True)),
        ("It shut in rain", "It shut in 1990. We wept in rain", ("differs", True)),
    ],
)  # fmt: skip
def test_a_whole_sentence_that_is_passed_over_is_so_between_short_ones_too(
    quote: str, source: str, due: tuple[str, bool]
) -> None:
    assert verdict_on(quote, source) == due


def test_texts_without_a_word_in_common_are_not_aligned() -> None:
    assert aligned(quotation_of("one two"), wording_of("three four")) is None


texts = st.text(st.sampled_from("ab cd not will 3 X Y “”\"' …[].,?!\n-"), max_size=60)


@given(quote=texts, source=texts)
def test_edits_spell_out_both_texts_and_no_change_is_lost(quote: str, source: str) -> None:
    try:
        quotation = quotation_of(quote)
    except BadQuotation:
        return
    alignment = aligned(quotation, wording_of(source))
    if alignment is None:
        return
    found = alignment.found
    ours = [at for step in alignment.steps for at in step.given]
    theirs = [at for step in alignment.steps for at in step.found]
    assert ours == list(range(len(quotation.wording.words)))
    assert theirs == list(found)
    for edit in alignment.edits:
        assert edit.given in quotation.wording.text
        assert edit.found in source
    if judged(alignment).verdict is QuoteVerdict.EXACT:
        same = wording_of(source).slice(found.start, found.stop)
        assert wording_of(same).forms == quotation.wording.forms


plain = st.lists(
    st.sampled_from(
        [
            "we",
            "They",
            "will",
            "would",
            "not",
            "never",
            "3",
            "three",
            "Smith",
            "Jones",
            "went",
            "home",
            "then",
        ]
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(quote=plain, source=plain)
def test_the_verdict_holds_together_with_the_differences(quote: str, source: str) -> None:
    alignment = aligned(quotation_of(quote), wording_of(source))
    if alignment is None:
        return
    judgement, edits = judged(alignment), alignment.edits
    assert " ".join(edit.given for edit in edits if edit.given) == quote
    found = alignment.found
    theirs = " ".join(edit.found for edit in edits if edit.found)
    assert theirs == alignment.source.slice(found.start, found.stop)
    is_same = all(edit.tag is Tag.EQUAL for edit in edits)
    is_harmless = judgement.verdict in {QuoteVerdict.EXACT, QuoteVerdict.PUNCTUATION}
    assert is_harmless == is_same
    assert (judgement.verdict is QuoteVerdict.EXACT) == (quote == theirs)
    assert not (judgement.is_critical and is_harmless)


words = st.sampled_from(
    ["will", "would", "not", "never", "3", "three", "thirty", "Smith", "Jones", "slept", "walked"]
)


@given(before=plain, one=words, other=words)
def test_whether_a_changed_word_is_critical_is_the_same_both_ways(
    before: str, one: str, other: str
) -> None:
    first, second = f"{before} {one} again", f"{before} {other} again"
    assert verdict_on(first, second) == verdict_on(second, first)


async def test_a_quotation_in_another_language_of_the_coverage_is_found(seeded: Library) -> None:
    text = (
        "«No vendemos el molino porque no es nuestro: es de los que vendrán», dijo la presidenta."
    )
    rest = "La asamblea de la cooperativa rechazó ayer la oferta del fondo con 287 votos en contra."
    await seeded.add(f"Comunicado\n\n{text}\n\n{rest}".encode(), "comunicado.txt")
    check = await seeded.check_quote("no es nuestro: es de los que vendran")
    assert (check.verdict, check.is_critical) == (QuoteVerdict.PUNCTUATION, False)
    check = await seeded.check_quote("Vendemos el molino porque no es nuestro")
    assert (check.verdict, check.is_critical) == (QuoteVerdict.DIFFERS, True)


async def test_a_quotation_that_was_misread_throughout_is_still_found(seeded: Library) -> None:
    check = await seeded.check_quote("hold any offlcer responsib1e for breaking the 1aw")
    assert (check.verdict, check.is_critical) == (QuoteVerdict.DIFFERS, False)
    assert marked(check)[0] == (
        "hold any [-offlcer responsib1e-] {+officer responsible+} for breaking the [-1aw-] {+law+}"
    )


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("She has proof", QuoteVerdict.DIFFERS),
        ("They’ve paid rent.", QuoteVerdict.DIFFERS),
        ("We can wait", QuoteVerdict.DIFFERS),
        ("He wants bread", QuoteVerdict.ABSENT),
        ("She had proof", QuoteVerdict.ABSENT),
        ("No proof here", QuoteVerdict.ABSENT),
        ("They’ll paid rent", QuoteVerdict.ABSENT),
    ],
)
async def test_three_words_that_lost_their_negation_are_found_and_no_others(
    library: Library, quote: str, verdict: QuoteVerdict
) -> None:
    text = "“She has no proof,” Ann Lee said. “They haven’t paid rent. We cannot wait for bread.”"
    await library.add(text.encode(), "rent.txt")
    check = await library.check_quote(quote)
    assert (check.verdict, check.is_critical) == (verdict, verdict is QuoteVerdict.DIFFERS)


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        ("Rest. And eat a good soup at noon.", ("stitched", False)),
        ("Rest. It helps the head. Nobody in the harbor office ever complained.",
         ("stitched", False)),
        ("Nobody in the harbor office ever complained. Enough.", ("stitched", True)),
        ("Sleep. And eat a good soup at noon.", ("differs", False)),
    ],
)  # fmt: skip
async def test_a_short_sentence_before_or_behind_one_that_is_passed_over_is_found(
    library: Library, quote: str, verdict: tuple[str, bool]
) -> None:
    text = (
        "“Rest. It helps the head. And eat a good soup at noon. Nobody in the harbor office ever "
        "complained. They did not dare to. Enough.”"
    )
    await library.add(text.encode(), "rest.txt")
    check = await library.check_quote(quote)
    assert (check.verdict.value, check.is_critical) == verdict


async def test_words_of_two_speakers_are_put_together_whatever_stands_between(
    seeded: Library,
) -> None:
    text = "“We have lost the pier for good,” said Ann Lee. “We have won the harbor,” said Bob Ray."
    await seeded.add(text.encode(), "pier.txt")
    for quote in ("We have lost the pier for good … We have won the harbor",
                  "We have lost the pier for good. We have won the harbor"):  # fmt: skip
        check = await seeded.check_quote(quote)
        assert (check.verdict, check.is_critical) == (QuoteVerdict.STITCHED, False)


async def test_a_claimed_office_is_held_against_who_holds_it(seeded: Library) -> None:
    text = "The sheriff, Ann Lee, came. “We have lost the pier for good,” Lee said to Bob Ray."
    await seeded.add(text.encode(), "pier.txt")
    quote = "We have lost the pier for good"
    for speaker, verdict in (
        ("the sheriff", QuoteVerdict.EXACT),
        ("Lee, Ann", QuoteVerdict.EXACT),
        ("Bob Ray", QuoteVerdict.OTHER_SPEAKER),
        ("the attorney general", QuoteVerdict.EXACT),  # the document names none
    ):
        assert (await seeded.check_quote(quote, speaker=speaker)).verdict is verdict


async def test_words_of_an_office_are_whoevers_the_document_says_holds_it(library: Library) -> None:
    await library.add(
        b'A judge told him that he had "robbed the town."\n\n'
        b'He sat still as Judge Ann Lee went on. Bob Ray left. "I came late," a warden said.',
        "court.txt",
    )
    for quote, speaker, verdict in (
        ("robbed the town", "Bob Ray", QuoteVerdict.OTHER_SPEAKER),
        ("robbed the town", "Ann Lee", QuoteVerdict.EXACT),
        ("I came late", "Bob Ray", QuoteVerdict.EXACT),  # who the warden is nobody says
    ):
        assert (await library.check_quote(quote, speaker=speaker)).verdict is verdict


async def test_a_text_that_stands_there_with_what_it_quotes_is_meant_as_a_whole(
    seeded: Library,
) -> None:
    text = "The mayor wrote to us: “Stop the presses at once,” and so we did."
    await seeded.add(text.encode(), "memoir.txt")
    check = await seeded.check_quote('The mayor wrote to us: "Stop the presses at once," and so')
    assert check.verdict is QuoteVerdict.PUNCTUATION
    check = await seeded.check_quote("Did she say “Stop the presses at once” to anybody?")
    assert check.verdict is QuoteVerdict.EXACT


async def test_all_wordings_of_a_sentence_are_shown_with_what_differs(seeded: Library) -> None:
    check = await seeded.check_quote(
        "I will also hold any officer responsible for breaking the law"
    )
    assert check.verdict is QuoteVerdict.PUNCTUATION
    assert marked(check) == [
        "I will also hold any officer responsible (for) breaking the law",
        "I will also hold any officer responsible [-for-] breaking the law",
        "[-I-] {+he+} will [-also-] hold any officer responsible for breaking the law",
        "I will also … hold any officer responsible [-for breaking-] {+who violates+} the law",
        "[-I-] {+Sessions+} Will [-also-] Hold Any Officer Responsible’ For Breaking The Law",
    ]
    assert [one.documents for one in check.wordings] == [1] * 5


async def test_a_sentence_that_two_documents_have_is_one_wording(seeded: Library) -> None:
    check = await seeded.check_quote("That helps no one. That protects no one.")
    assert (check.verdict, check.is_critical) == (QuoteVerdict.EXACT, False)
    [wording] = check.wordings
    assert [(one.document.file[:3], one.passage.paragraph) for one in wording.places] == [
        ("000", 10),
        ("003", 7),
    ]


async def test_a_quotation_over_two_paragraphs_stands_in_both(seeded: Library) -> None:
    check = await seeded.check_quote(
        "We cannot allow these trends to continue. No one should feel like a prisoner"
    )
    [wording] = check.wordings
    assert [place.passage.paragraph for place in wording.places] == [24, 25]
    assert wording.verdict is QuoteVerdict.EXACT


async def test_pieces_from_two_documents_are_shown_one_by_one(seeded: Library) -> None:
    check = await seeded.check_quote(
        "We will punish any police conduct that violates civil rights. We have your back"
        " and you have our thanks"
    )
    assert check.verdict is QuoteVerdict.STITCHED
    assert [one.places[0].document.file[:3] for one in check.wordings] == ["002", "004"]


async def test_copies_of_one_passage_are_counted(library: Library) -> None:
    text = "“The pier will never be safe again,” the mayor said on Tuesday after the meeting."
    for number in range(70):
        await library.add(f"Story {number}\n\n{text}".encode(), f"{number}.txt")
    check = await library.check_quote("The pier will never be safe again")
    assert [one.documents for one in check.wordings] == [70]


async def test_a_space_is_told_nothing_of_what_another_has(library: Library) -> None:
    secret = b"The mayor told nobody that she will resign in the spring of next year."
    await library.add(secret, "secret.txt", SPACE)
    quote = "she will resign in the spring of next year"
    assert (await library.check_quote(quote, SPACE)).verdict is QuoteVerdict.EXACT
    for space in (None, "T-other"):
        check = await library.check_quote(quote, space)
        assert (check.verdict, check.wordings) == (QuoteVerdict.ABSENT, [])


async def test_a_document_that_was_removed_says_nothing_any_more(seeded: Library) -> None:
    quote = "You can be certain about this: we have your back"
    assert (await seeded.check_quote(quote)).verdict is QuoteVerdict.EXACT
    await seeded.remove("004_42e15ef78f8e8e44.txt")
    assert (await seeded.check_quote(quote)).verdict is QuoteVerdict.ABSENT


async def test_an_empty_coverage_says_that_it_is_empty(library: Library) -> None:
    check = await library.check_quote("We will not stand by")
    assert check.verdict is QuoteVerdict.ABSENT
    assert "empty" in check.reason


async def test_words_that_say_nothing_by_themselves_are_looked_up_as_a_phrase(
    seeded: Library,
) -> None:
    assert (await seeded.check_quote("we are all in this together")).verdict is (
        QuoteVerdict.PUNCTUATION
    )
    check = await seeded.check_quote("so have I")
    assert check.verdict is QuoteVerdict.EXACT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(quote=st.one_of(st.text(max_size=200), texts))
async def test_every_text_gets_a_verdict_or_a_sentence(seeded: Library, quote: str) -> None:
    with suppress(BadQuotation):
        check = await seeded.check_quote(quote)
        assert_consistent(check)


def assert_consistent(check: QuoteCheck) -> None:
    assert (check.verdict is QuoteVerdict.ABSENT) is not bool(check.wordings)
    for wording in check.wordings:
        texts_there = [place.passage.text for place in wording.places]
        assert wording.text in texts_there[0] or len(texts_there) > 1


@pytest.mark.parametrize(
    "quote",
    ["hold " * WORDS_LIMIT, "“" * 5_000 + "hold", "[" * 5_000 + "hold", "a-\n" * 900],
)
async def test_a_text_made_to_take_long_is_answered_in_bounded_time(
    seeded: Library, quote: str
) -> None:
    started = datetime.now(UTC)
    await seeded.check_quote(quote)
    assert (datetime.now(UTC) - started).total_seconds() < 20  # far above what any machine needs


async def test_what_somebody_answers_over_two_sentences_stands_there(library: Library) -> None:
    await library.add(b"Q: Why did you wait?\nA: I asked him. He never told me.\n", "hearing.txt")
    check = await library.check_quote("I asked him. He never told me.")
    assert check.verdict.value == "exact"
