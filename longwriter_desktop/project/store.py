"""Opening, making and saving a .longwriter file.

A `Project` keeps no connection open between saves. So the file can be moved, copied and synchronised
at any time, a dead process leaves no lock behind, and every save looks at what lies at the path now:
the same document, at the revision it was last seen at, or nothing is written.

The rollback journal is removed at the end of each transaction, so there is one file at rest. A
process that is killed in the middle leaves the journal beside it, and the next opening rolls back.
"""

import contextlib
import errno
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ChangedElsewhere, NotWritable, ProjectProblem, ProjectTooNew
from longwriter_desktop.leftovers import remove_leftovers, temporary_folder, temporary_name
from longwriter_desktop.project import limits, schema
from longwriter_desktop.project.lock import DocumentLock
from longwriter_desktop.project.problems import FAILURES, damaged, not_a_project, primary_code, problem
from longwriter_desktop.project.rows import Stored, read_document, read_revision, write_changes
from longwriter_desktop.project.share import with_or_without_locks
from longwriter_desktop.safe_write import sync_folder

_BUSY_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class _Opened:
    stored: Stored
    repairs: tuple[str, ...]


class Project:
    """A document and the file that it is kept in. Made by `create` and `open`.

    `save` may be called from any thread, one call at a time takes effect. ``document`` is the
    document as it was last loaded or saved. ``repairs`` says what had to be mended on opening, in
    short sentences; a copy of the file as it was is put beside it before it is first saved over.
    ``has_locks`` is False on a disk that knows no locks, such as some shares. ``left_open_at`` is when the file was
    last saved (Unix seconds) by a program that ended without closing it; None where the last one closed it.
    """

    def __init__(self, path: Path, stored: Stored, *, read_only: bool = False, repairs: tuple[str, ...] = ()) -> None:
        self.path = path
        self.read_only = read_only
        self.repairs = repairs
        self.has_locks = True
        self.left_open_at: float | None = None
        self._lock: DocumentLock | None = None
        self._stored = stored
        self._in_doubt: Stored | None = None
        self._saving = threading.Lock()
        self._closed = False

    @classmethod
    def create(cls, path: Path, document: Document) -> Self:
        """Makes a new file for ``document``, and the folders it needs. Never overwrites a file.

        Raises `ProjectProblem` when there is a file already or none can be made; nothing is left behind.
        """
        path = path.absolute()
        if os.path.lexists(path):
            raise problem(FileExistsError(errno.EEXIST, "exists"), path, "created")
        made_folders = _missing_folders(path.parent)
        temporary = path.with_name(temporary_name(path.stem))
        try:
            _make_folder(path.parent)
            os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
            stored, has_locks = with_or_without_locks(path.parent, lambda locks: _made(temporary, document, locks))
            _put_in_place(temporary, path)
        except BaseException as error:
            _remove(temporary, Path(f"{temporary}-journal"))
            for folder in made_folders:
                with contextlib.suppress(OSError):
                    folder.rmdir()
            if isinstance(error, FAILURES):
                raise problem(error, path, "created") from error
            raise
        _remove(temporary)
        sync_folder(path.parent)
        _clear(path.parent)
        project = cls(path, stored)
        project.has_locks = has_locks
        return project

    @classmethod
    def open(cls, path: Path, read_only: bool = False) -> Self:
        """Opens a file; an older format is brought to the newest one, with a copy kept beside it.

        With ``read_only`` nothing on the disk is changed, not even an older format, and `save` raises.
        Raises `NotAProject`, `ProjectTooNew` (the file is not touched in either case), unless ``read_only``
        `NotWritable`, `DamagedProject`, and `ProjectProblem` for a file that is missing, too large or in use.
        """
        path = path.absolute()
        try:
            _check_header(path)
            read = _read_only if read_only else _read_for_writing
            opened, has_locks = with_or_without_locks(path.parent, lambda locks: read(path, locks))
        except FAILURES as error:
            raise problem(error, path, "opened") from error
        except MemoryError as error:  # SQLite has met the limit that it was given
            raise damaged(path, "reading it takes more memory than any document needs") from error
        if not read_only:
            _clear(path.parent)
        project = cls(path, opened.stored, read_only=read_only, repairs=opened.repairs)
        project.has_locks = has_locks
        return project

    def hold(self, lock: DocumentLock) -> None:
        """Keeps the lock of the document until the project is closed."""
        self._lock = lock

    @property
    def not_locked_because(self) -> str:
        """Why the lock that it was given is none; "" when it is one, or none was given."""
        return "" if self._lock is None else self._lock.reason

    @property
    def document(self) -> Document:
        return self._stored.document

    @property
    def revision(self) -> int:
        """How often the file has been saved, as last seen here."""
        return self._stored.revision

    @property
    def mark(self) -> str:
        """Tells this state of the file, as last seen here, from any other, also from that of a copy."""
        return f"{self._stored.revision} {self._stored.token}"

    @property
    def token(self) -> str:
        """A random text that is another one after each save, as last seen here."""
        return self._stored.token

    @property
    def identity(self) -> str:
        """32 hexadecimal digits that stay with the document when its file is moved or renamed; "" when damaged."""
        return self._stored.identity

    def save(self, document: Document) -> None:
        """Writes what differs from ``self.document`` in one transaction; afterwards it is on the disk.

        Raises `ChangedElsewhere` when somebody else has saved the file since (nothing is written),
        and `ProjectProblem` when it cannot be written; the file then holds what it held before.
        """
        if self.read_only:
            raise ProjectProblem(
                f"“{self.path}” was opened for reading only, so it was not saved. It holds what it held before. "
                "Save the document in another place."
            )
        with self._saving:
            if self._closed:
                raise RuntimeError("save after close")
            try:
                _check_still_there(self.path)
                with _connected(self.path, "mode=rw", self.has_locks) as connection:
                    if self._stored.mended:
                        _copy_beside(connection, self.path, "before repair")
                    self._stored = _in_transaction(connection, lambda: self._changed(connection, document))
            except FAILURES as error:
                raise problem(error, self.path, "saved") from error
            self._in_doubt = None

    def _changed(self, connection: sqlite3.Connection, document: Document) -> Stored:
        """Writes the difference inside a transaction, after making sure what the file holds."""
        found = read_revision(connection)
        before = self._stored
        if self._in_doubt is not None and found == (self._in_doubt.revision, self._in_doubt.token):
            before = self._in_doubt  # a commit that was reported as failed had reached the disk after all
        if found != (before.revision, before.token):
            raise ChangedElsewhere(
                f"“{self.path}” has been saved by another window or program since it was opened here. "
                "It was not overwritten, and the text in this window is kept. "
                "Open the file again to see the other text, or save this one under another name."
            )
        if document == before.document and not before.mended:
            return before
        self._in_doubt = write_changes(connection, before, document)
        try:
            _check_size(connection, document)
        except BaseException:
            self._in_doubt = None
            raise
        return self._in_doubt

    def close(self) -> None:
        """Ends the use of the project; a save that is going on is finished first."""
        with self._saving:
            self._closed = True
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def copy_file(path: Path, target: Path, locks: bool = True) -> None:
    """Copies the database at ``path`` over ``target``, an empty file, as it stands between two saves.

    Saves from elsewhere wait meanwhile. ``locks`` is False where `Project.has_locks` is. ``target`` is on the
    disk afterwards. Raises `problems.FAILURES`; ``target`` may then hold a part.
    """
    to = contextlib.closing(sqlite3.connect(_address(target, "mode=rw", locks=False), uri=True))  # ours alone
    with _connected(path, "mode=ro", locks) as source, to as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # a copy that is not finished is of no use
        copy.execute("PRAGMA synchronous = OFF")  # it is synced once, below
        source.backup(copy)
    with target.open("r+b") as file:
        os.fsync(file.fileno())


