import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.errors import ExportProblem
from longwriter_desktop.export.training import export_training, finished_text, preferences
from tests.agentwrite.prompt_templates import templates


def version(text: str, origin: str = "generated") -> Version:
    return Version(text, 0.0, "generated" if origin == "generated" else "edited")


DOCUMENT = Document(
    title="Glass",
    instruction="Write a history of glass.",
    word_target=400,
    sections=(
        Section("How it is made", 200, heading="Sand", text="It is **sand**.", complete=True),
        Section(
            "Windows",
            200,
            direction="shorter",
            text="Windows let light in.",
            complete=True,
            versions=(
                version("Windows were small."),
                version("Windows  let light\nin."),
                version("A note of mine.", "edited"),
                version("Windows were small. "),
                version(" \n"),
                version("Windows were dear."),
            ),
        ),
    ),
)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_finished_document_is_a_question_and_its_answer(tmp_path: Path) -> None:
    assert export_training([DOCUMENT, DOCUMENT], tmp_path / "t.jsonl", "sft", templates) == 2
    first, second = lines(tmp_path / "t.jsonl")
    assert first == second
    assert first == {
        "messages": [
            {"role": "user", "content": "Write a history of glass."},
            {"role": "assistant", "content": "# Glass\n\n## Sand\n\nIt is **sand**.\n\nWindows let light in."},
        ]
    }


def test_a_kept_text_stands_against_each_other_text_that_a_model_wrote(tmp_path: Path) -> None:
    assert export_training([DOCUMENT], tmp_path / "t.jsonl", "dpo", templates) == 2
    pairs = lines(tmp_path / "t.jsonl")
    assert [(pair["chosen"], pair["rejected"]) for pair in pairs] == [
        ("Windows let light in.", "Windows were small."),
        ("Windows let light in.", "Windows were dear."),
    ]
    for pair in pairs:
        assert set(pair) == {"prompt", "chosen", "rejected"}
        for part in ("Write a history of glass.", "It is **sand**.", "Windows", "shorter"):
            assert part in pair["prompt"]
        assert "Windows let light in." not in pair["prompt"]


@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=12))
def test_no_pair_is_empty_or_equal(texts: list[str], kept: str) -> None:
    section = Section("Windows", 100, text=kept, complete=True, versions=tuple(version(text) for text in texts))
    for pair in preferences(Document(instruction="Write.", sections=(section,)), templates):
        chosen, rejected = str(pair["chosen"]), str(pair["rejected"])
        assert chosen.strip()
        assert rejected.strip()
        assert chosen.split() != rejected.split()


def test_examples_are_added_behind_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"messages": []}', encoding="utf-8")
    export_training([DOCUMENT], path, "sft", templates, append=True)
    export_training([DOCUMENT], path, "sft", templates, append=True)
    assert len(lines(path)) == 3
    assert lines(path)[0] == {"messages": []}
    export_training([DOCUMENT], path, "sft", templates)
    assert len(lines(path)) == 1


def test_what_teaches_nothing_is_refused_and_leaves_the_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text("before")
    half = DOCUMENT.with_section(replace(DOCUMENT.sections[1], complete=False))
    cases = [
        (half, "sft", "section 2 is still to be written"),
        (DOCUMENT.with_text(DOCUMENT.sections[0].id, " "), "sft", "section 1"),
        (replace(DOCUMENT, sections=()), "sft", "no sections"),
        (replace(DOCUMENT, instruction=" "), "sft", "no instruction"),
        (half, "dpo", "No section"),
    ]
    for document, kind, said in cases:
        with pytest.raises(ExportProblem, match=said):
            export_training([DOCUMENT, document] if kind == "sft" else [document], path, kind, templates)  # type: ignore[arg-type]  # "sft" and "dpo" in a list are texts
    with pytest.raises(ExportProblem, match=r"\.jsonl"):
        export_training([DOCUMENT], tmp_path / "t.md", "sft", templates)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["t.jsonl"]


def test_text_that_no_file_can_hold_is_left_out(tmp_path: Path) -> None:
    odd = DOCUMENT.with_text(DOCUMENT.sections[0].id, "half \ud83d of a pair, 玻璃")
    export_training([odd], tmp_path / "t.jsonl", "sft", templates)
    export_training([odd], tmp_path / "d.jsonl", "dpo", templates)
    assert "玻璃" in lines(tmp_path / "t.jsonl")[0]["messages"][1]["content"]
    assert "玻璃" in lines(tmp_path / "d.jsonl")[0]["prompt"]


def test_a_document_gives_one_finished_text() -> None:
    assert len(list(finished_text(DOCUMENT))) == 1
