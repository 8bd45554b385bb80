"""Dated copies of documents in the app's own folder, so that a lost or damaged document does not take them along.

``data/backups`` has a folder for each document at each place where it was saved. In it lie the copies,
whole .longwriter files whose names say when each was made (UTC), at which save, with how many words and with
which state ("…_1a2b3c4d" begins the random text that the file got at that save), and ``document.json``, which
says where the document lay, its title and its language. A document is found again by its place, and by its
identity when it was moved or renamed.
"""

import contextlib
import json
import logging
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.problems import FAILURES, reason
from longwriter_desktop.project.schema import SUFFIX
from longwriter_desktop.project.store import Project, copy_file
from longwriter_desktop.safe_write import replace_file, sync_folder
from longwriter_desktop.settings import Settings

_log = logging.getLogger(__name__)

_HOUR_S, _DAY_S, _WEEK_S = 3600, 86_400, 604_800
_MONTH_S = 30 * _DAY_S
_STALE_S = _HOUR_S
"""When a copy that was never finished belongs to nobody any more."""
_ABOUT = "document.json"
_IDENTITY_LENGTH = 32
_TIME = "%Y-%m-%d_%H.%M.%S"
_NAME = re.compile(
    r"(?P<when>\d{4}-\d\d-\d\d_\d\d\.\d\d\.\d\d)Z_save-(?P<revision>\d{1,18})_(?P<words>\d{1,18})-words_"
    r"(?P<token>[0-9a-f]{8})" + re.escape(SUFFIX)
)


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that backups were made of: where it lay, its title, "en" or "zh", and its identity."""

    path: Path
    title: str
    language: str
    identity: str


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of a document, made at ``taken_at`` (Unix seconds). ``size`` is in bytes.

    ``revision`` counts the document's saves, ``token`` tells its states apart. ``words`` are characters
    where the document is Chinese.
    """

    path: Path
    taken_at: float
    revision: int
    words: int
    token: str
    size: int
    origin: Origin

    @property
    def order(self) -> tuple[float, int]:
        """Later copies have a greater one."""
        return self.taken_at, self.revision


