"""From the button to the file: the dialog, the real client and a hub on loopback."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from longwriter_desktop.models.own_catalogue import add_entry
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.models.model_rows import Group
from longwriter_desktop.ui.models.models_dialog import ModelsDialog
from longwriter_desktop.ui.models.token_dialog import TokenDialog
from tests.models.hub_server import HubServer, hub_server, small_gguf
from tests.ui.conftest import Desk

REPOSITORY, FILE, SIZE = "harbour/pilot", "pilot.gguf", 3_000_000
PATIENCE_MS = 30_000


@pytest.fixture(autouse=True)
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paths: AppPaths) -> Iterator[HubServer]:
    """A hub with one model, which is in the person's own catalogue."""
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_HUB_OFFLINE", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "person"))
    with hub_server() as server:
        server.content.add(REPOSITORY, FILE, small_gguf(SIZE, 1))
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
        monkeypatch.delenv("HF_HUB_CACHE", raising=False)
        monkeypatch.setenv("HF_ENDPOINT", server.endpoint)
        monkeypatch.setenv("HF_HUB_ETAG_TIMEOUT", "2")
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
        add_entry(paths, "pilot", {"title": "Pilot", "repository": REPOSITORY, "file": FILE, "size_bytes": SIZE})
        yield server


@pytest.fixture(autouse=True)
def _who_is_asked_quits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("longwriter_desktop.ui.models.questions.ask_about_quitting", lambda *_: True)


def looking_at_pilot(desk: Desk, qtbot: QtBot) -> ModelsDialog:
    desk.window.models.show()
    dialog = desk.window.models.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.choose("pilot"), timeout=PATIENCE_MS)
    return dialog


def group_of_pilot(dialog: ModelsDialog) -> Group:
    return next(row.group for row in dialog.list.rows if row.key == "pilot")


def test_a_download_goes_on_in_the_next_start_where_the_window_was_closed(
    hub: HubServer, open_window: Callable[[Settings], Desk], qtbot: QtBot
) -> None:
    first = open_window(Settings())
    dialog = looking_at_pilot(first, qtbot)
    hub.content.bytes_per_second = 2_000_000
    dialog.details.download.click()
    qtbot.waitUntil(lambda: dialog.details.bar.value() > 200, timeout=PATIENCE_MS)
    assert first.window.close()
    come = sum(each.sent for each in hub.content.asked if each.place == "store")
    assert 0 < come < SIZE
    hub.content.bytes_per_second = 0
    second = open_window(Settings())
    second.window.models.begin()
    qtbot.waitUntil(lambda: "download of Pilot is not finished" in second.window.notice.text, timeout=PATIENCE_MS)
    dialog = looking_at_pilot(second, qtbot)
    assert dialog.details.download.text() == "Go on"
    dialog.details.download.click()
    qtbot.waitUntil(lambda: "Pilot is on this computer now" in second.window.notice.text, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: group_of_pilot(dialog) is Group.HERE)
    sent = sum(each.sent for each in hub.content.asked if each.place == "store")
    assert sent < SIZE + 1_500_000  # what was on its way when the window was closed


def test_a_gated_model_asks_for_a_token_and_comes_with_it(
    hub: HubServer, open_window: Callable[[Settings], Desk], qtbot: QtBot
) -> None:
    hub.content.gated.add(REPOSITORY)
    hub.content.good_tokens.add("hf_harbour")
    hub.content.admitted_tokens.add("hf_harbour")
    desk = open_window(Settings())
    models = desk.window.models
    dialog = looking_at_pilot(desk, qtbot)
    dialog.details.download.click()
    qtbot.waitUntil(lambda: isinstance(models.question, TokenDialog), timeout=PATIENCE_MS)
    assert isinstance(models.question, TokenDialog)
    assert not models.question.keep.isVisibleTo(models.question)
    models.question.field.setText("hf_harbour")
    models.question.go_on.click()
    qtbot.waitUntil(lambda: group_of_pilot(dialog) is Group.HERE, timeout=PATIENCE_MS)


def test_without_a_hub_the_sentence_stands_beside_the_model_and_the_list_works(
    open_window: Callable[[Settings], Desk], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    desk = open_window(Settings())
    dialog = looking_at_pilot(desk, qtbot)
    dialog.details.download.click()
    qtbot.waitUntil(lambda: bool(dialog.details.problem.text()), timeout=PATIENCE_MS)
    assert dialog.details.download.text() == "Try again"
    desk.window.models.refresh()
    qtbot.waitUntil(lambda: len(dialog.list.rows) > 5, timeout=PATIENCE_MS)
