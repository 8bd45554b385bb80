from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.agentwrite.engine import EngineEvent, ModelLoading, PromptProgress, ReplyFinished, Usage
from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.errors import OutOfMemory
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.fit import Machine
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.speeds import load_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.models import trial_run
from longwriter_desktop.ui.models.trial_panel import TrialPanel
from longwriter_desktop.ui.models.trial_run import TrialRun
from longwriter_desktop.ui.session import Session
from tests.ui.conftest import NOON, Clock
from tests.ui.models.small_files import small_model
from tests.ui.scripted_engine import ScriptedEngine, text_reply

TEXT = " ".join(f"The keeper wound the clockwork on night {night} and wrote the log." for night in range(10))


@dataclass
class Trying:
    """A panel, and the engine that it tries models with."""

    panel: TrialPanel
    engine: ScriptedEngine
    model: Model
    opened: list[Path]


@pytest.fixture
def trying(session: Session, paths: AppPaths, clock: Clock, tmp_path: Path, qtbot: QtBot) -> Iterator[Trying]:
    path = small_model(tmp_path / "own.gguf")
    engine, opened = ScriptedEngine(lambda _prompt: TEXT, delay_s=0.001), []

    def open_engine(model: Model) -> ScriptedEngine:
        opened.append(model.path)
        return engine

    panel = TrialPanel(TrialRun(session, paths, open_engine, clock))
    qtbot.addWidget(panel)
    model = Model(str(path), "Own 1B", path, header=read_header(path))
    panel.show_model(model)
    yield Trying(panel, engine, model, opened)
    panel.close_trial(wait_s=5)


def test_a_trial_shows_the_text_the_speed_and_the_time_for_a_long_document(
    trying: Trying, paths: AppPaths, qtbot: QtBot
) -> None:
    panel = trying.panel
    assert panel.isHidden()
    with qtbot.waitSignal(panel.tried) as tried:
        panel.try_model(trying.model)
        assert not panel.isHidden()
        assert panel.button.text() == "Stop"
    assert tried.args is not None
    trial = tried.args[1]
    assert panel.text.toPlainText().startswith("The keeper wound the clockwork on night 0")
    speed, pace, whole = (figure.text() for figure in panel.figures)
    assert speed == f"{trial.tokens_per_second:.1f}"
    assert pace == f"{trial.words_per_minute:,.0f}"
    assert whole.startswith("about ")
    assert panel.doing.text().startswith(f"{trial.words} words in ")
    assert panel.button.text() == "Try again"
    assert trying.engine.closed
    (kept,) = load_speeds(paths)
    assert (kept.model, kept.measured_at, kept.device) == (trying.model.name, NOON, "CPU")


def test_loading_and_reading_are_told_before_text_comes(trying: Trying, qtbot: QtBot) -> None:
    before_text: list[EngineEvent] = [
        ModelLoading(0.5, needs_bytes=7_100_000_000, free_bytes=9_300_000_000),
        PromptProgress(10, 64, 0),
    ]
    trying.engine.replies.append([*before_text, *text_reply(TEXT)])
    trying.engine.delay_s = 0.1
    panel = trying.panel
    panel.try_model(trying.model)
    qtbot.waitUntil(lambda: panel.doing.text() == "Loading the model, 50 %: needs 7.1 GB, 9.3 GB free")
    qtbot.waitUntil(lambda: panel.doing.text() == "Reading 10 of 64 tokens")
    panel.stop()


def test_a_trial_can_be_stopped_and_leaves_no_figures(trying: Trying, paths: AppPaths, qtbot: QtBot) -> None:
    panel = trying.panel
    trying.engine.hold()
    panel.try_model(trying.model)
    with qtbot.waitSignal(panel.running_changed) as ended:
        panel.button.click()
    assert ended.args == [False]
    assert panel.doing.text() == "Stopped. Nothing was measured."
    assert all(figure.text() == "" for figure in panel.figures)
    assert trying.engine.closed
    assert load_speeds(paths) == ()


def test_a_failure_is_told_where_the_trial_is(trying: Trying, qtbot: QtBot) -> None:
    trying.engine.replies.append([OutOfMemory("There was not enough memory. Choose a smaller model.")])
    with qtbot.waitSignal(trying.panel.running_changed, check_params_cb=lambda running: not running):
        trying.panel.try_model(trying.model)
    assert trying.panel.doing.text() == "There was not enough memory. Choose a smaller model."
    assert trying.panel.doing.property("role") == "warning"


def test_a_model_that_says_nothing_is_told_from_a_slow_one(trying: Trying, qtbot: QtBot) -> None:
    trying.engine.replies.append([ReplyFinished("end", Usage())])
    with qtbot.waitSignal(trying.panel.running_changed, check_params_cb=lambda running: not running):
        trying.panel.try_model(trying.model)
    assert "template may be wrong" in trying.panel.doing.text()


