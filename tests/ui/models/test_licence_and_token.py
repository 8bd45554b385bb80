"""Before a model is downloaded: its licence is agreed to, and a token is given where its makers ask for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from longwriter_desktop.errors import InputProblem, LicenceNotAccepted
from longwriter_desktop.ui.session import Session
from tests.ui.models.menu import GATED, STORM_PATH, Menu, agreeing, asking_for_token, menu_in_a_window
from tests.ui.models.scripted_shelf import BREEZE, GALE, STORM, ScriptedShelf, here, to_download
from tests.ui.test_accessibility import lint


@pytest.fixture
def shelf() -> ScriptedShelf:
    return ScriptedShelf(rows=[to_download(STORM), to_download(GALE), here(BREEZE, Path("/models/breeze.gguf"))])


@pytest.fixture
def _screen_reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.fixture
def models(shelf: ScriptedShelf, session: Session, qtbot: QtBot) -> Iterator[Menu]:
    made = menu_in_a_window(session, shelf, qtbot)
    yield made
    made.menu.close()


def test_nothing_is_downloaded_before_the_licence_is_agreed_to(models: Menu) -> None:
    models.shelf.rows = [to_download(STORM, must_agree=True)]
    models.open(STORM.name).details.download.click()
    dialog = agreeing(models)
    assert STORM.licence_url in dialog.link.text()
    assert not dialog.go_on.isEnabled()
    assert models.shelf.fetched == []
    dialog.agrees.setChecked(True)
    dialog.go_on.click()
    models.until(lambda: models.shelf.fetched == [(STORM.name, None)])
    assert models.shelf.accepted == [STORM.name]


def test_who_does_not_agree_downloads_nothing(models: Menu) -> None:
    models.shelf.rows = [to_download(STORM, must_agree=True)]
    models.open(STORM.name).details.download.click()
    agreeing(models).leave.click()
    assert (models.shelf.accepted, models.shelf.fetched) == ([], [])
    assert models.dialog.details.download.isVisible()


def test_an_agreement_that_cannot_be_kept_is_told_and_nothing_is_downloaded(models: Menu) -> None:
    models.shelf.rows = [to_download(STORM, must_agree=True)]
    models.shelf.refusal = LicenceNotAccepted("The disk is full. Nothing was downloaded.")
    models.open(STORM.name).details.download.click()
    dialog = agreeing(models)
    dialog.agrees.setChecked(True)
    dialog.go_on.click()
    models.until(lambda: models.dialog.message.text() == "The disk is full. Nothing was downloaded.")
    assert models.shelf.fetched == []


def test_a_licence_that_the_download_asks_for_is_shown_then(models: Menu) -> None:
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(LicenceNotAccepted("Agree first."))
    dialog = agreeing(models)
    dialog.agrees.setChecked(True)
    dialog.go_on.click()
    models.until(lambda: len(models.shelf.fetched) == 2)


@pytest.mark.parametrize("keep", [True, False])
def test_a_token_is_asked_for_where_one_helps_and_kept_in_the_keyring_if_so_wished(models: Menu, keep: bool) -> None:
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(GATED)
    dialog = asking_for_token(models)
    assert dialog.refusal.text() == str(GATED)
    assert not dialog.go_on.isEnabled()
    dialog.field.setText("  hf_secret ")
    dialog.keep.setChecked(keep)
    dialog.go_on.click()
    models.until(lambda: models.shelf.fetched[1:] == [(STORM.name, "hf_secret")])
    models.until(lambda: models.shelf.kept_tokens == (["hf_secret"] if keep else []))


def test_a_token_is_asked_for_at_the_hub_that_is_set_for_this_computer(
    models: Menu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://who:secret@hub.example.org/")
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(GATED)
    what = asking_for_token(models).what.text()
    assert 'href="https://hub.example.org/settings/tokens"' in what
    assert f'href="https://hub.example.org/{STORM.repository}"' in what
    assert "huggingface.co" not in what
    assert "secret" not in what


def test_without_a_keyring_a_token_is_not_kept(models: Menu) -> None:
    models.shelf.keyring = ""
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(GATED)
    dialog = asking_for_token(models)
    assert not dialog.keep.isVisibleTo(dialog)
    dialog.field.setText("hf_secret")
    dialog.go_on.click()
    models.until(lambda: len(models.shelf.fetched) == 2)
    assert models.shelf.kept_tokens == []


def test_a_keyring_that_refuses_is_told_of_and_the_download_goes_on(models: Menu) -> None:
    models.shelf.refusal = InputProblem("The keyring did not take the token.")
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(GATED)
    dialog = asking_for_token(models)
    dialog.field.setText("hf_secret")
    dialog.go_on.click()
    models.until(lambda: models.dialog.message.text() == "The keyring did not take the token.")
    assert len(models.shelf.fetched) == 2


def test_who_gives_no_token_can_try_again_after_asking_for_access(models: Menu) -> None:
    models.open(STORM.name).details.download.click()
    models.shelf.network.put(GATED)
    asking_for_token(models).leave.click()
    assert models.dialog.details.problem.text() == str(GATED)
    models.dialog.details.download.click()
    models.shelf.network.put(STORM_PATH)
    models.until(lambda: len(models.shelf.fetched) == 2 and not models.menu.downloads.is_running)


@pytest.mark.usefixtures("_screen_reader")
def test_every_control_of_the_questions_has_a_name(models: Menu) -> None:
    models.shelf.rows = [to_download(STORM, must_agree=True)]
    models.open(STORM.name).details.download.click()
    licence = agreeing(models)
    assert lint(licence, least=3) == []
    licence.agrees.setChecked(True)
    licence.go_on.click()
    models.shelf.network.put(GATED)
    assert lint(asking_for_token(models), least=3) == []
