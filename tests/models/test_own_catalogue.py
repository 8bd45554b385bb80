import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import load_catalogue, own_catalogue_path
from longwriter_desktop.models.own_catalogue import add_entry, remove_entry
from longwriter_desktop.paths import AppPaths

TYPED = """\
# My models, for the novel.
[families.mine]
languages = ["zh"]   # mostly

[models.one]  # the first
title = "One"
path = "/one.gguf"
stop = [
    "[models.two]",
]

# Two is the better one.
[models.two]
title = "Two"
path = '/two.gguf'
"""


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path)})


def typed(paths: AppPaths, text: str = TYPED) -> Path:
    path = own_catalogue_path(paths)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def text_of(paths: AppPaths) -> str:
    return own_catalogue_path(paths).read_bytes().decode()


def test_an_entry_is_added_where_there_was_no_file(paths: AppPaths) -> None:
    added = add_entry(paths, "mine", {"title": "Mine", "path": "/m.gguf", "stop": ("###",), "top_k": 3})
    catalogue = load_catalogue(paths)
    assert catalogue.warnings == ()
    assert catalogue.by_name("mine") == added
    assert (added.stop, added.top_k, added.path) == (("###",), 3, "/m.gguf")


def test_what_the_person_typed_stays_as_it_was(paths: AppPaths) -> None:
    typed(paths)
    add_entry(paths, "three.5", {"title": "Three", "path": "/three.gguf"})
    assert text_of(paths).startswith(TYPED)
    assert load_catalogue(paths).own_names == {"one", "two", "three.5"}
    assert remove_entry(paths, "three.5")
    assert text_of(paths).rstrip() == TYPED.rstrip()


def test_an_entry_is_cut_out_and_the_comments_of_others_stay(paths: AppPaths) -> None:
    typed(paths)
    assert remove_entry(paths, "ONE")
    assert text_of(paths) == TYPED[: TYPED.index("[models.one]")] + TYPED[TYPED.index("# Two is") :]
    assert load_catalogue(paths).own_names == {"two"}


def test_an_entry_of_that_name_is_replaced_also_in_other_letters(paths: AppPaths) -> None:
    typed(paths)
    add_entry(paths, "Two", {"title": "Better", "path": "/better.gguf"})
    found = load_catalogue(paths).by_name("two")
    assert found is not None
    assert (found.name, found.title) == ("Two", "Better")
    assert "/two.gguf" not in text_of(paths)
    assert load_catalogue(paths).warnings == ()


def test_what_is_not_there_is_not_removed(paths: AppPaths) -> None:
    assert not remove_entry(paths, "one")
    assert not own_catalogue_path(paths).exists()
    typed(paths)
    assert not remove_entry(paths, "starter")
    assert text_of(paths) == TYPED


@pytest.mark.parametrize(
    ("name", "table", "words"),
    [
        ("starter", {"title": "S", "path": "/s"}, "The app has a model 'starter' itself"),
        ("a b", {"title": "S", "path": "/s"}, "its name should be letters"),
        ("a", {"title": "S"}, "give repository and file, or a path"),
        ("a", {"title": "S", "path": "/s", "top_p": 3}, "top_p: it should be"),
        ("a", {"title": "S", "path": "/s", "colour": "red"}, "there is no such field"),
    ],
)
def test_what_would_not_be_read_again_is_refused_and_nothing_is_written(
    paths: AppPaths, name: str, table: dict[str, str | int], words: str
) -> None:
    path = typed(paths)
    with pytest.raises(ModelProblem) as raised:
        add_entry(paths, name, table)
    assert words in str(raised.value)
    assert path.read_bytes() == TYPED.encode()


def test_a_damaged_file_is_left_alone(paths: AppPaths) -> None:
    for text in ("[models.a\n", "models = 3\n"):
        typed(paths, text)
        for change in (lambda: add_entry(paths, "b", {"title": "B", "path": "/b"}), lambda: remove_entry(paths, "a")):
            with pytest.raises(ModelProblem, match=r"cannot be changed.*It is as it was"):
                change()
        assert text_of(paths) == text


def test_an_entry_in_another_form_is_left_to_an_editor(paths: AppPaths) -> None:
    text = 'models.one = {title = "One", path = "/one.gguf"}\n'
    typed(paths, text)
    with pytest.raises(ModelProblem, match=r"not written as \[models.one\].*with an editor"):
        remove_entry(paths, "one")
    assert text_of(paths) == text


def test_a_table_that_cannot_be_added_to_is_left_alone(paths: AppPaths) -> None:
    text = 'models = {one = {title = "One", path = "/one.gguf"}}\n'
    typed(paths, text)
    with pytest.raises(ModelProblem, match="It is as it was"):
        add_entry(paths, "two", {"title": "Two", "path": "/two.gguf"})
    assert text_of(paths) == text


def test_a_disk_that_is_full_is_said_and_the_file_stays(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(paths)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("longwriter_desktop.safe_write.os.fsync", full)
    with pytest.raises(ModelProblem, match=r"could not be saved: No space left on device\. It is as it was"):
        add_entry(paths, "a", {"title": "A", "path": "/a"})
    assert text_of(paths) == TYPED


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20).filter(
    lambda text: bool(text.strip())
)
NAMES = st.from_regex(r"[a-z][a-z0-9._-]{0,8}", fullmatch=True).filter(lambda name: name != "starter")
TABLES = st.fixed_dictionaries({"title": TEXTS, "path": TEXTS}, optional={"stop": st.lists(TEXTS, max_size=2)})


@given(st.lists(st.tuples(NAMES, TABLES), min_size=1, max_size=4), st.sampled_from(["", TYPED, TYPED.rstrip("\n")]))
@hypothesis_settings(max_examples=40)
def test_whatever_is_added_is_read_again_and_gone_once_removed(
    tmp_path_factory: pytest.TempPathFactory, entries: list[tuple[str, dict[str, str | list[str]]]], before: str
) -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path_factory.mktemp("own"))})
    if before:
        typed(paths, before)
    for name, table in entries:
        add_entry(paths, name, table)
        assert tomllib.loads(text_of(paths))["models"][name] == table
    for name in {name for name, _ in entries}:
        assert remove_entry(paths, name)
    content = tomllib.loads(text_of(paths))
    kept = set(tomllib.loads(before).get("models", {})) - {name for name, _ in entries}
    assert set(content.get("models", {})) == kept
    assert content.get("families") == tomllib.loads(before).get("families")
