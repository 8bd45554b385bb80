import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.own_models import TemplateTrial, add_own
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.models.own_file_dialog import OwnFileDialog
from tests.backend.gguf_files import SOUND, written
from tests.ui.models.small_files import small_model
from tests.ui.models.test_gguf_drop import dragged, drop_on
from tests.ui.test_model_combo import wheel


class FakeTrials:
    """Answers at once with what a test says, and remembers what was asked."""

    def __init__(self) -> None:
        self.refused = ""
        self.answer = TemplateTrial("The sea lies quiet.")
        self.asked: list[tuple[Path, str]] = []
        self.gate = threading.Event()
        self.gate.set()

    def refusal(self, model: Model) -> str:
        return self.refused

    def make_room(self, model: Model) -> None: ...

    def leave(self) -> None: ...

    def try_template(
        self, path: Path, template: str, said: Callable[[str], None], stop: threading.Event
    ) -> TemplateTrial | None:
        self.asked.append((path, template))
        for word in self.answer.reply.split():
            said(f" {word}")
        while not self.gate.wait(0.01):
            if stop.is_set():
                return None
        return self.answer


@pytest.fixture
def trials() -> FakeTrials:
    return FakeTrials()


@pytest.fixture
def dialog(paths: AppPaths, trials: FakeTrials, qtbot: QtBot) -> Iterator[OwnFileDialog]:
    made = OwnFileDialog(paths, trials)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def shows(dialog: OwnFileDialog, path: Path, qtbot: QtBot) -> None:
    dialog.show_file(path)
    qtbot.waitUntil(lambda: dialog.name.isVisible() or dialog.said.property("role") == "warning")


def test_a_file_says_what_it_is(dialog: OwnFileDialog, tmp_path: Path, qtbot: QtBot) -> None:
    assert not dialog.use.isEnabled()
    shows(dialog, small_model(tmp_path / "small.gguf", name="Small One"), qtbot)
    said = dialog.facts.shown
    assert said["Model"].startswith("llama · ")
    assert "Q4_K_M" in said["Model"]
    assert "2 layers" in said["Model"]
    assert said["Context"] == "made for up to 8,192 tokens, about 6,000 words"
    assert said["Chat template"] == "in the file"
    assert dialog.name.text() == "Small One (Q4_K_M)"
    assert dialog.fit.text().startswith("Fits this computer: needs ")
    assert dialog.context.currentText().startswith("8,192 tokens · ")
    assert dialog.template.template == ""
    assert dialog.use.isEnabled()


def test_adding_keeps_name_context_and_template_and_copies_nothing(
    dialog: OwnFileDialog, paths: AppPaths, tmp_path: Path, qtbot: QtBot
) -> None:
    path = small_model(tmp_path / "small.gguf")
    shows(dialog, path, qtbot)
    dialog.name.clear()
    QTest.keyClicks(dialog.name, "My own one")
    dialog.context.setCurrentIndex(dialog.context.findData(4096))
    dialog.template.choice.setCurrentIndex(dialog.template.choice.findData("chatml"))
    with qtbot.waitSignal(dialog.added) as added, qtbot.assertNotEmitted(dialog.use_wanted):
        QTest.mouseClick(dialog.add, Qt.MouseButton.LeftButton)
    assert added.args is not None
    entry = load_catalogue(paths).by_name(added.args[0].name)
    assert entry is not None
    assert entry == added.args[0]
    assert (entry.title, entry.default_context_tokens, entry.template) == ("My own one", 4096, "chatml")
    assert Path(entry.path) == path
    assert not dialog.isVisible()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_can_be_used_at_once(dialog: OwnFileDialog, tmp_path: Path, qtbot: QtBot) -> None:
    path = small_model(tmp_path / "small.gguf")
    shows(dialog, path, qtbot)
    with qtbot.waitSignal(dialog.use_wanted) as used:
        dialog.use.click()
    assert used.args is not None
    assert used.args[0].path == path
    assert used.args[0].entry is not None


def test_a_file_that_was_added_before_is_shown_as_it_was_set_up(
    dialog: OwnFileDialog, paths: AppPaths, tmp_path: Path, qtbot: QtBot
) -> None:
    path = small_model(tmp_path / "small.gguf")
    add_own(path, paths, title="Harbour", template="vicuna", context=4096)
    shows(dialog, path, qtbot)
    assert dialog.name.text() == "Harbour"
    assert dialog.template.template == "vicuna"
    assert dialog.context.currentData() == 4096
    assert dialog.add.text() == "Save"


def test_without_a_template_one_must_be_chosen_and_can_be_tried(
    dialog: OwnFileDialog, trials: FakeTrials, tmp_path: Path, qtbot: QtBot
) -> None:
    path = small_model(tmp_path / "bare.gguf", template="")
    shows(dialog, path, qtbot)
    panel = dialog.template
    assert dialog.facts.shown["Chat template"] == "none in the file"
    assert "no chat template" in panel.problem.text()
    assert not panel.is_settled
    assert not dialog.use.isEnabled()
    assert dialog.use.toolTip() == "Choose a chat template first, and try it."
    panel.choice.setCurrentIndex(panel.choice.findData("gemma"))
    assert dialog.use.isEnabled()
    panel.button.click()
    qtbot.waitUntil(panel.judge.isVisible)
    assert trials.asked == [(path, "gemma")]
    assert panel.answer.text() == "The sea lies quiet."
    assert panel.judge.text().startswith("If that is a whole sentence about the sea")


