"""Where the app keeps things, and where the files that ship with it are.

``LONGWRITER_HOME`` moves all folders of the app below one folder; otherwise platformdirs decides.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

APP_NAME = "LongWriter Desktop"
_FOLDER_NAME = "longwriter-desktop"


@dataclass(frozen=True, slots=True)
class AppPaths:
    """The app's own folders. None of them is created before something is written there."""

    settings: Path
    """The person's settings: settings.toml, their own models.toml, edited prompts."""
    data: Path
    """Recovery files, backups, the list of recent documents."""
    cache: Path
    """What can be made again: saved model states."""
    log: Path
    """Logs. They hold no text of the person's."""
    documents: Path
    """Where new documents go unless the person says otherwise."""

    @staticmethod
    def of_this_machine(environ: "os._Environ[str] | dict[str, str]" = os.environ) -> "AppPaths":
        home = environ.get("LONGWRITER_HOME", "")
        if home:
            base = Path(home).expanduser().absolute()
            return AppPaths(base / "settings", base / "data", base / "cache", base / "log", base / "documents")
        return AppPaths(
            settings=platformdirs.user_config_path(_FOLDER_NAME, appauthor=False),
            data=platformdirs.user_data_path(_FOLDER_NAME, appauthor=False),
            cache=platformdirs.user_cache_path(_FOLDER_NAME, appauthor=False),
            log=platformdirs.user_log_path(_FOLDER_NAME, appauthor=False),
            documents=platformdirs.user_documents_path() / "LongWriter",
        )


def resource_path(*parts: str) -> Path:
    """The path of a file that ships with the app, such as ``resource_path("prompts", "en", "plan.txt")``.

    In an installed wheel the resources lie inside the package; in a checkout they lie beside it.
    """
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    base = inside if inside.is_dir() else package.parent / "resources"
    return base.joinpath(*parts)


def catalogue_path() -> Path:
    """The path of the ``models.toml`` that ships with the app."""
    package = Path(__file__).resolve().parent
    inside = package / "models.toml"
    return inside if inside.is_file() else package.parent / "models.toml"
