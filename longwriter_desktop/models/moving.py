"""Moving the app's models folder to another place, so that nothing is lost whatever happens meanwhile.

Models move; whatever else lies in the folder is not the app's and stays. All files are copied (on the same disk:
linked) and read back first; then the settings name the new folder; only then the old files go. A process that is
killed, a full disk or a cable that is pulled leaves the old folder whole until the new one is, and moving to the same
place again goes on where it was.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.leftovers import remove_leftovers, temporary_name
from longwriter_desktop.models.catalogue import load_catalogue, own_catalogue_path
from longwriter_desktop.models.file_hash import PIECE_BYTES, sha256_of
from longwriter_desktop.models.found import gguf_files
from longwriter_desktop.models.own_catalogue import add_entry
from longwriter_desktop.models.places import expanded, models_folder, owner_of
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import open_private, replace_file, sync_folder
from longwriter_desktop.settings import load_settings, save_settings
from longwriter_desktop.size_words import size_words

_SPARE_BYTES = 100_000_000
"""Left free on the new disk."""

OnMove = Callable[[str, int, int], None]
"""Hears the name of the file in hand, bytes done and bytes of all."""
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move has done. ``left`` are old files that could not be deleted; they are not used any more.

    ``others_stay`` is the old folder where it holds files that are no models.
    """

    folder: Path
    files: int
    size_bytes: int
    left: tuple[Path, ...] = ()
    others_stay: Path | None = None

    @property
    def message(self) -> str:
        """A sentence for the person."""
        what = "1 file" if self.files == 1 else f"{self.files:,} files"
        done = f"Your models are in “{self.folder}” now: {what}, {size_words(self.size_bytes)}."
        if self.left:
            left = f"{len(self.left)} in the old place could not be deleted, such as “{self.left[0]}”"
            return f"{done} {left}: delete them yourself."
        return f"{done} Files that are no models stay in “{self.others_stay}”." if self.others_stay else done


@dataclass(frozen=True, slots=True)
class Move:
    """A move that is going on, or was when the app ended."""

    old: Path
    new: Path


def unfinished_move(paths: AppPaths) -> Move | None:
    """The move that was broken off, if any: `move_folder` to its ``new`` goes on with it."""
    try:
        row = json.loads(_record(paths).read_bytes())
        old, new = Path(row["old"]), Path(row["new"])
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None
    return Move(old, new) if old.is_absolute() and new.is_absolute() else None


def move_folder(
    new: Path, paths: AppPaths, on_progress: OnMove = lambda _name, _done, _all: None, stop: Stop = lambda: False
) -> Moved | None:
    """Moves the models of the app's folder to ``new``, which may be there already; None when stopped.

    ``on_progress`` hears of bytes, counting each file twice where it is copied: for writing it and for reading it
    back. When stopped, the models stay where they are, and what is in the new folder already stays there for going
    on. Raises ModelProblem, with every model where it was, when the move is not possible.
    """
    broken_off = unfinished_move(paths)
    new = expanded(new).absolute()
    old = broken_off.old if broken_off and broken_off.new == new else models_folder(paths).absolute()
    files = _files(old)
    _check(old, new, sum(_size(old / each) for each in files))
    _put_record(paths, Move(old, new))
    try:
        if not _copied(old, new, files, on_progress, stop):
            if models_folder(paths).absolute() == old:
                _record(paths).unlink(missing_ok=True)
            return None
        size = sum(_size(new / each) for each in files)
        _switch(old, new, paths)
    except OSError as error:
        raise ModelProblem(
            f"The models could not be moved to “{new}”: {error.strerror or error}. They are all where they were, in "
            f"“{old}”. Choose another folder, or make room, then try again."
        ) from error
    left = _removed(old, files)
    with contextlib.suppress(OSError):
        _record(paths).unlink(missing_ok=True)
    others = None if left or not any(names for _, _, names in os.walk(old)) else old
    return Moved(new, len(files), size, left, others)


