import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.export.characters import clean
from longwriter_desktop.export.lines import marks, open_fence
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.to_markdown import plain_markdown, to_markdown
from tests.export.reading import document, one


def written(source: Document) -> str:
    return to_markdown(source, ExportOptions()).decode("utf-8")


def test_title_headings_and_text_stand_below_each_other() -> None:
    source = document(("One", "\n\n a\n\n\nb  \n"), ("", "c"), ("Two", ""), title="Title\nof two lines")
    assert written(source) == "# Title of two lines\n\n## One\n\n a\n\n\nb\n\nc\n\n## Two\n"


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("one\ntwo\n\nthree", "one  \ntwo\n\nthree"),
        ("一句。\n又一句。 \n第三句。", "一句。  \n又一句。  \n第三句。"),
        ("verse  \nthat has\\\nits own", "verse  \nthat has\\\nits own"),
        ("> one\n> two\n\n> three", "> one  \n> two\n\n> three"),
        ("```\na\nb\n```\nc\nd", "```\na\nb\n```\nc  \nd"),
        ("- a\nlazy\n- b\n\nc\nd", "- a\nlazy\n- b\n\nc  \nd"),
        ("1. a\n   more\n   and more", "1. a\n   more\n   and more"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n|---|---|\n| c | d |"),
        ("    x = 1\n    y = 2", "    x = 1\n    y = 2"),
        ("Under\n===\na\n### b", "## Under\na\n#### b"),
        ("a\n- b", "a\n- b"),
    ],
)
def test_a_line_that_ends_on_the_page_ends_in_every_reader_of_markdown(text: str, broken: str) -> None:
    assert written(one(text)) == f"{broken}\n"
    assert written(one(broken)) == f"{broken}\n"


def test_text_for_learning_keeps_its_lines_as_they_are() -> None:
    assert plain_markdown(document(("One", "a\nb"), title="T")) == "# T\n\n## One\n\na\nb\n"


def test_an_empty_document_is_an_empty_file() -> None:
    assert to_markdown(Document(), ExportOptions()) == b""


def test_headings_in_the_text_stay_below_the_section() -> None:
    source = document(("One", "# a\n\nx\n\nB\n=\n\nC\n===\n\n```\n# no\n```"), ("", "### d"))
    assert written(source) == "## One\n\n### a\n\nx\n\nB  \n=\n\n### C\n\n```\n# no\n```\n\n### d\n"


def test_code_that_was_never_closed_does_not_swallow_the_next_section() -> None:
    assert written(document(("A", "~~~~\ncode"), ("B", "b"))) == "## A\n\n~~~~\ncode\n~~~~\n\n## B\n\nb\n"


def test_what_utf8_cannot_hold_is_left_out() -> None:
    assert written(one("a\ud800b\ud83d\ude00\x00\x1bc")) == "ab😀c\n"


@given(st.text())
def test_text_without_headings_survives_byte_for_byte(text: str) -> None:
    source = clean(text)
    found = list(marks(source.split("\n")))
    result = written(document(("Heading", text), ("Next", "next")))
    if not found and "```" not in source and "~~~" not in source:
        lines = source.split("\n")
        while lines and not lines[0].strip():
            del lines[0]
        kept = "\n".join(lines).rstrip()
        wanted = f"## Heading\n\n{kept}\n\n## Next\n\nnext\n" if kept else "## Heading\n\n## Next\n\nnext\n"
        assert plain_markdown(document(("Heading", text), ("Next", "next"))) == wanted
        assert [line.rstrip() for line in result.split("\n")] == [line.rstrip() for line in wanted.split("\n")]


LINES = st.sampled_from(
    ["", "text", "more text ", "  indented", "- item", "# One", "## Two ##", "###Three", "Under", "---", "====", "```",
     "> # q", "| a |", "中文。", "\tcode", "a  ", "a\\"]
)  # fmt: skip


@given(st.lists(LINES, max_size=25), st.sampled_from(["", "Heading"]))
def test_only_headings_change_and_only_their_level(lines: list[str], heading: str) -> None:
    text = "\n".join(lines)
    before = text.rstrip().split("\n")
    after = written(document((heading, text))).removeprefix("## Heading\n").split("\n")
    names = [mark.text for mark in marks(before) if mark.level]
    assert [mark.text for mark in marks(after) if mark.level] == names
    closing = open_fence(before)
    assert _without_headings(after) == _without_headings(before) + ([closing] if closing else [])


def _without_headings(lines: list[str]) -> list[str]:
    """The lines that are no headings, without blank ones and without the spaces that break a line."""
    gone = {at for mark in marks(lines) if mark.level for at in range(mark.index, mark.index + mark.count)}
    return [line.rstrip() for index, line in enumerate(lines) if index not in gone and line.strip()]


@pytest.mark.parametrize("text", ["# a\n\nb\n\n- c\n  - d\n", "x\n\n| a |\n|---|\n| b |", "a  \nb\n\n> c"])
def test_exporting_what_was_exported_changes_nothing(text: str) -> None:
    once = written(one(text))
    assert written(one(once)) == once
