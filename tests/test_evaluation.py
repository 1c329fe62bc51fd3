"""The evaluation computes what it says, on a set small enough to follow by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from bot.evaluating import NOWHERE
from retrieval import Role
from retrieval.answering.ranking import SIGNALS, Ranking
from tests.benchmarks import judged_sets
from tests.benchmarks.evaluation import (
    BASELINE,
    BM25_ALONE,
    DEFAULT,
    ask,
    main,
    okapi_ranks,
)
from tests.benchmarks.judged_sets import Half, JudgedSet
from tests.benchmarks.paired import area_under_curve, difference, reciprocal_rank, success

DOCUMENTS = {
    "Harbour_ferry": [
        "The ferry crosses the harbour\nevery twenty minutes.",
        "Advertisement",
        "Its captain, Ines Okoro, has steered it since the spring.",
    ],
    "Orchard": [
        "The orchard was planted by two sisters.",
        "Pears ripen there in the last week of August.",
    ],
    "Clock_tower": [
        "The clock tower lost its bell in a storm.",
        "A smith from the valley cast another bell of bronze.",
    ],
    "Tannery": [
        "The tannery by the river closed for good.",
        "Its vats were sold to a museum of leather.",
    ],
}
QUESTIONS = [
    ("How often does the ferry cross the harbour?", [["Harbour_ferry", 1]]),
    ("Who is the captain?", [["Harbour_ferry", 3]]),
    ("Who planted the orchard?", [["Orchard", 1]]),
    ("When do the pears ripen?", [["Orchard", 2]]),
    ("What did the clock tower lose?", [["Clock_tower", 1]]),
    ("Who cast a bell after the storm in which the tower lost one?", [["Clock_tower", 2]]),
    ("Which tannery closed?", [["Tannery", 1]]),
    ("Who bought the vats?", [["Tannery", 2]]),
    ("Who pressed the cider?", [["Orchard", 2]]),
]


def written(path: Path, documents: dict[str, list[str]]) -> Path:
    content = {
        "documents": [
            {"id": name, "title": name, "paragraphs": paragraphs}
            for name, paragraphs in documents.items()
        ],
        "questions": [{"question": text, "gold": gold} for text, gold in QUESTIONS],
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of the set."""
    return written(tmp_path / "town.json", DOCUMENTS)


@pytest.fixture
def town(path: Path) -> JudgedSet:
    """Return the set."""
    return judged_sets.read(path)


def answered(judged_set: JudgedSet) -> dict[str, set[str]]:
    """Return the texts of the passages that answer each question."""
    texts = {text.file: text.paragraphs for text in judged_set.texts}
    return {
        one.question: {texts[file][number - 1] for file, number in one.answers}
        for one in judged_set.questions
    }


def test_success_is_the_share_of_ranks_up_to_k_and_mrr_the_mean_of_their_inverses() -> None:
    ranks = np.array([1, 1, 2, 4, 99])
    assert [success(ranks, among) for among in (1, 3, 10)] == [40, 60, 80]
    assert reciprocal_rank(ranks) == pytest.approx((1 + 1 + 1 / 2 + 1 / 4) / 5)


def test_a_difference_is_what_is_won_less_what_is_lost_within_its_interval() -> None:
    ours, theirs = np.array([1, 1, 1, 2]), np.array([2, 99, 1, 1])
    ahead = difference(ours, theirs, ["a", "b", "c", "d"])
    assert (ahead.won, ahead.lost, ahead.points) == (2, 1, 25)
    assert ahead.points - ahead.low == pytest.approx(1.96 * (75**2 * 2 + 25**2 + 125**2) ** 0.5 / 4)
    assert ahead.high - ahead.points == pytest.approx(ahead.points - ahead.low)


def test_questions_about_one_passage_make_a_difference_less_sure() -> None:
    ours, theirs = np.array([1, 1, 1, 2]), np.array([2, 99, 1, 1])
    apart = difference(ours, theirs, ["a", "b", "c", "d"])
    together = difference(ours, theirs, ["a", "a", "b", "b"])
    assert together.points == apart.points
    assert together.low < apart.low < apart.points < apart.high < together.high


