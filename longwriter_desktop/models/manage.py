"""Looking after the models on this computer: when each was used last, whether its file is sound, deleting it.

Nothing outside the app's models folder and the Hugging Face cache is deleted unless the person says so; files of
other programs are theirs.
"""

import contextlib
import json
import logging
import math
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.backend.open_models import OpenModels
from longwriter_desktop.errors import LongWriterError, ModelProblem
from longwriter_desktop.models.file_hash import sha256_of
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.places import hub_cache, models_folder, owner_of
from longwriter_desktop.models.speeds import forget_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

_log = logging.getLogger(__name__)
_HASH = re.compile(r"(?:sha256-)?([0-9a-f]{64})")
"""Names of blobs: the Hugging Face cache and Ollama name large files by their SHA-256."""
_MOST_REMEMBERED = 1000

OnBytes = Callable[[int, int], None]
"""Hears how far it is: bytes done, bytes of all."""
Stop = Callable[[], bool]
Kept = Literal["models folder", "Hugging Face cache", "the app", "elsewhere"]


# -- last use ------------------------------------------------------------------------------------------


def last_used(paths: AppPaths) -> dict[str, float]:
    """By the name of a model, when it was opened last, in Unix seconds. What cannot be read was never used."""
    try:
        rows = json.loads(_used_path(paths).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(rows, dict):
        return {}
    return {name: float(at) for name, at in rows.items() if type(at) in (int, float) and math.isfinite(at) and at >= 0}


def note_used(model: Model, paths: AppPaths, at: float | None = None) -> None:
    """Notes that a model was opened ``at`` (Unix seconds; now). That it cannot be written stops nobody's work."""
    used = last_used(paths) | {model.name: time.time() if at is None else at}
    newest = sorted(used.items(), key=lambda item: -item[1])[:_MOST_REMEMBERED]
    _write_used(paths, dict(newest))


def _forget_used(model: Model, paths: AppPaths) -> None:
    used = last_used(paths)
    if used.pop(model.name, None) is not None:
        _write_used(paths, used)


def _write_used(paths: AppPaths, used: dict[str, float]) -> None:
    try:
        replace_file(_used_path(paths), json.dumps(used, indent=1).encode("ascii"))
    except OSError as error:
        _log.warning("when a model was used was not saved: %s", error.strerror)


def _used_path(paths: AppPaths) -> Path:
    return paths.data / "models-used.json"


# -- verifying -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying found. ``expected`` is the SHA-256 that the file should have, "" where nobody has said.

    ``sha256`` is what it has, of the first file that differs, or else of the first.
    """

    ok: bool
    sha256: str
    expected: str
    message: str


def verify(
    model: Model, on_progress: OnBytes = lambda _done, _all: None, stop: Stop = lambda: False
) -> Verified | None:
    """Reads all of a model's file and holds it against what is known of it; None when stopped.

    Known is the catalogue's hash, or the name under which the Hugging Face cache or Ollama keeps the file. Raises
    ModelProblem when it cannot be read.
    """
    parts = parts_of(model.path)
    try:
        header_problem = _header_problem(model.path)
        sizes = [part.stat().st_size for part in parts]
        expected = [_expected(part, model) if part == parts[0] else _blob_hash(part) for part in parts]
        found: list[str] = []
        for part in parts:
            digest = sha256_of(part, _after(sum(sizes[: len(found)]), sum(sizes), on_progress), stop)
            if digest is None:
                return None
            found.append(digest)
    except OSError as error:
        raise ModelProblem(
            f"The file of {model.title} cannot be read to its end: {error.strerror or error}. Nothing was changed. "
            "If that happens again, its disk may be failing."
        ) from error
    wrong = [(is_, should) for is_, should in zip(found, expected, strict=True) if should and is_ != should]
    if wrong:
        message = (
            f"The file of {model.title} is not what was published: it is damaged or another file of that name. "
            "Delete it and download it again."
        )
        return Verified(False, *wrong[0], message)
    if header_problem:
        return Verified(False, found[0], expected[0], header_problem)
    if all(expected):
        return Verified(True, found[0], expected[0], f"The file of {model.title} is whole and is what was published.")
    message = (
        f"The file of {model.title} is a whole GGUF. Nobody has said what its SHA-256 should be, so it could not be "
        "compared."
    )
    return Verified(True, found[0], "", message)


def _after(done: int, total: int, on_progress: OnBytes) -> Callable[[int], None]:
    return lambda read: on_progress(done + read, total)


def _header_problem(path: Path) -> str:
    try:
        read_header(path)
    except LongWriterError as error:
        return str(error)
    return ""


def _expected(path: Path, model: Model) -> str:
    """Of a split model the catalogue knows the hash of the first file."""
    return (model.entry.sha256 if model.entry else "") or _blob_hash(path)


def _blob_hash(path: Path) -> str:
    """The hash that the file's own name is, where a cache keeps it under that; otherwise ""."""
    real = path.resolve()
    match = _HASH.fullmatch(real.name)
    return match[1] if match and real.parent.name == "blobs" else ""


# -- deleting ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Removal:
    """What deleting a model would do, for the person to agree to.

    ``asks`` says why it is done only when they say so once more, because the file is not the app's; ``refused`` why
    it is not done at all. Both are "" otherwise. ``frees_bytes`` is 0 where another name of the file stays.
    """

    kept: Kept
    files: tuple[Path, ...]
    frees_bytes: int
    asks: str = ""
    refused: str = ""


def removal(model: Model, paths: AppPaths) -> Removal:
    """What `remove` would do. Deletes nothing and raises nothing."""
    kept = kept_in(model, paths)
    files = _files_to_remove(model, kept)
    frees = sum(_freed(file) for file in files)
    refused = _refusal(model, kept, files, paths)
    asks = ""
    if kept == "elsewhere":
        asks = f"“{model.path}” is your own file or another program's, which may need it. It would be gone for good."
    return Removal(kept, files, frees, asks, refused)


def remove(model: Model, paths: AppPaths, *, outside: bool = False) -> int:
    """Deletes a model's file and returns the bytes that became free on the disk.

    Of the Hugging Face cache goes that one file, with every name that it has there; other files of the same
    repository stay. ``outside``: the person has agreed that a file which is not in a folder of the app's, and may
    be another program's, is deleted as well. Raises ModelProblem when it is not deleted; then all of it is there.
    """
    planned = removal(model, paths)
    if planned.refused:
        raise ModelProblem(planned.refused)
    if planned.asks and not outside:
        raise ModelProblem(f"Nothing was deleted: {planned.asks[0].lower()}{planned.asks[1:]} Say so if it is to go.")
    with _hub_lock(model) if planned.kept == "Hugging Face cache" else contextlib.nullcontext():
        for number, file in enumerate(planned.files):
            try:
                file.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                what = "Nothing was deleted." if not number else "A part of it is deleted."
                raise ModelProblem(
                    f"The file “{file}” could not be deleted: {error.strerror or error}. {what} Close what has it "
                    "open, or change its permissions, then try again."
                ) from error
        repository = _repository(model.path)
        if planned.kept == "Hugging Face cache" and repository is not None:
            _tidy_repository(repository)
    forget_speeds(paths, model.name)
    _forget_used(model, paths)
    return planned.frees_bytes


def kept_in(model: Model, paths: AppPaths) -> Kept:
    """Whose a model's file is: in the app's models folder, in the shared cache, part of the app, or elsewhere."""
    if _is_below(model.path, hub_cache()) and _repository(model.path) is not None:
        return "Hugging Face cache"
    if _is_below(model.path, models_folder(paths)) and not owner_of(model.path):
        return "models folder"
    return "the app" if model.entry is not None and model.entry.package else "elsewhere"


def _is_below(path: Path, folder: Path) -> bool:
    """By where the name stands, not by what it is a link to."""
    with contextlib.suppress(OSError):
        return (path.parent.resolve() / path.name).is_relative_to(folder.resolve())
    return False


def _files_to_remove(model: Model, kept: Kept) -> tuple[Path, ...]:
    parts = [part for part in parts_of(model.path) if part.exists() or part.is_symlink()]
    repository = _repository(model.path)
    if kept != "Hugging Face cache" or repository is None:
        return tuple(parts)
    # A link that somebody has laid to a file of theirs goes, and the file stays.
    blobs = {blob for part in parts if (blob := part.resolve()).is_relative_to(repository.resolve())}
    names = [path for path in _all_files(repository / "snapshots") if path.is_symlink() and path.resolve() in blobs]
    return tuple(dict.fromkeys([*names, *parts, *sorted(blobs)]))


def _freed(file: Path) -> int:
    """Bytes; none for a link, or where the file has another name outside."""
    try:
        facts = file.lstat()
    except OSError:
        return 0
    return 0 if file.is_symlink() or facts.st_nlink > 1 else facts.st_size


def _refusal(model: Model, kept: Kept, files: tuple[Path, ...], paths: AppPaths) -> str:
    if kept == "the app":
        return f"{model.title} came with the app, so it is not deleted. Nothing was changed."
    if not files:
        return f"The file of {model.title} is not there any more: “{model.path}”. Nothing was changed."
    open_elsewhere = {each.file for each in OpenModels(paths.cache / "open-models").elsewhere()}
    facts = [file.stat() for file in files if file.exists()]
    if any(f"{each.st_dev}:{each.st_ino}" in open_elsewhere for each in facts):
        return f"{model.title} is open in another window or command. Close it there first; nothing was deleted."
    return ""


def _repository(path: Path) -> Path | None:
    """The folder of the cache, ``models--owner--name``, that a file lies in; None where it lies in none."""
    return next((each for each in path.absolute().parents if each.name.startswith("models--")), None)


def _all_files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base) / name for name in names)


