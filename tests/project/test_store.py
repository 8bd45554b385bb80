import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.errors import ChangedElsewhere, DamagedProject, NotAProject, ProjectProblem, ProjectTooNew
from longwriter_desktop.project import schema, store
from longwriter_desktop.project.rows import write_changes
from longwriter_desktop.project.store import Project
from tests.project.documents import documents, edited

ROMAN = Document(
    title="Rome",
    instruction="Write about Rome",
    word_target=400,
    sections=(
        Section("The kings", 200, text="Once upon a time.", versions=(Version("Before.", 12.5, "generated", seed=7),)),
        Section("The republic", 200),
    ),
)


@pytest.fixture
def rome(tmp_path: Path) -> Path:
    path = tmp_path / "Rome.longwriter"
    Project.create(path, ROMAN).close()
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


# -- round trips ---------------------------------------------------------------------------------------


@given(document=documents)
@hypothesis_settings(max_examples=40, deadline=None)
def test_any_document_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    path = tmp_path_factory.mktemp("any") / "a.longwriter"
    Project.create(path, document).close()
    for read_only in (False, True):
        opened = Project.open(path, read_only=read_only)
        assert opened.document == document
        assert opened.repairs == ()


@given(data=st.data())
@hypothesis_settings(max_examples=25, deadline=None)
def test_after_each_of_any_row_of_edits_the_file_holds_the_document(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("edits") / "a.longwriter"
    document = data.draw(documents)
    with Project.create(path, document) as project:
        for _ in range(data.draw(st.integers(1, 5))):
            document = data.draw(edited(document))
            project.save(document)
            assert Project.open(path, read_only=True).document == document
    with Project.open(path) as project:  # go on from what was read, not from what was written
        document = data.draw(edited(document))
        project.save(document)
        assert Project.open(path, read_only=True).document == document


def test_there_is_one_file_at_rest(rome: Path) -> None:
    with Project.open(rome) as project:
        project.save(replace(ROMAN, title="Roma"))
        assert [each.name for each in rome.parent.iterdir()] == [rome.name]


def test_the_file_says_what_it_is(rome: Path) -> None:
    header = rome.read_bytes()[:100]
    assert header[68:72] == b"LWRD"
    assert int.from_bytes(header[60:64], "big") == len(schema.MIGRATIONS)
    assert header[18:20] == b"\x01\x01"  # a rollback journal, not a write-ahead log with its two extra files


def test_saving_an_unchanged_document_changes_nothing(rome: Path) -> None:
    before = rome.read_bytes()
    with Project.open(rome) as project:
        project.save(project.document)
    assert rome.read_bytes() == before


def test_each_save_counts_one_revision(rome: Path) -> None:
    with Project.open(rome) as project:
        first = project.revision
        project.save(replace(ROMAN, title="A"))
        project.save(replace(ROMAN, title="B"))
        assert project.revision == first + 2
    assert Project.open(rome).revision == first + 2


# -- making --------------------------------------------------------------------------------------------


def test_a_new_file_gets_the_folders_that_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b c" / "罗马 #1?.longwriter"
    Project.create(path, ROMAN).close()
    assert Project.open(path).document == ROMAN


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "notes.longwriter"
    path.write_text("mine")
    with pytest.raises(ProjectProblem, match="a file of that name already"):
        Project.create(path, ROMAN)
    assert contents(tmp_path) == {"notes.longwriter": b"mine"}


def test_a_file_that_appears_while_the_new_one_is_made_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.longwriter"

    def write_changes_while_another_program_writes(*arguments: object) -> object:
        path.write_text("theirs")
        return write_changes(*arguments)  # type: ignore[arg-type]  # passed on as they came

    monkeypatch.setattr("longwriter_desktop.project.store.write_changes", write_changes_while_another_program_writes)
    with pytest.raises(ProjectProblem, match="a file of that name already"):
        Project.create(path, ROMAN)
    assert contents(tmp_path) == {"a.longwriter": b"theirs"}


@pytest.mark.parametrize("links", [True, False])
def test_a_file_system_without_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:

        def link(*_: object) -> None:
            raise PermissionError(1, "Operation not permitted")

        monkeypatch.setattr("os.link", link)
    Project.create(tmp_path / "a.longwriter", ROMAN).close()
    assert list(contents(tmp_path)) == ["a.longwriter"]
    assert Project.open(tmp_path / "a.longwriter").document == ROMAN


def test_a_new_file_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ProjectProblem, match="not a folder"):
        Project.create(tmp_path / "file" / "a.longwriter", ROMAN)
    assert contents(tmp_path) == {"file": b"x"}


