import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
import tomli_w
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import SamplingChoice, Settings, load_settings, save_settings, settings_path

folder_names = st.text(st.characters(exclude_characters="\0", codec="utf-8"))
settings_of_any_kind = st.builds(
    Settings,
    model=st.text(),
    temperature=st.floats(0, 2),
    top_p=st.floats(0, 1),
    top_k=st.integers(0, 1000),
    theme=st.sampled_from(["system", "light", "dark"]),
    manuscript_font_family=st.text(),
    manuscript_font_size=st.integers(6, 96),
    line_height=st.floats(1, 4),
    paper_size=st.sampled_from(["auto", "a4", "letter"]),
    show_outline=st.booleans(),
    show_section_panel=st.booleans(),
    window_geometry=st.binary(max_size=50).map(lambda content: content.hex()),
    splitter_sizes=st.lists(st.integers(0, 9999), max_size=5).map(tuple),
    models_folder=folder_names,
    model_folders=st.lists(folder_names.filter(bool), max_size=4).map(tuple),
    measure=st.integers(30, 200),
    keys=st.dictionaries(st.text(), st.text(), max_size=4).map(lambda keys: tuple(sorted(keys.items()))),
)


def paths_in(folder: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(folder)})


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return paths_in(tmp_path)


def with_file(paths: AppPaths, content: str | bytes) -> Settings:
    paths.settings.mkdir(parents=True, exist_ok=True)
    settings_path(paths).write_bytes(content.encode() if isinstance(content, str) else content)
    return load_settings(paths)


def test_without_a_file_the_defaults_are_in_force_and_nothing_is_made(paths: AppPaths, tmp_path: Path) -> None:
    settings = load_settings(paths)
    assert settings == Settings()
    assert settings.warnings == ()
    assert settings.sampling == SamplingChoice()
    assert (settings.theme, settings.manuscript_font_size, settings.line_height) == ("system", 17, 1.65)
    assert list(tmp_path.iterdir()) == []


@given(settings=settings_of_any_kind)
@hypothesis_settings(max_examples=80, deadline=None)
def test_any_settings_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> None:
    paths = paths_in(tmp_path_factory.mktemp("settings"))
    save_settings(paths, settings)
    loaded = load_settings(paths)
    assert loaded == settings
    assert loaded.warnings == ()


def test_a_file_edited_by_hand_is_read(paths: AppPaths) -> None:
    settings = with_file(paths, "# mine\nmodel = 'starter'\ntemperature = 1\nsplitter_sizes = [200, 700]\n")
    assert settings == Settings(model="starter", temperature=1.0, splitter_sizes=(200, 700))


@pytest.mark.parametrize(
    ("line", "name", "wanted"),
    [
        ("temperature = 'hot'", "temperature", "a number from 0 to 2"),
        ("temperature = 7", "temperature", "a number from 0 to 2"),
        ("temperature = nan", "temperature", "a number from 0 to 2"),
        ("temperature = true", "temperature", "a number from 0 to 2"),
        ("top_k = 1.5", "top_k", "a whole number"),
        ("theme = 'pink'", "theme", '"system", "light" or "dark"'),
        ("paper_size = 4", "paper_size", '"auto", "a4" or "letter"'),
        ("model = 3", "model", "a text in quotes"),
        ("show_outline = 'yes'", "show_outline", "true or false"),
        ("splitter_sizes = [1, 'x']", "splitter_sizes", "a list of widths"),
        ("splitter_sizes = [-1]", "splitter_sizes", "a list of widths"),
        ("model_folders = ['/a', 1]", "model_folders", "a list of folders"),
        ("model_folders = ['']", "model_folders", "a list of folders"),
        ("model_folders = '/a'", "model_folders", "a list of folders"),
        ('models_folder = "a\\u0000b"', "models_folder", "the path of a folder"),
        ("manuscript_font_size = 2000", "manuscript_font_size", "a whole number from 6 to 96"),
        ("[line_height]\nx = 1", "line_height", "a number from 1 to 4"),
        ("top_p = -0.5", "top_p", "a number from 0 to 1"),
        ("measure = 10", "measure", "a whole number from 30 to 200"),
        ("keys = 'Ctrl+F'", "keys", "a table of keys"),
        ("[keys]\nfind = 3", "keys", "a table of keys"),
    ],
)
def test_a_setting_that_cannot_be_used_is_the_default_and_a_warning(
    paths: AppPaths, line: str, name: str, wanted: str
) -> None:
    settings = with_file(paths, f"model = 'kept'\n{line}\n" if name != "model" else f"{line}\n")
    assert settings == Settings(model="" if name == "model" else "kept")
    (warning,) = settings.warnings
    assert name in warning
    assert wanted in warning
    assert str(settings_path(paths)) in warning


