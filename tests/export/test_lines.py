import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.export.lines import dedent, indent_of, marks, open_fence, shifted


def levels(text: str) -> list[tuple[int, str]]:
    return [(mark.level, mark.text) for mark in marks(text.split("\n")) if mark.level]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# One\n## Two ##\n###### Six", [(1, "One"), (2, "Two"), (6, "Six")]),
        ("##标题", [(2, "标题")]),
        ("#hashtag and #1", []),
        ("####### seven", []),
        ("## C#", [(2, "C#")]),
        ("    # indented code", []),
        ("```\n# a comment\n```\n# after", [(1, "after")]),
        ("~~~\n# a comment\n```\n# still code", []),
        ("1. step\n   ```sh\n# a comment\n   ```\n# after", [(1, "after")]),
        ("Title\n=====\n\nSub\n---", [(1, "Title"), (2, "Sub")]),
        ("A sentence.\n---", []),
        ("第一段。\n---", []),
        ("two\nlines\n---", []),
        ("| a | b |\n|---|---|", []),
        ("- item\n---", []),
        ("word\n-", []),
    ],
)
def test_headings_are_found_where_the_text_has_them(text: str, found: list[tuple[int, str]]) -> None:
    assert levels(text) == found


@pytest.mark.parametrize(
    ("text", "highest", "moved"),
    [
        ("# A\n\ntext\n\n### B", 3, "### A\n\ntext\n\n##### B"),
        ("### A\n#### B", 3, "### A\n#### B"),
        ("# A\n###### F", 3, "### A\n###### F"),
        ("Title\n=====\ntext", 3, "### Title\ntext"),
        ("Title\n-----\ntext", 2, "Title\n-----\ntext"),
        ("##标题", 3, "### 标题"),
        ("  ## A ##", 3, "  ### A ##"),
        ("```\n# a\n```", 3, "```\n# a\n```"),
        ("Paragraph.\n---\nmore", 3, "Paragraph.\n\n---\nmore"),
    ],
)
def test_headings_go_down_together_until_none_stands_too_high(text: str, highest: int, moved: str) -> None:
    assert shifted(text, highest) == moved


@given(st.text(alphabet="#=-`~ ab\n.>|*1", max_size=200), st.integers(1, 4))
def test_after_a_shift_no_heading_stands_above_its_place(text: str, highest: int) -> None:
    moved = shifted(text, highest)
    assert all(level >= highest for level, _ in levels(moved))
    assert [name for _, name in levels(moved)] == [name for _, name in levels(text)]


@given(st.text(alphabet="#=-`~ ab\n.>|*1", max_size=200), st.integers(1, 4))
def test_a_second_shift_changes_nothing(text: str, highest: int) -> None:
    moved = shifted(text, highest)
    assert shifted(moved, highest) == moved


@pytest.mark.parametrize(
    ("text", "fence"),
    [("```\na", "```"), ("```\na\n```", ""), ("~~~~\n~~~", "~~~~"), ("a", ""), ("", ""), ("```\n```\n```", "```")],
)
def test_a_fence_that_is_never_closed_is_known(text: str, fence: str) -> None:
    assert open_fence(text.split("\n")) == fence


@given(st.text(alphabet=" \t", max_size=8), st.integers(0, 12))
def test_white_space_is_measured_in_columns(space: str, columns: int) -> None:
    width = indent_of(f"{space}x")
    assert width == len(f"{space}x".expandtabs(4)) - 1
    assert indent_of(dedent(f"{space}x", columns)) == max(0, width - columns)
