from pathlib import Path
from typing import Any

import pytest

from longwriter_desktop import opened_model
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.commands import Commands, DraftOptions, PlanOptions, WriteOptions
from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.document.section import Section
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project
from longwriter_desktop.terminal import JsonLines


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
    commands = Commands(AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)}), JsonLines())
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