def test_the_area_under_the_curve_counts_equal_pairs_by_half() -> None:
    assert area_under_curve([0.9, 0.5], [0.1, 0.5]) == (1 + 1 + 1 + 0.5) / 4


def test_each_question_is_in_one_half_with_all_about_its_document(town: JudgedSet) -> None:
    halves = [town.part(half).questions for half in (Half.TUNING, Half.HELD_OUT)]
    files = [{file for one in half for file, _ in one.answers} for half in halves]
    assert all(files)
    assert not files[0] & files[1]
    assert set(halves[0]) | set(halves[1]) == set(town.questions)


def test_what_is_taken_out_answers_no_more_and_the_rest_as_before(town: JudgedSet) -> None:
    rest = town.without_half()
    left = {text.file for text in rest.texts}
    assert 0 < len(left) < len(town.texts)
    assert answered(rest) == {
        one.question: answered(town)[one.question] if min(one.answers)[0] in left else set()
        for one in town.questions
    }


def test_of_one_document_half_of_the_passages_are_taken_out(tmp_path: Path) -> None:
    passages = [f"This is passage {number}." for number in range(1, 41)]
    content = {
        "documents": [{"id": 0, "title": "All", "paragraphs": passages}],
        "questions": [{"question": one, "gold": [[0, at]]} for at, one in enumerate(passages, 1)],
    }
    (tmp_path / "one.json").write_text(json.dumps(content), encoding="utf-8")
    one = judged_sets.read(tmp_path / "one.json")
    for questions in (one.part(Half.TUNING).questions, one.without_half().answerable):
        assert 10 < len(questions) < 30
    for question, texts in answered(one.without_half()).items():
        assert texts <= {question}


def test_a_blank_paragraph_is_refused_for_it_would_have_no_number(tmp_path: Path) -> None:
    path = written(tmp_path / "town.json", {**DOCUMENTS, "Mill": ["It ran.", " \n"]})
    with pytest.raises(ValueError, match=r"Mill\.txt is blank"):
        judged_sets.read(path)


async def test_every_paragraph_keeps_its_number(town: JudgedSet, tmp_path: Path) -> None:
    roles = await judged_sets.load(town, tmp_path / "town.db")
    furniture = [place for place, role in roles.items() if role is Role.FURNITURE]
    assert furniture == [("Harbour_ferry.txt", 2)]
    outcomes = await ask(tmp_path / "town.db", Ranking(), town.questions)
    assert [one.rank for one in outcomes] == [1, 1, 1, 1, 1, 2, 1, 1, NOWHERE]


def test_the_baseline_ranks_what_shares_no_word_in_the_order_of_the_texts(
    town: JudgedSet,
) -> None:
    assert okapi_ranks(town).tolist() == [1, 1, 1, 1, 1, 2, 1, 1, 5]


def test_the_tables_have_every_part_of_the_ranking_and_both_kinds_of_question(path: Path) -> None:
    done = CliRunner().invoke(main, [str(path), "--half", "all", "--ablation", "--verdicts"])
    assert done.exception is None
    rows = {
        cells[1].strip(): [cell.strip() for cell in cells[2:-1]]
        for cells in (line.split("|") for line in done.output.splitlines())
        if len(cells) > 2
    }
    without = {f"without {signal.name}" for signal in SIGNALS} | {"without roles"}
    assert {DEFAULT, BM25_ALONE, BASELINE, *without} <= rows.keys()
    assert rows[DEFAULT][:4] == ["77.8", "88.9", "88.9", "0.833"]
    assert rows[BASELINE][:4] == ["77.8", "88.9", "100.0", "0.856"]
    assert rows[BASELINE][4:] == ["+0.00", "+0.00 … +0.00", "0", "0"]
    assert (rows["answerable"][0], rows["unanswerable"][0]) == ("7", "2")
