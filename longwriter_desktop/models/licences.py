"""Which licences of models the person has agreed to: what, where it can be read, and when.

An agreement holds for the licence and the address that were shown; when either changes it is asked for again.
"""

import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from longwriter_desktop.errors import LicenceNotAccepted
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file


@dataclass(frozen=True, slots=True)
class Agreement:
    """That the person has agreed to a licence."""

    licence: str
    address: str
    """Where the licence can be read; it is what was shown."""
    accepted_at: str
    """ISO 8601, UTC."""


def must_be_accepted(entry: ModelEntry, paths: AppPaths) -> bool:
    """Whether the person has to agree to the licence before the file is fetched, and has not yet."""
    return entry.licence_accept and not is_accepted(entry, paths)


def is_accepted(entry: ModelEntry, paths: AppPaths) -> bool:
    """Whether the person has agreed to this licence, for this model or another one under the same."""
    return agreement(entry, paths) is not None


def agreement(entry: ModelEntry, paths: AppPaths) -> Agreement | None:
    """The person's agreement to the licence of ``entry``, or None."""
    return next(
        (each for each in _read(paths) if (each.licence, each.address) == (entry.licence, entry.licence_url)), None
    )


def accept(entry: ModelEntry, paths: AppPaths, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Agreement:
    """Keeps that the person has read and agreed to the licence of ``entry``.

    Raises LicenceNotAccepted when it cannot be written down: what is not kept does not count.
    """
    agreed = Agreement(entry.licence, entry.licence_url, now().isoformat(timespec="seconds"))
    others = [each for each in _read(paths) if (each.licence, each.address) != (agreed.licence, agreed.address)]
    text = json.dumps([asdict(each) for each in (*others, agreed)], ensure_ascii=False, indent=1)
    try:
        replace_file(_file(paths), text.encode("utf-8"))
    except OSError as error:
        raise LicenceNotAccepted(
            f"That you agree to “{entry.licence}” could not be kept in {_file(paths)}: {error.strerror or error}. "
            "Nothing was downloaded. Make room or mend the folder, then try again."
        ) from error
    return agreed


def check_accepted(entry: ModelEntry, paths: AppPaths) -> None:
    """Raises LicenceNotAccepted when the person still has to agree."""
    if must_be_accepted(entry, paths):
        where = f", {entry.licence_url}," if entry.licence_url else ""
        raise LicenceNotAccepted(
            f"{entry.title} comes under the licence “{entry.licence}”{where} and its makers want you to agree to it "
            "first. Nothing was downloaded. Read the licence and agree, then download."
        )


def _file(paths: AppPaths) -> Path:
    return paths.data / "licences.json"


def _read(paths: AppPaths) -> tuple[Agreement, ...]:
    values: Any = None
    with contextlib.suppress(OSError, ValueError, RecursionError):  # what cannot be read is asked for again
        values = json.loads(_file(paths).read_bytes())
    found = []
    for each in values if isinstance(values, list) else ():
        match each:
            case {"licence": str(licence), "address": str(address), "accepted_at": str(accepted_at)}:
                found.append(Agreement(licence, address, accepted_at))
    return tuple(found)