def test_an_answer_that_looks_wrong_says_so(
    dialog: OwnFileDialog, trials: FakeTrials, tmp_path: Path, qtbot: QtBot
) -> None:
    trials.answer = TemplateTrial("", "It wrote nothing. Choose another.")
    shows(dialog, small_model(tmp_path / "small.gguf"), qtbot)
    dialog.template.button.click()
    qtbot.waitUntil(dialog.template.judge.isVisible)
    assert dialog.template.judge.text() == "It wrote nothing. Choose another."
    assert dialog.template.judge.property("role") == "warning"


def test_a_trial_is_refused_or_stopped_where_it_stands(
    dialog: OwnFileDialog, trials: FakeTrials, tmp_path: Path, qtbot: QtBot
) -> None:
    shows(dialog, small_model(tmp_path / "small.gguf"), qtbot)
    panel = dialog.template
    trials.refused = "The model is at work on your document now."
    panel.button.click()
    assert panel.judge.text() == trials.refused
    assert trials.asked == []
    trials.refused = ""
    trials.gate.clear()
    panel.button.click()
    assert panel.button.text() == "Stop"
    panel.button.click()
    qtbot.waitUntil(lambda: panel.button.text() == "Try it")
    assert panel.doing.text() == "Stopped."


@pytest.mark.parametrize("broken", ["truncated", "no model", "missing", "folder", "no context"])
def test_what_is_no_model_is_refused_in_a_sentence(
    dialog: OwnFileDialog, tmp_path: Path, qtbot: QtBot, broken: str
) -> None:
    path = tmp_path / "model.gguf"
    match broken:
        case "truncated":
            path.write_bytes(small_model(path).read_bytes()[:-100])
        case "no model":
            path.write_bytes(b"PK" + bytes(1000))
        case "folder":
            path.mkdir()
        case "no context":
            written(tmp_path, SOUND.replace(b"llama.context_length", b"llama.contixt_length"))
    shows(dialog, path, qtbot)
    assert dialog.said.text().endswith(".")
    assert "model.gguf" in dialog.said.text()
    assert not dialog.use.isEnabled()
    assert not dialog.name.isVisible()


def test_another_file_after_a_broken_one_is_read(dialog: OwnFileDialog, tmp_path: Path, qtbot: QtBot) -> None:
    shows(dialog, tmp_path / "nowhere.gguf", qtbot)
    assert "nowhere.gguf" in dialog.said.text()
    good = small_model(tmp_path / "good.gguf")
    dialog.path.setText(str(good))
    QTest.keyClick(dialog.path, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog.use.isEnabled)
    assert dialog.isVisible()
    assert dialog.said.text() == ""


def test_a_file_is_dropped_or_chosen(
    dialog: OwnFileDialog, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (small_model(tmp_path / f"{name}.gguf", name=name.title()) for name in ("one", "other"))
    assert drop_on(dialog, dragged(one.as_uri()))
    qtbot.waitUntil(lambda: dialog.name.text().startswith("One"))
    monkeypatch.setattr(file_dialogs, "ask_model_file", lambda *_: other)
    dialog.choose.click()
    qtbot.waitUntil(lambda: dialog.name.text().startswith("Other"))


def test_the_files_are_shown_from_where_the_typed_one_is_or_from_home(
    dialog: OwnFileDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(file_dialogs, "ask_model_file", lambda _parent, folder: shown.append(folder))
    dialog.choose.click()
    dialog.path.setText(str(tmp_path / "one.gguf"))
    dialog.choose.click()
    assert shown == [Path.home(), tmp_path]


def test_enter_in_the_empty_field_leaves_it_empty(dialog: OwnFileDialog) -> None:
    QTest.keyClick(dialog.path, Qt.Key.Key_Return)
    assert dialog.path.text() == ""
    assert dialog.empty.isVisible()


def test_the_home_of_somebody_unknown_is_no_fault_of_the_app(dialog: OwnFileDialog, qtbot: QtBot) -> None:
    shows(dialog, Path("~nobody-of-that-name/model.gguf"), qtbot)
    assert "There is no model file" in dialog.said.text()


def test_scrolling_over_a_choice_does_not_change_it(dialog: OwnFileDialog, tmp_path: Path, qtbot: QtBot) -> None:
    shows(dialog, small_model(tmp_path / "one.gguf"), qtbot)
    for field in (dialog.context, dialog.template.choice):
        assert field.count() > 1
        chosen = field.currentIndex()
        for turned in (-120, 120):
            QApplication.sendEvent(field, wheel(turned))
            assert field.currentIndex() == chosen


def test_names_out_of_a_file_are_shown_as_they_are(dialog: OwnFileDialog, tmp_path: Path, qtbot: QtBot) -> None:
    shows(dialog, small_model(tmp_path / "b<img.gguf", name="B<img src='file:///etc/passwd'><b>x"), qtbot)
    assert "<img" in dialog.name.text()
    assert all(label.textFormat() is Qt.TextFormat.PlainText for _, label in dialog.facts._labels)
