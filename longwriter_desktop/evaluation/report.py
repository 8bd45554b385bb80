"""The report: tables in Markdown by length bucket and language, the runs one below the other."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from longwriter_desktop.agentwrite.loop_guard import SHARE_CHINESE_GRAM, repeated_share
from longwriter_desktop.evaluation.results import DIMENSIONS, Judgement, Result, Setup
from longwriter_desktop.evaluation.tasks import BUCKETS

NEAR_SECTION = 0.10
NEAR_DOCUMENT = 0.03
_MOST_LISTED = 20
_POOR_SCORE = 95.0
_HEADING = re.compile(r"^#{1,6} .*$", re.MULTILINE)
_LANGUAGES = {"en": "English", "zh": "Chinese"}

Runs = Mapping[Setup, Sequence[Result]]
_Grouped = TypeVar("_Grouped", Result, Judgement)


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure of a group of results; ``of`` gives None where there is nothing to compute it from."""

    name: str
    title: str
    of: Callable[[Sequence[Result]], float | None]
    shown: Callable[[float], str]


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def _near_sections(results: Sequence[Result]) -> float | None:
    return _mean(
        abs(section.words - section.target) <= NEAR_SECTION * section.target
        for result in results
        for section in result.sections
        if section.target > 0
    )


def _near_documents(results: Sequence[Result]) -> float | None:
    return _mean(abs(result.words - result.length) <= NEAR_DOCUMENT * result.length for result in results)


def _valid_plans(results: Sequence[Result]) -> float | None:
    return _mean(result.plan.valid for result in results if result.plan is not None)


def _covered_topics(results: Sequence[Result]) -> float | None:
    plans = [result.plan for result in results if result.plan is not None]
    named = sum(plan.topics for plan in plans)
    return 1 - sum(len(plan.missed) for plan in plans) / named if named else None


def _speed(results: Sequence[Result]) -> float | None:
    seconds = sum(result.seconds_writing for result in results)
    return sum(result.tokens_written for result in results) / seconds if seconds else None


def _repeated_alike(results: Sequence[Result]) -> float | None:
    """The share of repeated sequences that say as much in both languages, in the texts without their headings."""
    texts = (_HEADING.sub("", result.text) for result in results)
    return _mean(repeated_share(text, SHARE_CHINESE_GRAM) for text in texts)


def _share(value: float) -> str:
    return f"{100 * value:.1f} %"


def _delivered(results: Sequence[Result]) -> float:
    return sum(each.words for each in results) / sum(each.length for each in results)


METRICS = (
    Metric(
        "length_score",
        "Length score S_l",
        lambda results: _mean(each.length_score for each in results),
        "{:.1f}".format,
    ),
    Metric("sections_near", "Sections within 10 % of their targets", _near_sections, _share),
    Metric("documents_near", "Documents within 3 % of the asked length", _near_documents, _share),
    Metric(
        "repeated",
        "Repeated sequences of 8 words, or of 8 Chinese characters",
        lambda results: _mean(each.repeated for each in results),
        _share,
    ),
    Metric(
        "repeated_alike",
        f"Repeated sequences of 8 words, or of {SHARE_CHINESE_GRAM} Chinese characters",
        _repeated_alike,
        _share,
    ),
    Metric("valid_plans", "Valid plans", _valid_plans, _share),
    Metric("covered_topics", "Named topics that the plans cover", _covered_topics, _share),
    Metric("delivered", "Words delivered of those asked", _delivered, _share),
    Metric("tokens_a_second", "Tokens written a second", _speed, "{:.1f}".format),
    Metric(
        "minutes",
        "Minutes, all prompts together",
        lambda results: sum(each.seconds for each in results) / 60,
        "{:.1f}".format,
    ),
    Metric("prompts", "Prompts", lambda results: float(len(results)), "{:.0f}".format),
)
"""In the order of the report's tables."""


def runs_of(results: Iterable[Result]) -> dict[Setup, list[Result]]:
    """The results by run, each in the order of its prompts."""
    runs: dict[Setup, list[Result]] = {}
    for result in results:
        runs.setdefault(result.setup, []).append(result)
    return {setup: sorted(of_run, key=lambda each: each.number) for setup, of_run in runs.items()}


