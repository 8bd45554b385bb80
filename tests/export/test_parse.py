import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.export.blocks import (
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    Paragraph,
    Quote,
    Rule,
    Strikethrough,
    Strong,
    Table,
    Text,
    plain_text,
)
from longwriter_desktop.export.characters import clean
from longwriter_desktop.export.parse import Definitions, read_blocks, read_line


def read(text: str) -> list[Block]:
    return list(read_blocks(clean(text).split("\n"), Definitions()))


def par(text: str) -> Paragraph:
    """A paragraph of plain text; its line ends are line breaks."""
    inlines: list[Inline] = []
    for place, line in enumerate(text.split("\n")):
        inlines += [LineBreak()] if place else []
        inlines += [Text(line)]
    return Paragraph(tuple(inlines))


def bullets(*items: tuple[Block, ...]) -> List:
    return List(False, 1, items)


def numbers(start: int, *items: tuple[Block, ...]) -> List:
    return List(True, start, items)


INLINES: list[tuple[str, tuple[Inline, ...]]] = [
    ("**a** b", (Strong((Text("a"),)), Text(" b"))),
    ("*a* _b_", (Emphasis((Text("a"),)), Text(" "), Emphasis((Text("b"),)))),
    ("***a***", (Strong((Emphasis((Text("a"),)),)),)),
    ("~~a~~ ~b~", (Strikethrough((Text("a"),)), Text(" ~b~"))),
    ("`a < b && <c>`", (Code("a < b && <c>"),)),
    ("`` a`b ``", (Code("a`b"),)),
    ("a_b_c and 2 * 3 * 4", (Text("a_b_c and 2 * 3 * 4"),)),
    ("**注意：**这是", (Strong((Text("注意："),)), Text("这是"))),
    ("**unclosed and *stray", (Text("**unclosed and *stray"),)),
    ("a ** b", (Text("a ** b"),)),
    (r"\*a\* \# \~", (Text("*a* # ~"),)),
    ("&copy; &#65; &unknown; &", (Text("© A &unknown; &"),)),
    ("&#2;", (Text("&#2;"),)),
    ("[a *b*](http://c.d 'e')", (Link((Text("a "), Emphasis((Text("b"),))), "http://c.d", "e"),)),
    ("![alt](pic.png)", (Link((Text("alt"),), "pic.png"),)),
    ("<http://a.b>", (Link((Text("http://a.b"),), "http://a.b"),)),
    ("<me@x.org>", (Link((Text("me@x.org"),), "mailto:me@x.org"),)),
    ("a  \nb\\\nc", (Text("a"), LineBreak(), Text("b"), LineBreak(), Text("c"))),
    ("a\n  b", (Text("a"), LineBreak(), Text("b"))),
    ("中文\n断行", (Text("中文"), LineBreak(), Text("断行"))),
    ("**a\nb** `c\nd`", (Strong((Text("a"), LineBreak(), Text("b"))), Text(" "), Code("c d"))),
    ("他说：\n“好”", (Text("他说："), LineBreak(), Text("“好”"))),
    ("<b>raw</b> <script>x()</script><!-- c -->", (Text("<b>raw</b> <script>x()</script><!-- c -->"),)),
    ("a<br>b", (Text("a<br>b"),)),
    ("[^1] [x]", (Text("[^1] [x]"),)),
    ("#hash", (Text("#hash"),)),
    ("ended in\n1945. It", (Text("ended in"), LineBreak(), Text("1945. It"))),
]


@pytest.mark.parametrize(("text", "found"), INLINES)
def test_inline_markup_is_read(text: str, found: tuple[Inline, ...]) -> None:
    assert read(text) == [Paragraph(found)]