@pytest.mark.parametrize("content", [b"\xff\xfe", b"model = ", b"= 3", b"\x00"])
def test_a_file_that_is_no_toml_is_put_aside_before_it_is_written_over(paths: AppPaths, content: bytes) -> None:
    settings = with_file(paths, content)
    assert settings == Settings()
    assert "cannot be read" in settings.warnings[0]
    assert settings_path(paths).read_bytes() == content
    save_settings(paths, Settings(theme="dark"))
    assert load_settings(paths) == Settings(theme="dark")
    assert settings_path(paths).with_name("settings.toml.damaged").read_bytes() == content


def test_what_the_person_chose_of_the_sampling_counts_and_the_rest_is_left_to_the_model(paths: AppPaths) -> None:
    settings = with_file(paths, "temperature = 0\ntop_k = 40\n")
    assert settings.sampling == SamplingChoice(temperature=0.0, top_p=None, top_k=40)


def test_keys_are_a_table_in_the_file(paths: AppPaths) -> None:
    save_settings(paths, Settings(keys=(("find", "Ctrl+G; F4"), ("quit", ""))))
    assert tomllib.loads(settings_path(paths).read_text()) == {"keys": {"find": "Ctrl+G; F4", "quit": ""}}


def test_unknown_settings_stay_in_the_file(paths: AppPaths) -> None:
    settings = with_file(paths, "future = [1, 2]\ntheme = 'dark'\n[table]\nx = 1.5\n")
    assert settings.warnings == ()
    save_settings(paths, Settings(model="starter"))
    assert tomllib.loads(settings_path(paths).read_text()) == {
        "future": [1, 2],
        "table": {"x": 1.5},
        "model": "starter",
    }


def test_a_default_is_not_written_so_that_a_better_default_can_come(paths: AppPaths) -> None:
    save_settings(paths, Settings())
    assert settings_path(paths).read_text() == ""


def test_settings_that_cannot_be_written_leave_the_old_ones(paths: AppPaths, monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(paths, Settings(theme="dark"))

    def fsync(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fsync)
    with pytest.raises(OSError, match="No space"):
        save_settings(paths, Settings(theme="light"))
    assert load_settings(paths) == Settings(theme="dark")
    assert [each.name for each in paths.settings.iterdir()] == ["settings.toml"]


def test_a_settings_file_that_is_a_link_stays_one(paths: AppPaths, tmp_path: Path) -> None:
    kept = tmp_path / "dotfiles.toml"
    kept.write_text("")
    paths.settings.mkdir(parents=True)
    try:
        settings_path(paths).symlink_to(kept)
    except OSError:
        pytest.skip("links cannot be made here")
    save_settings(paths, Settings(theme="dark"))
    assert settings_path(paths).is_symlink()
    assert "dark" in kept.read_text()


@given(content=st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")))
@hypothesis_settings(max_examples=80, deadline=None)
def test_any_file_gives_settings(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    assert isinstance(with_file(paths_in(tmp_path_factory.mktemp("settings")), content), Settings)


values = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats()
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.lists(st.integers(-5, 5))
    | st.dictionaries(st.sampled_from("ab"), st.integers(0, 3))
)


@given(table=st.dictionaries(st.sampled_from([each.name for each in fields(Settings)]), values))
@hypothesis_settings(max_examples=150, deadline=None)
def test_settings_of_any_kind_and_size_give_settings_that_can_be_saved(
    tmp_path_factory: pytest.TempPathFactory, table: dict[str, object]
) -> None:

    paths = paths_in(tmp_path_factory.mktemp("settings"))
    settings = with_file(paths, tomli_w.dumps(table))
    save_settings(paths, settings)
    assert load_settings(paths) == settings


@pytest.mark.parametrize("line", ["measure", "line_height", "top_k", "splitter_sizes"])
def test_a_number_that_no_computer_counts_in_is_the_default_and_a_warning(paths: AppPaths, line: str) -> None:
    number = "9" * 400
    settings = with_file(paths, f"{line} = [{number}]\n" if line == "splitter_sizes" else f"{line} = {number}\n")
    assert settings == Settings()
    assert len(settings.warnings) == 1


def test_a_file_of_brackets_alone_gives_settings_and_is_put_aside(paths: AppPaths) -> None:
    settings = with_file(paths, f"a = {'[' * 100_000}")
    assert settings == Settings()
    assert "cannot be read" in settings.warnings[0]
    save_settings(paths, Settings(theme="dark"))
    assert load_settings(paths).theme == "dark"
