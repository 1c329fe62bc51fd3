"""Figures over judged questions, and how sure a difference between two rankings is.

Two rankings answer the same questions, so that only those count on which they differ.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DEPTH = 10
"""Passages in which the right one is looked for."""
DEVIATIONS = 1.96
"""Standard errors to both sides, between which 95 % of a normal distribution lie."""

Ranks = NDArray[np.int64]
"""For each question the place of the first passage that answers, from 1, above DEPTH if none."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How far one ranking is ahead of another in success@1."""

    won: int
    """Questions that only the one has right."""
    lost: int
    """Questions that only the other has right."""
    points: float
    """100 (won - lost) / n."""
    low: float
    high: float
    """The bounds between which the points lie, with a confidence of 95 %."""


def success(ranks: Ranks, among: int) -> float:
    """Return success@k: 100 times the share of questions whose rank is k or better."""
    return 100 * float((ranks <= among).mean())


def reciprocal_rank(ranks: Ranks) -> float:
    """Return MRR@10: the mean over the questions of 1 / rank, 0 where it is beyond 10."""
    return float(np.where(ranks <= DEPTH, 1 / ranks, 0.0).mean())


def difference(one: Ranks, other: Ranks, asked_about: Sequence[Hashable]) -> Difference:
    """Return how far the first is ahead: d = 100 (won - lost) / n, with its interval.

    Questions about one passage are won and lost together, so it is the passages that vary: with
    d_q of 100, 0 or -100 for each question, the standard error of d is the root of the sum over
    the passages of (the sum over a passage's questions of d_q - d) squared, divided by n.
    """
    won, lost = (one == 1) & (other != 1), (one != 1) & (other == 1)
    points = 100.0 * won - 100.0 * lost
    mean = float(points.mean())
    numbers = {passage: number for number, passage in enumerate(dict.fromkeys(asked_about))}
    sums = np.bincount([numbers[passage] for passage in asked_about], points - mean)
    half = DEVIATIONS * float(np.sqrt((sums**2).sum())) / len(points)
    return Difference(int(won.sum()), int(lost.sum()), mean, mean - half, mean + half)


def area_under_curve(answerable: Sequence[float], unanswerable: Sequence[float]) -> float:
    """Return the AUC: how often an answerable question has the higher confidence of two.

    Over all pairs, (higher + equal / 2) / pairs.
    """
    others = np.sort(unanswerable)
    below = others.searchsorted(answerable, "left")
    up_to = others.searchsorted(answerable, "right")
    return float((below + up_to).mean()) / (2 * len(others))
