"""Figures of a question, found in the coverage as that writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Library, Verdict
from retrieval.analysis.analyzer import Analyzer
from retrieval.questions.figures import figures_written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("$4,200,000", "$4.2 million"),
        ("$4.2 million", "$4,200,000"),
        ("4.2m dollars", "4,200,000 dollars"),
        ("$27 million", "$27m"),
        ("$2.5bn", "$2.5 billion"),
        ("12,400", "12.400"),
        ("12.400", "12,400"),
        ("1800 tonnes", "1 800 tonnes"),
        ("15 percent", "15%"),
        ("15 per cent", "15 percent"),
        ("15%", "15 per cent"),
        ("12 mio", "12 million"),
    ],
)
async def test_a_figure_is_found_however_it_is_written(
    library: Library, typed: str, written: str
) -> None:
    await library.add(f"Roofs cost the council {written} last year.".encode(), "roof.txt")
    await library.add(b"Roofs of the council cost 99 last year.", "other.txt")
    findings = await library.find(f"council roofs {typed}")
    assert findings.hits[0].document.file == "roof.txt"
    assert findings.verdict is Verdict.FOUND
    assert findings.missing == ()


@pytest.mark.parametrize(
    ("typed", "written"),
    [("4.2 million", "4.2 billion"), ("1,200", "120"), ("2025", "2.025")],
)
async def test_another_figure_is_not(library: Library, typed: str, written: str) -> None:
    await library.add(f"Roofs cost the council {written} last year.".encode(), "roof.txt")
    findings = await library.find(f"council roofs {typed}")
    assert findings.verdict is not Verdict.FOUND


@given(st.text(alphabet="0123456789.,-% mkbnilo", max_size=40) | st.text())
def test_any_text_has_its_figures(text: str) -> None:
    analyzer = Analyzer()
    for one in figures_written(text, analyzer):
        assert 0 <= one.start < one.end <= len(text)
        assert all(others and all(others) for others in one.others)
