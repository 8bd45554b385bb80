"""Where model files lie on a computer: the app's own folder, the Hugging Face cache, and other programs' folders.

Nothing here opens a model; the folders named need not be there. Sources of what other programs do:
https://huggingface.co/docs/huggingface_hub/guides/manage-cache, https://github.com/lmstudio-ai/lmstudio.js
(findLMStudioHome), https://github.com/ollama/ollama/blob/main/docs/faq.mdx, https://jan.ai/docs/data-folder and
https://github.com/janhq/jan (src-tauri/src/core/app/commands.rs).
"""

import contextlib
import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, load_settings

_LONGEST_SETTINGS = 4_000_000
"""Bytes of another program's settings that are read."""


def expanded(path: Path | str) -> Path:
    """A path with the home folder that ``~`` stands for; as it is where nobody has the name behind that."""
    with contextlib.suppress(RuntimeError):
        return Path(path).expanduser()
    return Path(path)


def models_folder(paths: AppPaths, settings: Settings | None = None) -> Path:
    """The app's own folder for GGUF files: the one of the settings, or `models` in the data folder."""
    chosen = (settings or load_settings(paths)).models_folder.strip()
    return expanded(chosen) if chosen else paths.data / "models"


def own_folders(settings: Settings) -> tuple[Path, ...]:
    """The folders that the person named besides the app's own."""
    return tuple(map(expanded, settings.model_folders))


def hub_cache(environ: Mapping[str, str] = os.environ) -> Path:
    """Where huggingface_hub keeps what it downloads, by the variables that it goes by itself."""
    cache = environ.get("XDG_CACHE_HOME", "~/.cache")
    home = environ.get("HF_HOME", f"{cache}/huggingface")
    hub = environ.get("HF_HUB_CACHE", environ.get("HUGGINGFACE_HUB_CACHE", f"{home}/hub"))
    return expanded(os.path.expandvars(hub))


def lm_studio_folders() -> tuple[Path, ...]:
    """LM Studio's model folders: the one of its settings, and those in its old and its new home."""
    home = Path.home()
    bases = [home / ".lmstudio", home / ".cache" / "lm-studio"]
    if pointed := _text(home / ".lmstudio-home-pointer").strip():
        bases.insert(0, Path(pointed))
    chosen = [_setting(base / "settings.json", "downloadsFolder") for base in bases]
    return _different([*filter(None, chosen), *(base / "models" for base in bases)])


def ollama_folders(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Ollama's model stores: of this person, and of the service that its installer sets up on Linux."""
    chosen = environ.get("OLLAMA_MODELS", "").strip()
    service = [Path(base) / ".ollama" / "models" for base in ("/usr/share/ollama", "/var/lib/ollama")]
    own = [Path.home() / ".ollama" / "models", *(service if os.name == "posix" else [])]
    return _different([expanded(chosen), *own] if chosen else own)


def jan_folders(environ: Mapping[str, str] = os.environ) -> tuple[Path, ...]:
    """Jan's model folders: in the data folder of its settings, in the usual one, and in those of earlier versions."""
    bases = [base / "Jan" for base in _program_data(environ)]
    chosen = [_setting(base / "settings.json", "data_folder") for base in bases]
    asked = environ.get("JAN_DATA_FOLDER", "").strip()
    folders = [*([Path(asked)] if asked else []), *filter(None, chosen), *(base / "data" for base in bases)]
    folders.append(Path.home() / "jan")
    return _different([folder / part for folder in folders for part in ("llamacpp/models", "models")])


def owner_of(path: Path) -> str:
    """The other program, or the shared cache, in one of whose folders ``path`` is; "" for none."""
    places = {"LM Studio": lm_studio_folders(), "Ollama": ollama_folders(), "Jan": jan_folders()}
    places["the Hugging Face cache"] = (hub_cache(),)
    real = path.parent.resolve() / path.name  # by where the name stands, not by what it is a link to
    found = (name for name, folders in places.items() for each in folders if real.is_relative_to(each.resolve()))
    return next(found, "")


def _program_data(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Where Jan keeps its data on this system; on Linux, earlier versions kept it among the settings."""
    match platform.system():
        case "Windows":
            return (Path(environ.get("APPDATA", Path.home() / "AppData" / "Roaming")),)
        case "Darwin":
            return (Path.home() / "Library" / "Application Support",)
        case _:
            data = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
            return (data, Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"))


def _setting(path: Path, name: str) -> Path | None:
    """A folder that another program's settings name; None where there is no such setting."""
    try:
        value = json.loads(_text(path))[name]
    except (ValueError, LookupError, TypeError):
        return None
    return Path(value) if isinstance(value, str) and value.strip() and "\0" not in value else None


def _text(path: Path) -> str:
    """A small file's text; "" where there is none that can be read."""
    try:
        if path.stat().st_size <= _LONGEST_SETTINGS:
            return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        pass
    return ""


def _different(folders: list[Path]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(folders))
