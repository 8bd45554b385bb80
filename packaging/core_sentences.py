"""Collects the sentences that the core makes for a person, so that the window can show them in another language.

The core (every room below ui) speaks English. This script reads its source and writes the sentences into
longwriter_desktop/ui/core_sentences/, one module a room, where Qt's lupdate finds them: an f-string becomes a template
with {0}, {1} and so on for its fields. `longwriter_desktop.ui.sentences` finds the template of a sentence again.

    python packaging/core_sentences.py [FOLDER]      writes the modules, into FOLDER instead if one is named
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "longwriter_desktop"
TARGET = PACKAGE / "ui" / "core_sentences"

ROOMS = {
    "writing": ("agentwrite", "document"),
    "models": ("models",),
    "projects": ("project",),
    "backend": ("backend",),
    "others": ("export", "spelling", "errors.py", "settings.py", "prompt_files.py", "safe_write.py", "size_words.py"),
}
"""What each module is made of."""

UNITS = (
    "words",
    "characters",
    "more",
    "fewer",
    "text",
    "texts",
    "created",
    "opened",
    "saved",
    "1 thread",
    "{0} threads",
)
"""What stands in fields of sentences and is too short to be found by itself."""

NOT_FOR_PERSONS = frozenset(
    # Words of a language, what goes into prompts and documents, SQL, XML, and messages between processes.
    "coverage headings named_topics numerals stray_text worked_example sentences plan_repair plan_text plan_table "
    "prompts schema docx_look docx_parts to_docx messages template_process sampling state_files no_network llama_api "
    "replies coverage_words training docx_styles sections_text cleanup thinking".split()
)
_WORD = re.compile(r"[A-Za-z]{2,}")
_COUNT = re.compile(r"(?:1|\{0\}) [a-z]{3,}")
_FIELD = re.compile(r"\{[a-z_0-9]*\}")
_NOT_WORDS = re.compile(
    r"""
    [一-鿿\\] | %s                              # Chinese; an expression of `re`; what is logged
    | <w: | ^\s*(?:PRAGMA|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER)\b | BEGIN\ IMMEDIATE
    | \(\?: | \{\{ | CMAKE_ARGS | ^-m\ pip | \[Any | ::= | != | ^\#
    | allocat | mmap\ failed | oom_kill | AVX512 | ^out\ of\ memory$ | ^insufficient\ memory$  # looked for in logs
    | ^Application\ Support$ | ^LongWriter(?:\ Desktop|\ \(.*\))$ | ^LM\ Studio$               # names
    | ^Write\ (?:one|two)\b                                                                    # prompts
    | ^[a-z0-9 -]{60,}$                                                                        # a list of words
    """,
    re.VERBOSE,
)
_LINE = 96
"""Characters of a line of a long sentence, so that the formatter leaves it as it is."""


def templates(source: str) -> list[str]:
    """The sentences in ``source``, in its order, each once."""
    tree = ast.parse(source)
    skipped = set(_skipped(tree))
    found = dict.fromkeys(text for node in _ordered(tree) if node not in skipped if (text := _template(node, skipped)))
    return [text for text in found if _is_for_persons(text)]


def _ordered(tree: ast.AST) -> Iterator[ast.AST]:
    """Every node, a whole before its parts."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        yield from _ordered(child)


def _skipped(tree: ast.AST) -> Iterator[ast.AST]:
    """Docstrings, annotations, what is logged, and what `re` compiles."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as docstring):
                yield docstring
            case ast.Call(func=ast.Attribute(value=ast.Name(id="log" | "_log" | "re" | "regex"))):
                yield from ast.walk(node)
            case ast.AnnAssign(annotation=annotation) | ast.arg(annotation=ast.expr() as annotation):
                yield from ast.walk(annotation)
            case ast.FunctionDef(returns=ast.expr() as returns):
                yield from ast.walk(returns)
            case ast.Call(func=ast.Name(id="cast" | "TypeVar")):
                yield from ast.walk(node)


def _template(node: ast.AST, skipped: set[ast.AST]) -> str:
    """The sentence that a node makes, with its fields numbered; "" where it makes none. Its parts are used up."""
    parts = list(_parts(node))
    if not parts or not any(isinstance(part, ast.Constant) for part in parts):
        return ""
    text, fields = "", 0
    for part in parts:
        if isinstance(part, ast.Constant):
            skipped.add(part)
            text += part.value
        else:
            text += f"{{{fields}}}"
            fields += 1
    for inner in ast.walk(node):
        if isinstance(inner, ast.JoinedStr) and inner in parts:
            skipped.add(inner)
        if isinstance(inner, ast.FormattedValue) and inner.format_spec is not None:
            skipped.update(ast.walk(inner.format_spec))
    return text


def _parts(node: ast.AST) -> Iterator[ast.Constant | ast.FormattedValue]:
    """The constants and fields that a text, an f-string or a sum of them is made of, in their order."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.JoinedStr(values=values):
            for value in values:
                if isinstance(value, ast.Constant | ast.FormattedValue):
                    yield value


def _is_for_persons(text: str) -> bool:
    if _COUNT.fullmatch(text):  # such as "1 section" and "{0} sections"
        return True
    words = _WORD.findall(_FIELD.sub("", text))
    is_long = len(words) > 1 or (text.endswith(".") and len(words) == 1 and len(text) > 8)
    return is_long and " " in text and not _NOT_WORDS.search(text) and not text.isspace()


def _files(places: Iterable[str]) -> Iterator[Path]:
    for place in places:
        path = PACKAGE / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def module(places: Sequence[str]) -> str:
    """The text of the module with the sentences of some rooms."""
    found = dict.fromkeys(UNITS if "size_words.py" in places else ())
    for path in _files(places):
        if path.stem not in NOT_FOR_PERSONS:
            found.update(dict.fromkeys(templates(path.read_text(encoding="utf-8"))))
    head = f'"""Sentences of {places[0]} and its kind. Written by packaging/core_sentences.py."""\n\n'
    entries = "".join(_entry(text) for text in found)
    return f"{head}from PySide6.QtCore import QT_TRANSLATE_NOOP\n\nSENTENCES = (\n{entries})\n"


def _entry(text: str) -> str:
    line = f'    QT_TRANSLATE_NOOP("Core", {_quoted(text)}),\n'
    if len(line) <= 121:  # 120 and the line's end
        return line
    if len(_quoted(text)) <= 111:  # and eight blanks, a comma
        return f'    QT_TRANSLATE_NOOP(\n        "Core",\n        {_quoted(text)},\n    ),\n'
    words = re.findall(r"\S*\s*", text)
    lines = [""]
    for word in words:
        if len(lines[-1]) + len(word) > _LINE:
            lines.append("")
        lines[-1] += word
    quoted = "".join(f"        {_quoted(each)}\n" for each in lines if each)
    return f'    QT_TRANSLATE_NOOP(\n        "Core",\n{quoted.rstrip()},\n    ),\n'


def _quoted(text: str) -> str:
    """As the formatter writes it: in double quotes, unless that takes more backslashes."""
    plain = text.replace("\\", "\\\\").replace("\n", "\\n")
    if '"' in plain and "'" not in plain:
        return f"'{plain}'"
    return '"' + plain.replace('"', '\\"') + '"'


def main(target: Path = TARGET) -> None:
    """Writes all modules into ``target``."""
    target.mkdir(parents=True, exist_ok=True)
    for name, places in ROOMS.items():
        (target / f"{name}.py").write_text(module(places), encoding="utf-8")


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:2]))
