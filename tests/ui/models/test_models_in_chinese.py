"""The models dialog and what opens from it in Chinese: nothing of English is left in it but names."""

import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.backend.turn_templates import TEMPLATES
from longwriter_desktop.errors import ModelMissing
from longwriter_desktop.models.catalogue import ModelEntry, load_catalogue
from longwriter_desktop.models.fit import Fit, Machine, fit
from longwriter_desktop.models.library import Model, find_model
from longwriter_desktop.models.manage import Removal
from longwriter_desktop.models.own_models import TemplateTrial
from longwriter_desktop.models.trial import Said, Trial
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.ui.model_choices import machine_words, model_choice
from longwriter_desktop.ui.models.folders_dialog import Folders, FoldersDialog
from longwriter_desktop.ui.models.licence_dialog import LicenceDialog
from longwriter_desktop.ui.models.model_rows import Group, ModelRow, Transfer
from longwriter_desktop.ui.models.model_words import good_for_words, long_time_words, reason_words
from longwriter_desktop.ui.models.models_dialog import ModelsDialog
from longwriter_desktop.ui.models.own_details import OwnDetails
from longwriter_desktop.ui.models.own_file_dialog import OwnFileDialog
from longwriter_desktop.ui.models.questions import ask_about_cancelling, ask_about_removing
from longwriter_desktop.ui.models.shelf import AppShelf
from longwriter_desktop.ui.models.token_dialog import TokenDialog
from longwriter_desktop.ui.theme import LIGHT
from longwriter_desktop.ui.translation import shown, translate
from tests.ui.models.scripted_shelf import STORM, here, to_download
from tests.ui.models.small_files import small_model

pytestmark = pytest.mark.usefixtures("chinese")

LARGE = ModelEntry(
    "large",
    "大",
    languages=("en", "zh", "de"),
    repository="x/large",
    file="large.gguf",
    size_bytes=5 * 10**9,
    parameters=8_000_000_000,
    quantization="Q4_K_M",
    licence="许可",
    licence_url="https://example.org/licence",
)
NAMES = (
    r"GGUF|GB|MB|kB|CPU|Hugging Face|LM Studio|Ollama|Jan|Q4_K_M|\bx/large\b|\d[BM]\b|example\.org\S*|https?://\S+|/\S+"
    r"|huggingface\.co\S*|hf_|F32|llama|tiny|ChatML|Llama|Gemma|Mistral|Mixtral|Phi|Zephyr|Vicuna|StableLM|LongWriter\S*"
    r"|GLM(?:-4)?|Qwen|Yi|SmolLM|Hermes|Instruct|Nemo|7B|Storm 3B|MB/s|KWallet"
)
"""What stays in Latin letters: names of programs, models, formats and units, and addresses."""


class Ground:
    """Lets everything be tried, and tries nothing."""

    def refusal(self, _model: Model) -> str:
        return ""

    def make_room(self, _model: Model) -> None: ...

    def leave(self) -> None: ...

    def try_template(self, *_: object) -> TemplateTrial | None:
        return None

    def try_model(self, _model: Model, said: Callable[[Said], None], _stop: threading.Event) -> Trial | None:
        said("海。")
        return Trial(105, 41.0, 3.2, 140, 4300.0)


def texts(widget: QWidget) -> Iterator[str]:
    """Everything that a widget and what lies in it show or say."""
    for each in (widget, *widget.findChildren(QWidget)):
        if each.objectName().startswith("qt_"):
            continue
        yield from (each.accessibleName(), each.toolTip(), each.windowTitle())
        match each:
            case QLabel() | QAbstractButton():
                yield re.sub("<[^>]*>", "", each.text())
            case QLineEdit():
                yield each.placeholderText()
            case QComboBox():
                yield from (each.itemText(at) for at in range(each.count()))
            case QMessageBox():
                yield from (each.text(), each.informativeText())