def _hub_lock(model: Model) -> AbstractContextManager[object]:
    """The lock under which huggingface_hub writes a blob: whoever holds it is downloading this very file.

    Raises ModelProblem when somebody does.
    """
    repository, blob = _repository(model.path), model.path.resolve()
    if repository is None or not (folder := repository.parent / ".locks" / repository.name).is_dir():
        return contextlib.nullcontext()
    lock = FileLock(folder / f"{blob.name}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise ModelProblem(
            f"{model.title} is being downloaded just now, here or by another program. Wait until that is done, or stop "
            "it; nothing was deleted."
        ) from None
    except OSError:
        return contextlib.nullcontext()
    return contextlib.closing(_Held(lock))


class _Held:
    """A lock to let go of."""

    def __init__(self, lock: FileLock) -> None:
        self._lock = lock

    def close(self) -> None:
        self._lock.release()


def _tidy_repository(repository: Path) -> None:
    """Removes what is empty now: folders of snapshots, references to them, and the repository with its last file.

    A part of a download that somebody may go on with keeps its folder.
    """
    snapshots = repository / "snapshots"
    for base, _, _ in sorted(os.walk(snapshots), key=lambda each: -len(Path(each[0]).parts)):
        with contextlib.suppress(OSError):
            Path(base).rmdir()  # Only where it is empty.
    for reference in list(_all_files(repository / "refs")):
        with contextlib.suppress(OSError, UnicodeDecodeError):
            if not (snapshots / reference.read_text(encoding="utf-8").strip()).exists():
                reference.unlink()
    if snapshots.exists() or any(_all_files(repository / "blobs")):
        return
    for path in _all_files(repository / ".no_exist"):
        with contextlib.suppress(OSError):
            path.unlink()
    for base, _, _ in sorted(os.walk(repository), key=lambda each: -len(Path(each[0]).parts)):
        with contextlib.suppress(OSError):
            Path(base).rmdir()


def is_same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to the same file, as a name of the Hugging Face cache and that of its bytes do."""
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return one == other


def reveal(path: Path) -> Path:
    """The folder that a file browser is to show for a model: where its name stands, not where a link leads."""
    return path.absolute().parent
