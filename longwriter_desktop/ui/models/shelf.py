"""What the models dialog asks the disk for: the rows of its list, and what is to be done with a file.

Everything here may take long and is called on other threads; nothing here uses a network but `fetch`.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.models import hub_token, licences
from longwriter_desktop.models.catalogue import Catalogue, ModelEntry, load_catalogue
from longwriter_desktop.models.download import DownloadProgress, discard_part, download, part_bytes, unfinished
from longwriter_desktop.models.fit import Fit, fit
from longwriter_desktop.models.found import FoundFile, found_files
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.listing import ListedModel, listed_models, recommended
from longwriter_desktop.models.machine import machine_here
from longwriter_desktop.models.manage import OnBytes, Removal, Stop, Verified, last_used, removal, remove, verify
from longwriter_desktop.models.own_catalogue import remove_entry
from longwriter_desktop.models.own_models import forget_own
from longwriter_desktop.models.speeds import load_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from longwriter_desktop.ui.length_words import shown_size
from longwriter_desktop.ui.models.download_watch import Fetcher
from longwriter_desktop.ui.models.model_rows import Group, ModelRow, with_other_sizes
from longwriter_desktop.ui.translation import translate

_OF_NO_PROGRAM = frozenset({"models folder", "Hugging Face cache", "your folder"})
"""Places that belong to no other program."""
_CLEARED_BY_THE_APP = frozenset({"models folder", "Hugging Face cache"})
"""Places in which the app offers to delete files; in the person's other folders it leaves them alone."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A download that was begun and can be gone on with; sizes in bytes."""

    entry: ModelEntry
    done_bytes: int
    total_bytes: int


class Shelf(Fetcher, Protocol):
    """What is here and what can be had. Every method may raise LongWriterError."""

    def look(self) -> list[ModelRow]: ...

    def unfinished(self) -> list[Unfinished]: ...

    def verify(self, model: Model, on_bytes: OnBytes, stop: Stop) -> Verified | None: ...

    def removal(self, row: ModelRow) -> Removal | None: ...

    def remove(self, row: ModelRow, *, outside: bool) -> str: ...

    def take_off(self, row: ModelRow) -> str: ...

    def accept(self, entry: ModelEntry) -> None: ...

    def keyring_name(self) -> str: ...

    def keep_token(self, token: str) -> None: ...


