"""The token that a gated repository of the hub asks for: found, kept in the system's keyring, or not kept at all.

It is never written to a file of the app's. What the hub's own login has stored is read, as every program that uses
huggingface-hub does.
"""

import contextlib
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.models.download_request import hub_website
from longwriter_desktop.models.places import expanded

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

Source = Literal["environment", "keyring", "login"]

_SERVICE, _USER = "LongWriter Desktop", "huggingface.co"
_VARIABLES = ("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
_TOKEN = re.compile(r"[!-~]{1,1000}")
"""It goes into a line of HTTP, so it has neither spaces nor line ends."""
_SAFE = {
    "keyring.backends.SecretService": "the keyring of this desktop",
    "keyring.backends.libsecret": "the keyring of this desktop",
    "keyring.backends.kwallet": "KWallet",
    "keyring.backends.macOS": "the keychain of macOS",
    "keyring.backends.Windows": "the credentials of Windows",
}
"""Those of the keyring package that hand a secret to the system. Others, such as keyrings.alt, write plain files."""


@dataclass(frozen=True, slots=True)
class FoundToken:
    """A token, and where it was found."""

    value: str
    source: Source

    def __repr__(self) -> str:
        return f"FoundToken(source={self.source!r})"  # a secret does not get into a log by way of a message


def found_tokens(environ: Mapping[str, str] = os.environ) -> tuple[FoundToken, ...]:
    """All tokens of this person, in the order in which they are to be tried: environment, keyring, hub's login.

    May wait until the person has unlocked their keyring.
    """
    found: list[FoundToken] = []
    for value, source in _looked_up(environ):
        if value and _TOKEN.fullmatch(value) and value not in [each.value for each in found]:
            found.append(FoundToken(value, source))
    return tuple(found)


def keyring_name() -> str:
    """How the system's keyring is called for a person; "" where there is none that keeps secrets safely."""
    ring = _ring()
    return _SAFE[_module(ring)] if ring is not None else ""


def remember(value: str) -> None:
    """Keeps a token in the system's keyring.

    Raises InputProblem when it has not the form of a token, and when there is no keyring or it refuses:
    the token is then kept nowhere.
    """
    checked = checked_token(value)
    ring = _ring()
    if ring is None:
        raise InputProblem(
            "This system has no keyring that keeps secrets safely, so the token was not kept. "
            "It can be used for this download, or be given in the environment variable HF_TOKEN."
        )
    from keyring.errors import KeyringError  # noqa: PLC0415 - loaded when a token is wanted, not at every start.

    try:
        ring.set_password(_SERVICE, _USER, checked)
    except (KeyringError, OSError, RuntimeError) as error:
        raise InputProblem(
            f"{_SAFE[_module(ring)].capitalize()} did not take the token, so it was not kept. "
            "Unlock the keyring and try again, or use the token for this download alone."
        ) from error


def forget() -> None:
    """Takes the token out of the system's keyring, where there is one."""
    ring = _ring()
    if ring is not None:
        with contextlib.suppress(Exception):  # each system has errors of its own for "there is none"
            ring.delete_password(_SERVICE, _USER)


def checked_token(value: str) -> str:
    """A token as the person pasted it, without the space around it. Raises InputProblem when it cannot be one."""
    stripped = value.strip()
    if not _TOKEN.fullmatch(stripped):
        raise InputProblem(
            "That is not a token: a token is one word of letters and digits, such as hf_… from "
            f"{hub_website()}/settings/tokens. Nothing was kept."
        )
    return stripped


def _looked_up(environ: Mapping[str, str]) -> list[tuple[str, Source]]:
    chosen = next((environ[each] for each in _VARIABLES if environ.get(each, "").strip()), "")
    return [
        (chosen.strip(), "environment"),
        (_in_keyring(), "keyring"),
        (_of_login(environ), "login"),
    ]


def _in_keyring() -> str:
    ring = _ring()
    value = None
    if ring is not None:
        with contextlib.suppress(Exception):  # locked, refused or gone: each system has errors of its own
            value = ring.get_password(_SERVICE, _USER)
    return value or ""


def _of_login(environ: Mapping[str, str]) -> str:
    """What `hf auth login` has stored: https://huggingface.co/docs/huggingface_hub/package_reference/environment_variables"""
    cache = environ.get("XDG_CACHE_HOME", "~/.cache")
    home = environ.get("HF_HOME", f"{cache}/huggingface")
    path = expanded(os.path.expandvars(environ.get("HF_TOKEN_PATH", f"{home}/token")))
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return ""


def _ring() -> "KeyringBackend | None":
    """The keyring of the person's choice, where it is one that keeps secrets safely."""
    # Loading it looks for a session bus: not at every start of the app.
    import keyring  # noqa: PLC0415 - as above.
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415 - as above.

    try:
        chosen = keyring.get_keyring()
        rings = list(chosen.backends) if isinstance(chosen, ChainerBackend) else [chosen]
    except Exception:  # a keyring that cannot even be set up is none
        return None
    return next((ring for ring in rings if _module(ring) in _SAFE), None)


def _module(ring: "KeyringBackend") -> str:
    return type(ring).__module__
