"""Measure how well questions are answered, and what each part of the ranking is worth.

python tests/benchmarks/evaluation.py SET.json … [--half held_out] [--ablation] [--verdicts]
"""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click
import numpy as np
from rank_bm25 import BM25Okapi
from rich import box
from rich.console import Console
from rich.table import Table

from bot.evaluating import NOWHERE, Judged, Outcome
from retrieval import Library, Role, Verdict
from retrieval.analysis.analyzer import Analyzer
from retrieval.answering.ranking import Ranking
from tests.benchmarks.judged_sets import Half, JudgedSet, Place, load, read
from tests.benchmarks.paired import (
    DEPTH,
    Ranks,
    area_under_curve,
    difference,
    reciprocal_rank,
    success,
)

DEFAULT = "default"
BM25_ALONE = "BM25 alone"
BASELINE = "BM25Okapi 1.5/.75"
"""rank-bm25's own, over the analyzer's terms: words, stop words left out, stemmed."""
WIDTH = 110
"""Columns of the tables, wherever they are printed to."""

_existing = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("files", type=_existing, nargs=-1, required=True)
@click.option(
    "--half",
    default=Half.TUNING,
    show_default=True,
    type=click.Choice(Half, case_sensitive=False),
    help="Of a set's questions; those of a .jsonl file are all asked.",
)
@click.option("--questions", type=click.IntRange(min=1), help="So many of each set, by lot.")
@click.option("--ablation", is_flag=True, help="Also without each part of the ranking in turn.")
@click.option("--verdicts", is_flag=True, help="Also the verdicts, half of the texts taken out.")
def main(
    *, files: tuple[Path, ...], half: Half, questions: int | None, ablation: bool, verdicts: bool
) -> None:
    """Print how well the questions of FILES are answered, beside rank-bm25 with the same terms.

    Halves are of articles, or of passages where a set has one article; all texts stay in.
    """
    console = Console(width=WIDTH)
    for file in files:
        judged_set = read(file)
        if file.suffix != ".jsonl":
            judged_set = judged_set.part(half)
        if questions:
            judged_set = judged_set.sample(questions)
        console.print(f"\n[bold]{judged_set.name}[/bold]")
        asyncio.run(_evaluate(judged_set, rankings(ablation=ablation), console))
        if verdicts:
            asyncio.run(_judge(judged_set, console))


def rankings(*, ablation: bool) -> dict[str, Ranking]:
    """Return the rankings to measure by name, the default first."""
    default = Ranking()
    measured = {DEFAULT: default}
    if ablation:
        for signal in default.signals:
            others = [one for one in default.signals if one is not signal]
            measured[f"without {signal.name}"] = replace(default, signals=others)
        measured["without roles"] = replace(default, roles=dict.fromkeys(Role, 1.0))
    return {**measured, BM25_ALONE: replace(default, signals=())}


async def _evaluate(
    judged_set: JudgedSet, measured: Mapping[str, Ranking], console: Console
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "set.db"
        console.print(_described(judged_set, await load(judged_set, database)), soft_wrap=True)
        questions = judged_set.answerable
        ranks = {
            name: _ranks(await ask(database, ranking, questions))
            for name, ranking in measured.items()
        }
    ranks[BASELINE] = okapi_ranks(judged_set)
    console.print(_figures(ranks, [min(one.answers) for one in questions]))


def _described(judged_set: JudgedSet, roles: Mapping[Place, Role]) -> str:
    """Return what is asked about what, and what the intake takes from the engine."""
    texts = ", ".join(f"{number:,} {role}" for role, number in Counter(roles.values()).items())
    lost = sum(
        all(roles[place] is Role.FURNITURE for place in one.answers)
        for one in judged_set.answerable
    )
    return (
        f"{len(judged_set.answerable):,} questions about {len(roles):,} passages ({texts}); "
        f"{lost} ask for furniture, which is never cited"
    )


async def ask(database: Path, ranking: Ranking, questions: Sequence[Judged]) -> list[Outcome]:
    """Ask a library that is ranked so."""
    async with Library.open(database, ranking=ranking) as library:
        return [Outcome(one, await library.find(one.question, DEPTH)) for one in questions]


def _ranks(outcomes: Sequence[Outcome]) -> Ranks:
    return np.array([one.rank for one in outcomes])


def okapi_ranks(judged_set: JudgedSet) -> Ranks:
    """Return the ranks that rank-bm25 gives by itself; equal scores are in the texts' order."""
    analyzer = Analyzer()
    places = [
        (text.file, number)
        for text in judged_set.texts
        for number, _ in enumerate(text.paragraphs, 1)
    ]
    engine = BM25Okapi(
        [analyzer.terms(one) for text in judged_set.texts for one in text.paragraphs],
        k1=1.5,
        b=0.75,
    )
    ranks = []
    for one in judged_set.answerable:
        scores = engine.get_scores(analyzer.terms(one.question))
        best = [places[at] for at in np.argsort(-scores, kind="stable")[:DEPTH]]
        ranks.append(
            next((rank for rank, its in enumerate(best, 1) if its in one.answers), NOWHERE)
        )
    return np.array(ranks)


def _figures(ranks: Mapping[str, Ranks], asked_about: Sequence[Place]) -> Table:
    """Return the success of each ranking, and how far the default is ahead of it at @1."""
    table = _table("", "@1", "@3", "@10", "MRR@10", "default ahead", "95 %", "won", "lost")
    for name, its in ranks.items():
        ahead = difference(ranks[DEFAULT], its, asked_about)
        paired = (
            f"{ahead.points:+.2f}",
            f"{ahead.low:+.2f} … {ahead.high:+.2f}",
            str(ahead.won),
            str(ahead.lost),
        )
        table.add_row(
            name,
            *(f"{success(its, among):.1f}" for among in (1, 3, DEPTH)),
            f"{reciprocal_rank(its):.3f}",
            *(() if name == DEFAULT else paired),
        )
    return table


def _table(*columns: str) -> Table:
    first, *others = columns
    table = Table(first, box=box.MARKDOWN)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


async def _judge(judged_set: JudgedSet, console: Console) -> None:
    """Print the verdicts on the questions, where nothing answers about half of them."""
    halved = judged_set if judged_set.has_unanswerable else judged_set.without_half()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "half.db"
        await load(halved, database)
        console.print(_verdicts(await ask(database, Ranking(), halved.questions)))


def _verdicts(outcomes: Sequence[Outcome]) -> Table:
    table = _table("verdicts, %", "questions", *Verdict, "AUC of the confidence")
    answerable = [one.findings for one in outcomes if one.judged.answers]
    unanswerable = [one.findings for one in outcomes if not one.judged.answers]
    auc = area_under_curve(
        [one.confidence for one in answerable], [one.confidence for one in unanswerable]
    )
    for name, findings in (("answerable", answerable), ("unanswerable", unanswerable)):
        counts = Counter(one.verdict for one in findings)
        shares = (f"{100 * counts[verdict] / len(findings):.1f}" for verdict in Verdict)
        table.add_row(name, f"{len(findings):,}", *shares, f"{auc:.3f}")
    return table


if __name__ == "__main__":
    main()
