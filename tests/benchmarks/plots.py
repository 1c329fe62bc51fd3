"""The plots: what each engine costs against the number of passages, both on logarithmic scales."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from string import ascii_lowercase

import plotille
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter, NullFormatter, StrMethodFormatter

from tests.benchmarks.measuring import Figures, Run, p50, p99

COSTS: dict[str, Callable[[Figures], float | None]] = {
    "question, p50, ms": lambda one: p50(one.asked) * 1e3,
    "question, p99, ms": lambda one: p99(one.asked) * 1e3,
    "add 20 passages, p50, ms": lambda one: p50(one.added) * 1e3 if one.added else None,
    "build, s": lambda one: one.build,
    "peak memory, MB": lambda one: one.peak,
    "cold start, s": lambda one: p50(one.starts) if one.starts else None,
}
COLUMNS = 3
WIDTH, HEIGHT = 64, 12
"""Characters of a plot in text."""

Curve = tuple[str, list[int], list[float]]
"""An engine with sizes and costs."""


def _names(runs: Sequence[Run]) -> list[str]:
    return list(dict.fromkeys(one.name for run in runs for one in run.engines))


def _curves(runs: Sequence[Run], cost: Callable[[Figures], float | None]) -> Iterator[Curve]:
    points: dict[str, list[tuple[int, float]]] = {}
    for run in runs:
        for one in run.engines:
            if (value := cost(one)) is not None:
                points.setdefault(one.name, []).append((run.size, value))
    for name, pairs in points.items():
        yield name, [size for size, _ in pairs], [value for _, value in pairs]


def in_text(runs: Sequence[Run]) -> str:
    """Return the plots as text, an engine's points marked with a letter of its own."""
    letters = dict(zip(_names(runs), ascii_lowercase, strict=False))
    plots = [_in_text(title, list(_curves(runs, cost)), letters) for title, cost in COSTS.items()]
    legend = ", ".join(f"{letter}: {name}" for name, letter in letters.items())
    return "\n\n".join([*plots, legend])


def _in_text(title: str, curves: Sequence[Curve], letters: Mapping[str, str]) -> str:
    plot = plotille.Figure()
    plot.width, plot.height, plot.with_colors, plot.origin = WIDTH, HEIGHT, False, False
    plot.x_label, plot.y_label = "passages", title
    plot.x_ticks_fkt = plot.y_ticks_fkt = _tick
    for name, sizes, values in curves:
        logarithms = [[math.log10(value) for value in axis] for axis in (sizes, values)]
        plot.plot(*logarithms, marker=letters[name])
    return str(plot.show())


def _tick(low: float, high: float) -> str:
    """Return the value of a logarithm as plotille asks for it, with the one above."""
    del high
    value = 10**low
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}"


def save(runs: Sequence[Run], path: Path) -> None:
    """Save the plots as one picture, an engine's points in a colour of its own."""
    colours = {name: f"C{number}" for number, name in enumerate(_names(runs))}
    rows = math.ceil(len(COSTS) / COLUMNS)
    picture = Figure(figsize=(5 * COLUMNS, 4 * rows), layout="constrained")
    for axes, (title, cost) in zip(
        picture.subplots(rows, COLUMNS).flat, COSTS.items(), strict=True
    ):
        for name, sizes, values in _curves(runs, cost):
            axes.loglog(sizes, values, marker="o", label=name, color=colours[name])
        axes.set_title(title)
        axes.set_xlabel("passages")
        axes.set_xticks([run.size for run in runs], [f"{run.size:,}" for run in runs], minor=False)
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:,.6g}"))
        axes.yaxis.set_minor_formatter(LogFormatter())
        axes.grid(visible=True, alpha=0.3)
    picture.legend(
        *picture.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=6
    )
    picture.savefig(path)
