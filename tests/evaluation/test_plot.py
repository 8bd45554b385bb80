import importlib.util
from pathlib import Path

import pytest
from lxml import etree

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.plot import can_plot, draw
from tests.evaluation.samples import result

RUNS = {
    "agentwrite, 模型": [result(), result(length=20_000, words=0, language="zh")],
    "direct": [result(length=30_000, words=90_000), result(length=20, words=10)],
}


def test_a_plot_is_drawn_in_both_formats_with_a_point_for_each_result(tmp_path: Path) -> None:
    png, svg = tmp_path / "plot.png", tmp_path / "plot.svg"
    draw(RUNS, png, svg)
    assert png.read_bytes().startswith(b"\x89PNG")
    root = etree.parse(svg).getroot()
    groups = [group for group in root.iter("{*}g") if group.get("id", "").startswith("PathCollection")]
    points = sum(len(list(group.iter("{*}use"))) for group in groups)
    assert points == 4 + 3  # and those in the legend: two languages of one run, one of the other
    first = svg.read_bytes()
    draw(RUNS, png, svg)
    assert svg.read_bytes() == first


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputProblem, match="cannot be written"):
        draw(RUNS, tmp_path / "none" / "plot.png", tmp_path / "none" / "plot.svg")


def test_without_matplotlib_nothing_is_plotted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_plot()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    assert not can_plot()