def _check(old: Path, new: Path, size: int) -> None:
    """Raises ModelProblem where the models cannot go to ``new``."""
    stays = "Nothing was moved."
    if old.resolve() == new.resolve():
        raise ModelProblem(f"The models are in “{new}” already. {stays}")
    if new.resolve().is_relative_to(old.resolve()) or old.resolve().is_relative_to(new.resolve()):
        raise ModelProblem(f"“{new}” and “{old}” lie within one another. Choose a folder beside it. {stays}")
    if owner := owner_of(new.resolve()):
        raise ModelProblem(f"“{new}” is a folder of {owner}. Choose one that no other program uses. {stays}")
    if owner := owner_of(old.resolve()):
        raise ModelProblem(f"“{old}” is a folder of {owner}, which needs its models there. {stays}")
    if new.exists() and not new.is_dir():
        raise ModelProblem(f"“{new}” is a file. Choose a folder. {stays}")
    try:
        new.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(new).free
        same_disk = old.exists() and old.stat().st_dev == new.stat().st_dev
        there = sum(_size(new / each) for each in _files(old) if (new / each).is_file())
    except OSError as error:
        raise ModelProblem(f"The folder “{new}” cannot be used: {error.strerror or error}. {stays}") from error
    if not same_disk and size - there + _SPARE_BYTES > free:
        raise ModelProblem(
            f"There is not enough room in “{new}”: the models take {size_words(size)}, {size_words(free)} are free. "
            f"{stays} Choose another disk, or delete what you do not need."
        )


def _files(folder: Path) -> list[Path]:
    """The model files of a folder by their names in it, and the links to folders that hold some."""
    found = []
    for base, folders, names in os.walk(folder):
        found += [Path(base) / name for name in names if name.casefold().endswith(".gguf")]
        links = [Path(base) / name for name in folders if (Path(base) / name).is_symlink()]
        found += [link for link in links if any(gguf_files(link))]
    return sorted(each.relative_to(folder) for each in found)


def _size(path: Path) -> int:
    return path.lstat().st_size


def _copied(old: Path, new: Path, files: list[Path], on_progress: OnMove, stop: Stop) -> bool:
    """Whether all files are in the new folder, read back; False when stopped. Raises OSError, ModelProblem."""
    total = 2 * sum(_size(old / each) for each in files)
    done = 0
    for each in files:
        source, target = old / each, new / each
        target.parent.mkdir(parents=True, exist_ok=True)
        remove_leftovers(target.parent.glob(".*.tmp"))
        if stop():
            return False
        on_read = _after(each.name, done, total, on_progress)
        if source.is_symlink():
            _put_link(source, target, old, new)
        elif not _put(source, target, on_read, stop):
            return False
        done += 2 * _size(source)
        on_progress(each.name, done, total)
    return True


def _after(name: str, done: int, total: int, on_progress: OnMove) -> Callable[[int], None]:
    return lambda read: on_progress(name, done + read, total)


def _put_link(source: Path, target: Path, old: Path, new: Path) -> None:
    """Has ``target`` lead to where ``source`` leads, also when that moves too. Raises ModelProblem, OSError."""
    leads_to = _moved_name(os.path.normpath(source.parent / source.readlink()), old, new)
    if not os.path.lexists(target):
        target.symlink_to(leads_to)
    elif not target.is_symlink() or str(target.readlink()) != leads_to:
        raise _taken(target)


def _put(source: Path, target: Path, on_read: Callable[[int], None], stop: Stop) -> bool:
    """Has ``target`` be what ``source`` is; False when stopped."""
    if os.path.lexists(target):
        return _compared(source, target, on_read, stop)
    with contextlib.suppress(OSError):
        os.link(source, target)  # On the same disk: a second name, at once, and nothing to be read back.
        return True
    return _copy(source, target, on_read, stop)


