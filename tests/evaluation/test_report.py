import re

import pytest

from longwriter_desktop.evaluation.report import report
from longwriter_desktop.evaluation.results import DIMENSIONS, PlanResult, Result, SectionResult
from tests.evaluation.samples import judgement, result


def table(text: str, title: str) -> dict[str, dict[str, str]]:
    """The table below a heading: its rows by their first cells, each as its cells by their columns."""
    after = text.split(f"## {title}\n\n", 1)[1].split("\n\n## ", 1)[0]
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in after.splitlines() if line[:1] == "|"]
    header, _rule, *rows = lines
    return {row[0]: dict(zip(header[1:], row[1:], strict=True)) for row in rows}


def results() -> list[Result]:
    sections = (SectionResult(200, 220), SectionResult(200, 221))
    return [
        result(number=1, words=441, length_score=96.6, sections=sections, repeated=0.02),
        result(number=2, length=3000, words=3000, bucket="2k-4k", language="zh", plan=PlanResult(2, 10, ("bad",))),
        result(
            number=1, method="direct", layout="", words=100, length_score=0.0, plan=None, understood=None, sections=()
        ),
    ]


def test_runs_stand_side_by_side_by_bucket_and_language() -> None:
    text = report(results())
    scores = table(text, "Length score S_l")
    assert scores["agentwrite, M, paper"] == {
        "0-500": "96.6", "2k-4k": "100.0", "English": "96.6", "Chinese": "100.0", "all": "98.3",
    }  # fmt: skip
    assert scores["direct, M"] == {"0-500": "0.0", "2k-4k": "", "English": "0.0", "Chinese": "", "all": "0.0"}


def test_each_figure_is_what_its_title_says() -> None:
    text = report(results())
    ours = "agentwrite, M, paper"
    assert table(text, "Sections within 10 % of their targets")[ours]["0-500"] == "50.0 %"
    assert table(text, "Documents within 3 % of the asked length")[ours]["all"] == "50.0 %"
    assert table(text, "Repeated sequences of 8 words, or of 8 Chinese characters")[ours]["all"] == "1.0 %"
    assert table(text, "Valid plans")[ours]["all"] == "50.0 %"
    assert table(text, "Valid plans")["direct, M"]["all"] == ""
    assert table(text, "Tokens written a second")[ours]["all"] == "10.0"
    assert table(text, "Minutes, all prompts together")[ours]["all"] == "2.0"
    assert table(text, "Prompts")[ours]["all"] == "2"


def test_repetition_is_also_measured_by_sequences_that_say_as_much_in_both_languages() -> None:
    name = "上海国潮品牌行业"
    chinese = f"# {name}\n\n{name}增长很快。今年{name}有新的变化，但{name}仍需要时间。"
    text = report([result(text=chinese, repeated=0.09), result(number=2, text="one two three four " * 20)])
    alike = table(text, "Repeated sequences of 8 words, or of 12 Chinese characters")["agentwrite, M, paper"]
    assert alike["all"] == "47.3 %"  # nothing of the first, 69 of the second's 73


def test_the_share_of_named_topics_that_plans_cover_counts_topics_and_not_prompts() -> None:
    more = [
        result(number=1, plan=PlanResult(2, 400, topics=5, missed=("lenses", "costs"))),
        result(number=2, plan=PlanResult(2, 400, topics=3)),
        result(number=3, length=3000, bucket="2k-4k", plan=PlanResult(2, 400)),
    ]
    text = report(more)
    covered = table(text, "Named topics that the plans cover")["agentwrite, M, paper"]
    assert covered == {"0-500": "75.0 %", "2k-4k": "", "English": "75.0 %", "all": "75.0 %"}
    assert "- agentwrite, M, paper, prompt 1: lenses; costs" in text
    assert "Named topics" not in report(results())


def test_what_went_wrong_is_listed() -> None:
    more = [result(number=5, understood=300), result(number=6, understood=None), result(number=7, stop="it stopped")]
    text = report([*results(), *more])
    assert "- direct, M, prompt 1: 100 of 400 words, S_l 0.0" in text
    assert "- agentwrite, M, paper, prompt 2: bad" in text
    assert "- agentwrite, M, paper, prompt 5: 300 words read, 400 asked" in text
    assert "- agentwrite, M, paper, prompt 6: no length read" in text
    assert "- agentwrite, M, paper, prompt 7: it stopped" in text


def test_runs_that_differ_in_their_seed_alone_are_told_apart() -> None:
    rows = table(report([result(seed=1), result(seed=2)]), "Length score S_l")
    assert len(rows) == 2
    assert any("seed 2" in name for name in rows)


def test_the_ruler_shows_what_each_length_gave() -> None:
    ruler = [
        result(benchmark="ruler", number=number, length=length, words=words, bucket="500-2k")
        for number, (length, words) in enumerate([(1000, 900), (1000, 1100), (2000, 1500)], start=1)
    ]
    rows = table(report(ruler), "Ruler: words delivered, by the length that was asked")
    assert rows == {"agentwrite, M, paper": {"1,000": "1,000", "2,000": "1,500", "longest": "1,500"}}


def test_scores_of_a_judge_are_shown_from_0_to_100_and_the_unjudged_are_counted() -> None:
    scores = dict(zip(DIMENSIONS, (5, 4, 3, 2, 1, 3), strict=True))
    judgements = [
        judgement(scores, share_read=0.4),
        judgement(dict.fromkeys(DIMENSIONS, 5), number=2, bucket="2k-4k", language="zh"),
        judgement({}, number=3),
    ]
    text = report(results(), judgements)
    row = table(text, "Quality S_q")["agentwrite, M, paper"]
    assert [row[name] for name in DIMENSIONS] == ["100.0", "87.5", "75.0", "62.5", "50.0", "75.0"]
    assert (row["S_q"], row["judged"], row["not judgeable"]) == ("75.0", "2", "1")
    assert row["judged by beginning, middle and end"] == "1"
    assert table(text, "Quality S_q, by length and language")["agentwrite, M, paper"]["Chinese"] == "100.0"
    assert "S_q" in report([], judgements)


@pytest.mark.parametrize("name", ["a|b", "模型"])
def test_a_model_of_any_name_keeps_the_tables_whole(name: str) -> None:
    text = report([result(model=name)], plot="plot.png")
    assert "(plot.png)" in text
    widths = {len(re.findall(r"\|", line)) for line in text.splitlines() if line.startswith("|")}
    assert len(widths) == 1
