"""What is remembered of a download that is under way, so that it can be gone on with after a restart of the app.

Each download has a small file of its own in the app's data folder, so that two of them never write to the same
one. The part that has come lies in the Hugging Face cache, beside the files that are whole; its length is how far
the download has got, and nothing else is trusted for that.
"""

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

_LISTS = ("whole_files", "found_files")


@dataclass(frozen=True, slots=True)
class DownloadRecord:
    """A download that was begun and is not finished."""

    name: str
    """Of the catalogue's entry."""
    title: str
    repository: str
    file: str
    part: str
    """The path of the part that has come."""
    total_bytes: int
    """Of all files of the model."""
    started_at: float
    """In Unix seconds."""
    whole_files: tuple[str, ...] = ()
    """The paths of those files of a split model that are here already, each with the SHA-256 that it should have."""
    found_files: tuple[str, ...] = ()
    """Those of them that were here before it was begun, by another program: they are not the download's to remove."""

    @property
    def own_files(self) -> tuple[str, ...]:
        """Those of the whole files that the download itself has brought."""
        return tuple(path for path in self.whole_files if path not in self.found_files)

    @property
    def done_bytes(self) -> int:
        """What has come so far; the part counts nothing when it has gone."""
        return min(sum(_size(path) for path in (*self.whole_files, self.part)), self.total_bytes)


def downloads_folder(paths: AppPaths) -> Path:
    """Where the records lie, one file a model."""
    return paths.data / "downloads"


def record_of(name: str, folder: Path) -> DownloadRecord | None:
    """The record of the model ``name``; None where there is none that can be read."""
    try:
        values: Any = json.loads(_file(name, folder).read_bytes())
        record = DownloadRecord(**(values | {name: tuple(values.get(name, ())) for name in _LISTS}))
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return None
    texts = (record.title, record.repository, record.file, record.part, *record.whole_files, *record.found_files)
    numbers = (record.total_bytes, record.started_at)
    usable = all(isinstance(each, str) for each in texts) and all(type(each) in (int, float) for each in numbers)
    paths_usable = usable and not any("\0" in each for each in (record.part, *record.whole_files))
    return record if paths_usable and record.name == name else None


def records(folder: Path) -> list[DownloadRecord]:
    """All that can be read, the oldest first."""
    try:
        names = [path.stem for path in folder.glob("*.json")]
    except OSError:
        return []
    found = [record for name in names if (record := record_of(name, folder)) is not None]
    return sorted(found, key=lambda each: (each.started_at, each.name))


def keep_record(record: DownloadRecord, folder: Path) -> None:
    """Writes a record; where there is one of the same part or the same split model, with the time of that.

    Raises OSError.
    """
    known = record_of(record.name, folder)
    if known is not None and (known.part == record.part or record.whole_files):
        record = replace(record, started_at=known.started_at)
    replace_file(_file(record.name, folder), json.dumps(asdict(record)).encode("ascii"))


def forget_record(name: str, folder: Path) -> None:
    """Removes a record, where there is one."""
    with contextlib.suppress(OSError):
        _file(name, folder).unlink(missing_ok=True)


def _file(name: str, folder: Path) -> Path:
    return folder / f"{name}.json"


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0