def _compared(source: Path, target: Path, on_read: Callable[[int], None], stop: Stop) -> bool:
    """Whether to go on with what is there; raises ModelProblem where it is another file, or a way to the old one."""
    if target.samefile(source):
        if target.is_symlink() or target.resolve() == source.resolve() or source.stat().st_nlink < 2:
            raise _taken(target)  # it leads to the old file, and would lead nowhere when that is deleted
        return True
    same = target.stat().st_size == source.stat().st_size
    if same:
        size = source.stat().st_size
        one = sha256_of(source, on_read, stop)
        other = sha256_of(target, lambda read: on_read(size + read), stop) if one else None
        if one is None or other is None:
            return False
        same = one == other
    if not same:
        raise _taken(target)
    return True


def _taken(target: Path) -> ModelProblem:
    return ModelProblem(
        f"“{target}” is there already and is another file. Nothing was moved; choose another folder, or rename it."
    )


def _copy(source: Path, target: Path, on_read: Callable[[int], None], stop: Stop) -> bool:
    """Copies under a temporary name, reads the copy back from the disk, and gives it its name."""
    temporary = target.with_name(temporary_name(target.name))
    try:
        written = _write(source, temporary, on_read, stop)
        if written is None:
            return False
        size = source.stat().st_size
        read_back = sha256_of(temporary, lambda read: on_read(size + read), stop)
        if read_back is None:
            return False
        if read_back != written:
            raise ModelProblem(
                f"“{target}” did not read back as it was written, so nothing was moved: the new disk may be failing. "
                "Choose another."
            )
        shutil.copystat(source, temporary)
        temporary.replace(target)
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink()
    sync_folder(target.parent)
    return True


def _write(source: Path, target: Path, on_read: Callable[[int], None], stop: Stop) -> str | None:
    digest, read = hashlib.sha256(), 0
    with source.open("rb") as file, os.fdopen(open_private(target), "wb") as copy:
        while piece := file.read(PIECE_BYTES):
            if stop():
                return None
            copy.write(piece)
            digest.update(piece)
            read += len(piece)
            on_read(read)
        copy.flush()
        os.fsync(copy.fileno())
    return digest.hexdigest()


def _switch(old: Path, new: Path, paths: AppPaths) -> None:
    """Has the settings and the person's own entries name the new folder. Raises OSError, ModelProblem."""
    settings = load_settings(paths)
    model = _moved_name(settings.model, old, new)
    save_settings(paths, replace(settings, models_folder=str(new), model=model))
    own = load_catalogue(paths).own_names
    tables = {} if not own else tomllib.loads(own_catalogue_path(paths).read_text(encoding="utf-8")).get("models", {})
    for name, table in tables.items():
        path = table.get("path", "")
        if isinstance(path, str) and _moved_name(path, old, new) != path:
            add_entry(paths, name, table | {"path": _moved_name(path, old, new)})


def _moved_name(path: str, old: Path, new: Path) -> str:
    """Where a file is after the move, for one that was in the old folder."""
    with contextlib.suppress(ValueError):
        return str(new / expanded(path).relative_to(old))
    return path


def _removed(old: Path, files: list[Path]) -> tuple[Path, ...]:
    """Removes the old files and those of their folders that are empty then; gives back what could not be deleted."""
    left = []
    for each in files:
        try:
            (old / each).unlink(missing_ok=True)
        except OSError:
            left.append(old / each)
    folders = {old, *(old / above for each in files for above in each.parents)}
    for folder in sorted(folders, key=lambda each: -len(each.parts)):
        with contextlib.suppress(OSError):
            folder.rmdir()
    return tuple(left)


def _record(paths: AppPaths) -> Path:
    return paths.data / "models-move.json"


def _put_record(paths: AppPaths, move: Move) -> None:
    try:
        replace_file(_record(paths), json.dumps({"old": str(move.old), "new": str(move.new)}).encode("ascii"))
    except OSError as error:
        reason = error.strerror or error
        raise ModelProblem(f"“{_record(paths)}” cannot be written: {reason}. Nothing was moved.") from error
