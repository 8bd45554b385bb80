"""The dialog by itself, with rows that the tests make up."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.models.model_list import spoken
from longwriter_desktop.ui.models.model_rows import Group, ModelRow, Transfer
from longwriter_desktop.ui.models.models_dialog import ModelsDialog
from longwriter_desktop.ui.theme import DARK, LIGHT, Palette
from tests.ui.conftest import show_active
from tests.ui.models.scripted_shelf import BREEZE, GALE, STORM, here, to_download
from tests.ui.models.small_files import small_model
from tests.ui.test_accessibility import lint

LEFT = Qt.MouseButton.LeftButton
ON_DISK = here(BREEZE, Path("/models/<b>breeze</b>.gguf"), in_use=True, last_used=1_700_000_000.0)
ELSEWHERE = ModelRow("/lm/squall.gguf", "Squall", Group.FOUND, 900, place="LM Studio", file=Path("/lm/squall.gguf"))
BEST = to_download(STORM, recommended="It is the largest that fits.", good_for="Long documents.", needs_bytes=3 * 10**9)
TOO_LARGE = to_download(GALE, verdict="too large", reason="needs 9.9 GB, this computer has 8.0 GB of memory")
ROWS = (ON_DISK, ELSEWHERE, BEST, TOO_LARGE)


@pytest.fixture
def dialog(qtbot: QtBot) -> ModelsDialog:
    made = ModelsDialog(LIGHT)
    qtbot.addWidget(made)
    made.show_rows(ROWS)
    show_active(made, qtbot)
    return made


@pytest.fixture
def _screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def offered(dialog: ModelsDialog) -> list[str]:
    """The buttons beside the list that can be pressed now."""
    details = dialog.details
    buttons = details.findChildren(QPushButton)
    return [each.text() for each in buttons if each.isVisibleTo(details) and each.isEnabled()]


def test_the_recommended_model_is_looked_at_first(dialog: ModelsDialog) -> None:
    assert dialog.row == BEST
    assert dialog.details.title.text() == "Storm 3B"
    assert dialog.details.recommended.text() == "Recommended. It is the largest that fits."
    assert dialog.details.fit.text() == "Fits this computer: needs 3.0 GB."


def test_each_model_offers_what_can_be_done_with_it(dialog: ModelsDialog) -> None:
    assert offered(dialog) == ["Download 2.0 GB"]
    dialog.choose(ON_DISK.key)
    assert offered(dialog) == ["Try this model", "Verify", "Show in folder", "Delete…"]
    dialog.choose(ELSEWHERE.key)
    assert offered(dialog) == ["Show in folder"]


def test_the_buttons_of_a_download_follow_it(dialog: ModelsDialog) -> None:
    wanted = {
        Transfer("asking"): ["Pause", "Cancel…"],
        Transfer("downloading", 1, 2): ["Pause", "Cancel…"],
        Transfer("paused", 1, 2): ["Go on", "Discard…"],
        Transfer("failed", 1, 2, problem="No network."): ["Try again", "Discard…"],
        Transfer("failed", 0, 2, problem="No network."): ["Try again", "Cancel…"],
    }
    for transfer, buttons in wanted.items():
        dialog.show_transfers({STORM.name: transfer})
        assert sorted(offered(dialog)) == sorted(buttons)
    assert dialog.details.problem.text() == "No network."
    dialog.show_transfers({})
    assert offered(dialog) == ["Download 2.0 GB"]
    assert not dialog.details.problem.isVisibleTo(dialog)


def test_while_a_file_is_checked_it_can_be_stopped_and_not_checked_again(dialog: ModelsDialog) -> None:
    dialog.choose(ON_DISK.key)
    dialog.show_transfers({ON_DISK.key: Transfer("checking", 1, 2)})
    assert "Stop" in offered(dialog)
    assert not {"Verify", "Pause"} & set(offered(dialog))


def test_a_download_of_another_model_does_not_show_on_the_one_that_is_looked_at(dialog: ModelsDialog) -> None:
    dialog.show_transfers({GALE.name: Transfer("downloading", 1, 2)})
    assert not dialog.details.bar.isVisibleTo(dialog)
    dialog.choose(GALE.name)
    assert dialog.details.bar.isVisibleTo(dialog)


def test_keys_go_from_model_to_model_past_the_headings(dialog: ModelsDialog) -> None:
    dialog.choose(ON_DISK.key)
    dialog.list.setFocus()
    seen = [ON_DISK.key]
    for _ in range(len(ROWS) - 1):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
        assert dialog.row is not None
        seen.append(dialog.row.key)
    assert seen == [row.key for row in ROWS]
    QTest.keyClick(dialog.list, Qt.Key.Key_Up)
    assert dialog.row == BEST


def test_each_button_says_for_which_model_it_was_pressed(dialog: ModelsDialog, qtbot: QtBot) -> None:
    details = dialog.details
    with qtbot.waitSignal(details.download_wanted) as wish:
        QTest.mouseClick(details.download, LEFT)
    assert wish.args == [BEST]
    dialog.choose(ON_DISK.key)
    for button, signal in (
        (details.trial, details.try_wanted),
        (details.verify, details.verify_wanted),
        (details.reveal, details.reveal_wanted),
        (details.remove, details.remove_wanted),
    ):
        with qtbot.waitSignal(signal) as wish:
            QTest.mouseClick(button, LEFT)
        assert wish.args == [ON_DISK]


def test_what_was_looked_at_stays_when_the_list_is_shown_anew(dialog: ModelsDialog) -> None:
    dialog.choose(GALE.name)
    looked_at = []
    for rows in ([ON_DISK, BEST, TOO_LARGE], [ON_DISK, BEST], []):
        dialog.show_rows(rows)
        looked_at.append(dialog.row)
    assert looked_at == [TOO_LARGE, BEST, None]
    assert dialog.details.title.text() == "Choose a model on the left."
    assert offered(dialog) == []


def test_what_a_file_is_called_is_shown_and_not_read_as_html(dialog: ModelsDialog) -> None:
    dialog.choose(ON_DISK.key)
    assert "&lt;b&gt;breeze" in dialog.details.facts.shown["File"]


def test_of_a_file_in_no_catalogue_is_told_what_it_says_of_itself(dialog: ModelsDialog, tmp_path: Path) -> None:
    path = small_model(tmp_path / "pilot.gguf")
    model = Model(str(path), "Pilot", path, None, read_header(path))
    dialog.show_rows([ModelRow(str(path), "Pilot", Group.FOUND, 900, model=model, place="LM Studio", file=path)])
    shown = dialog.details.facts.shown
    assert shown["Model"] == "llama · Q4_K_M"
    assert shown["Made for"] == "up to 8,192 tokens"
    assert shown["Found in"] == "LM Studio"


def test_only_addresses_of_the_web_become_links(dialog: ModelsDialog) -> None:
    assert 'href="https://example.org/licence"' in dialog.details.facts.shown["Licence"]
    assert 'href="https://huggingface.co/harbour/storm-3b"' in dialog.details.facts.shown["From"]


def test_a_screen_reader_says_all_that_a_row_shows() -> None:
    assert spoken(BEST, None) == "Storm 3B, 2.0 GB, fits, recommended, Can be downloaded"
    running = Transfer("downloading", 1_000_000_000, 2_000_000_000, 10_000_000, 100)
    assert spoken(BEST, running).startswith("Storm 3B, 2.0 GB, 1.0 / 2.0 GB · 10 MB/s · 2 min left")


@pytest.mark.usefixtures("_screen_reader")
def test_every_control_has_a_name(dialog: ModelsDialog) -> None:
    dialog.show_transfers({STORM.name: Transfer("downloading", 1, 2)})
    assert lint(dialog, least=8) == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_dots_have_the_colours_of_the_theme(dialog: ModelsDialog, palette: Palette) -> None:
    dialog.set_palette(palette)
    image = dialog.list.viewport().grab().toImage()
    seen = {image.pixelColor(x, y).name().upper() for x in range(10, 24) for y in range(image.height())}
    assert palette.accent in seen


def test_the_dialog_leaves_the_window_free_and_others_have_room_in_it(dialog: ModelsDialog) -> None:
    assert not dialog.isModal()
    for area in (dialog.details_area, dialog.found_area, dialog.foot_area):
        part = QWidget()
        area.addWidget(part)
        assert dialog.isAncestorOf(part)


def test_a_dialog_of_the_smallest_size_cuts_no_button_off(dialog: ModelsDialog, qtbot: QtBot) -> None:
    dialog.resize(dialog.minimumSize())
    dialog.choose(ON_DISK.key)
    qtbot.waitUntil(lambda: dialog.width() == dialog.minimumWidth())
    for button in dialog.details.findChildren(QPushButton):
        if button.isVisible():
            right = button.mapTo(dialog, button.rect().topRight()).x()
            assert right <= dialog.width()


def test_the_focus_goes_from_a_button_to_the_one_that_undoes_it(dialog: ModelsDialog) -> None:
    details = dialog.details
    details.download.setFocus()
    dialog.show_transfers({BEST.key: Transfer("downloading", 1, 2)})
    assert details.pause.hasFocus()
    dialog.show_transfers({BEST.key: Transfer("paused", 1, 2)})
    assert details.download.hasFocus()
    dialog.list.setFocus()
    dialog.show_transfers({})
    assert dialog.list.hasFocus()


def test_a_download_that_makes_its_row_higher_stays_in_sight(dialog: ModelsDialog) -> None:
    rows = [to_download(replace(STORM, name=f"storm-{number}", title=f"Storm {number}")) for number in range(30)]
    dialog.show_rows(rows)
    last = rows[-1].key
    dialog.choose(last)
    dialog.show_transfers({last: Transfer("downloading", 1, 2)})
    models = dialog.list
    assert models.viewport().rect().contains(models.visualRect(models.currentIndex()))


def test_a_model_that_was_added_is_looked_at_when_it_is_in_the_list(dialog: ModelsDialog) -> None:
    added = here(replace(BREEZE, name="mine"), Path("/models/mine.gguf"))
    dialog.list.await_row("mine")
    dialog.show_rows(ROWS)
    assert dialog.row == BEST
    dialog.show_rows([added, *ROWS])
    assert dialog.row == added
    dialog.choose(BEST.key)
    dialog.show_rows([added, *ROWS])
    assert dialog.row == BEST


def test_an_entry_without_a_file_is_taken_off_the_list_and_not_while_something_of_it_has_come(
    dialog: ModelsDialog,
) -> None:
    own = to_download(STORM, is_own_entry=True, may_remove=True)
    dialog.show_rows([own])
    assert offered(dialog) == ["Download 2.0 GB", "Take off the list…"]
    dialog.show_transfers({own.key: Transfer("paused", 1, 2)})
    assert offered(dialog) == ["Go on", "Discard…"]


def test_where_the_speed_is_from_is_not_said_twice(dialog: ModelsDialog) -> None:
    published = {"reason": "needs 3.0 GB; about 100 words a minute, as published", "speed_source": "as published"}
    row = to_download(STORM, recommended="It is the best.", words_a_minute=(100, 100), **published)
    dialog.show_rows([row])
    assert dialog.details.recommended.text() == "Recommended. It is the best. 10,000 words take about 1.7 hours."
    assert dialog.details.fit.text().endswith("as published.")


def test_a_dialog_that_is_opened_again_says_nothing_of_the_last_time(dialog: ModelsDialog) -> None:
    dialog.say("Squall is deleted.")
    dialog.begin_anew()
    assert not dialog.message.isVisible()
    assert dialog.list.hasFocus()


@pytest.mark.parametrize(
    ("parameters", "words"), [(134_515_008, "135 million"), (999_000_000, "1 billion"), (8_030_261_248, "8 billion")]
)
def test_parameters_are_told_in_a_unit_that_suits_them(dialog: ModelsDialog, parameters: int, words: str) -> None:
    dialog.show_rows([to_download(replace(STORM, parameters=parameters))])
    assert dialog.details.facts.shown["Parameters"].startswith(words)


def test_a_model_that_has_come_is_in_sight_where_it_stands_now(dialog: ModelsDialog) -> None:
    rows = [to_download(replace(STORM, name=f"storm-{number}", title=f"Storm {number}")) for number in range(30)]
    dialog.show_rows([ON_DISK, *rows])
    dialog.choose("storm-29")
    came = here(replace(STORM, name="storm-29"), Path("/models/storm.gguf"))
    dialog.show_rows([ON_DISK, came, *rows[:-1]])
    models = dialog.list
    assert dialog.row == came
    assert models.viewport().rect().contains(models.visualRect(models.currentIndex()))
