import os
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.errors
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.models.hub_token import (
    checked_token,
    forget,
    found_tokens,
    keyring_name,
    remember,
)
from longwriter_desktop.paths import AppPaths


class Memory(KeyringBackend):
    """A keyring that keeps secrets in memory; it is taken for the system's by its module's name."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types for it
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._check()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._check()
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._check()
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("There is none.")

    def _check(self) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("It is locked.")


class PlainText(Memory):
    """One that writes a plain file, as keyrings.alt does."""


Memory.__module__ = "keyring.backends.SecretService"
# The package offers every backend class that there is; another test's keyring must not be one of these.
KeyringBackend._classes.difference_update({Memory, PlainText})


def token() -> str | None:
    """The one that is tried first."""
    return next((each.value for each in found_tokens()), None)


@pytest.fixture(autouse=True)
def _environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    before = keyring.get_keyring()
    keyring.set_keyring(NullKeyring())  # type: ignore[no-untyped-call]  # keyring has no types for it
    yield
    keyring.set_keyring(before)


@pytest.fixture
def ring() -> Memory:
    made = Memory()
    keyring.set_keyring(made)
    return made


def test_a_token_is_kept_by_the_system_and_by_nothing_else(ring: Memory) -> None:
    remember(" hf_secret\n")
    assert token() == "hf_secret"
    assert [(each.value, each.source) for each in found_tokens()] == [("hf_secret", "keyring")]
    assert keyring_name() == "the keyring of this desktop"
    home = AppPaths.of_this_machine().data.parent
    assert not [each for each in home.rglob("*") if each.is_file() and b"hf_secret" in each.read_bytes()]
    assert "hf_secret" not in repr(found_tokens())
    forget()
    assert token() is None
    forget()


@pytest.mark.parametrize("unsafe", [NullKeyring, FailKeyring, PlainText])
def test_without_a_safe_keyring_a_token_is_not_kept_at_all(unsafe: type[KeyringBackend]) -> None:
    kept = unsafe()
    keyring.set_keyring(kept)
    with pytest.raises(InputProblem, match="no keyring that keeps secrets safely, so the token was not kept"):
        remember("hf_secret")
    assert keyring_name() == ""
    assert token() is None
    forget()
    assert getattr(kept, "kept", {}) == {}


def test_a_locked_keyring_is_said_and_has_no_token(ring: Memory) -> None:
    ring.locked = True
    with pytest.raises(InputProblem, match="Unlock the keyring"):
        remember("hf_secret")
    assert token() is None
    forget()


def test_the_environment_goes_before_the_keyring_and_that_before_the_hubs_login(
    ring: Memory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf" / "token").write_text("hf_login\n")
    assert token() == "hf_login"
    remember("hf_kept")
    assert token() == "hf_kept"
    monkeypatch.setenv("HUGGING_FACE_HUB_TOKEN", "hf_old")
    assert token() == "hf_old"
    monkeypatch.setenv("HF_TOKEN", "hf_new")
    assert [each.source for each in found_tokens()] == ["environment", "keyring", "login"]
    assert token() == "hf_new"
    monkeypatch.setenv("HF_TOKEN", "hf_kept")
    assert [each.value for each in found_tokens()] == ["hf_kept", "hf_login"]


def test_what_cannot_be_a_token_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf" / "token").write_bytes(b"\xff\xfe")
    monkeypatch.setenv("HF_TOKEN", "two words")
    assert token() is None


@given(st.from_regex(r"\s*[!-~]{1,40}\s*", fullmatch=True))
@settings(max_examples=50)
def test_a_pasted_token_loses_the_space_around_it(pasted: str) -> None:
    assert checked_token(pasted) == pasted.strip()


@given(st.text(max_size=30).filter(lambda text: not text.strip().isascii() or len(text.split()) != 1))
@settings(max_examples=50)
def test_what_is_no_single_plain_word_is_refused_without_being_repeated(pasted: str) -> None:
    with pytest.raises(InputProblem) as caught:
        checked_token(pasted)
    assert str(caught.value).startswith("That is not a token: ")


def test_where_a_token_is_made_is_said_of_the_hub_that_is_set_for_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://who:secret@hub.example.org/")
    with pytest.raises(InputProblem, match=r"such as hf_… from https://hub\.example\.org/settings/tokens\."):
        checked_token("no token")


def test_the_tests_leave_the_persons_keyring_alone() -> None:
    assert os.environ["HF_HOME"]
    assert isinstance(keyring.get_keyring(), NullKeyring)