# -- looking before touching ---------------------------------------------------------------------------


def _check_header(path: Path) -> None:
    """Raises unless the file's header is that of a project which this version can open.

    Looks with ``immutable``, so that SQLite rolls nothing back and makes nothing beside a file that is
    not ours; and through SQLite, because closing a file that was opened by other means would drop the
    locks that another connection of this process has on it (POSIX; sqlite.org/howtocorrupt.html, 2.2).
    """
    if path.is_dir():
        raise not_a_project(path, "it is a folder")
    if path.exists() and not path.is_file():
        raise not_a_project(path, "it is not a regular file")
    if path.stat().st_size == 0:
        raise not_a_project(path, "it is empty")
    too_large = limits.excess_of_file(path.stat().st_size)
    if too_large:
        raise ProjectProblem(
            f"“{path}” was not opened: {too_large}. It was not changed. Choose another file, or an earlier copy of it."
        )
    with _connected(path, "mode=ro&immutable=1") as connection:
        if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
            raise not_a_project(path, "it is a database of another program")
        _check_version(schema.schema_version(connection), path)


def _check_version(version: int, path: Path) -> None:
    if version < 1:
        raise not_a_project(path, "the number of its format makes no sense")
    if version > len(schema.MIGRATIONS):
        raise ProjectTooNew(
            f"“{path}” was written by a newer version of LongWriter Desktop (format {version}; this version knows "
            f"formats up to {len(schema.MIGRATIONS)}). It was not changed. Update the app, then open it again."
        )