BLOCKS: list[tuple[str, str, list[Block]]] = [
    ("a list needs no blank line above it", "Some:\n- a\n- b", [par("Some:"), bullets((par("a"),), (par("b"),))]),
    ("a numbered one neither", "Some:\n1. a\n2. b", [par("Some:"), numbers(1, (par("a"),), (par("b"),))]),
    ("a year begins no list in a sentence", "ended in\n1945. It", [par("ended in\n1945. It")]),
    ("1) is a list", "1) a\n2) b", [numbers(1, (par("a"),), (par("b"),))]),
    ("so are bullets", "• a\n•b\n· c", [bullets((par("a"),), (par("b"),), (par("c"),))]),
    ("and 1、", "1、甲\n2、乙", [numbers(1, (par("甲"),), (par("乙"),))]),
    ("but not months", "3、4月份", [par("3、4月份")]),
    ("two spaces nest", "- a\n  - b\n- c", [bullets((par("a"), bullets((par("b"),))), (par("c"),))]),
    ("three nest", "1. a\n   - b\n2. c", [numbers(1, (par("a"), bullets((par("b"),))), (par("c"),))]),
    ("tabs nest", "- a\n\t- b\n\t\t- c", [bullets((par("a"), bullets((par("b"), bullets((par("c"),))))))]),
    (
        "two spaces nest below a number",
        "1. a\n  - b\n    - c",
        [numbers(1, (par("a"), bullets((par("b"), bullets((par("c"),))))))],
    ),
    ("numbers go on after text between", "1. a\n\ntext\n\n2. b",
     [numbers(1, (par("a"),)), par("text"), numbers(2, (par("b"),))]),
    ("a list that counts anew is another", "1. a\n2. b\n\n1. c",
     [numbers(1, (par("a"),), (par("b"),)), numbers(1, (par("c"),))]),
    ("1. 1. 1. counts", "1. a\n1. b\n1. c", [numbers(1, (par("a"),), (par("b"),), (par("c"),))]),
    ("a jump in the numbers is kept", "1. a\n5. b", [numbers(1, (par("a"),)), numbers(5, (par("b"),))]),
    ("an item has paragraphs", "- a\n\n  b\n- c", [bullets((par("a"), par("b")), (par("c"),))]),
    ("and lazy lines", "- a\nb\n- c", [bullets((par("a\nb"),), (par("c"),))]),
    ("and code", "- a\n  ```\n  x\n\n  y\n  ```\n- c", [bullets((par("a"), CodeBlock("x\n\ny")), (par("c"),))]),
    ("an item may be empty", "- \n- a", [bullets((), (par("a"),))]),
    ("or begin with a list", "- - a", [bullets((bullets((par("a"),)),))]),
    ("code between items ends the list", "1. a\n```\nx\n```\n2. b",
     [numbers(1, (par("a"),)), CodeBlock("x"), numbers(2, (par("b"),))]),
    ("a quote", "> a\nlazy\n>\n> b", [Quote((par("a\nlazy"), par("b")))]),
    ("a quote mark far to the right is text", "a\n      > b", [par("a\n> b")]),
    ("two quotes", "> a\n\n> b", [Quote((par("a"),)), Quote((par("b"),))]),
    ("a quote in a quote with a list", "> > a\n>\n> - b", [Quote((Quote((par("a"),)), bullets((par("b"),))))]),
    ("fenced code is not read", "```python\n# *a*\n\n<b>\n```", [CodeBlock("# *a*\n\n<b>", "python")]),
    ("not even when never closed", "a\n~~~\n# b", [par("a"), CodeBlock("# b")]),
    ("words on the fence are kept", "``` not code at all\nx\n```", [CodeBlock("not code at all\nx")]),
    ("code by indentation", "a\n\n    x = 1\n      y\n\nb", [par("a"), CodeBlock("x = 1\n  y"), par("b")]),
    ("an indented sentence is no code", "    一句中文，并不是代码。", [par("一句中文，并不是代码。")]),
    ("nor an English one", "\tThis is the first line of a paragraph.", [par("This is the first line of a paragraph.")]),
    ("full-width indentation", "　　正文", [par("正文")]),
    ("so it does between lines", "甲。\n　　乙。\n（1）丙", [par("甲。"), par("乙。"), par("（1）丙")]),
    ("a line that is bold whole", "**A**\nb", [Paragraph((Strong((Text("A"),)),)), par("b")]),
    ("but not one in the middle", "x\n**A**\nb",
     [Paragraph((Text("x"), LineBreak(), Strong((Text("A"),)), LineBreak(), Text("b")))]),
    ("rules", "a\n\n---\n\n* * *\nb", [par("a"), Rule(), Rule(), par("b")]),
    ("dashes under a sentence", "A sentence.\n---\nb", [par("A sentence."), Rule(), par("b")]),
    ("a heading needs no blank lines", "a\n### B\nc", [par("a"), Heading(3, (Text("B"),)), par("c")]),
    ("bold in a heading is needless", "## **B**", [Heading(2, (Text("B"),))]),
    ("an empty heading is nothing", "##\na", [par("a")]),
    ("windows line ends", "a\r\n\r\n- b\r\n- c\r\n", [par("a"), bullets((par("b"),), (par("c"),))]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "found"), BLOCKS, ids=[name for name, _, _ in BLOCKS])