def test_while_a_document_is_written_a_trial_is_refused_in_a_sentence(
    trying: Trying, session: Session, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    engine.hold()
    session.new_document("A history of lighthouses", 300, "en")
    session.make_plan()
    trying.panel.try_model(trying.model)
    assert "Scripted 1B" in trying.panel.doing.text()
    assert "Pause it" in trying.panel.doing.text()
    assert trying.opened == []
    session.pause_and_wait()
    trying.panel.start()
    qtbot.waitUntil(lambda: trying.opened == [trying.model.path])


def test_where_memory_is_short_the_sentence_says_how_much(
    trying: Trying, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    small = Machine(2_000_000_000, 1_000_000, 2, 10**12)
    monkeypatch.setattr(Machine, "of_this", staticmethod(lambda *_: small))
    monkeypatch.setattr(trial_run, "_SECONDS_TO_UNLOAD", 0.0)
    with qtbot.waitSignal(trying.panel.running_changed, check_params_cb=lambda running: not running):
        trying.panel.try_model(trying.model)
    assert "0.0 GB of memory are free now" in trying.panel.doing.text()
    assert trying.opened == []


def test_room_is_made_for_all_files_of_a_split_model(
    trying: Trying, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rested: list[bool] = []
    monkeypatch.setattr(session.writing, "rest", lambda *, unload: rested.append(unload))
    monkeypatch.setattr(Machine, "of_this", staticmethod(lambda *_: Machine(4 * 10**9, 2 * 10**9, 2, 10**12)))
    parts = [tmp_path / f"split-{number:05}-of-00002.gguf" for number in (1, 2)]
    for part in parts:
        with part.open("wb") as file:
            file.truncate(400_000_000)  # A hole, which takes no room on the disk.
    run = TrialRun(session, AppPaths.of_this_machine(), lambda _model: trying.engine, lambda: 0.0)
    run.make_room(Model("split", "Split", parts[0]))
    assert rested == [True]


def is_open(session: Session) -> bool:
    """Whether the model in use has been opened."""
    return session.writing.engine is not None


def test_the_model_in_use_gives_its_memory_back_for_a_trial_and_is_opened_again_when_it_is_asked(
    trying: Trying, session: Session, engine: ScriptedEngine, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    session.new_document("A history of lighthouses", 300, "en")
    session.make_plan()
    qtbot.waitUntil(lambda: not session.is_busy)
    assert is_open(session)
    full = Machine(8_000_000_000, 1_000_000_000, 2, 10**12)
    with monkeypatch.context() as patch:
        patch.setattr(Machine, "of_this", staticmethod(lambda *_: full))
        with qtbot.waitSignal(trying.panel.tried):
            trying.panel.try_model(trying.model)
            assert not is_open(session)
    qtbot.waitUntil(lambda: engine.closed)
    session.make_plan()
    assert is_open(session)
    qtbot.waitUntil(lambda: not session.is_busy)
    assert session.document.sections


def test_looking_at_another_model_ends_the_trial(trying: Trying, qtbot: QtBot) -> None:
    trying.engine.hold()
    trying.panel.try_model(trying.model)
    trying.panel.show_model(replace(trying.model, path=Path("/elsewhere.gguf")))
    assert not trying.panel.is_running
    assert trying.panel.isHidden()
    qtbot.waitUntil(lambda: trying.engine.closed)


def test_a_trial_is_in_the_language_of_the_document_where_the_model_knows_it(
    trying: Trying, session: Session, qtbot: QtBot
) -> None:
    session.new_document("写一篇3000字的旅游指南", 3000, "zh")
    trying.engine.hold()
    own, listed = ModelEntry("own", "Own 1B", path="/x"), ModelEntry("listed", "Listed 1B", languages=("en",))
    for entry, script in ((None, "灯塔"), (own, "灯塔"), (listed, "lighthouses")):
        trying.engine.prompts.clear()
        trying.panel.show_model(None)
        trying.panel.try_model(replace(trying.model, entry=entry))
        qtbot.waitUntil(lambda: bool(trying.engine.prompts))
        assert script in trying.engine.prompts[0].messages[-1].content
        with qtbot.waitSignal(trying.panel.running_changed):
            trying.panel.stop()
        trying.engine.go_on()


@pytest.mark.usefixtures("chinese")
def test_without_a_document_a_trial_is_in_the_language_of_the_window(trying: Trying, qtbot: QtBot) -> None:
    trying.engine.hold()
    trying.panel.try_model(trying.model)
    qtbot.waitUntil(lambda: bool(trying.engine.prompts))
    assert "灯塔" in trying.engine.prompts[0].messages[-1].content
    with qtbot.waitSignal(trying.panel.running_changed):
        trying.panel.stop()
    trying.engine.go_on()


def test_nothing_is_read_ahead_while_a_model_is_tried(
    trying: Trying, session: Session, engine: ScriptedEngine, qtbot: QtBot
) -> None:
    session.new_document("A history of lighthouses", 300, "en")
    trying.engine.hold()
    trying.panel.try_model(trying.model)
    session.writing.warm(session.document, "continuous")
    assert not session.writing.is_warming
    with qtbot.waitSignal(session.writing.warming_ended) as ended:
        trying.panel.stop()
    assert ended.args is not None
    assert not ended.args[0].done
