"""The spelling dictionaries on this computer: pairs of .aff and .dic files, as Hunspell, LibreOffice and Firefox have.

The app ships none. American English comes with the package that looks words up; others are the system's, or the
person puts them into a folder of the app's settings.
"""

import importlib.util
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.paths import AppPaths

_USUAL = {"en": "en_US", "de": "de_DE", "fr": "fr_FR", "es": "es_ES", "pt": "pt_PT", "it": "it_IT", "nl": "nl_NL"}
"""Which of several dictionaries of a language is meant, where nothing says so."""


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A dictionary: ``language`` is the name of its files, such as "en_GB"; they lie in ``folder``."""

    language: str
    folder: Path


def own_folder(paths: AppPaths) -> Path:
    """Where the person puts dictionaries of their own. It need not exist."""
    return paths.settings / "dictionaries"


def dictionary_folders(paths: AppPaths, platform: str = sys.platform) -> list[Path]:
    """Where dictionaries are looked for; what is found first counts."""
    home = Path.home()
    found = [own_folder(paths)]
    if platform == "darwin":
        found += [home / "Library" / "Spelling", Path("/Library/Spelling")]
    elif platform != "win32":
        found += [home / ".local/share/hunspell", Path("/usr/local/share/hunspell"), Path("/usr/share/hunspell")]
        found += [Path("/usr/share/myspell/dicts"), Path("/usr/share/myspell")]
    package = importlib.util.find_spec("hunspell")
    if package is not None and package.origin:
        found.append(Path(package.origin).parent / "dictionaries")
    return found


def dictionaries(folders: Iterable[Path]) -> dict[str, Dictionary]:
    """What lies in ``folders``, by language. A folder that cannot be read holds nothing."""
    found: dict[str, Dictionary] = {}
    for folder in folders:
        try:
            names = sorted(path.stem for path in folder.glob("*.aff") if path.with_suffix(".dic").is_file())
        except OSError:
            continue
        for name in names:
            found.setdefault(name.replace("-", "_"), Dictionary(name, folder))
    return found


def chosen_language(available: Iterable[str], wanted: str, document_language: str, locale: str) -> str:
    """The dictionary for a document: the wanted one, else one of the document's language; "" where there is none.

    ``locale`` is the system's, such as "en_GB": it decides between dictionaries of one language. What is in Latin
    letters in a Chinese document is taken for English.
    """
    there = list(available)
    if wanted in there:
        return wanted
    language = "en" if document_language in ("", "zh") else document_language.partition("_")[0]
    of_language = sorted(each for each in there if each.partition("_")[0] == language)
    for likely in (locale.replace("-", "_").partition(".")[0], _USUAL.get(language, ""), *of_language):
        if likely in of_language:
            return likely
    return ""
