from pathlib import Path

import pytest

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.spelling.dictionaries import chosen_language, dictionaries, dictionary_folders, own_folder


def put(folder: Path, *names: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text("0\n", "utf-8")


def test_a_dictionary_is_a_pair_of_files_and_the_persons_own_comes_first(tmp_path: Path) -> None:
    mine, systems = tmp_path / "mine", tmp_path / "system"
    put(mine, "en_GB.aff", "en_GB.dic", "fr_FR.aff", "notes.txt")
    put(systems, "en_GB.aff", "en_GB.dic", "de-AT.aff", "de-AT.dic")
    found = dictionaries([tmp_path / "missing", mine, systems])
    assert {language: each.folder for language, each in found.items()} == {"en_GB": mine, "de_AT": systems}
    assert found["de_AT"].language == "de-AT"  # as its files are named


def test_american_english_is_there_on_every_computer(longwriter_home: Path) -> None:
    paths = AppPaths.of_this_machine()
    folders = dictionary_folders(paths)
    assert folders[0] == own_folder(paths)
    assert "en_US" in dictionaries(folders)
    assert "en_US" in dictionaries(dictionary_folders(paths, platform="win32"))


@pytest.mark.parametrize(
    ("wanted", "document", "locale", "expected"),
    [
        ("de_DE", "en", "en_GB", "de_DE"),
        ("", "en", "en_GB", "en_GB"),
        ("", "en", "de_DE", "en_US"),
        ("", "zh", "zh_CN", "en_US"),
        ("xx_XX", "en", "C", "en_US"),
        ("", "de", "en_US", "de_DE"),
        ("", "fr", "fr_FR", ""),
    ],
)
def test_the_dictionary_follows_the_person_then_the_document_then_the_system(
    wanted: str, document: str, locale: str, expected: str
) -> None:
    assert chosen_language(["de_AT", "de_DE", "en_GB", "en_US"], wanted, document, locale) == expected


def test_the_only_dictionary_of_a_language_is_used_whatever_its_country() -> None:
    assert chosen_language(["en_AU"], "", "en", "en_US") == "en_AU"
    assert chosen_language([], "en_US", "en", "en_US") == ""
