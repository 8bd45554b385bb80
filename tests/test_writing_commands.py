import json
from pathlib import Path
from typing import Any

import pytest

from longwriter_desktop import opened_model
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.document.section import Section
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.settings import Settings, save_settings
from longwriter_desktop.terminal import JsonLines
from longwriter_desktop.writing_commands import DraftOptions, PlanOptions, WriteOptions, WritingCommands
from tests.agentwrite.fake_model import prose
from tests.agentwrite.test_beyond_window import Narrow


class _Asked(Exception):
    """An engine was asked for; the test has seen enough."""


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[EngineOptions]:
    """The options of the engines that are asked for; none is made."""
    found: list[EngineOptions] = []

    def engine(*_arguments: Any, options: EngineOptions, **_keywords: Any) -> None:
        found.append(options)
        raise _Asked

    monkeypatch.setattr(opened_model, "LlamaEngine", engine)
    return found


@pytest.mark.usefixtures("starter_model")
@pytest.mark.parametrize(
    ("of_document", "asked_for", "adapts"), [(None, None, True), (None, 3, False), (3, None, False), (3, 0, False)]
)
def test_with_a_seed_the_number_of_threads_is_fixed(
    tmp_path: Path,
    longwriter_home: Path,
    asked: list[EngineOptions],
    of_document: int | None,
    asked_for: int | None,
    adapts: bool,
) -> None:
    commands = WritingCommands(AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)}), JsonLines())
    file = tmp_path / "a.longwriter"
    document = Document(instruction="Write.", settings=DocumentSettings(seed=of_document), sections=(Section("a", 50),))
    with Project.create(file, document):
        pass
    with pytest.raises(_Asked):
        commands.write(file, [], again=False, options=WriteOptions(seed=asked_for))
    plan = PlanOptions("Write about lighthouses.", seed=of_document if asked_for is None else asked_for)
    with pytest.raises(_Asked):
        commands.plan(plan, tmp_path / "b.longwriter")
    with pytest.raises(_Asked):
        commands.draft(DraftOptions(plan), tmp_path / "c.longwriter")
    assert [options.adapt_threads for options in asked] == [adapts] * 3


class _NarrowEngine(Narrow):
    """In the place of a real engine: one with a short context."""

    remarks = ()

    def __enter__(self) -> "_NarrowEngine":
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is to be closed."""


@pytest.mark.usefixtures("starter_model")
def test_summaries_made_for_alternatives_are_kept_in_the_file(
    tmp_path: Path, longwriter_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    engine = _NarrowEngine()
    monkeypatch.setattr(opened_model, "LlamaEngine", lambda *_arguments, **_keywords: engine)
    written = tuple(Section(f"Point {at}", 150, text=prose(at, 150), complete=True) for at in range(12))
    file = tmp_path / "a.longwriter"
    with Project.create(file, Document(instruction="Write.", sections=(*written, Section("The last", 100)))):
        pass
    commands = WritingCommands(AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)}), JsonLines())
    assert commands.alternatives(file, 13, 2, WriteOptions(seed=1)) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    summarised = [event for event in told if event["event"] == "summary_of_section"]
    assert len(summarised) == engine.summed_up > 0
    assert [event["first"] for event in told if event["event"] == "text_omitted"] == [2]
    with Project.open(file, read_only=True) as project:
        kept = project.document
    assert all(kept.sections[event["number"] - 1].summary == event["summary"] for event in summarised)
    assert len(kept.sections[12].versions) == 2
    commands.alternatives(file, 13, 2, WriteOptions(seed=2))
    assert engine.summed_up == len(summarised)


@pytest.mark.usefixtures("starter_model")
def test_the_sampling_of_the_settings_counts_here_too(
    tmp_path: Path, longwriter_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = _NarrowEngine()
    monkeypatch.setattr(opened_model, "LlamaEngine", lambda *_arguments, **_keywords: engine)
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})
    save_settings(paths, Settings(temperature=0.31, top_p=0.62, top_k=77))
    file = tmp_path / "a.longwriter"
    with Project.create(file, Document(instruction="Write.", sections=(Section("Storms", 60),))):
        pass
    WritingCommands(paths, JsonLines()).write(file, [], again=False, options=WriteOptions(seed=1))
    sampling = engine.calls[0][1]
    assert (sampling.temperature, sampling.top_p, sampling.top_k) == (0.31, 0.62, 77)
    options = WriteOptions(seed=1, temperature=0.1)
    WritingCommands(paths, JsonLines()).write(file, [1], again=True, options=options)
    assert engine.calls[-1][1].temperature == 0.1