def labels_of(setups: Iterable[Setup]) -> dict[Setup, str]:
    """A short name for each run; what all runs have in common is left out where names stay apart."""
    setups = list(setups)
    labels = {setup: str(setup) for setup in setups}
    if len(set(labels.values())) < len(setups):
        labels = {setup: f"{setup}, {setup.benchmark}, seed {setup.seed}" for setup in setups}
    return labels


def report(results: Sequence[Result], judgements: Sequence[Judgement] = (), *, plot: str = "") -> str:
    """The report as Markdown. ``plot`` is the file name of the scatter plot, "" where there is none."""
    runs = runs_of(results)
    parts = ["# Evaluation", _opening(runs)]
    if plot:
        parts.append(f"![Words asked and words delivered, a point for each prompt]({plot})")
    if runs:
        parts += [_metric_table(metric, runs) for metric in METRICS if _has_values(metric, runs)]
    if any(setup.benchmark == "ruler" for setup in runs):
        parts.append(_ruler_table(runs))
    if judgements:
        parts += _quality_tables(judgements)
    parts += [part for part in (_poor(runs), _faults(runs), _missed(runs), _misread(runs), _ended(runs)) if part]
    return "\n\n".join(parts) + "\n"


def _opening(runs: Runs) -> str:
    lines = []
    for setup, label in labels_of(runs).items():
        results = runs[setup]
        name = "LongWrite-Ruler" if setup.benchmark == "ruler" else "LongBench-Write"
        lines.append(
            f"- **{label}**: {name}, {len(results)} {'prompt' if len(results) == 1 else 'prompts'}, seed {setup.seed}"
        )
    note = (
        "Words are counted as LongBench-Write does. S_l is the paper's length score, from the asked length in the "
        "prompts' file. Shares of repeated sequences and scores are means over documents."
    )
    return "\n".join([*lines, "", note])


# -- tables by bucket and language -------------------------------------------------------------------


def _columns(found: Iterable[Result | Judgement]) -> list[str]:
    """The groups that there is something in: buckets, languages, and "" for all of it."""
    groups = {group for each in found for group in (each.bucket, each.language)}
    return [*(group for group in (*BUCKETS, *_LANGUAGES) if group in groups), ""]


def _header(columns: Sequence[str]) -> list[str]:
    return ["", *(_LANGUAGES.get(column, column) or "all" for column in columns)]


def _within(results: Sequence[_Grouped], column: str) -> list[_Grouped]:
    return [each for each in results if column in ("", each.bucket, each.language)]


def _metric_table(metric: Metric, runs: Runs) -> str:
    columns = _columns(result for results in runs.values() for result in results)
    rows = [
        [label, *(_cell(metric, _within(runs[setup], column)) for column in columns)]
        for setup, label in labels_of(runs).items()
    ]
    return f"## {metric.title}\n\n" + _table(_header(columns), rows)


def _cell(metric: Metric, results: Sequence[Result]) -> str:
    value = metric.of(results) if results else None
    return "" if value is None else metric.shown(value)


def _has_values(metric: Metric, runs: Runs) -> bool:
    return any(metric.of(results) is not None for results in runs.values())


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [header, ["---", *("---:" for _each in header[1:])], *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)


# -- the ruler -----------------------------------------------------------------------------------------


def _ruler_table(runs: Runs) -> str:
    """For each asked length what was delivered on average; and the longest text of all (Bai et al. 2024, section 2)."""
    ruler = {setup: results for setup, results in runs.items() if setup.benchmark == "ruler"}
    lengths = sorted({result.length for results in ruler.values() for result in results})
    rows = []
    for setup, label in labels_of(ruler).items():
        by_length = [[each.words for each in ruler[setup] if each.length == length] for length in lengths]
        means = [f"{round(sum(words) / len(words)):,}" if words else "" for words in by_length]
        rows.append([label, *means, f"{max(each.words for each in ruler[setup]):,}"])
    header = ["asked", *(f"{length:,}" for length in lengths), "longest"]
    return "## Ruler: words delivered, by the length that was asked\n\n" + _table(header, rows)


