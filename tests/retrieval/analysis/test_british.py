"""British and American spellings meet, and words that only look so are left alone."""

import pytest

from retrieval import Library
from retrieval.analysis import words
from retrieval.analysis.analyzer import Analyzer, fold
from retrieval.analysis.british import american

PAIRS = """
behaviour behavior, colours color, discoloured discolored, favourite favorite, harbour harbor,
honourable honorable, humour humor, labourers laborers, neighbourhood neighborhood, rumoured
rumored, tumours tumors, vapour vapor, endeavoured endeavored, unfavourable unfavorable,
centre center, centred centered, epicentre epicenter, theatre theater, fibre fiber, kilometres
kilometers, litre liter, manoeuvres maneuvers, meagre meager, sombre somber,
defence defense, defenceless defenseless, licence license, offences offenses, pretence pretense,
practising practicing,
organise organize, organisations organizations, reorganised reorganized, recognising recognizing,
apologised apologized, criticise criticize, privatisation privatization, summarised summarized,
normalise normalize, polarising polarizing, realised realized, unauthorised unauthorized,
decriminalise decriminalize, subsidised subsidized, organisers organizers,
analyse analyze, analysed analysis, paralysed paralyzed,
travelled traveled, travellers travelers, cancelled canceled, cancellation cancelation, labelling
labeling, modelled modeled, counsellor counselor, fuelled fueled, signalled signaled, levelled
leveled, marshalled marshaled, quarrelled quarreled, tunnelling tunneling, medallist medalist,
jewellery jewelry, enrolment enrollment, fulfil fulfill, fulfilled fulfill, instalments
installments, skilful skillful, wilfully willfully, distil distill, enthral enthrall,
anaesthetic anesthetic, leukaemia leukemia, paediatrician pediatrician, paedophile pedophile,
haemorrhage hemorrhage, foetus fetus, diarrhoea diarrhea, orthopaedic orthopedic,
archaeologist archeologist, encyclopaedia encyclopedia, gynaecologist gynecologist,
catalogue catalog, dialogues dialogs, programme program, programmes programs,
grey gray, cheques checks, tyres tires, kerb curb, plough plow, ploughed plowed, mould mold,
moustache mustache, pyjamas pajamas, sceptical skeptical, scepticism skepticism, sulphur sulfur,
aluminium aluminum, aeroplane airplane, ageing aging, artefacts artifacts, judgement judgment,
maths math, mum mom, yoghurt yogurt, enquiries inquiries, adviser advisor, doughnut donut
"""


@pytest.mark.parametrize("pair", [" ".join(one.split()) for one in PAIRS.split(",")])
def test_both_spellings_are_one_word(analyzer: Analyzer, pair: str) -> None:
    british, other = pair.split()
    assert analyzer.term(british) == analyzer.term(other)


ALIKE = """
advise advised advertising arise chastise comprise compromised demise despised devise disguise
enterprise exercise exercises expertise franchise improvisation likewise merchandise otherwise
paradise precise premises promise promising raise revised supervised surprised televise wise
uprising rising praise noise cruise disease house course hour hours four tour tours touring pour
sour flour contour detour scour devour your our source resource journal court courtesy
here there where were fire wire care more store acre massacre mediocre genre ogre
programmer programmed appalachia kerby prize size seize telling selling calling filled
hollywood installed rolling tall sense fence science police notice office
"""


@pytest.mark.parametrize("word", ALIKE.split())
def test_a_word_that_only_looks_so_is_left_alone(word: str) -> None:
    assert american(word) == word


def test_no_american_beginning_is_read_as_another() -> None:
    endings = ("", "s", "ed", "ing")
    listed = [one for one, _ in words.british_beginnings().values()]
    again = {american(one + ending) for one in listed for ending in endings}
    assert {one for one in again if american(one) != one} == set()


def test_beginnings_are_folded_and_change_something() -> None:
    for british, (other, _) in words.british_beginnings().items():
        assert british == fold(british) != other == fold(other)


async def test_a_question_in_either_spelling_finds_both(library: Library) -> None:
    await library.add(b"The theatre's colour programme was cancelled.\nNobody came.", "uk.txt")
    await library.add(b"The theater's color program was canceled.\nNobody stayed.", "us.txt")
    for question in ("Which colour programmes did theatres cancel?", "color program canceled"):
        findings = await library.find(question)
        assert {hit.document.file for hit in findings.hits} == {"uk.txt", "us.txt"}
        assert findings.missing == ()


async def test_an_exact_phrase_stays_exact(library: Library) -> None:
    await library.add(b"The theatre's colour programme was cancelled.", "uk.txt")
    assert "exactly so" in (await library.find('"color program"')).reason
