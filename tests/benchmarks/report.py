"""The tables: what each engine costs, how we compare with each, and our library under load."""

from collections.abc import Callable, Sequence

from rich import box
from rich.console import Console
from rich.table import Table

from tests.benchmarks.busy import Work
from tests.benchmarks.engines import LIBRARY, NEWSDESK
from tests.benchmarks.measuring import ASKING_TIME, Figures, Run, p50, p99, per_second

REBUILT = "rebuild"
"""What an engine costs that must be built anew."""
NOT_MEASURED = "–"
NOTE = (
    "build: from the texts to a saved index that can be asked; peak: the memory meanwhile; "
    f"asked: how many questions, for after {ASKING_TIME:.0f} s an engine is asked no more; "
    "add: a document of 20 passages until it is found and durable "
    f"({NEWSDESK.name}'s are the library's); cold start: a fresh process with one answer, median. "
    "Each engine has one thread and a process of its own; all are asked in turn."
)

Comparison = Callable[[Figures, Figures], float | None]


def show(run: Run, console: Console) -> None:
    """Print the tables of one size."""
    console.print(f"\n[bold]{run.size:,} passages[/bold]")
    console.print(_costs(run.engines))
    console.print(NOTE)
    ours = next((one for one in run.engines if one.name == NEWSDESK.name), None)
    peers = [one for one in run.engines if one.name not in {NEWSDESK.name, LIBRARY.name}]
    if ours and peers:
        console.print(f"\nHow many times as much as {ours.name} each peer takes, same questions:")
        console.print(_ratios(ours, peers))
    if run.work:
        console.print("\nThe library whole while questions, adds and merges go on at once:")
        console.print(_under_load(run.work))
        console.print(f"Its private memory when serving questions: {run.work.private:,.0f} MB")


def _table(*columns: str) -> Table:
    first, *others = columns
    table = Table(first, box=box.MARKDOWN)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _costs(engines: Sequence[Figures]) -> Table:
    table = _table(
        "engine", "build s", "peak MB", "q/s", "p50 ms", "p99 ms", "asked",
        "add p50 ms", "add p99 ms", "cold start s",
    )  # fmt: skip
    for one in engines:
        missing = NOT_MEASURED if one.name == NEWSDESK.name else REBUILT
        table.add_row(
            one.name,
            f"{one.build:.1f}",
            f"{one.peak:,.0f}",
            f"{per_second(one.asked):,.0f}",
            _milliseconds(p50, one.asked),
            _milliseconds(p99, one.asked),
            f"{len(one.asked):,}",
            _milliseconds(p50, one.added) if one.added else missing,
            _milliseconds(p99, one.added) if one.added else missing,
            f"{p50(one.starts):.2f}" if one.starts else REBUILT,
        )
    return table


def _milliseconds(figure: Callable[[Sequence[float]], float], seconds: Sequence[float]) -> str:
    return f"{figure(seconds) * 1e3:,.2f}"


def _ratios(ours: Figures, peers: Sequence[Figures]) -> Table:
    table = _table("peer", *COMPARISONS)
    for peer in peers:
        ratios = [compared(ours, peer) for compared in COMPARISONS.values()]
        table.add_row(peer.name, *(f"{one:.2f} x" if one else REBUILT for one in ratios))
    return table


def _in_questions(figure: Callable[[Sequence[float]], float]) -> Comparison:
    """Compare over the questions that both engines were asked."""

    def compared(ours: Figures, peer: Figures) -> float:
        both = min(len(ours.asked), len(peer.asked))
        return figure(peer.asked[:both]) / figure(ours.asked[:both])

    return compared


def _in_medians(of: Callable[[Figures], Sequence[float] | None]) -> Comparison:
    """Compare medians where both engines have them."""

    def compared(ours: Figures, peer: Figures) -> float | None:
        our_seconds, its_seconds = of(ours), of(peer)
        return p50(its_seconds) / p50(our_seconds) if our_seconds and its_seconds else None

    return compared


COMPARISONS: dict[str, Comparison] = {
    "questions": _in_questions(sum),
    "p50": _in_questions(p50),
    "p99": _in_questions(p99),
    "build": lambda ours, peer: peer.build / ours.build,
    "peak": lambda ours, peer: peer.peak / ours.peak,
    "add": _in_medians(lambda one: one.added),
    "cold start": _in_medians(lambda one: one.starts),
}


def _under_load(work: Work) -> Table:
    table = _table("milliseconds", "p50", "p99", "max", "number")
    for name, seconds in (
        ("question", work.asked),
        ("add", work.added),
        ("event loop's lag", work.lags),
        ("its lag when idle", work.idle_lags),
    ):
        figures = [_milliseconds(figure, seconds) for figure in (p50, p99, max)]
        table.add_row(name, *figures, f"{len(seconds):,}")
    return table