def _check_still_there(path: Path) -> None:
    """Raises when the file has gone, or something else lies in its place."""
    if not path.exists():
        raise ProjectProblem(
            f"“{path}” could not be saved: the file has been moved or deleted. The text in this window is kept. "
            "Put the file back, or save the document in another place."
        )
    try:
        _check_header(path)
    except (ProjectProblem, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.Error) and primary_code(error) != sqlite3.SQLITE_NOTADB:
            raise
        raise ChangedElsewhere(
            f"“{path}” was not saved: another file lies in its place. That file was not changed, and the text in "
            "this window is kept. Save the document under another name."
        ) from error


# -- connections ---------------------------------------------------------------------------------------


_Mode = Literal["mode=rw", "mode=ro", "mode=ro&immutable=1"]


def _address(path: Path, mode: _Mode, locks: bool = True) -> str:
    """The path as a file: address, which alone can say that a missing file is not to be made."""
    posix = path.as_posix()
    root = "" if posix.startswith("/") else "/"
    return f"file://{root}{quote(os.fsencode(posix))}?{mode}{'' if locks else '&nolock=1'}"


@contextmanager
def _connected(path: Path, mode: _Mode, locks: bool = True) -> Iterator[sqlite3.Connection]:
    """A connection to a file that exists. Every commit is on the disk when it returns.

    Another program may have put the file into write-ahead mode. SQLite then makes two files beside it, which a
    connection for reading leaves there; they hold nothing, and are taken away.
    """
    beside = [Path(f"{path}{ending}") for ending in ("-wal", "-shm")]
    made = [] if mode == "mode=rw" else [each for each in beside if not each.exists()]
    connection = sqlite3.connect(_address(path, mode, locks), uri=True, timeout=_BUSY_TIMEOUT_S, isolation_level=None)
    try:
        limits.apply(connection)
        connection.text_factory = bytes  # see rows.py: text that is not UTF-8 must not raise
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        if mode == "mode=rw":
            # EXTRA is FULL plus a sync of the folder after the journal is gone, without which a power
            # cut may bring the journal back, and with it the state before the last commit.
            connection.execute("PRAGMA synchronous = EXTRA")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: through the disk's own cache too
        yield connection
    finally:
        connection.close()
        _remove(*made)


def _made(path: Path, document: Document, locks: bool) -> Stored:
    """Fills an empty file with ``document``."""
    with _connected(path, "mode=rw", locks) as connection:
        schema.migrate(connection)
        stored = _in_transaction(connection, lambda: write_changes(connection, Stored(), document))
        _check_size(connection, document)
        return stored


def _check_size(connection: sqlite3.Connection, document: Document) -> None:
    """Raises ProjectProblem for a document that could not be opened again; its transaction is then taken back."""
    pages, page_bytes = (connection.execute(f"PRAGMA {each}").fetchone()[0] for each in ("page_count", "page_size"))
    too_large = limits.excess(document, pages * page_bytes)
    if too_large:
        raise ProjectProblem(f"The document could not be saved: {too_large} The file holds what was saved before.")


def _in_transaction(connection: sqlite3.Connection, write: Callable[[], Stored]) -> Stored:
    connection.execute("PRAGMA journal_mode = DELETE")  # not earlier: it would write to a file that is then refused
    connection.execute("BEGIN IMMEDIATE")
    try:
        stored = write()
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            with contextlib.suppress(sqlite3.Error):  # the first error tells more
                connection.execute("ROLLBACK")
        raise
    return stored


# -- reading -------------------------------------------------------------------------------------------


def _check_sound(connection: sqlite3.Connection, path: Path) -> None:
    """Raises `DamagedProject` unless the file's tables and pages are as the app makes them."""
    why = schema.fault(connection) or limits.excess_of_rows(connection)
    if why:
        raise damaged(path, why)


