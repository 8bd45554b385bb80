import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.recent import RecentDocument, RecentDocuments

ROME = Document(
    title="Rome", language="en", word_target=500, sections=(Section("point", 200, text="five words are in here"),)
)


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path / "home")})


def test_a_document_is_listed_as_it_was(paths: AppPaths, tmp_path: Path) -> None:
    RecentDocuments(paths).add(tmp_path / "罗马.longwriter", ROME, 12.5)
    assert RecentDocuments(paths).entries() == [
        RecentDocument(tmp_path / "罗马.longwriter", "Rome", 5, 500, "en", 12.5)
    ]


def test_the_newest_is_first_and_each_document_is_listed_once(paths: AppPaths, tmp_path: Path) -> None:
    recent = RecentDocuments(paths)
    for at, name in enumerate(["a", "b", "a"]):
        recent.add(tmp_path / name, ROME, at)
    assert [entry.path.name for entry in recent.entries()] == ["a", "b"]
    assert recent.entries()[0].opened_at == 2


def test_thirty_documents_are_listed(paths: AppPaths, tmp_path: Path) -> None:
    recent = RecentDocuments(paths)
    for at in range(35):
        recent.add(tmp_path / f"{at}", ROME, at)
    assert [entry.path.name for entry in recent.entries()] == [f"{at}" for at in range(34, 4, -1)]


def test_a_missing_file_stays_listed_and_says_so(paths: AppPaths, tmp_path: Path) -> None:
    recent = RecentDocuments(paths)
    (tmp_path / "here").touch()
    recent.add(tmp_path / "gone", ROME, 1)
    recent.add(tmp_path / "here", ROME, 2)
    assert [entry.exists for entry in recent.entries()] == [True, False]


def test_a_document_can_be_taken_off(paths: AppPaths, tmp_path: Path) -> None:
    recent = RecentDocuments(paths)
    recent.add(tmp_path / "a", ROME, 1)
    recent.remove(tmp_path / "b")
    assert len(recent.entries()) == 1
    recent.remove(tmp_path / "a")
    assert recent.entries() == []


def test_a_title_with_a_lone_surrogate_is_kept(paths: AppPaths, tmp_path: Path) -> None:
    RecentDocuments(paths).add(tmp_path / "a", Document(title="\ud83d"), 1)
    assert RecentDocuments(paths).entries()[0].title == "\ud83d"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)
rows = st.fixed_dictionaries(
    {},
    optional={
        "path": st.text() | json_values,
        "title": st.text() | json_values,
        "words": st.integers() | json_values,
        "word_target": st.integers() | json_values,
        "language": st.text() | json_values,
        "opened_at": st.floats() | json_values,
    },
)


@given(content=st.binary() | (st.lists(rows) | json_values).map(lambda rows: json.dumps({"documents": rows}).encode()))
@hypothesis_settings(max_examples=150, deadline=None)
def test_a_damaged_list_costs_the_list_alone(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    home = tmp_path_factory.mktemp("recent")
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})
    paths.data.mkdir(parents=True)
    (paths.data / "recent.json").write_bytes(content)
    recent = RecentDocuments(paths)
    before = recent.entries()
    for entry in before:
        assert isinstance(entry.exists, bool)
    recent.add(home / "a", ROME, 1)
    assert recent.entries()[0].path == home / "a"
    assert len(recent.entries()) >= min(30, len(before))


def test_a_list_that_cannot_be_written_raises_nothing(
    paths: AppPaths, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    paths.data.parent.mkdir(parents=True)
    paths.data.write_text("a file where the folder should be")
    RecentDocuments(paths).add(tmp_path / "a", ROME, 1)
    assert RecentDocuments(paths).entries() == []
    assert "was not saved" in caplog.text


@pytest.mark.parametrize(
    "wrong",
    [{"opened_at": 1e18}, {"opened_at": -1e18}, {"opened_at": 10**400}, {"words": 10**400}, {"word_target": -5}],
)
def test_a_row_with_numbers_that_nobody_can_show_is_left_out(paths: AppPaths, wrong: dict[str, object]) -> None:
    row = {"path": "/a", "title": "", "words": 1, "word_target": 2, "language": "en", "opened_at": 1.7e9}
    paths.data.mkdir(parents=True)
    (paths.data / "recent.json").write_text(json.dumps({"documents": [row | wrong, row]}))
    assert [entry.words for entry in RecentDocuments(paths).entries()] == [1]


def test_what_a_person_does_to_the_whole_list_says_where_it_cannot_be_done(
    paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recent = RecentDocuments(paths)
    recent.add(tmp_path / "a", ROME, 1)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("longwriter_desktop.project.recent.replace_file", full)
    with pytest.raises(OSError, match="No space"):
        recent.clear()
    with pytest.raises(OSError, match="No space"):
        recent.put_back([])
    assert len(recent.entries()) == 1


def test_the_list_is_cleared_and_put_back_below_what_was_opened_since(paths: AppPaths, tmp_path: Path) -> None:
    recent = RecentDocuments(paths)
    for number, name in enumerate("abc"):
        recent.add(tmp_path / name, ROME, float(number))
    cleared = recent.clear()
    assert recent.entries() == []
    recent.add(tmp_path / "b", ROME, 9.0)
    recent.put_back(cleared)
    assert [entry.path.name for entry in recent.entries()] == ["b", "c", "a"]
    assert recent.entries()[0].opened_at == 9.0


def test_a_document_that_is_listed_is_brought_up_to_date_and_one_taken_off_stays_off(
    paths: AppPaths, tmp_path: Path
) -> None:
    recent = RecentDocuments(paths)
    recent.add(tmp_path / "a", Document(title="Old", language="en"), 1)
    recent.update(tmp_path / "a", ROME, 2, ROME.words)
    recent.update(tmp_path / "b", ROME, 3, ROME.words)
    assert [(entry.title, entry.words, entry.opened_at) for entry in recent.entries()] == [("Rome", 5, 2)]
    recent.clear()
    recent.update(tmp_path / "a", ROME, 4, ROME.words)
    assert recent.entries() == []
