import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.project.store import Project

INSTRUCTION = "Write a 1,000-word article on the history of the Roman Empire"


def command(*arguments: object, folder: Path, **how: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # keywords pass through
        [sys.executable, "-m", "longwriter_desktop.cli", *map(str, arguments)],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=280,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        **how,
    )


def failed(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a command that failed."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    said = [line for line in done.stderr.splitlines() if line.startswith("longwriter-desktop: ")]
    assert len(said) == 1, done.stderr
    return said[0]


def planned_file(folder: Path, *targets: int) -> Path:
    path = folder / "rome.longwriter"
    points = ["The kings: seven of them", "The republic: consuls and war", "The emperors: Augustus and after"]
    sections = tuple(Section(point, words) for point, words in zip(points, targets, strict=False))
    document = Document(title="Rome", instruction=INSTRUCTION, word_target=sum(targets), sections=sections)
    with Project.create(path, document):
        pass
    return path


# -- wrong input -----------------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    for arguments in (["write", "no.longwriter"], ["outline", "no.longwriter"], ["export", "no.longwriter", "o.md"]):
        assert "no.longwriter" in failed(command(*arguments, folder=tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_text_file_named_gguf_is_no_model(tmp_path: Path) -> None:
    fake = tmp_path / "fake.gguf"
    fake.write_text("not a model")
    sentence = failed(command("plan", INSTRUCTION, "-o", "a.longwriter", "--model", "fake.gguf", folder=tmp_path))
    assert "fake.gguf" in sentence
    assert fake.read_text() == "not a model"
    assert not (tmp_path / "a.longwriter").exists()


def test_a_truncated_gguf_is_no_model(tmp_path: Path, starter_model: Path) -> None:
    cut = tmp_path / "cut.gguf"
    with starter_model.open("rb") as whole:
        cut.write_bytes(whole.read(30_000_000))
    path = planned_file(tmp_path, 100)
    before = path.read_bytes()
    assert "cut.gguf" in failed(command("write", path, "--model", "cut.gguf", folder=tmp_path))
    assert path.read_bytes() == before


def test_an_unknown_model_lists_the_known_ones(tmp_path: Path) -> None:
    assert "starter" in failed(command("draft", INSTRUCTION, "-o", "a.md", "--model", "nope", folder=tmp_path))


def test_an_empty_instruction_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    for instruction in ("", "  \n", "-"):
        assert "no instruction" in failed(command("draft", instruction, "-o", "a.md", folder=tmp_path, input=""))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_before_the_writing(tmp_path: Path) -> None:
    assert "folder" in failed(command("draft", INSTRUCTION, "-o", "nowhere/a.docx", folder=tmp_path))
    assert "folder" in failed(command("plan", INSTRUCTION, "-o", "nowhere/a.longwriter", folder=tmp_path))
    closed = tmp_path / "closed"
    closed.write_text("a file, not a folder")
    failed(command("draft", INSTRUCTION, "-o", "closed/a.docx", folder=tmp_path))
    assert closed.read_text() == "a file, not a folder"


def test_a_project_file_from_something_else_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.longwriter"
    other.write_text("{}")
    for arguments in (["write", other], ["outline", other], ["export", other, "o.md"]):
        failed(command(*arguments, folder=tmp_path))
    assert other.read_text() == "{}"
    assert not (tmp_path / "o.md").exists()


def test_an_existing_document_is_never_overwritten(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100)
    before = path.read_bytes()
    assert "exists already" in failed(command("plan", INSTRUCTION, "-o", path, folder=tmp_path))
    assert "exists already" in failed(command("draft", INSTRUCTION, "-o", path, folder=tmp_path))
    assert path.read_bytes() == before


def test_an_unknown_format_lists_the_known_ones(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100)
    assert ".docx" in failed(command("export", path, "out.pages", folder=tmp_path))
    assert ".docx" in failed(command("draft", INSTRUCTION, "-o", "out.pages", folder=tmp_path))


def test_a_section_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100, 100)
    assert "the document has 2" in failed(command("write", path, "--section", 3, folder=tmp_path))


@pytest.mark.parametrize(
    "arguments",
    [["plan", "x"], ["frobnicate", "x"], ["write"], ["plan", "x", "-o", "a", "--words", "many"], ["--nope"]],
)
def test_wrong_usage_exits_with_2(tmp_path: Path, arguments: list[str]) -> None:
    assert command(*arguments, folder=tmp_path).returncode == 2


def test_without_a_screen_the_window_says_how_to_use_the_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    sentence = failed(command(folder=tmp_path))
    assert "no screen" in sentence
    assert "longwriter-desktop draft" in sentence


# -- outline, export, models, doctor -----------------------------------------------------------------


@pytest.mark.counted
def test_the_outline_is_printed_edited_and_loaded_back(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100, 150)
    printed = command("outline", path, folder=tmp_path).stdout
    assert printed == (
        "Paragraph 1 - Main Point: The kings: seven of them - Word Count: 100 words\n"
        "Paragraph 2 - Main Point: The republic: consuls and war - Word Count: 150 words\n"
    )
    (tmp_path / "plan.txt").write_text(printed.replace("100 words", "120 words") + "3. A new end - 80 words\n")
    assert command("outline", path, "--load", "plan.txt", folder=tmp_path).returncode == 0
    lines = [json.loads(line) for line in command("outline", path, "--json", folder=tmp_path).stdout.splitlines()]
    assert [line["words"] for line in lines[:-1]] == [120, 150, 80]
    assert lines[-1] == {"event": "summary", "sections": 3, "words_target": 350}


@pytest.mark.counted
def test_a_plan_is_checked_and_repaired(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100, 1500, 100)
    with Project.open(path) as project:
        project.save(replace(project.document, word_target=1200))
    checked = command("outline", path, "--check", folder=tmp_path)
    assert checked.returncode == 0
    assert len(checked.stdout.splitlines()) == 4
    assert "1,700 words, 500 more than the 1,200 asked for. Repair: " in checked.stdout
    assert "--repair repairs 4 of 4" in checked.stderr
    lines = [
        json.loads(line) for line in command("outline", path, "--check", "--json", folder=tmp_path).stdout.splitlines()
    ]
    assert [(line["kind"], line["sections"]) for line in lines[:-1]] == [
        ("range", [1]),
        ("range", [2]),
        ("range", [3]),
        ("total", []),
    ]
    assert lines[-1] == {"event": "summary", "findings": 4, "repairable": 4}

    repaired = command("outline", path, "--repair", folder=tmp_path)
    assert repaired.returncode == 0
    assert repaired.stdout.count("Word Count: 200 words") == 2
    assert repaired.stdout.count("Word Count: 800 words") == 1
    again = command("outline", path, "--check", folder=tmp_path)
    assert again.stdout == ""
    assert "nothing was found" in again.stderr


def test_gaps_in_a_loaded_plan_are_told(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 300)
    given = "1. The kings of Rome - 300 words\n4. The emperors of Rome and Ravenna - 300 words\n"
    loaded = command("outline", path, "--load", "-", folder=tmp_path, input=given)
    assert "the numbers 2, 3" in loaded.stderr
    assert loaded.stdout.startswith("Paragraph 1 - Main Point: The kings of Rome - ")


def test_a_plan_file_without_a_plan_leaves_the_document_as_it_was(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100)
    before = path.read_bytes()
    assert "no plan" in failed(command("outline", path, "--load", "-", folder=tmp_path, input="\n \n"))
    assert path.read_bytes() == before


def test_a_remark_is_no_plan(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100, 100)
    before = path.read_bytes()
    assert "no plan" in failed(command("outline", path, "--load", "-", folder=tmp_path, input="hello no plan\n"))
    assert path.read_bytes() == before


@pytest.mark.counted
def test_training_data_is_exported_from_the_documents_that_are_named(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 100)
    assert "section 1 is still" in failed(command("export", path, "t.jsonl", "--format", "sft", folder=tmp_path))
    with Project.open(path) as project:
        written = Section("The kings", 100, text="Seven kings.", complete=True)
        project.save(Document(title="Rome", instruction=INSTRUCTION, sections=(written,)))
    done = command("export", path, path, "t.jsonl", "--format", "sft", "--append", "--json", folder=tmp_path)
    assert json.loads(done.stdout.splitlines()[-1]) == {"event": "summary", "examples": 2}
    examples = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [message["content"] for message in examples[1]["messages"]] == [INSTRUCTION, "# Rome\n\nSeven kings."]
    assert "No section" in failed(command("export", path, "t.jsonl", "--format", "dpo", folder=tmp_path))
    for wrong in ([path, "t.jsonl"], [path, path, "t.md"], [path, "t.md", "--append"]):
        assert "--format" in failed(command("export", *wrong, folder=tmp_path))


def test_models_lists_the_starter_as_here(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in command("models", "--json", folder=tmp_path).stdout.splitlines()]
    starter = next(line for line in lines if line.get("name") == "starter")
    assert starter["here"]
    assert starter["purpose"] == "for trying things out"
    assert lines[-1]["event"] == "summary"
    table = command("models", folder=tmp_path).stdout
    assert "longwriter-8b-q4_k_m" in table


def test_doctor_tells_what_a_bug_report_needs(tmp_path: Path) -> None:
    findings = json.loads(command("doctor", "--json", folder=tmp_path).stdout)
    assert findings["problems"] == []
    assert findings["backend"]["llama_cpp_python"].startswith("0.3.")
    assert findings["default_model"] == "starter"
    assert {"settings", "data", "cache", "log", "documents"} <= findings["folders"].keys()


# -- the real thing --------------------------------------------------------------------------------


@pytest.mark.usefixtures("starter_model")
@pytest.mark.counted
def test_a_draft_is_a_docx_of_the_asked_length_in_several_sections(tmp_path: Path) -> None:
    done = command("draft", INSTRUCTION, "-o", "rome.docx", "--seed", 7, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    summary = lines[-1]
    assert summary["event"] == "summary"
    assert 850 <= summary["words"] <= 1150
    assert summary["words_target"] == 1000
    assert summary["length_score"] > 92
    assert summary["seed"] == 7
    assert len(summary["sections"]) >= 3
    assert summary["tokens_written"] > 900
    assert summary["prompt_tokens_read"] > 100
    document = docx.Document(str(tmp_path / "rome.docx"))
    styled = [(paragraph.style.name or "", paragraph.text) for paragraph in document.paragraphs if paragraph.style]
    headings = [text for style, text in styled if style == "Heading 1"]
    body = [text for style, text in styled if "Heading" not in style]
    assert len(headings) >= 3
    assert 850 <= sum(count_words(text) for text in body) <= 1170
    exported = command("export", "rome.longwriter", "rome.md", folder=tmp_path)
    assert exported.returncode == 0
    assert (tmp_path / "rome.md").read_text(encoding="utf-8").startswith("# ")


@pytest.mark.usefixtures("starter_model")
def test_writing_goes_on_where_a_killed_process_was(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 120, 120, 120)
    process = subprocess.Popen(
        [sys.executable, "-m", "longwriter_desktop.cli", "write", str(path), "--seed", "3", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert process.stdout is not None
    said: dict[int, str] = {}
    heard_at = 0.0
    with process:
        for line in process.stdout:
            event = json.loads(line)
            if event["event"] == "text":
                said[event["number"]] = said.get(event["number"], "") + event["text"]
            if 2 in said and count_words(said[2]) >= 40:
                if not heard_at:
                    heard_at = time.monotonic()
                if time.monotonic() - heard_at > 1.2:
                    process.kill()
                    break
    with Project.open(path, read_only=True) as project:
        kept = project.document
    assert kept.sections[0].complete
    half = kept.sections[1].text
    assert count_words(half) >= 30

    done = command("write", path, "--seed", 3, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with Project.open(path, read_only=True) as project:
        finished = project.document
    assert finished.sections[0].text == kept.sections[0].text
    assert finished.sections[1].text.startswith(half.rstrip()[:-1])
    assert all(section.complete for section in finished.sections)
    assert finished.words == pytest.approx(360, rel=0.15)
    started = [json.loads(line) for line in done.stdout.splitlines() if "section_started" in line]
    assert started[0]["number"] == (3 if kept.sections[1].complete else 2)


@pytest.mark.usefixtures("starter_model")
def test_ctrl_c_keeps_the_text_and_exits_with_130(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 200, 200)
    process = subprocess.Popen(
        [sys.executable, "-m", "longwriter_desktop.cli", "write", str(path), "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
    )
    assert process.stdout is not None
    heard, told = "", []
    for line in process.stdout:
        told.append(json.loads(line))
        if told[-1]["event"] == "text":
            heard += told[-1]["text"]
        if count_words(heard) >= 20:
            process.send_signal(signal.SIGINT)
            break
    rest, complaints = process.communicate(timeout=60)
    assert process.returncode == 130, complaints
    assert "Traceback" not in complaints
    last = json.loads(rest.splitlines()[-1])
    assert last["event"] == "summary"
    with Project.open(path, read_only=True) as project:
        assert project.document.sections[0].text.startswith(heard)
        assert last["words"] == project.document.words


@pytest.mark.usefixtures("starter_model")
@pytest.mark.counted
def test_a_section_is_written_again_and_its_old_text_is_kept(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 60, 60)
    assert command("write", path, "--seed", 1, folder=tmp_path).returncode == 0
    with Project.open(path, read_only=True) as project:
        before = project.document
    done = command("write", path, "--section", 1, "--again", "--seed", 2, "--temperature", 0.8, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with Project.open(path, read_only=True) as project:
        after = project.document
    assert after.sections[0].text != before.sections[0].text
    assert [version.text for version in after.sections[0].versions] == [before.sections[0].text, after.sections[0].text]
    assert after.sections[0].versions[-1].temperature == 0.8
    assert after.sections[1].text == before.sections[1].text


@pytest.mark.usefixtures("starter_model")
@pytest.mark.counted
def test_several_texts_for_a_section_are_written_together_and_kept(tmp_path: Path) -> None:
    path = planned_file(tmp_path, 60, 60)
    done = command("write", path, "--section", 2, "--alternatives", 3, "--seed", 1, "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    told = [event for event in events if event["event"] == "alternative"]
    assert sorted(event["alternative"] for event in told) == [1, 2, 3]
    assert events[-1]["tokens_written"] > 150
    with Project.open(path, read_only=True) as project:
        section = project.document.sections[1]
    assert sorted(version.text for version in section.versions) == sorted(event["text"] for event in told)
    assert len({version.text for version in section.versions}) == 3
    assert section.text == next(event["text"] for event in told if event["alternative"] == 1)
    assert project.document.sections[0].text == ""
    for wrong in (["--section", 1, "--section", 2], [], ["--section", 1, "--again"]):
        assert "one --section" in failed(command("write", path, *wrong, "--alternatives", 2, folder=tmp_path))
    assert "from 2 to 8" in failed(command("write", path, "--section", 1, "--alternatives", 9, folder=tmp_path))