# -- a judge's scores ----------------------------------------------------------------------------------


def quality_of(judgements: Sequence[Judgement]) -> float | None:
    """S_q, 0 to 100: the mean over dimensions of the mean score, with 1 as 0 and 5 as 100; None without scores."""
    return _mean(each.quality for each in judgements if each.quality is not None)


def _quality_tables(judgements: Sequence[Judgement]) -> list[str]:
    groups: dict[tuple[Setup, str], list[Judgement]] = {}
    for judgement in judgements:
        groups.setdefault((judgement.setup, judgement.judge), []).append(judgement)
    labels = labels_of(dict.fromkeys(setup for setup, _judge in groups))
    judges = {judge for _setup, judge in groups}
    columns = _columns(judgements)
    rows, by_group = [], []
    for (setup, judge), group in groups.items():
        label = labels[setup] if len(judges) == 1 else f"{labels[setup]}, judged by {judge}"
        scored = [each for each in group if each.scores]
        means = [_mean(25 * (each.scores[name] - 1) for each in scored) for name in DIMENSIONS]
        counts = (len(scored), len(group) - len(scored), sum(each.share_read < 1 for each in scored))
        rows.append([label, *map(_number, means), _number(quality_of(group)), *map(str, counts)])
        by_group.append([label, *(_number(quality_of(_within(group, column))) for column in columns)])
    header = ["", *DIMENSIONS, "S_q", "judged", "not judgeable", "judged by beginning, middle and end"]
    judged_by = f"Judged by {', '.join(sorted(judges))}. Each score from 1 to 5 is shown as 0 to 100."
    return [
        f"## Quality S_q\n\n{judged_by}\n\n" + _table(header, rows),
        "## Quality S_q, by length and language\n\n" + _table(_header(columns), by_group),
    ]


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


# -- what to look at -----------------------------------------------------------------------------------


def _listed(title: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [f"- … and {len(lines) - _MOST_LISTED} more"] if len(lines) > _MOST_LISTED else []
    return "\n".join([f"## {title}", "", *lines[:_MOST_LISTED], *more])


def _poor(runs: Runs) -> str:
    labels = labels_of(runs)
    poor = [result for results in runs.values() for result in results if result.length_score < _POOR_SCORE]
    poor.sort(key=lambda result: result.length_score)
    return _listed(
        f"Length scores under {_POOR_SCORE:.0f}",
        [
            f"- {labels[each.setup]}, prompt {each.number}: {each.words:,} of {each.length:,} words, "
            f"S_l {each.length_score:.1f}"
            for each in poor
        ],
    )


def _faults(runs: Runs) -> str:
    labels = labels_of(runs)
    return _listed(
        "Plans that are not valid",
        [
            f"- {labels[each.setup]}, prompt {each.number}: {'; '.join(each.plan.faults)}"
            for results in runs.values()
            for each in results
            if each.plan is not None and not each.plan.valid
        ],
    )


def _missed(runs: Runs) -> str:
    labels = labels_of(runs)
    return _listed(
        "Topics that the instruction names and the plan misses",
        [
            f"- {labels[each.setup]}, prompt {each.number}: {'; '.join(each.plan.missed)}"
            for results in runs.values()
            for each in results
            if each.plan is not None and each.plan.missed
        ],
    )


def _misread(runs: Runs) -> str:
    labels = labels_of(runs)
    lines = []
    for result in (each for results in runs.values() for each in results if each.method == "agentwrite"):
        where = f"- {labels[result.setup]}, prompt {result.number}:"
        if result.understood is None:
            lines.append(f"{where} no length read, so {result.length:,} words were set by hand")
        elif result.understood != result.length:
            lines.append(f"{where} {result.understood:,} words read, {result.length:,} asked")
    return _listed("Lengths read from the instruction that are not the asked ones", lines)


def _ended(runs: Runs) -> str:
    labels = labels_of(runs)
    return _listed(
        "Texts that did not come to their end",
        [
            f"- {labels[each.setup]}, prompt {each.number}: {each.stop}"
            for results in runs.values()
            for each in results
            if each.stop
        ],
    )