def _read(connection: sqlite3.Connection, path: Path) -> _Opened:
    _check_sound(connection, path)
    stored, repairs = read_document(connection)
    return _Opened(stored, repairs)


def _read_for_writing(path: Path, locks: bool) -> _Opened:
    _check_writable(path)
    with _connected(path, "mode=rw", locks) as connection:
        version = schema.schema_version(connection)  # once more: a journal may have been rolled back
        _check_version(version, path)
        if version < len(schema.MIGRATIONS):
            _check_sound(connection, path)  # before anything is written to it
            _bring_up_to_date(connection, path)
        opened = _read(connection, path)
        if Path(f"{path}-journal").exists():
            # Left by a process that was killed before it had written anything; the next commit removes it.
            connection.execute(f"PRAGMA user_version = {len(schema.MIGRATIONS)}")
        return opened


def _check_writable(path: Path) -> None:
    """Raises while it is early enough: not after an hour of writing, when the first save fails."""
    own = os.access in os.supports_effective_ids
    places = (path,) if os.name == "nt" else (path, path.parent)  # the folder for the journal
    if not all(os.access(place, os.W_OK, effective_ids=own) for place in places):
        raise NotWritable(
            f"“{path}” can be read but not saved: the file or its folder is read-only. It was not changed. "
            "Open it for reading only, or copy it to a folder that you may write to."
        )


def _bring_up_to_date(connection: sqlite3.Connection, path: Path) -> None:
    """Migrates a file of an older format; a copy of it as it was is kept beside it."""
    try:
        _copy_beside(connection, path, f"format {schema.schema_version(connection)}")
        schema.migrate(connection)
    except FAILURES as error:
        raise problem(error, path, "brought to the newest format") from error


def _read_only(path: Path, locks: bool) -> _Opened:
    try:
        with _connected(path, "mode=ro", locks) as connection:
            if schema.schema_version(connection) == len(schema.MIGRATIONS):
                return _read(connection, path)
    except sqlite3.OperationalError as error:
        # A journal that must be rolled back first, which reading alone may not do.
        if primary_code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
    with temporary_folder() as folder:  # private to the user
        copy = Path(folder) / "copy"
        for ending in ("", "-journal", "-wal"):
            if Path(f"{path}{ending}").exists():
                shutil.copyfile(f"{path}{ending}", f"{copy}{ending}")
        with _connected(copy, "mode=rw") as connection:
            _check_version(schema.schema_version(connection), path)
            _check_sound(connection, path)
            schema.migrate(connection)
            return _read(connection, path)


# -- files ---------------------------------------------------------------------------------------------


def _missing_folders(folder: Path) -> list[Path]:
    """The folders that would have to be made, innermost first."""
    missing = []
    while not folder.exists() and folder != folder.parent:
        missing.append(folder)
        folder = folder.parent
    return missing


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # mkdir's word for a file in the folder's place
        raise NotADirectoryError(errno.ENOTDIR, "not a folder") from None


def _put_in_place(temporary: Path, path: Path) -> None:
    """Gives a finished file its name, unless that name is taken. Raises FileExistsError then."""
    try:
        os.link(temporary, path)  # the one step that fails when the name is taken
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as exFAT
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "exists") from None
        temporary.rename(path)


def _clear(folder: Path) -> None:
    """Takes away what a process that was killed while it made a file has left there."""
    with contextlib.suppress(OSError):
        remove_leftovers(folder.glob(".*.tmp*"), shared=True)


def _remove(*paths: Path) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _copy_beside(connection: sqlite3.Connection, path: Path, label: str) -> Path:
    """Copies the database to a name that is free, such as “Essay (format 1).longwriter”; returns that path."""
    for number in range(1, 1000):
        ending = f" {number}" if number > 1 else ""
        copy = path.with_name(f"{path.stem} ({label}){ending}{path.suffix}")
        try:
            copy.touch(exist_ok=False)
        except FileExistsError:
            continue
        try:
            with contextlib.closing(sqlite3.connect(_address(copy, "mode=rw"), uri=True)) as target:
                connection.backup(target)
        except BaseException:
            _remove(copy, Path(f"{copy}-journal"))
            raise
        return copy
    raise FileExistsError(errno.EEXIST, "exists")
