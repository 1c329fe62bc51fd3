"""Measure who said what against labels by hand.

python tests/benchmarks/sayings.py [--held-out] [--show]

The labels are of the seeds; those held out are of documents that were written, and labelled, before
anything of the rules was read by their author.

A label is a quotation by its file, paragraph and first words, and the speaker as a reader of the
document names them; null where a mark only sets off a term that nobody is quoted with.
"""

import asyncio
import json
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

from retrieval import Library, Saying
from retrieval.quotes.attribution.names import may_be_same, surname_of
from retrieval.quotes.following import sayings_in

ROOT = Path(__file__).parents[2]
JUDGED = ROOT / "tests" / "judged"
HELD_OUT = "_held_out"


@dataclass(frozen=True, slots=True)
class Label:
    """A quotation of a document and its speaker."""

    file: str
    paragraph: int
    begins: str
    speaker: str | None
    has_namesake: bool = False
    """Whether somebody else of this surname is quoted there."""

    def is_of(self, file: str, saying: Saying) -> bool:
        """Say whether a quotation that was found is this one."""
        return (file, saying.paragraph) == (self.file, self.paragraph) and saying.quote.startswith(
            self.begins
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """A label and the speaker that was found for it, None for none."""

    label: Label
    found: str | None

    @property
    def is_right(self) -> bool:
        """Whether the speaker is the one who is due; a surname is enough, if only one has it."""
        if self.found is None or self.label.speaker is None:
            return self.found is self.label.speaker
        is_told = not self.label.has_namesake or " " in self.found
        return is_told and may_be_same(self.found, self.label.speaker)


def read(half: str = "") -> list[Label]:
    """Return the labels of a half."""
    lines = (JUDGED / f"sayings{half}.jsonl").read_text("utf-8").splitlines()
    labels = [Label(**json.loads(line)) for line in lines]
    people = defaultdict(set)
    for one in labels:
        people[one.file, surname_of(one.speaker or "")].add(one.speaker)
    return [
        replace(one, has_namesake=len(people[one.file, surname_of(one.speaker or "")]) > 1)
        for one in labels
    ]


async def measure(half: str = "") -> list[Outcome]:
    """Attribute the quotations of the documents; one that has no label is wrong."""
    labels = read(half)
    folder_of = {"": ROOT / "seeds", HELD_OUT: JUDGED / "quotations_held_out"}
    outcomes: dict[Label, Outcome] = {one: Outcome(one, None) for one in labels}
    with tempfile.TemporaryDirectory() as folder:
        async with Library.open(Path(folder) / "seeds.db") as library:
            for path in sorted(folder_of[half].glob("*.txt")):
                document = (await library.add(path.read_bytes(), path.name)).document
                for saying in sayings_in(await library.passages(document), document.language):
                    unknown = Label(path.name, saying.paragraph, saying.quote, None)
                    label = next((one for one in labels if one.is_of(path.name, saying)), unknown)
                    outcomes[label] = Outcome(label, saying.speaker)
    return list(outcomes.values())


def figures(outcomes: list[Outcome]) -> dict[str, float]:
    """Return precision and recall, in per cent."""
    found = [one for one in outcomes if one.found]
    due = [one for one in outcomes if one.label.speaker]
    return {
        "precision": round(100 * sum(one.is_right for one in found) / len(found), 1),
        "recall": round(100 * sum(one.is_right for one in due) / len(due), 1),
    }


def main() -> None:
    """Print the figures, and what is wrong where that is asked for."""
    outcomes = asyncio.run(measure(HELD_OUT if "--held-out" in sys.argv else ""))
    due = sum(one.label.speaker is not None for one in outcomes)
    sys.stdout.write(f"quotations {due}\n")
    for name, value in figures(outcomes).items():
        sys.stdout.write(f"{name:10} {value:5.1f} %\n")
    if "--show" in sys.argv:
        for one in outcomes:
            if not one.is_right:
                sys.stdout.write(f"{one.label}: found {one.found}\n")


if __name__ == "__main__":
    main()
