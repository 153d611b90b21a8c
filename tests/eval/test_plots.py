"""Plots: named and described, in the page's colours, harmless, and drawn where the numbers are."""

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from eval.classification import reliability
from eval.plots import Series, intervals, latencies, reliability_diagram, seconds
from eval.records import Figure
from eval.svg import Described

SVG = "{http://www.w3.org/2000/svg}"
WORDS = Described("plot-1", "Sentences & <more>", "What is to be read.")
HALF, WHOLE = Figure("faithful", 0.5, 9, 0.25, 0.75), Figure("faithful", 1.0, 9, 0.7, 1.0)
QUARTER = Figure("faithful", 0.25, 9, 0.0, 0.5)
SERIES = [Series("first", {"English": HALF, "French": WHOLE}), Series("second", {"English": QUARTER})]
BINS = reliability([0.1, 0.15, 0.9, 1.0], [False, True, True, True])
TIMES = {"Evidence": [0.02, 0.03, 0.04], "Whole answer": [0.0, 3.0, 9.0]}
DRAWN = {
    "intervals": intervals(WORDS, SERIES),
    "reliability": reliability_diagram(WORDS, BINS),
    "latencies": latencies(WORDS, TIMES),
}


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - drawn above


@pytest.mark.parametrize("svg", DRAWN.values(), ids=DRAWN)
def test_a_plot_says_in_words_what_it_shows(svg: str) -> None:
    root = parsed(svg)
    title, text = root[0], root[1]
    assert (title.tag, title.text, text.tag, text.text) == (f"{SVG}title", WORDS.title, f"{SVG}desc", WORDS.text)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {text.get('id')}" == "plot-1-title plot-1-text"
    assert svg.startswith("<svg")


@pytest.mark.parametrize("svg", DRAWN.values(), ids=DRAWN)
def test_all_colours_are_the_pages_and_words_are_text(svg: str) -> None:
    assert not re.search(r"(fill|stroke): *#", svg)
    assert set(re.findall(r"var\(--(\w+)\)", svg)) <= {"ink", "muted", "line", "accent", "second"}
    assert parsed(svg).findall(f".//{SVG}text")


def test_ids_of_two_plots_differ_and_nothing_points_outside() -> None:
    both = DRAWN["intervals"] + intervals(Described("plot-2", "a", "b"), SERIES)
    ids = re.findall(r'\bid="([^"]*)"', both)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]*)', both)) <= set(ids)
    assert not re.search(r'href="(?!#)', both)


def test_marks_stand_at_their_values() -> None:
    root = parsed(DRAWN["intervals"])
    ticks = {text.text: float(text.get("x", "nan")) for text in root.iter(f"{SVG}text") if "%" in (text.text or "")}
    steps = [b - a for a, b in pairwise(ticks.values())]
    assert list(ticks) == ["0%", "25%", "50%", "75%", "100%"]
    assert steps == pytest.approx([steps[0]] * 4, abs=0.01)
    marks = {round(float(use.get("x", "nan")), 1) for use in root.iter(f"{SVG}use")}
    for tick in ("25%", "50%", "100%"):
        assert any(abs(mark - ticks[tick]) < 0.2 for mark in marks), tick


def test_labels_are_shown_as_they_are() -> None:
    label = r'</text><script>x</script> $\frac{1}{$ & "x"'
    svg = intervals(WORDS, [Series("one", {label: HALF})])
    assert label in [text.text for text in parsed(svg).iter(f"{SVG}text")]
    assert "<script" not in svg


def test_a_figure_without_an_interval_or_a_value_is_drawn_without_it() -> None:
    figures = {"one": Figure("faithful", 0.5, 1, None, None), "none": Figure("faithful", None, 0, None, None)}
    svg = intervals(WORDS, [Series("one", figures)])
    assert svg.count("<use") == intervals(WORDS, [Series("one", {"one": figures["one"]})]).count("<use")


def test_the_same_plot_is_the_same_text() -> None:
    assert intervals(WORDS, SERIES) == DRAWN["intervals"]


@pytest.mark.parametrize(
    ("value", "words"), [(0.0123, "12 ms"), (0.1, "0.10 s"), (1.256, "1.26 s"), (34.4, "34 s"), (0.0, "0 ms")]
)
def test_times_are_written_as_people_say_them(value: float, words: str) -> None:
    assert seconds(value) == words
