import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.project.names import new_document_path, proposed_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Roman Empire", "The Roman Empire"),
        ("罗马帝国:兴与衰", "罗马帝国 兴与衰"),
        ("Rome: rise/fall?", "Rome rise fall"),
        ("  two\n lines\t", "two lines"),
        ("..hidden", "hidden"),
        ("ends with dots...", "ends with dots"),
        ("-rf *", "rf"),
        ("con", "_con"),
        ("COM1.txt", "_COM1.txt"),
        ("concert", "concert"),
        ("", "Document"),
        ("\ud83d\u200b\x00", "Document"),
        ("Cafe\u0301 👍", "Café 👍"),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert proposed_name(title) == name


def test_a_long_title_is_cut_at_a_word() -> None:
    name = proposed_name("Write an article about " + "everything " * 50)
    assert 90 < len(name) <= 120
    assert name.endswith("everything")
    assert len(proposed_name("汉" * 500)) == 40


@given(title=st.text(st.characters(exclude_categories=())))
@hypothesis_settings(max_examples=300, deadline=None)
def test_any_title_becomes_a_name_that_every_system_takes(title: str) -> None:
    name = proposed_name(title)
    assert name
    assert len(name.encode()) <= 121
    assert not set(name) & set('<>:"/\\|?*')
    assert not any(unicodedata.category(character)[0] == "C" for character in name)
    assert name == name.strip(" .") == unicodedata.normalize("NFC", name)
    assert not PureWindowsPath(f"{name}.longwriter").is_reserved()
    assert Path(name).name == name


@given(title=st.text(st.characters(exclude_categories=()), max_size=200))
@hypothesis_settings(max_examples=50, deadline=None)
def test_any_title_gives_a_file_that_can_be_made(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    path = new_document_path(tmp_path_factory.mktemp("names"), title)
    path.touch(exist_ok=False)


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    names = []
    for title in ("Rome", "rome", "ROME"):
        path = new_document_path(tmp_path, title)
        names.append(path.name)
        path.touch()
    assert names == ["Rome.longwriter", "rome 2.longwriter", "ROME 3.longwriter"]


def test_a_folder_that_is_not_there_yet_takes_any_name(tmp_path: Path) -> None:
    assert new_document_path(tmp_path / "new", "Rome", ".docx") == tmp_path / "new" / "Rome.docx"
