import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.errors import NotAProject, ProjectProblem, ProjectTooNew
from longwriter_desktop.project import limits
from longwriter_desktop.project.json_form import from_json, read_json, to_json
from tests.project.documents import documents

HEAD = {"format": "longwriter-document", "version": 1}


@given(documents)
def test_a_document_survives_json_in_whole(document: Document) -> None:
    content = to_json(document)
    json.loads(content.decode("utf-8"))  # any other program can read it
    assert from_json(content, "x.json") == document


def test_the_json_can_be_read_by_a_person() -> None:
    section = Section("要点", 200, text="灯塔。", versions=(Version("灯", 1.5, "edited"),), id="a")
    content = to_json(Document("灯塔", "写一篇文章", "zh", 200, (section,))).decode("utf-8")
    assert content.startswith('{\n  "format": "longwriter-document",\n  "version": 1,\n  "title": "灯塔",\n')
    assert '      "text": "灯塔。",\n' in content


@pytest.mark.parametrize("text", ["\ud83d\ude00", "a\udc00", "\ud83d", "\udc00\ud83d\n"])
def test_lone_surrogates_beside_each_other_do_not_become_a_character(text: str) -> None:
    document = Document(text, sections=(Section(text, 1, id=text),))
    assert from_json(to_json(document), "x.json") == document


def test_what_was_written_by_hand_may_leave_out_all_that_has_a_usual_value() -> None:
    content = json.dumps({**HEAD, "sections": [{"main_point": "Storms"}, {"main_point": "Lamps", "text": "Text"}]})
    document = from_json(b"\xef\xbb\xbf" + content.encode(), "x.json")
    assert [(each.main_point, each.text) for each in document.sections] == [("Storms", ""), ("Lamps", "Text")]
    assert len({each.id for each in document.sections} - {""}) == 2


def refused(content: object) -> str:
    raw = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(NotAProject) as caught:
        from_json(raw, "x.json")
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "its “format” is not"),
        ({"format": "longwriter-document"}, "missing required field `version`"),
        ({**HEAD, "version": 0}, "at version"),
        ([], "expected `object`"),
        (b"", "truncated"),
        (b"PK\x03\x04 zipped", "malformed"),
        (b'{"format": "\xff"}', "not UTF-8"),
        ({**HEAD, "titel": "x"}, "unknown field `titel`"),
        ({**HEAD, "title": 3}, "at title: expected"),
        ({**HEAD, "language": "fr"}, "at language: invalid enum value"),
        ({**HEAD, "word_target": -1}, "at word_target"),
        ({**HEAD, "word_target": 2**63}, "at word_target"),
        ({**HEAD, "word_target": 1.5}, "at word_target"),
        ({**HEAD, "sections": [{"text": "x"}]}, "missing required field `main_point` at"),
        ({**HEAD, "sections": [{"main_point": "", "id": "a"}] * 2}, "2 sections have the id “a”"),
        ({**HEAD, "sections": [{"main_point": [65]}]}, "65 stands for no lone surrogate"),
        ({**HEAD, "settings": {"seed": "1"}}, "at settings.seed"),
        (b'{"format": "longwriter-document", "version": 1, "settings": {"temperature": 1e999}}', "out of range"),
        (b'{"format": "longwriter-document", "version": 1, "settings": {"temperature": NaN}}', "malformed"),
        (b'{"format": "longwriter-document", "version": 1, "title": ' + b"[" * 100_000, ""),
        (b'{"x": ' + b"[" * 1_000_000, ""),
    ],
)
def test_what_is_no_document_is_refused_in_one_sentence_that_says_why(content: object, said: str) -> None:
    sentence = refused(content).lower()
    assert said.replace(" at", "").lower() in sentence
    assert "x.json" in sentence
    assert "nothing was imported" in sentence
    assert "\n" not in sentence


def test_a_newer_form_asks_for_a_newer_app() -> None:
    with pytest.raises(ProjectTooNew, match="newer version"):
        from_json(json.dumps({**HEAD, "version": 2, "new": []}).encode(), "x.json")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(limits.MOST_FILE_BYTES + 1)
    with pytest.raises(NotAProject, match="MB"):
        read_json(path)


def test_a_file_that_is_not_there_is_a_problem_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ProjectProblem, match="no such file"):
        read_json(tmp_path / "none.json")


@given(st.binary(max_size=200), st.integers(0, 400))
def test_mutated_json_is_read_or_refused_and_nothing_else(noise: bytes, at: int) -> None:
    section = Section("Storms", 200, text="Text", versions=(Version("Old", 1.0, "generated"),), id="a")
    content = to_json(Document("Title", sections=(section,)))
    with contextlib.suppress(NotAProject, ProjectTooNew):
        from_json(content[:at] + noise + content[at + len(noise) :], "x.json")
