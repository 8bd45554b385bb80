"""What the window is put together from."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.models.library import Model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings
from longwriter_desktop.ui.document_file import DocumentFile
from longwriter_desktop.ui.exporting import Exporting
from longwriter_desktop.ui.model_combo import ModelChoice
from longwriter_desktop.ui.models.shelf import Shelf
from longwriter_desktop.ui.opening import PATIENCE_S
from longwriter_desktop.ui.session import Session
from longwriter_desktop.ui.theme import Theme
from longwriter_desktop.ui.writing import now


@dataclass(frozen=True, slots=True)
class WindowParts:
    """What the window is put together from (see `app`). ``formats``: names of export formats by suffix.

    ``choices`` gives the models on this computer; ``model_at`` the model of a GGUF file, or raises ModelProblem.
    ``patience_s`` is as in `Opening`. ``shelf`` is where the models dialog looks; None: on this computer.
    ``dictionary_folders`` gives where spelling dictionaries lie.
    """

    paths: AppPaths
    settings: Settings
    session: Session
    file: DocumentFile
    exporting: Exporting
    theme: Theme
    formats: dict[str, str]
    choices: Callable[[], list[ModelChoice]]
    model_at: Callable[[Path], Model]
    machine: str
    clock: Callable[[], float] = now
    patience_s: float = PATIENCE_S
    shelf: Shelf | None = None
    dictionary_folders: Callable[[], list[Path]] = list
