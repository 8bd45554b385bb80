"""Any text leaves in any format without an error, and its words are the words that are read back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.export.characters import clean
from longwriter_desktop.export.options import ExportOptions
from longwriter_desktop.export.to_docx import to_docx
from longwriter_desktop.export.to_markdown import to_markdown
from tests.export.reading import document, docx_text, letters, words

OPTIONS = ExportOptions(region="US")
ANYTHING = st.text(st.characters(exclude_categories=[]), max_size=300)  # surrogates and controls as well
MARKUP = set("*_~`[]()<>#&!\\|^={}")
PROSE = st.text(
    st.characters(exclude_characters="".join(MARKUP), exclude_categories=["Cs", "Cc"])
    | st.sampled_from("\n\n -+.1•> "),
    max_size=300,
)


@settings(max_examples=100)
@given(ANYTHING, ANYTHING, ANYTHING, st.sampled_from(["en", "zh"]))
def test_any_text_can_be_exported(title: str, heading: str, text: str, language: str) -> None:
    source = document((heading, text), ("Next", "next"), title=title, language=language)
    found = docx_text(to_docx(source, OPTIONS))
    plain = to_markdown(source, OPTIONS).decode("utf-8")
    assert "next" in found.split("\n")
    assert plain.endswith("## Next\n\nnext\n")
    everything = letters(clean("".join((title, heading, text))))
    assert not everything - letters(plain)
    if not MARKUP & set(title + heading + text):
        assert not everything - letters(found)


@settings(max_examples=100)
@given(PROSE, PROSE)
def test_the_words_of_prose_are_the_same_words_in_the_same_order(first: str, second: str) -> None:
    source = document(("Beginning", first), ("End", second), title="Title")
    expected = words("\n".join(("Title", "Beginning", clean(first), "End", clean(second))))
    assert words(to_markdown(source, OPTIONS).decode("utf-8")) == expected
    assert words(docx_text(to_docx(source, OPTIONS))) == expected


PIECES = st.sampled_from(
    ["Rome", "river", "罗马", "**bold**", "*it*", "`code`", "~~gone~~", "**a** *b*", "\n\n", "\n", "\n- ", "\n1. ",
     "\n  - ", "\n\n> ", "\n\n### ", "\n\n```\n", "\n```\n\n", "\n\n| x | y |\n|---|---|\n| "]
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(PIECES, max_size=60))
def test_the_words_of_a_report_are_the_same_words_in_the_same_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    source = document(("Heading", text))
    expected = words(f"Heading {text}")
    assert words(to_markdown(source, OPTIONS).decode("utf-8")) == expected
    assert words(docx_text(to_docx(source, OPTIONS))) == expected
