import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.export.blocks import (
    Block,
    Emphasis,
    Footnote,
    Heading,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Strikethrough,
    Strong,
    Table,
    Text,
)
from longwriter_desktop.export.characters import clean
from longwriter_desktop.export.manuscript import heading_text, read_manuscript
from tests.export.reading import document, letters, one


def par(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def test_a_section_gives_its_heading_and_its_text() -> None:
    manuscript = read_manuscript(document(("One", "a"), ("", "b"), ("*Two*", "c"), title="The *Title*"))
    assert manuscript.title == (Text("The "), Emphasis((Text("Title"),)))
    assert manuscript.blocks == (
        Heading(2, (Text("One"),)),
        par("a"),
        par("b"),
        Heading(2, (Emphasis((Text("Two"),)),)),
        par("c"),
    )


@pytest.mark.parametrize(
    ("heading", "text"),
    [("## One", "One"), (" a\nb ", "a b"), ("#1 of all", "#1 of all"), ("C#", "C#"), ("#", ""), ("\x00\ud800", "")],
)
def test_a_heading_is_one_clean_line(heading: str, text: str) -> None:
    assert heading_text(heading) == text


def test_headings_in_the_text_stay_below_their_section() -> None:
    blocks = read_manuscript(document(("One", "# a\n## b\n"), ("Two", "#### c"), ("", "# d"))).blocks
    assert [block.level for block in blocks if isinstance(block, Heading)] == [2, 3, 4, 2, 4, 2]


def test_a_footnote_may_stand_in_another_section() -> None:
    blocks = read_manuscript(document(("", "a[^1] b"), ("", "c\n\n[^1]: *note*\n  on\n\n    more\n\nd"))).blocks
    note = Footnote("1", (Paragraph((Emphasis((Text("note"),)), LineBreak(), Text("on"))), par("more")))
    assert blocks == (Paragraph((Text("a"), note, Text(" b"))), par("c"), par("d"))


def test_sections_may_each_have_a_footnote_of_the_same_label() -> None:
    blocks = read_manuscript(document(("", "a[^1]\n\n[^1]: x"), ("", "b[^1]\n\n[^1]: y"))).blocks
    assert blocks == (
        Paragraph((Text("a"), Footnote("1", (par("x"),)))),
        Paragraph((Text("b"), Footnote("1", (par("y"),)))),
    )


def test_a_link_may_be_defined_elsewhere() -> None:
    blocks = read_manuscript(document(("", "see [the Book]"), ("", "[the book]: http://a.b 'T'"))).blocks
    assert blocks == (Paragraph((Text("see "), Link((Text("the Book"),), "http://a.b", "T"))),)


@pytest.mark.parametrize(
    "text", ["[^1]: nobody points here", "[Note]: important", "`[x]`\n\n[x]: http://a.b", "`[^1]`\n\n[^1]: note"]
)
def test_a_definition_that_nothing_points_to_stays_in_the_text(text: str) -> None:
    last = read_manuscript(one(text)).blocks[-1]
    assert last == par(text.rsplit("\n", maxsplit=1)[-1])


def test_footnotes_in_footnotes_are_text() -> None:
    (paragraph,) = read_manuscript(one("a[^1]\n\n[^1]: b[^1]")).blocks
    assert paragraph == Paragraph((Text("a"), Footnote("1", (par("b[^1]"),))))


def test_the_example_of_a_definition_in_code_is_code() -> None:
    blocks = read_manuscript(one("a [x]\n\n```\n[x]: http://a.b\n```")).blocks
    assert blocks[0] == par("a [x]")


# -- nothing that was written is lost -------------------------------------------------------------------


def everything(tree: object) -> str:  # noqa: PLR0911  one return for each kind
    """All text of a tree: also what no page shows, such as a code's language and a link's address."""
    match tree:
        case tuple():
            return "".join(everything(each) for each in tree)
        case Strong(inside) | Emphasis(inside) | Strikethrough(inside) | Paragraph(inside) | Quote(inside):
            return everything(inside)
        case Heading(_, inside) | List(_, _, inside):
            return everything(inside)
        case Link(inside, target, title):
            return everything(inside) + target + title
        case Footnote(label, blocks):
            return label + everything(blocks)
        case Table(header, rows, _):
            return everything((header, rows))
        case _:
            return getattr(tree, "text", "") + getattr(tree, "language", "")


PIECES = st.sampled_from([
    *"ab中文。，  \n\n\n\t-*_~`#>|[]()!&;:<>=12.)\\\"'^+•、",
    "**", "```", "~~~", "---", "===", "- ", "1. ", "> ", "    ", "\n- ", "\n\n", "<b>", "word",
    "| a | b |\n|---|---|\n", "[x](http://a.b)",
    "[7]", "[7]: ", "[^1]", "[^1]: ", "\r\n", "\x00", "\x02", "\x03", "\u2028", "\ud800", "😀",
    "# ",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@settings(max_examples=100)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=3))
def test_every_letter_of_the_messiest_text_is_in_the_tree(sections: list[tuple[str, str]]) -> None:
    blocks: tuple[Block, ...] = read_manuscript(document(*sections)).blocks
    found = everything(blocks)
    assert "\x02" not in found
    assert "\x03" not in found
    source = clean("".join(heading + text for heading, text in sections))
    # The label of a definition ("[label]: address") is the one thing that no reader shows.
    if not any(letters(label) for label in source.replace("]:", "]:\n").split("\n") if label.endswith("]:")):
        assert not letters(source) - letters(found)
