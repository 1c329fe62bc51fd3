"""A corpus of any size whose words are spread as in real text, made the same way every time.

Words follow Zipf and Mandelbrot's law, p(rank) ~ 1 / (rank + 2.7) ** 1.07 over 300,000 words;
passages have a log-normal length with a median of 37 words, as news paragraphs without stop words
do. A question takes three to seven different words of one passage.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

VOCABULARY = 300_000
SEED = 20261121


@dataclass(frozen=True, slots=True)
class Corpus:
    """Passages as word numbers, one behind the other."""

    words: NDArray[np.int32]
    bounds: NDArray[np.int64]
    """Where each passage begins, and the end."""

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def passage(self, at: int) -> NDArray[np.int32]:
        """Return the word numbers of one passage."""
        return self.words[self.bounds[at] : self.bounds[at + 1]]

    def texts(self) -> Iterator[str]:
        """Yield every passage as a text."""
        for at in range(len(self)):
            yield " ".join(map(spelled, self.passage(at).tolist()))


def spelled(word: int) -> str:
    """Return a word's spelling: letters only, and no form of another word."""
    letters = ""
    while True:
        word, letter = divmod(word, 20)
        letters += "bcdfghjklmnpqrstvwxz"[letter] + "aou"[letter % 3]
        if not word:
            return letters + "x"


def corpus_of(passages: int) -> Corpus:
    """Return a corpus of so many passages."""
    generator = np.random.default_rng(SEED)
    odds = 1 / (np.arange(1, VOCABULARY + 1) + 2.7) ** 1.07
    lengths = np.clip(generator.lognormal(3.6, 0.5, passages).astype(np.int64), 5, 300)
    bounds = np.append(0, np.cumsum(lengths))
    shares = np.cumsum(odds / odds.sum())
    words = np.searchsorted(shares, generator.random(int(bounds[-1]))).astype(np.int32)
    return Corpus(np.minimum(words, VOCABULARY - 1), bounds)


def questions_to(corpus: Corpus, number: int) -> list[Sequence[int]]:
    """Return questions as word numbers."""
    generator = np.random.default_rng(SEED + 1)
    questions = []
    for _ in range(number):
        words = np.unique(corpus.passage(int(generator.integers(len(corpus)))))
        size = min(len(words), int(generator.integers(3, 8)))
        questions.append(generator.choice(words, size, replace=False).tolist())
    return questions
