"""Who said what: the rules by which readers of news understand it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Library, Passage, QuoteVerdict, Role
from retrieval.quotes.attribution.attributed import Attributed
from retrieval.quotes.attribution.attributing import attributed_in
from retrieval.quotes.attribution.names import may_be_same
from retrieval.quotes.attribution.people import People
from retrieval.quotes.attribution.spans import quoted_in
from retrieval.quotes.speakers import without_office


def passages(*texts: str) -> list[Passage]:
    """Return paragraphs of text."""
    return [
        Passage(number, number, 0, len(text), text, Role.TEXT, "", "")
        for number, text in enumerate(texts, 1)
    ]


def said(*texts: str) -> list[tuple[str, str, str]]:
    """Return who said what in a document, and the rule."""
    return [(one.speaker, one.text, one.rule.name) for one in attributed_in(passages(*texts))]


@pytest.mark.parametrize(
    ("text", "speaker", "rule"),
    [
        ("“We won,” Mayor Ann Lee said.", "Ann Lee", "BEHIND"),
        ("“We won,” said Ann Lee, who runs the port.", "Ann Lee", "BEHIND"),
        ("“We won,” Ann Lee, the mayor of Elder, said on Monday.", "Ann Lee", "BEHIND"),
        ("“We won!” chief engineer Ann Lee told reporters.", "Ann Lee", "BEHIND"),
        ('"We won," said the spokesman of the Port Authority.', "spokesman of the Port Authority",
         "BEHIND"),
        ("On Monday Ann Lee said: “We won.”", "Ann Lee", "BEFORE"),
        ("Ann Lee, a friend of Bob Ray, said, “We won.”", "Ann Lee", "BEFORE"),
        ("Ann Lee: “We won.”", "Ann Lee", "BEFORE"),
        ("On Monday Ann Lee said that the town had “won” at last.", "Ann Lee", "REPORTED"),
        ("Bob Ray left after Ann Lee told him that she had “won.”", "Ann Lee", "REPORTED"),
        ("‘We won,’ said Ann Lee.", "Ann Lee", "BEHIND"),
        ("'We won the planners' prize,' said Ann Lee.", "Ann Lee", "BEHIND"),
        ("'We won a “prize”,' said Ann Lee.", "Ann Lee", "BEHIND"),
        ("Ann Lee was blunt: “We won.”", "Ann Lee", "BEFORE"),
        ("Dr. Ann van der Lee said, “We won.”", "Ann van der Lee", "BEFORE"),
    ],
)  # fmt: skip
def test_a_tag_names_the_speaker(text: str, speaker: str, rule: str) -> None:
    assert [(one, its_rule) for one, _, its_rule in said(text)] == [(speaker, rule)]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("„Wir warten“, sagte er. „Noch lange.“", ["Wir warten", "Noch lange."]),
        ("„Wir warten“, sagte er, und “yes”, and „ja“.", ["Wir warten", "yes", "ja"]),
        ("»Wir warten«, sagte er (»noch lange«).", ["Wir warten", "noch lange"]),
        ("„Er sagte «nein»“, meinte sie.", ["Er sagte «nein»"]),
        ("« Personne », a promis le maire. «Jamais.»", ["Personne", "Jamais."]),
        ("„Várunk”, mondta. ”Vi väntar”, sade han. »Ja», sade hon.", ["Várunk", "Vi väntar", "Ja"]),
        ("“We won,” he said.”The end” of it.", ["We won,"]),
    ],
)
def test_marks_are_paired_as_each_language_has_them(text: str, quoted: list[str]) -> None:
    its = passages(text)
    assert [one.text(its) for one in quoted_in(its)] == quoted


def test_a_speaker_is_carried_over_within_a_paragraph() -> None:
    assert said("“We won,” said Ann Lee. “It was late.” She went home. “Too late,” she said.") == [
        ("Ann Lee", "We won,", "BEHIND"),
        ("Ann Lee", "It was late.", "CARRIED"),
        ("Ann Lee", "Too late,", "BEHIND"),
    ]


def test_what_stands_before_the_first_tag_of_a_paragraph_is_unsure() -> None:
    first, second = attributed_in(passages("“We won.” “It was late,” said Ann Lee."))
    assert (first.speaker, first.is_sure, second.is_sure) == ("Ann Lee", False, True)


def test_a_pronoun_is_whoever_spoke_last() -> None:
    assert said(
        "“We won,” said Ann Lee.", "“It was late,” she said.", "She continued: “Too late.”"
    ) == [
        ("Ann Lee", "We won,", "BEHIND"),
        ("Ann Lee", "It was late,", "BEHIND"),
        ("Ann Lee", "Too late.", "BEFORE"),
    ]


def test_a_pronoun_is_whoever_its_own_paragraph_names_before_it() -> None:
    assert said("“We won,” said Ann Lee.", "Then Bob Ray came in. He said it was “late.”")[1] == (
        "Bob Ray",
        "late.",
        "REPORTED",
    )


def test_a_pronoun_for_several_people_is_unsure() -> None:
    *_, last = attributed_in(passages("Then Ann Lee and Bob Ray came in.", "“We won,” they said."))
    assert not last.is_sure


def test_a_pronoun_without_anybody_named_before_is_nobody() -> None:
    assert said("“We won,” he said.") == []


def test_a_quotation_over_several_paragraphs_is_one() -> None:
    [one] = attributed_in(
        passages("Ann Lee continued: “We won.", "“It was late.", "“Too late.”", "She left.")
    )
    assert one.text == "We won.\nIt was late.\nToo late."
    assert [part.paragraph for part in one.quoted.parts] == [0, 1, 2]


def test_a_paragraph_that_is_only_a_quotation_goes_on_with_the_last_speaker_unsurely() -> None:
    *_, last = attributed_in(passages("“We won,” said Ann Lee.", "“It was late.”"))
    assert (last.speaker, last.rule.name, last.is_sure) == ("Ann Lee", "FOLLOWED", False)


@pytest.mark.parametrize(
    "text",
    [
        "They fought against “consent decrees” for years.",
        "The “thin blue line” runs through the town.",
        "Trump’s “wall” is long.",
        "“",
        "”“",
    ],
)
def test_marks_around_a_term_quote_nobody(text: str) -> None:
    assert said(text) == []


def test_the_fullest_name_of_the_document_is_given() -> None:
    assert [one[0] for one in said("President Ann Lee came.", "“We won,” Lee said.")] == ["Ann Lee"]
    assert [one[0] for one in said("We saw President Ann Lee.", "The President said: “No.”")] == [
        "Ann Lee"
    ]


def test_the_sentence_that_attributes_is_the_evidence() -> None:
    text = "It was a long day. Ann Lee said it was “late.” She left."
    [one] = attributed_in(passages(text))
    assert one.evidence.of(text) == "Ann Lee said it was “late.”"


def test_people_of_one_surname_are_told_apart() -> None:
    found = attributed_in(
        passages(
            "“We won,” said Ann Lee.",
            "“We lost,” said Bob Lee.",
            "“Too late,” Mr. Lee said.",
            "“It is a start,” Ms. Lee said.",
            "“Come back,” said Lee.",
        )
    )
    assert [(one.speaker, one.is_sure) for one in found] == [
        ("Ann Lee", True),
        ("Bob Lee", True),
        ("Bob Lee", True),
        ("Ann Lee", True),
        ("Ann Lee", False),
    ]


def test_a_hundred_of_one_surname_are_told_apart() -> None:
    given = [f"{one}{other}na" for one in "BCDFGHJKLM" for other in "aeiouyrlhw"]
    texts = [f"“We won it,” {name} Lee said. “We lost it,” Lee said." for name in given]
    speakers = [one.speaker for one in attributed_in(passages(*texts))]
    assert speakers == [f"{name} Lee" for name in given for _ in range(2)]


def test_an_office_is_whoever_is_said_to_hold_it() -> None:
    text = "The governor, Ann Lee, came. So did Bob Ray, the town’s engineer."
    assert said(text, "“No,” the governor said.") == [("Ann Lee", "No,", "BEHIND")]
    assert said(text, "“No,” the engineer said.") == [("Bob Ray", "No,", "BEHIND")]


def test_an_office_is_not_another_one_that_ends_alike() -> None:
    text = "Inspector General Dan Poe came. “No,” the attorney general said."
    assert said(text)[0][0] == "attorney general"
    text = "Police Chief Dan Poe and the town’s engineer, Bob Ray, came."
    assert said(text, "“No,” said the chief.")[0][0] == "Dan Poe"
    assert said(text, "“No,” said the chief engineer.")[0][0] == "Bob Ray"


def test_a_title_before_a_name_is_not_the_end_of_an_office() -> None:
    text = "Bob Ray sat with his hands folded as Judge Ann Lee rose."
    assert said("A judge said he had “robbed the town.”", text)[0][0] == "Ann Lee"
    text = "Bob Ray, the spokesman of Port Authority, said it was “late.”"
    assert said(text)[0][0] == "Bob Ray"


def test_the_first_of_two_surnames_may_stand_alone() -> None:
    assert said("Ángela Muñoz Prieto came.", "“No,” Muñoz said.")[0][0] == "Ángela Muñoz Prieto"


def test_a_name_ends_where_its_sentence_does() -> None:
    text = "Bob Ray left with J. R. Lee. Dr. Dan Poe said: “No.” We saw Ann Lee. She said: “Yes.”"
    assert [one[0] for one in said(text)] == ["Dan Poe", "Ann Lee"]


def test_a_pronoun_is_of_the_sentence_before_it_though_a_quotation_ends_that() -> None:
    texts = ("“No,” said Ann Lee. “Never.” Bob Ray said the board had asked. “Late,” he said.",)
    assert said(*texts)[-1] == ("Bob Ray", "Late,", "BEHIND")


def test_a_quotation_goes_on_behind_the_tag_that_interrupts_it() -> None:
    assert said("“If we win,” said her neighbor, Ann Lee, “we go home.”") == [
        ("Ann Lee", "If we win,", "BEHIND"),
        ("Ann Lee", "we go home.", "CARRIED"),
    ]


def test_a_pronoun_is_a_person_rather_than_a_company() -> None:
    text = "Bay Crossings is run by Ann Lee, who came. She said it was “late.”"
    assert said(text) == [("Ann Lee", "late.", "REPORTED")]


@pytest.mark.parametrize(
    ("language", "texts", "speakers"),
    [
        ("fr", ["« Il est tard », a déclaré la maire, Anne Roy. « Très tard. »"], ["Anne Roy"] * 2),
        ("fr", ["Anne Roy est venue. « Il est tard », a-t-elle déclaré."], ["Anne Roy"]),
        ("fr", ["Anne Roy est venue.", "« Il est tard », dit-elle lundi."], ["Anne Roy"]),
        ("fr", ["Selon Anne Roy, on part. « Tard », explique-t-elle."], ["Anne Roy"]),
        ("fr", ["« Il est tard », a-t-elle déclaré."], []),
        ("fr", ["L’hydrologue Anne Roy est venue. « Tard », a-t-elle dit."], ["Anne Roy"]),
        ("fr", ["Anne Roy est venue. « Il est tard, a-t-elle ajouté, très tard. »"], ["Anne Roy"]),
        ("es", ["El portavoz, Juan Gil, llegó. «Es tarde», señaló."], ["Juan Gil"]),
        ("es", ["«Es tarde», dijo la presidenta, Ana Gil."], ["Ana Gil"]),
    ],
)
def test_speakers_are_known_in_other_languages(
    language: str, texts: list[str], speakers: list[str]
) -> None:
    assert [one.speaker for one in attributed_in(passages(*texts), language)] == speakers


HEARING = (
    "CHAIRMAN OKORO: The committee will come to order.",
    "ELENA VARGA-SOUSA, called as a witness, testified as follows:",
    "EXAMINATION BY MR. LUND:",
    "Q. When did you learn of it?",
    "A. On the evening of March 14.",
    "I told nobody.",
    "(Recess.)",
    "SENATOR O'BRANDT: You signed a report that said, “The supply is safe.” Was it?",
    "DR. VARGA-SOUSA: No. My teacher, Ann Lee, said, “Never sign.”",
)


def test_each_turn_of_a_transcript_is_its_speakers() -> None:
    assert said(*HEARING) == [
        ("Okoro", "The committee will come to order.", "TURN"),
        ("Lund", "When did you learn of it?", "TURN"),
        ("Elena Varga-Sousa", "On the evening of March 14.\nI told nobody.", "TURN"),
        ("O'Brandt", "You signed a report that said, “The supply is safe.” Was it?", "TURN"),
        ("Elena Varga-Sousa", "No. My teacher, Ann Lee, said, “Never sign.”", "TURN"),
        ("Ann Lee", "Never sign.", "BEFORE"),
    ]


def test_an_interview_has_the_fullest_names_of_its_labels() -> None:
    its = ["Interview: Leo Ansah", "Leo Ansah: Why?", "Ann Roe: So.", "Ansah: And?", "Roe: Yes."]
    assert [(who, what) for who, what, _ in said(*its)] == [
        ("Leo Ansah", "Why?"),
        ("Ann Roe", "So."),
        ("Leo Ansah", "And?"),
        ("Ann Roe", "Yes."),
    ]


def test_lines_with_colons_are_no_transcript_where_nobody_answers() -> None:
    its = ["Date: May 3", "Place: The hall", "Price: Free", "Contact: Ann Lee", "Phone: 555"]
    assert said(*its) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Jeff Sessions", "Sessions", True),
        ("J. Sessions", "Jeff Sessions", True),
        ("Jeff Sessions", "Jefferson Beauregard Sessions", True),
        ("Pete Sessions", "Jeff Sessions", False),
        ("Trump", "Sessions", False),
        ("O’Connell", "O'Connell", True),
        ("", "Sessions", False),
        ("Alice Shaw", "Bob Shaw", False),
        ("Kowalczyk, Bernadette", "Bernadette Kowalczyk", True),
        ("van der Meer", "Ludvik van der Meer", True),
        ("Maria de Silva", "João de Silva", False),
        ("Ángela Muñoz", "Angela Munoz Prieto", True),
        ("Muñoz", "Ángela Muñoz Prieto", True),
        ("Ángela", "Ángela Muñoz Prieto", False),
        ("Lee Jae-myung", "Jae-myung Lee", True),
        ("R. Sorensen", "Raymond Sørensen", True),
        ("Gerald Whitcombe Jr.", "Gerald Whitcombe III", False),
        ("Gerald Whitcombe, Jr.", "Gerald Whitcombe", True),
    ],
)
def test_names_of_one_person(one: str, other: str, *, same: bool) -> None:
    assert may_be_same(one, other) is same


def test_the_office_before_a_name_is_not_of_it() -> None:
    assert without_office("Attorney General Jeff Sessions") == "Jeff Sessions"
    assert without_office("jeff sessions") == "jeff sessions"


@given(
    st.lists(st.text(st.sampled_from('Ann Lee said he “”"‘’.,: the President’s\n'), max_size=80))
)
def test_every_document_is_read_and_quoted_verbatim(texts: list[str]) -> None:
    its = passages(*(text for text in texts if text.strip()))
    for one in attributed_in(its):
        check_verbatim(one, its)


def check_verbatim(one: Attributed, its: list[Passage]) -> None:
    """Check that a quotation stands where it says, and names a speaker."""
    assert one.speaker
    lines = [part.span.of(its[part.paragraph].text) for part in one.quoted.parts]
    assert one.text == "\n".join(lines)


def test_long_texts_of_marks_are_read_in_bounded_time() -> None:
    assert said("“" * 20_000) == []
    said("“A” said Ann. " * 500)
    assert not People(["Ann " * 2_000]).mentioned("x" * 10_000)


async def test_a_quotation_is_held_against_who_is_said_to_have_said_it(seeded: Library) -> None:
    quote = "hold any officer responsible for breaking the law"
    for speaker in ("Sessions", "Attorney General Jeff Sessions", "sessions"):
        check = await seeded.check_quote(quote, speaker=speaker)
        assert check.verdict is QuoteVerdict.EXACT
    check = await seeded.check_quote(quote, speaker="Donald Trump")
    assert check.verdict is QuoteVerdict.OTHER_SPEAKER
    assert "said by Jeff Sessions" in check.reason


async def test_who_gives_a_speech_said_what_it_holds(seeded: Library) -> None:
    quote = "You can be certain about this: we have your back"
    check = await seeded.check_quote(quote)
    assert check.wordings[0].speaker == "Sessions"
    check = await seeded.check_quote(quote, speaker="Chuck Rosenberg")
    assert check.verdict is QuoteVerdict.OTHER_SPEAKER


async def test_words_that_nobody_is_named_for_are_not_credited_to_somebody_else(
    seeded: Library,
) -> None:
    check = await seeded.check_quote("too much focus has been placed", speaker="Donald Trump")
    assert check.verdict is QuoteVerdict.EXACT
    assert check.wordings[0].speaker is None


async def test_said_finds_a_persons_quotations_about_a_topic(seeded: Library) -> None:
    found = (await seeded.said("Sessions", "one bad officer")).sayings
    assert {one.document.file[:3] for one in found} == {"000", "003"}
    assert all("officer" in one.saying.quote + one.saying.evidence for one in found)
    assert not (await seeded.said("Sessions", "harbors")).sayings
    others = (await seeded.said("Pete Sessions")).sayings
    assert {one.saying.speaker for one in others} == {"Sessions"}


async def test_said_finds_a_person_by_the_first_of_two_surnames(library: Library) -> None:
    text = "We saw Ángela Muñoz Prieto and Tommy Lee Jones. “No,” Muñoz said. “Yes,” Jones said."
    await library.add(text.encode(), "munoz.txt")
    for name in ("Muñoz", "munoz", "Ángela Muñoz", "Prieto", "Mayor Muñoz Prieto"):
        [one] = (await library.said(name)).sayings
        assert one.saying.speaker == "Ángela Muñoz Prieto"
    await library.add("“Never,” said Muñoz.".encode(), "later.txt")
    assert {one.saying.quote for one in (await library.said("Muñoz")).sayings} == {"No,", "Never,"}
    for name in ("Ángela", "Carla Díaz", "Muñoz Díaz", "Tommy"):
        assert not (await library.said(name)).sayings


async def test_said_finds_whoever_a_document_says_holds_an_office(library: Library) -> None:
    await library.add("“No,” Attorney General Ann Lee said. Lee left.".encode(), "a.txt", "T1")
    await library.add("“Yes,” Bob Ray said. Ray is deputy attorney general.".encode(), "b.txt")
    await library.add("We saw Bob Ray, the former attorney general. “So,” Ray said.".encode(), "c")
    await library.add("“Never,” said the attorney general.".encode(), "d.txt")
    await library.add("“Hm,” Inspector General Dan Poe said.".encode(), "e.txt")
    for space, quotes in (("T1", {"No,", "Never,"}), ("T2", {"Never,"})):
        for name in ("the attorney general", "Attorney General"):
            found = (await library.said(name, space=space)).sayings
            assert {one.saying.quote for one in found} == quotes
    [one] = (await library.said("the former attorney general")).sayings
    assert one.saying.speaker == "Bob Ray"
    assert {one.saying.quote for one in (await library.said("general")).sayings} == {"Never,"}
    await library.remove("a.txt", "T1")
    assert len((await library.said("the attorney general", space="T1")).sayings) == 1


async def test_said_means_whoever_has_the_last_name_where_somebody_has(library: Library) -> None:
    await library.add("We saw Tommy Lee Jones. “Yes,” Jones said.".encode(), "jones.txt")
    await library.add("“We won,” said Ann Lee.".encode(), "lee.txt", "T1")
    for space, speaker in (("T1", "Ann Lee"), ("T2", "Tommy Lee Jones")):
        [one] = (await library.said("Lee", space=space)).sayings
        assert one.saying.speaker == speaker


async def test_said_takes_filters_and_spaces(seeded: Library) -> None:
    await seeded.add("“We won,” said Ann Lee.".encode(), "lee.txt", "T1")
    assert len((await seeded.said("Lee", space="T1")).sayings) == 1
    assert not (await seeded.said("Lee", space="T2")).sayings
    assert not (await seeded.said("Lee")).sayings
    assert len((await seeded.said("Sessions in:002")).sayings) == 2
    await seeded.remove("lee.txt", "T1")
    assert not (await seeded.said("Lee", space="T1")).sayings