@dataclass(frozen=True, slots=True)
class AppShelf:
    """The real one."""

    paths: AppPaths

    def look(self) -> list[ModelRow]:
        """All models, judged for this computer."""
        catalogue = load_catalogue(self.paths)
        settings = load_settings(self.paths)
        machine = machine_here(self.paths, settings)
        speeds, options = load_speeds(self.paths), EngineOptions.of(settings)
        listed = listed_models(catalogue, self.paths, machine)
        best = recommended(listed)
        used = last_used(self.paths)
        rows = [
            self._listed_row(each, catalogue, used, best.why if best is not None and best.model is each else "")
            for each in listed
        ]
        known = {_identity(row.path) for row in rows if row.path is not None}
        others = [each for each in found_files(self.paths, settings) if _identity(each.path) not in known]
        rows += [
            _found_row(each, lambda model: fit(model, machine, speeds=speeds, options=options), used) for each in others
        ]
        return with_other_sizes(rows)

    def _listed_row(
        self, listed: ListedModel, catalogue: Catalogue, used: Mapping[str, float], recommended_because: str
    ) -> ModelRow:
        entry, path = listed.entry, listed.path
        gone = bool(entry.path) and path is None
        is_own = entry.name in catalogue.own_names
        row = ModelRow(
            key=entry.name,
            title=entry.title,
            group=Group.HERE if path is not None or gone else Group.TO_DOWNLOAD,
            size_bytes=(_size(path) if path is not None else 0) or entry.size_bytes,
            entry=entry,
            model=Model(entry.name, entry.title, path, entry) if path is not None else None,
            must_agree=path is None and licences.must_be_accepted(entry, self.paths),
            good_for=entry.good_for,
            recommended=recommended_because,
            last_used=used.get(entry.name),
            is_own_entry=is_own,
            may_remove=is_own or (path is not None and not (entry.package and path.name == entry.file)),
            problem=listed.problem,
            file=path,
        )
        return _judged(row, listed.fit)

    def unfinished(self) -> list[Unfinished]:
        catalogue = load_catalogue(self.paths)
        found = ((catalogue.by_name(each.name), each) for each in unfinished(self.paths))
        return [Unfinished(entry, each.done_bytes, each.total_bytes) for entry, each in found if entry is not None]

    def fetch(
        self,
        entry: ModelEntry,
        on_progress: Callable[[DownloadProgress], None],
        stop: threading.Event,
        token: str | None,
    ) -> Path:
        return download(entry, self.paths, on_progress=on_progress, stop=stop, token=token)

    def discard(self, entry: ModelEntry) -> None:
        discard_part(entry, self.paths)

    def kept_bytes(self, entry: ModelEntry) -> int:
        """What is on the disk of a download that is not finished."""
        return part_bytes(entry, self.paths)

    def verify(self, model: Model, on_bytes: OnBytes, stop: Stop) -> Verified | None:
        return verify(model, on_bytes, stop)

    def removal(self, row: ModelRow) -> Removal | None:
        """What deleting its file would do; None where there is no file."""
        model = _model_of(row)
        return removal(model, self.paths) if model is not None else None

    def remove(self, row: ModelRow, *, outside: bool) -> str:
        """Deletes the file of a model, and its entry where the person has added just this file; says so.

        An entry of the person's own that the hub has a file for stays: it can be downloaded again.
        """
        model = _model_of(row)
        if model is None:
            return self.take_off(row)
        freed = remove(model, self.paths, outside=outside)
        if row.is_own_entry and row.entry is not None and row.entry.path:
            remove_entry(self.paths, row.key)
        if not freed:
            return translate("Shelf", "{title} is deleted.").format(title=row.title)
        told = translate("Shelf", "{title} is deleted. {size} are free again.")
        return told.format(title=row.title, size=shown_size(freed))

    def take_off(self, row: ModelRow) -> str:
        """Takes an entry of the person's own off the list; its file stays."""
        forget_own(row.key, self.paths)
        told = translate("Shelf", "{title} is off the list.")
        if row.path is not None and row.path.exists():
            told = translate("Shelf", "{title} is off the list. Its file is where it was.")
        return told.format(title=row.title)

    def accept(self, entry: ModelEntry) -> None:
        licences.accept(entry, self.paths)

    def keyring_name(self) -> str:
        """How the system's keyring is called; "" where a token cannot be kept."""
        return hub_token.keyring_name()

    def keep_token(self, token: str) -> None:
        hub_token.remember(token)


def _found_row(found: FoundFile, judge: Callable[[Model], Fit], used: Mapping[str, float]) -> ModelRow:
    model = Model(str(found.path), found.title, found.path, None, found.header) if found.header is not None else None
    row = ModelRow(
        key=str(found.path),
        title=found.title,
        group=Group.HERE if found.place in _OF_NO_PROGRAM else Group.FOUND,
        size_bytes=found.size_bytes,
        model=model,
        place=found.place,
        last_used=used.get(str(found.path)),
        may_remove=found.place in _CLEARED_BY_THE_APP,
        problem=found.problem,
        file=found.path,
    )
    if model is None:
        return row
    try:
        judged = judge(model)
    except LongWriterError as problem:
        return replace(row, problem=str(problem))
    return _judged(row, judged)


def _judged(row: ModelRow, judged: Fit) -> ModelRow:
    """A row with how its model fits this computer."""
    return replace(
        row,
        verdict=judged.verdict,
        reason=judged.reason,
        needs_bytes=judged.needs_bytes,
        context_tokens=judged.context_tokens,
        words_a_minute=judged.words_a_minute,
        speed_source=judged.speed_source,
    )


def _model_of(row: ModelRow) -> Model | None:
    """Also of a file that cannot be used, and is to be deleted."""
    if row.model is None and row.file is not None:
        return Model(row.key, row.title, row.file)
    return row.model


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells files apart whatever they are called."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def _size(path: Path) -> int:
    """Bytes of all files of a model; 0 where one of them cannot be looked at."""
    try:
        return sum(part.stat().st_size for part in parts_of(path))
    except OSError:
        return 0