def test_a_name_that_is_too_long_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ProjectProblem, match="too long"):
        Project.create(tmp_path / "new" / ("x" * 300 + ".longwriter"), ROMAN)
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_cannot_be_stored_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(OverflowError):  # a bug of ours, not a problem of the person's
        Project.create(tmp_path / "new" / "a.longwriter", replace(ROMAN, word_target=2**70))
    assert list(tmp_path.iterdir()) == []


# -- files that are refused ----------------------------------------------------------------------------


def _other_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")


def _truncated(path: Path) -> None:
    Project.create(path, replace(ROMAN, title="x" * 20_000)).close()
    path.write_bytes(path.read_bytes()[:9000])


def _with_trigger(path: Path) -> None:
    Project.create(path, ROMAN).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER t AFTER UPDATE ON document BEGIN DELETE FROM sections; END")


def _without_table(path: Path) -> None:
    Project.create(path, ROMAN).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE versions")


@pytest.mark.parametrize(
    ("make", "kind", "words"),
    [
        (lambda path: path.write_text("Dear diary, " * 100), NotAProject, "some other kind of file"),
        (lambda path: path.write_text("short"), NotAProject, "some other kind of file"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(5000)), NotAProject, "some other kind of file"),
        (lambda path: path.touch(), NotAProject, "it is empty"),
        (lambda path: path.mkdir(), NotAProject, "it is a folder"),
        (_other_database, NotAProject, "a database of another program"),
        (_truncated, DamagedProject, "damaged"),
        (_with_trigger, DamagedProject, "not those of a LongWriter document"),
        (_without_table, DamagedProject, "not those of a LongWriter document"),
        (lambda _: None, ProjectProblem, "no such file"),
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_document_is_refused_in_words_and_not_touched(
    tmp_path: Path, make: object, kind: type[ProjectProblem], words: str, read_only: bool
) -> None:
    path = tmp_path / "a.longwriter"
    assert callable(make)
    make(path)
    before = contents(tmp_path)
    with pytest.raises(kind, match=words) as caught:
        Project.open(path, read_only=read_only)
    assert str(path) in str(caught.value)
    assert type(caught.value) is kind
    assert contents(tmp_path) == before


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_of_a_newer_version_is_refused_and_not_touched(rome: Path, read_only: bool) -> None:
    with closing(sqlite3.connect(rome)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = contents(rome.parent)
    with pytest.raises(ProjectTooNew, match=r"format 99.*Update the app"):
        Project.open(rome, read_only=read_only)
    assert contents(rome.parent) == before


# -- others at the same file ---------------------------------------------------------------------------


def test_a_file_that_was_saved_elsewhere_is_not_overwritten(rome: Path) -> None:
    mine, theirs = Project.open(rome), Project.open(rome)
    theirs.save(replace(ROMAN, title="Theirs"))
    with pytest.raises(ChangedElsewhere, match="not overwritten"):
        mine.save(replace(ROMAN, title="Mine"))
    assert Project.open(rome).document.title == "Theirs"
    again = Project.open(rome)  # the way out: read it again, then put the own text over it knowingly
    again.save(replace(ROMAN, title="Mine"))
    assert Project.open(rome).document.title == "Mine"


def test_two_copies_at_the_same_revision_are_told_apart(rome: Path) -> None:
    copy = rome.with_name("copy.longwriter")
    copy.write_bytes(rome.read_bytes())
    mine = Project.open(rome)
    mine.save(replace(ROMAN, title="Mine"))
    Project.open(copy).save(replace(ROMAN, title="Theirs"))
    copy.replace(rome)  # as a synchronised folder does
    with pytest.raises(ChangedElsewhere):
        mine.save(replace(ROMAN, title="Mine again"))
    assert Project.open(rome).document.title == "Theirs"


def test_a_file_that_was_deleted_is_reported_and_not_made_anew(rome: Path) -> None:
    project = Project.open(rome)
    rome.unlink()
    with pytest.raises(ProjectProblem, match="moved or deleted"):
        project.save(replace(ROMAN, title="Mine"))
    assert list(rome.parent.iterdir()) == []


def test_another_file_in_its_place_is_not_touched(rome: Path) -> None:
    project = Project.open(rome)
    rome.write_text("something else")
    with pytest.raises(ChangedElsewhere, match="another file lies in its place"):
        project.save(replace(ROMAN, title="Mine"))
    assert contents(rome.parent) == {rome.name: b"something else"}


def test_a_file_that_another_program_holds_is_reported(rome: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_BUSY_TIMEOUT_S", 0.1)
    project = Project.open(rome)
    with closing(sqlite3.connect(rome, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ProjectProblem, match="another program is using it"):
            project.save(replace(ROMAN, title="Mine"))
        with pytest.raises(ProjectProblem, match="another program is using it"):
            Project.open(rome)
        other.execute("ROLLBACK")
    project.save(replace(ROMAN, title="Mine"))
    assert Project.open(rome).document.title == "Mine"


def test_a_commit_that_was_reported_as_failed_but_reached_the_disk_is_gone_on_from(
    rome: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project.open(rome)
    real = store._in_transaction

    def fails_after_commit(*arguments: object) -> object:
        real(*arguments)  # type: ignore[arg-type]  # passed on as they came
        raise sqlite3.OperationalError("disk I/O error")

    with monkeypatch.context() as patched:
        patched.setattr(store, "_in_transaction", fails_after_commit)
        with pytest.raises(ProjectProblem):
            project.save(replace(ROMAN, title="One"))
    two = replace(ROMAN, title="Two", sections=ROMAN.sections[1:])
    project.save(two)
    assert Project.open(rome).document == two


# -- reading only, closing -----------------------------------------------------------------------------


def test_a_project_opened_for_reading_only_is_not_saved(rome: Path) -> None:
    before = rome.read_bytes()
    with Project.open(rome, read_only=True) as project, pytest.raises(ProjectProblem, match="reading only"):
        project.save(replace(ROMAN, title="Mine"))
    assert rome.read_bytes() == before


def test_a_closed_project_cannot_be_saved(rome: Path) -> None:
    project = Project.open(rome)
    project.close()
    with pytest.raises(RuntimeError):
        project.save(ROMAN)


# -- older formats -------------------------------------------------------------------------------------


def _adds_a_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE document ADD COLUMN subtitle TEXT NOT NULL DEFAULT ''")


def _breaks_half_way(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM sections")
    connection.execute("SELECT * FROM no_such_table")


def test_an_older_file_is_brought_up_to_date_and_a_copy_is_kept(rome: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _adds_a_column))
    with Project.open(rome) as project:
        assert project.document == ROMAN
        project.save(replace(ROMAN, title="Roma"))
    assert Project.open(rome).document.title == "Roma"
    monkeypatch.undo()
    with pytest.raises(ProjectTooNew):
        Project.open(rome)
    assert Project.open(rome.with_name(f"Rome (format {len(schema.MIGRATIONS)}).longwriter")).document == ROMAN
    assert len(contents(rome.parent)) == 2


def test_a_file_of_format_1_gets_places_for_summaries_and_a_copy_of_it_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Old.longwriter"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        schema.migrate(connection)
        connection.execute(
            "INSERT INTO sections VALUES (1, 0, 0, 'a', 'The kings', 200, 'Kings', '', 1, 0, 'b', 'target', 'Once.')"
        )
    old = path.read_bytes()
    assert Project.open(path, read_only=True).document.sections[0].text == "Once."
    assert contents(tmp_path) == {path.name: old}
    with Project.open(path) as project:
        (section,) = project.document.sections
        assert (section.id, section.text, section.summary, section.summary_of) == ("a", "Once.", "", "")
        assert project.repairs == ()
        told = project.document.with_section(replace(section, summary="Kings ruled.", summary_of="f"))
        project.save(told)
    assert Project.open(path).document == told
    assert (tmp_path / "Old (format 1).longwriter").exists()


def test_an_older_file_opened_for_reading_only_is_not_touched(rome: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(rome.parent)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _adds_a_column))
    assert Project.open(rome, read_only=True).document == ROMAN
    assert contents(rome.parent) == before


def test_a_migration_that_fails_leaves_the_file_as_it_was(rome: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, _breaks_half_way))
        with pytest.raises(ProjectProblem, match="newest format"):
            Project.open(rome)
    assert Project.open(rome).document == ROMAN


# -- rows that cannot be used --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "repair"),
    [
        ("UPDATE sections SET text = CAST(X'FFFE41' AS TEXT) WHERE position = 0", "bytes that are not text"),
        ("UPDATE sections SET word_target = 'many' WHERE position = 0", "not a whole number"),
        ("UPDATE sections SET word_target = -5 WHERE position = 0", "below zero"),
        ("UPDATE sections SET id = 'same'", "no id of its own"),
        ("UPDATE sections SET id = '' WHERE position = 1", "no id of its own"),
        ("UPDATE sections SET position = 7", "place of section"),
        ("UPDATE versions SET section = 999", "versions of a section that is not there"),
        ("UPDATE versions SET origin = 'dreamt'", "origin of a version"),
        ("UPDATE versions SET created_at = 9e999", "time of a version"),
        ("UPDATE document SET settings = '[1, 2]'", "settings could not be read"),
        ("UPDATE document SET settings = '{\"model\": 3}'", "model was not a text"),
        ("UPDATE document SET settings = '" + "[" * 100_000 + "'", "settings could not be read"),
        ("UPDATE document SET language = 'xx'", "language was"),
        ("UPDATE document SET title = 3.5", ""),
        ("DELETE FROM document", "title and instruction were missing"),
    ],
)
def test_a_row_that_cannot_be_used_is_mended_and_the_file_kept_before_it_is_saved(
    rome: Path, statement: str, repair: str
) -> None:
    with closing(sqlite3.connect(rome)) as connection:
        connection.execute(statement)
        connection.commit()
    damaged = rome.read_bytes()
    assert Project.open(rome, read_only=True).repairs == Project.open(rome).repairs
    with Project.open(rome) as project:
        if repair:
            assert repair in "; ".join(project.repairs)
        assert [section.main_point for section in project.document.sections] == ["The kings", "The republic"]
        assert len({section.id for section in project.document.sections}) == 2
        assert rome.read_bytes() == damaged
        wanted = replace(project.document, instruction="Go on")
        project.save(wanted)
        project.save(replace(wanted, instruction="Go on again"))
    again = Project.open(rome)
    assert again.document == replace(wanted, instruction="Go on again")
    assert again.repairs == ()
    copies = [name for name in contents(rome.parent) if "before repair" in name]
    assert len(copies) == (1 if repair else 0)


def test_a_setting_of_a_newer_version_is_kept(rome: Path) -> None:
    with closing(sqlite3.connect(rome)) as connection:
        connection.execute("""UPDATE document SET settings = '{"seed": 3, "mood": "calm"}'""")
        connection.commit()
    with Project.open(rome) as project:
        assert project.document.settings.seed == 3
        project.save(replace(project.document, settings=replace(project.document.settings, seed=4)))
    with closing(sqlite3.connect(rome)) as connection:
        found = connection.execute("SELECT settings FROM document").fetchone()[0]
    assert found == '{"mood": "calm", "seed": 4}'
