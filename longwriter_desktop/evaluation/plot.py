"""The paper's scatter plot: asked length against delivered length, both axes logarithmic."""

import importlib.util
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.evaluation.results import Result

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MISSING = (
    "The plot was left out, because matplotlib is not installed. "
    'Install it with `pip install "longwriter-desktop[evaluation]"`, then run `evaluate report`.'
)
_LEAST, _MOST = 50, 25_000
"""The paper's axes, in words; wider where a result is beyond them."""
_COLOURS = ("#1f5fa8", "#c8501e", "#2e8b57", "#8a4fa3", "#b8860b", "#555555", "#c2185b", "#00838f")
_MARKERS = {"en": ("o", "English"), "zh": ("^", "Chinese")}


def can_plot() -> bool:
    """Whether matplotlib is installed, which is an extra."""
    return importlib.util.find_spec("matplotlib") is not None


def draw(runs: Mapping[str, Sequence[Result]], png: Path, svg: Path) -> None:
    """Draws the results of each named run in both formats. Raises InputProblem when a file cannot be written.

    A text of no words stands at the lower edge. Names are drawn in ASCII: the plot's typeface has no Chinese.
    """
    from matplotlib import rc_context  # noqa: PLC0415 - an extra, which takes half a second to load
    from matplotlib.figure import Figure  # noqa: PLC0415 - the same extra

    with rc_context({"svg.fonttype": "path", "svg.hashsalt": "longwriter"}):
        figure = Figure(figsize=(7, 7), layout="constrained")
        _fill(figure.add_subplot(), runs)
        try:
            figure.savefig(png, dpi=150)
            figure.savefig(svg, metadata={"Date": None})
        except OSError as error:
            raise InputProblem(f"The plot cannot be written to {png.parent}: {error.strerror}.") from error


def _fill(axes: "Axes", runs: Mapping[str, Sequence[Result]]) -> None:
    lengths = [length for results in runs.values() for each in results for length in (each.length, each.words)]
    least = min([_LEAST, *(0.8 * length for length in lengths if length)])
    most = max([_MOST, *(1.2 * length for length in lengths)])
    axes.plot([least, most], [least, most], "--", color="#888888", linewidth=1, label="delivered as asked")
    for index, (name, results) in enumerate(runs.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        for language, (marker, language_name) in _MARKERS.items():
            points = [(each.length, max(least, each.words)) for each in results if each.language == language]
            if points:
                axes.scatter(
                    [asked for asked, _words in points],
                    [words for _asked, words in points],
                    s=42,
                    marker=marker,
                    color=colour,
                    alpha=0.55,
                    linewidths=0,
                    label=f"{_ascii(name)} ({language_name})",
                )
    axes.set(xscale="log", yscale="log", xlim=(least, most), ylim=(least, most))
    axes.set(xlabel="Words asked", ylabel="Words delivered", aspect="equal")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter("{x:,.0f}")
    axes.grid(visible=True, which="major", color="#dddddd", linewidth=0.6)
    axes.legend(loc="upper left", fontsize=8)


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode()