def english(widget: QWidget) -> list[str]:
    return [text for text in texts(widget) if re.search(r"[A-Za-z]", re.sub(NAMES, "", text))]


@pytest.fixture
def dialog(qtbot: QtBot) -> ModelsDialog:
    made = ModelsDialog(LIGHT)
    qtbot.addWidget(made)
    made.show()
    return made


def large(machine: Machine, **more: object) -> ModelRow:
    judged = fit(LARGE, machine, to_download=True)
    facts: dict[str, object] = {
        "verdict": judged.verdict,
        "reason": judged.reason,
        "needs_bytes": judged.needs_bytes,
        "context_tokens": judged.context_tokens,
        "words_a_minute": judged.words_a_minute,
        "speed_source": judged.speed_source,
    }
    return to_download(LARGE, **(facts | more))


ROOMY, SHORT = Machine(32 * 10**9, 24 * 10**9, 8, 10**12), Machine(8 * 10**9, 2 * 10**9, 4, 10**12)


@pytest.mark.parametrize("machine", [ROOMY, SHORT, Machine(2 * 10**9, 10**9, 2, 10**12), Machine(8, 8, 1, 8)])
def test_what_is_said_of_a_model_is_chinese(dialog: ModelsDialog, machine: Machine) -> None:
    why = "It is the best for long documents of those that this computer has the memory for now."
    dialog.show_rows([large(machine, recommended=why)])
    assert not english(dialog)
    assert "内存" in dialog.details.facts.shown


@pytest.mark.parametrize(
    "transfer",
    [
        Transfer("downloading", 2_100_000_000, 4_900_000_000, 11_000_000, 254),
        Transfer("waiting"),
        Transfer("verifying", 10**9, 5 * 10**9),
        Transfer(
            "failed",
            10**9,
            5 * 10**9,
            problem="huggingface.co cannot be reached: nothing has answered. What has come is kept (1.00 GB of 5.00 "
            "GB); the next try goes on from there. Check the connection, then try again; writing with the models that "
            "are here needs none.",
        ),
    ],
)
def test_what_is_said_of_a_download_is_chinese(dialog: ModelsDialog, transfer: Transfer) -> None:
    dialog.show_rows([large(ROOMY)])
    dialog.show_transfers({LARGE.name: transfer})
    assert not english(dialog)
    index = dialog.list.currentIndex()
    assert not re.search(r"[A-Za-z]", re.sub(NAMES, "", str(index.data(Qt.ItemDataRole.AccessibleTextRole))))


def test_a_trial_is_chinese(dialog: ModelsDialog, qtbot: QtBot) -> None:
    details = OwnDetails(Ground(), None)
    dialog.details_area.addWidget(details)
    row = here(STORM, Path("/m/storm.gguf"))
    details.show_row(row)
    assert row.model is not None
    details.trial.try_model(row.model)
    qtbot.waitUntil(lambda: not details.trial.is_running)
    assert "41 秒写了 105 字" in details.trial.doing.text()
    assert not english(details)
    details.close_work()


def test_the_licence_and_the_token_are_asked_for_in_chinese(qtbot: QtBot) -> None:
    for dialog in (
        LicenceDialog(LARGE, LIGHT),
        TokenDialog(LARGE, LIGHT, keyring="the keyring of this desktop"),
        TokenDialog(
            LARGE, LIGHT, keyring="", refusal="huggingface.co does not accept your token: it may have expired."
        ),
    ):
        qtbot.addWidget(dialog)
        assert not english(dialog)


def test_the_folders_are_chinese(qtbot: QtBot, tmp_path: Path) -> None:
    class Mover:
        def refusal(self) -> str:
            return ""

        def make_room(self) -> None: ...

        def leave(self) -> None: ...

        def move(self, *_: object) -> None: ...

    dialog = FoldersDialog(Folders(tmp_path, (tmp_path / "没有",), tmp_path / "新"), Mover(), LIGHT)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "目前不存在" in dialog.list.item(0).text())
    assert not english(dialog)
    dialog.done(0)


