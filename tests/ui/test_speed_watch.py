from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.document.outline import Step
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.speeds import load_speeds, record_speed
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.speed_watch import SpeedWatch
from longwriter_desktop.ui.writing import Activity
from tests.ui.conftest import NOON, Clock
from tests.ui.models.small_files import small_model
from tests.ui.scripted_engine import ScriptedEngine

A_WORD_S = 0.25


def run_over(session: Session, words: int, clock: Clock, qtbot: QtBot) -> None:
    """Has about so many words written, each token of which takes a quarter of a second of the clock."""
    session.text_written.connect(lambda *_: setattr(clock, "now", clock.now + A_WORD_S))
    steps = tuple(Step(number, f"Storms of year {number}", 40) for number in range(1, words // 40 + 1))
    session.new_document_with_outline("Lighthouses", words, "en", steps)
    session.write()
    qtbot.waitUntil(lambda: session.activity is Activity.IDLE, timeout=20_000)


def own_model(folder: Path) -> Model:
    path = small_model(folder / "own.gguf")
    return Model("own", "Own 1B", path)


def test_what_a_run_of_writing_was_like_is_kept(
    session: Session, engine: ScriptedEngine, paths: AppPaths, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    session.choose_model(own_model(tmp_path))
    engine.delay_s = 0.002
    watch = SpeedWatch(session, paths, clock)
    run_over(session, 300, clock, qtbot)
    watch.close()
    (speed,) = load_speeds(paths)
    assert (speed.model, speed.title, speed.device) == ("own", "Own 1B", session.writing.engine.device)  # type: ignore[union-attr] # it has written
    assert speed.measured_at >= NOON
    assert speed.tokens_per_second > 0
    words = session.document.words
    assert speed.words_per_minute == pytest.approx(speed.tokens_per_second * 60 * words / session.run.tokens)


def test_a_run_counts_by_its_words_beside_what_was_known(
    session: Session, engine: ScriptedEngine, paths: AppPaths, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    session.choose_model(own_model(tmp_path))
    engine.delay_s = 0.002
    watch = SpeedWatch(session, paths, clock)
    run_over(session, 300, clock, qtbot)
    qtbot.waitUntil(lambda: bool(load_speeds(paths)))
    (first,) = load_speeds(paths)
    known = replace(first, words_per_minute=first.words_per_minute * 100)
    record_speed(paths, known)
    run_over(session, 300, clock, qtbot)
    watch.close()
    (speed,) = load_speeds(paths)
    # Some 300 words count less than a third of what was known: on a scale of hundreds a fourth of the way.
    assert known.words_per_minute / 10 < speed.words_per_minute < known.words_per_minute / 1.5


def test_a_short_run_and_one_with_another_model_say_nothing(
    session: Session, engine: ScriptedEngine, paths: AppPaths, clock: Clock, tmp_path: Path, qtbot: QtBot
) -> None:
    model = own_model(tmp_path)
    session.choose_model(model)
    engine.delay_s = 0.002
    watch = SpeedWatch(session, paths, clock)
    run_over(session, 40, clock, qtbot)
    session.choose_model(replace(model, path=tmp_path / "missing.gguf"))
    run_over(session, 300, clock, qtbot)
    watch.close()
    assert load_speeds(paths) == ()