def test_blocks_are_read_as_they_were_meant(name: str, text: str, found: list[Block]) -> None:
    assert read(text) == found


def cells(*texts: str) -> tuple[tuple[Inline, ...], ...]:
    return tuple((Text(text),) if text else () for text in texts)


def test_a_table_has_its_alignments_and_the_markup_of_its_cells() -> None:
    (table,) = read("| a | b | c |\n|:--|:-:|--:|\n| **1** | x \\| y | `z` |")
    assert table == Table(
        cells("a", "b", "c"),
        (((Strong((Text("1"),)),), (Text("x | y"),), (Code("z"),)),),
        ("left", "center", "right"),
    )


def test_a_table_keeps_cells_beyond_its_header() -> None:
    assert read("a | b\n---|---\n1 | 2 | 3\n4") == [
        Table(cells("a", "b", ""), (cells("1", "2", "3"),), ("", "", "")),
        par("4"),
    ]


def test_a_table_needs_no_blank_line_around_it() -> None:
    assert [type(block) for block in read("Sizes:\n| a |\n|---|\n| 1 |\nafter")] == [Paragraph, Table, Paragraph]


def test_a_row_of_more_columns_than_word_has_is_text() -> None:
    blocks = read("|" + "a|" * 64 + "\n" + "|-" * 64 + "|\n")
    assert all(isinstance(block, Paragraph) for block in blocks)


def test_a_line_is_read_without_becoming_a_block() -> None:
    assert read_line("1. *a* - b") == (Text("1. "), Emphasis((Text("a"),)), Text(" - b"))
    assert read_line("**a**") == (Text("a"),)
    assert read_line("# a") == (Text("# a"),)
    assert read_line("") == ()


def test_lists_deeper_than_word_can_number_stay_on_the_last_level() -> None:
    text = "\n".join(f"{'  ' * depth}- item{chr(97 + depth)}" for depth in range(14))
    depth, (block,) = 0, read(text)
    seen: list[str] = []
    while isinstance(block, List):
        depth += 1
        for item in block.items:
            seen += [plain_text(each.children) for each in item if isinstance(each, Paragraph)]
        block = block.items[-1][-1]
    assert depth == 9
    assert seen == [f"item{chr(97 + depth)}" for depth in range(14)]


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "![" * 20_000, "`a" * 20_001, "*a " * 20_000, "**a _b " * 9_000, "[a](" * 10_000, "<a " * 20_000,
     "> " * 20_000, "- " * 20_000, "word " * 100_000, "中文" * 100_000, "|" * 20_000 + "\n|-|", "```\n" * 9_999,
     "a\n- b\n" * 5_000, "\\" * 20_001, "#" * 20_000, "- `" * 9_000, "## " + "[" * 9_000],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_what_a_model_in_a_loop_writes_is_read_in_seconds(text: str) -> None:
    begin = time.perf_counter()
    assert read(f"{text}x")
    assert time.perf_counter() - begin < 8  # 0.3 s where it was measured; unguarded, some take minutes