class Backups:
    """All backups of all documents. ``most_bytes`` is what they may take together; with 0 none are made.

    ``every_s`` is how long after a backup a document that changes is to get the next one; 0: not by time.
    """

    def __init__(
        self,
        folder: Path,
        most_bytes: int = 10**9,
        every_s: float = 600.0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.folder = folder
        self.every_s = every_s
        self.clock = clock
        self._most_bytes = most_bytes

    @classmethod
    def of_app(cls, paths: AppPaths, settings: Settings, clock: Callable[[], float] = time.time) -> "Backups":
        """Those of the app, as large as the settings allow."""
        most_bytes, every_s = round(settings.backup_gigabytes * 1e9), settings.backup_minutes * 60.0
        return cls(paths.data / "backups", most_bytes, every_s, clock)

    def limit(self, settings: Settings) -> None:
        """Goes by other settings from now on."""
        self._most_bytes, self.every_s = round(settings.backup_gigabytes * 1e9), settings.backup_minutes * 60.0

    @property
    def are_made(self) -> bool:
        """Whether the settings have backups made at all."""
        return self._most_bytes > 0

    def make(self, project: Project) -> Backup | None:
        """Copies the file of ``project`` as it is saved now, and thins what is there.

        None when there is a copy of this state already, or no section that could be lost. Raises
        `ProjectProblem`; nothing is left behind then.
        """
        if not self.are_made or not (project.document.sections or project.document.trash):
            return None
        folder = self.folder / _folder_name(project)
        if any(project.token.startswith(each.token) for each in _listed(folder)):
            return None
        try:
            made = self._copied(project, folder)
        except FAILURES as error:
            raise ProjectProblem(
                f"No backup of “{project.path}” could be made: {reason(error, folder)}. "
                f"The document itself is not touched by this. Backups are kept in {self.folder}."
            ) from error
        self._thin(made)
        return made

    def of(self, path: Path, identity: str = "") -> tuple[Backup, ...]:
        """The backups of the document at ``path``, and of that ``identity`` wherever it lay; newest first."""
        path = path.absolute()
        found = [
            each for each in self._all() if each.origin.path == path or (identity and each.origin.identity == identity)
        ]
        return tuple(sorted(found, key=lambda backup: backup.order, reverse=True))

    def documents(self) -> list[tuple[Backup, ...]]:
        """The backups of each document, newest first; the document that was backed up last comes first.

        A document that was moved is one, and so are the copies of a file, until each is saved under a name of its own.
        """
        groups: dict[str, list[Backup]] = {}
        for each in self._all():
            groups.setdefault(each.origin.identity or each.path.parent.name, []).append(each)
        rows = [tuple(sorted(group, key=lambda backup: backup.order, reverse=True)) for group in groups.values()]
        return sorted(rows, key=lambda row: row[0].order, reverse=True)

    def remove(self, backups: Iterable[Backup]) -> None:
        """Deletes backups for good. Raises `ProjectProblem` when one cannot be deleted."""
        for backup in backups:
            try:
                backup.path.unlink(missing_ok=True)
            except OSError as error:
                raise ProjectProblem(
                    f"The backup “{backup.path}” could not be deleted: {reason(error, backup.path)}. It is still there."
                ) from error
            _remove_when_empty(backup.path.parent)

    # -- copying ---------------------------------------------------------------------------------------

    def _copied(self, project: Project, folder: Path) -> Backup:
        """The copy under its name. It is read once before it gets that name: a copy must be one that opens."""
        _make_private(self.folder)
        _make_private(folder)
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
        os.close(descriptor)
        temporary = Path(name)
        try:
            copy_file(project.path, temporary, project.has_locks)
            with _readable(temporary, project.path) as copied:
                document, words, token = copied.document, copied.document.words, copied.token[:8]
                taken = datetime.fromtimestamp(int(self.clock()), UTC)
                name = f"{taken:{_TIME}}Z_save-{copied.revision}_{words}-words_{token}{SUFFIX}"
                size = temporary.stat().st_size
                origin = Origin(project.path, document.title, document.language, project.identity)
                made = Backup(folder / name, taken.timestamp(), copied.revision, words, token, size, origin)
            _write_origin(folder, origin)
            temporary.replace(made.path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        sync_folder(folder)
        return made

    # -- thinning --------------------------------------------------------------------------------------

    def _thin(self, made: Backup) -> None:
        """Deletes what is older than it is worth, and then the oldest of all while there are too many."""
        now = self.clock()
        _sweep(made.path.parent, now)
        doomed = surplus(_listed(made.path.parent), now)
        left = [each for each in self._all() if each not in doomed]
        for each in (*doomed, *over_limit(left, self._most_bytes, made)):
            try:
                each.path.unlink(missing_ok=True)
            except OSError as error:
                _log.warning("an old backup could not be deleted: %s", error.strerror)

    def _all(self) -> list[Backup]:
        try:
            folders = sorted(each for each in self.folder.iterdir() if each.is_dir())
        except OSError:
            return []
        return [backup for folder in folders for backup in _listed(folder)]


def read_backup(backup: Backup) -> Document:
    """The document as it was then. Raises `ProjectProblem` when the copy cannot be read."""
    with Project.open(backup.path, read_only=True) as project:
        return project.document


def copy_name(backup: Backup) -> str:
    """What a document made of a backup is to be called: its title, and when that was."""
    when = datetime.fromtimestamp(backup.taken_at)  # noqa: DTZ006 - a person reads local time
    return f"{backup.origin.title or backup.origin.path.stem} ({when:%Y-%m-%d %H.%M})"


def surplus(backups: Sequence[Backup], now: float) -> list[Backup]:
    """Which backups of one document go: of the last hour none, then all but the last of each hour, day and week.

    Hours are told apart for a day, days for 30 days. They begin as in UTC whatever ``now`` is (Unix
    seconds), so that thinning again and again leaves what thinning once would. A backup dated later than
    ``now`` is of a clock that was set back, and stays.
    """
    kept: set[tuple[int, int]] = set()
    gone = []
    for each in sorted(backups, key=lambda backup: backup.order, reverse=True):
        width = _width(now - each.taken_at)
        slot = (width, int(each.taken_at // width)) if width else None
        if slot in kept:
            gone.append(each)
        elif slot is not None:
            kept.add(slot)
    return gone


def _width(age_s: float) -> int:
    """The time in seconds of which one backup of that age is kept; 0: every one."""
    if age_s <= _HOUR_S:
        return 0
    if age_s <= _DAY_S:
        return _HOUR_S
    return _DAY_S if age_s <= _MONTH_S else _WEEK_S


def over_limit(backups: Sequence[Backup], most_bytes: int, made: Backup) -> list[Backup]:
    """The oldest of all, until the others take at most ``most_bytes``; never the last of a document, nor ``made``."""
    newest = {each.path.parent: each for each in sorted(backups, key=lambda backup: backup.order)}
    spared = {made.path, *(each.path for each in newest.values())}
    total = sum(each.size for each in backups)
    gone = []
    for each in sorted(backups, key=lambda backup: backup.order):
        if total <= most_bytes:
            break
        if each.path not in spared:
            gone.append(each)
            total -= each.size
    return gone


# -- the folder of a document --------------------------------------------------------------------------


def _folder_name(project: Project) -> str:
    """Of the document at its place: the copy of a file has its parent's identity, and goes its own way."""
    place = blake2b(os.fsencode(project.path), digest_size=4).hexdigest()
    return f"{project.identity or 'document'}-{place}"


def _listed(folder: Path) -> list[Backup]:
    """The backups in a folder; whatever else lies there is left out, and left alone."""
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return []
    origin = _read_origin(folder)
    found = []
    for entry in entries:
        match = _NAME.fullmatch(entry.name)
        if match is None:
            continue
        with contextlib.suppress(OSError, ValueError):  # deleted meanwhile, or no such day in any calendar
            taken = datetime.strptime(match["when"], _TIME).replace(tzinfo=UTC).timestamp()
            size = entry.stat(follow_symlinks=False).st_size
            revision, words = int(match["revision"]), int(match["words"])
            found.append(Backup(folder / entry.name, taken, revision, words, match["token"], size, origin))
    return found


def _write_origin(folder: Path, origin: Origin) -> None:
    about = {
        "path": str(origin.path),
        "title": origin.title,
        "language": origin.language,
        "identity": origin.identity,
    }
    content = json.dumps(about, indent=1).encode("ascii")
    target = folder / _ABOUT
    with contextlib.suppress(OSError):
        if target.read_bytes() == content:
            return
    replace_file(target, content)


def _read_origin(folder: Path) -> Origin:
    """What is known of the document in a folder; when its file is damaged, as much as the folder's name says."""
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
    except (OSError, ValueError, RecursionError):
        about = None
    match about:
        case {
            "path": str(path),
            "title": str(title),
            "language": str(language),
            "identity": str(identity),
        } if path and "\0" not in path:
            return Origin(Path(path), title, language, identity)
    identity = folder.name.partition("-")[0]
    return Origin(folder / f"Document{SUFFIX}", "", "en", identity if len(identity) == _IDENTITY_LENGTH else "")


@contextlib.contextmanager
def _readable(copy: Path, path: Path) -> Iterator[Project]:
    try:
        copied = Project.open(copy, read_only=True)
    except ProjectProblem as error:
        raise ProjectProblem(
            f"No backup of “{path}” could be made: the file cannot be read any more. Earlier backups of it are kept. "
            "Save the document in another place."
        ) from error
    with copied:
        yield copied


def _make_private(folder: Path) -> None:
    """Makes a folder that only the person may look into; backups hold their text."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def _sweep(folder: Path, now: float) -> None:
    """Removes copies that a process left unfinished when it was killed."""
    for each in folder.glob(".*.tmp*"):
        with contextlib.suppress(OSError):
            if abs(now - each.stat().st_mtime) > _STALE_S:
                each.unlink()


def _remove_when_empty(folder: Path) -> None:
    """Removes the folder of a document that has no backup any more."""
    if not _listed(folder):
        with contextlib.suppress(OSError):
            (folder / _ABOUT).unlink(missing_ok=True)
            folder.rmdir()