def test_a_file_of_ones_own_is_described_in_chinese(qtbot: QtBot, paths: AppPaths, tmp_path: Path) -> None:
    dialog = OwnFileDialog(paths, Ground())
    qtbot.addWidget(dialog)
    dialog.show_file(small_model(tmp_path / "tiny.gguf"))
    qtbot.waitUntil(lambda: bool(dialog.facts.shown), timeout=10_000)
    assert not english(dialog)
    dialog.done(0)


def test_questions_are_chinese(dialog: ModelsDialog, qtbot: QtBot) -> None:
    def nothing() -> None: ...

    row = here(LARGE, Path("/m/large.gguf"), is_own_entry=True)
    going_on, paused = Transfer("downloading", 10**9, 5 * 10**9), Transfer("paused", 10**9, 5 * 10**9)
    removal = Removal(
        "Hugging Face cache",
        (Path("/m/large.gguf"),),
        5 * 10**9,
        asks="“/m/large.gguf” is your own file or another program's, which may need it. It would be gone for good.",
    )
    for box in (
        ask_about_cancelling(dialog, "大", going_on, nothing, nothing),
        ask_about_cancelling(dialog, "大", paused, nothing, nothing),
        ask_about_removing(dialog, row, removal, nothing, nothing),
        ask_about_removing(dialog, ModelRow("大", "大", Group.HERE, is_own_entry=True), None, nothing, nothing),
    ):
        assert not english(box)
        box.reject()


def test_the_field_of_the_model_and_the_machine_are_chinese() -> None:
    model = Model(LARGE.name, LARGE.title, Path("/m/large.gguf"), LARGE)
    choice = model_choice(model, lambda entry: fit(entry, SHORT))
    assert not re.search(r"[A-Za-z]", re.sub(NAMES, "", choice.fit + choice.reason))
    assert choice.reason.endswith("。")
    assert machine_words(ROOMY) == "CPU，8 核 · 32.0 GB"
    unknown = model_choice(model, lambda _: Fit("fits", 3 * 10**9, "needs 3.0 GB, 9.0 GB free"))
    assert unknown.fit == "适合 · 需要 3.0 GB 内存"


def test_times_and_reasons_are_chinese() -> None:
    assert long_time_words((250, 250)) == "约需 40 分钟"
    assert long_time_words((50, 100)) == "需 1.7 至 3.3 小时"
    assert long_time_words((20_000, 20_000)) == "约需 1 分钟"
    reason = reason_words("needs 3.0 GB, 9.0 GB free; 50 to 100 words a minute, measured here with this model")
    assert "；" in reason


def test_what_the_catalogue_says_is_translated(paths: AppPaths) -> None:
    for entry in load_catalogue(paths).entries:
        assert good_for_words(entry.good_for) != entry.good_for, entry.name
    assert good_for_words("My own words.") == "My own words."


def test_what_the_templates_are_used_by_is_translated_where_it_has_words() -> None:
    for each in TEMPLATES.values():
        if re.search(r"\b(and|to|other)\b", each.used_by):
            assert translate("Templates", each.used_by) != each.used_by


def test_a_shelf_says_in_chinese_what_it_has_done(paths: AppPaths) -> None:
    shelf = AppShelf(paths)
    row = next(row for row in shelf.look() if row.group is Group.TO_DOWNLOAD)
    assert not re.search(r"[A-Za-z]", re.sub(NAMES, "", row.why))


def test_a_model_that_is_missing_is_told_of_in_chinese(paths: AppPaths) -> None:
    catalogue = load_catalogue(paths)
    with pytest.raises(ModelMissing) as missing:
        find_model("longwriter-8b-q4_k_m", catalogue, paths)
    assert "模型" in shown(str(missing.value))