def test_emphasis_nested_beyond_the_stack_is_taken_literally() -> None:
    text = "*a _b " * 240 + "c_ d*" * 240

    def from_deep(calls: int) -> list[Block]:
        return from_deep(calls - 1) if calls else read(f"# Title\n{text}\n\n- item")

    assert from_deep(300) == [Heading(1, (Text("Title"),)), par(text), bullets((par("item"),))]


# -- a tree, written as plain Markdown and read back, is the same tree ----------------------------------

WORDS = st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta", "罗马", "帝国"]), min_size=1, max_size=4)
PARAGRAPHS = WORDS.map(lambda words: par(" ".join(words)))
LEAVES = st.one_of(
    PARAGRAPHS,
    PARAGRAPHS,
    st.builds(CodeBlock, st.sampled_from(["x = 1", "# no heading\n\n- no list", "> a"]), st.sampled_from(["", "py"])),
    st.just(Rule()),
    st.builds(
        lambda rows: Table(cells("a", "b"), tuple(cells(*row) for row in rows), ("", "right")),
        st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("uvw")), min_size=1, max_size=3),
    ),
)


def _containers(blocks: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(blocks, min_size=1, max_size=3).map(tuple)
    items = st.lists(st.tuples(PARAGRAPHS, some).map(lambda item: (item[0], *item[1])) | PARAGRAPHS.map(lambda p: (p,)),
                     min_size=2, max_size=3).map(tuple)  # fmt: skip
    return (
        st.builds(Quote, some)
        | st.builds(lambda items: List(False, 1, items), items)
        | st.builds(lambda start, items: List(True, start, items), st.integers(1, 9), items)
    )


BLOCK: st.SearchStrategy[Block] = st.recursive(LEAVES, _containers, max_leaves=8)


def _markdown(blocks: tuple[Block, ...], indent: int) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        lines += [*_block_lines(block, indent), ""]
    return lines[:-1]


def _block_lines(block: Block, indent: int) -> list[str]:
    match block:
        case Paragraph(children):
            return [plain_text(children)]
        case CodeBlock(text, language):
            return [f"```{language}", *text.split("\n"), "```"]
        case Rule():
            return ["***"]
        case Table(header, rows, _):
            lines = ["| " + " | ".join(plain_text(cell) for cell in row) + " |" for row in (header, *rows)]
            return [lines[0], "|---|--:|", *lines[1:]]
        case Quote(inside):
            return [f"> {line}".rstrip() for line in _markdown(inside, indent)]
        case List(ordered, start, items):
            lines = []
            for number, item in enumerate(items, start=start):
                mark = f"{number}. " if ordered else "- "
                first, *rest = _markdown(item, indent)
                lines += [mark + first, *(" " * indent + line if line else "" for line in rest)]
            return lines
        case _:
            raise AssertionError(block)


def _is_plain(blocks: tuple[Block, ...]) -> bool:
    """Whether no two lists of a kind, nor two quotes, follow each other: Markdown itself cannot say that."""
    for before, after in itertools.pairwise(blocks):
        if isinstance(before, List) and isinstance(after, List):
            return False
    for block in blocks:
        inside = block.items if isinstance(block, List) else (block.blocks,) if isinstance(block, Quote) else ()
        if not all(_is_plain(each) for each in inside):
            return False
    return True


@settings(max_examples=80)
@given(st.lists(BLOCK, min_size=1, max_size=4).map(tuple).filter(_is_plain), st.sampled_from([2, 3, 4]))
def test_what_is_written_plainly_is_read_back_the_same(blocks: tuple[Block, ...], indent: int) -> None:
    lines = _markdown(blocks, max(indent, 3))
    assert read_blocks(lines, Definitions()) == blocks
