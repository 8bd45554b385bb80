import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock
from huggingface_hub import scan_cache_dir
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.backend.open_models import OpenModel, OpenModels
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.manage import kept_in, last_used, note_used, removal, remove, reveal, verify
from longwriter_desktop.models.speeds import Speed, load_speeds, record_speed
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, save_settings
from tests.backend.gguf_files import scalar
from tests.models.gguf_models import chat_model


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})


@pytest.fixture(autouse=True)
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    return folder


def model_at(path: Path, sha256: str = "", **entry: object) -> Model:
    facts = ModelEntry("it", "It", path=str(path), sha256=sha256)
    return Model("it", "It", path, replace(facts, **entry) if entry else facts)  # type: ignore[arg-type]  # fields by name


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def in_hub(hub: Path, name: str, *commits: str, repository: str = "a/B-GGUF") -> Path:
    """A file as huggingface_hub keeps it, in the snapshots of all ``commits``; the last is the branch's."""
    folder = hub / f"models--{repository.replace('/', '--')}"
    made = chat_model(folder / "made", name=name)
    blob = folder / "blobs" / digest(made)
    blob.parent.mkdir(exist_ok=True)
    made.replace(blob)
    (folder / "refs").mkdir(exist_ok=True)
    path = folder
    for commit in commits:
        path = folder / "snapshots" / commit / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.path.relpath(blob, path.parent))
        (folder / "refs" / "main").write_text(commit)
    return path


# -- last use ------------------------------------------------------------------------------------------


def test_when_a_model_was_used_last_is_remembered(paths: AppPaths, tmp_path: Path) -> None:
    assert last_used(paths) == {}
    one, two = (Model(name, name, tmp_path / name) for name in ("one", "/where/two.gguf"))
    note_used(one, paths, 100.0)
    note_used(two, paths, 200.0)
    note_used(one, paths, 300.0)
    assert last_used(paths) == {"one": 300.0, "/where/two.gguf": 200.0}


@given(st.binary(max_size=60) | st.from_type(type(None)).map(lambda _: b'{"a": 1, "b": "x", "c": NaN, "d": -1}'))
@hypothesis_settings(max_examples=60)
def test_what_cannot_be_read_was_never_used(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path_factory.mktemp("any"))})
    paths.data.mkdir(parents=True)
    (paths.data / "models-used.json").write_bytes(content)
    assert set(last_used(paths)) <= {"a"}
    note_used(Model("new", "New", Path("new.gguf")), paths, 5.0)
    assert last_used(paths)["new"] == 5.0


def test_that_it_cannot_be_remembered_stops_nobody(paths: AppPaths) -> None:
    paths.data.parent.mkdir(parents=True, exist_ok=True)
    paths.data.write_text("a file where the folder should be")
    note_used(Model("x", "X", Path("x.gguf")), paths, 1.0)
    assert last_used(paths) == {}


# -- verifying -----------------------------------------------------------------------------------------


def test_a_file_with_the_catalogues_hash_is_what_was_published(tmp_path: Path) -> None:
    path = chat_model(tmp_path / "a.gguf")
    heard: list[tuple[int, int]] = []
    found = verify(model_at(path, digest(path)), lambda *bytes_: heard.append(bytes_))
    assert found is not None
    assert (found.ok, found.sha256, found.expected) == (True, digest(path), digest(path))
    assert heard[-1] == (path.stat().st_size, path.stat().st_size)


def test_one_wrong_byte_is_noticed(tmp_path: Path) -> None:
    path = chat_model(tmp_path / "a.gguf")
    right = digest(path)
    path.write_bytes(path.read_bytes()[:-1] + b"\1")
    found = verify(model_at(path, right))
    assert found is not None
    assert not found.ok
    assert found.sha256 == digest(path) != found.expected == right
    assert "download it again" in found.message.casefold()


def test_of_a_split_model_the_first_file_is_held_against_the_catalogues_hash(tmp_path: Path) -> None:
    split = [scalar("split.count", 2)]
    first, second = (chat_model(tmp_path / f"a-{number:05}-of-00002.gguf", more=split) for number in (1, 2))
    found = verify(model_at(first, digest(first)))
    assert found is not None
    assert found.ok
    assert "could not be compared" in found.message  # Of the second nobody has said anything.
    first.write_bytes(first.read_bytes()[:-1] + b"\1")
    found = verify(model_at(first, digest(second)))
    assert found is not None
    assert (found.ok, found.sha256) == (False, digest(first))


def test_in_the_cache_the_files_own_name_is_what_it_should_be(hub: Path) -> None:
    path = in_hub(hub, "a.gguf", "c" * 40)
    found = verify(Model(str(path), "A", path))
    assert found is not None
    assert found.ok
    assert found.expected
    path.resolve().write_bytes(path.read_bytes()[:-1] + b"\1")
    damaged = verify(Model(str(path), "A", path))
    assert damaged is not None
    assert not damaged.ok


def test_where_nobody_has_said_a_hash_the_form_is_all_that_is_checked(tmp_path: Path) -> None:
    path = chat_model(tmp_path / "a.gguf")
    found = verify(Model(str(path), "A", path))
    assert found is not None
    assert found.ok
    assert found.expected == ""
    assert "could not be compared" in found.message
    path.write_bytes(path.read_bytes()[:-40])
    cut = verify(Model(str(path), "A", path))
    assert cut is not None
    assert not cut.ok
    assert "truncated" in cut.message


def test_verifying_can_be_stopped_and_a_file_that_has_gone_is_one_sentence(tmp_path: Path) -> None:
    path = chat_model(tmp_path / "a.gguf")
    assert verify(Model(str(path), "A", path), stop=lambda: True) is None
    path.unlink()
    with pytest.raises(ModelProblem, match="cannot be read to its end"):
        verify(Model(str(path), "A", path))


# -- deleting ------------------------------------------------------------------------------------------


def test_a_file_in_the_models_folder_is_deleted_with_what_is_known_of_it(paths: AppPaths) -> None:
    path = chat_model(paths.data / "models" / "a.gguf")
    size = path.stat().st_size
    model = Model(str(path), "A", path)
    note_used(model, paths, 1.0)
    record_speed(paths, Speed(str(path), 5.0, 200.0, 20.0, "CPU, 2 threads", 1.0))
    assert removal(model, paths).frees_bytes == size
    assert remove(model, paths) == size
    assert not path.exists()
    assert last_used(paths) == {}
    assert load_speeds(paths) == ()


def test_all_files_of_a_split_model_go(paths: AppPaths) -> None:
    parts = [chat_model(paths.data / "models" / f"a-{number:05}-of-00002.gguf") for number in (1, 2)]
    other = chat_model(paths.data / "models" / "b.gguf")
    remove(Model("a", "A", parts[0]), paths)
    assert list((paths.data / "models").iterdir()) == [other]


def test_of_the_cache_one_file_goes_with_all_its_names_and_the_others_stay(hub: Path, paths: AppPaths) -> None:
    gone = in_hub(hub, "Q4.gguf", "c" * 40, "d" * 40)
    kept = in_hub(hub, "Q8.gguf", "c" * 40)
    blob, size = gone.resolve(), gone.stat().st_size
    assert kept_in(Model("x", "X", gone), paths) == "Hugging Face cache"
    assert remove(Model("x", "X", gone), paths) == size
    assert not blob.exists()
    assert [path.name for path in hub.rglob("*.gguf")] == ["Q8.gguf"]
    assert kept.read_bytes()
    [repository] = scan_cache_dir(hub).repos
    assert repository.nb_files == 1
    assert scan_cache_dir(hub).warnings == []


def test_with_its_last_file_the_repository_goes(hub: Path, paths: AppPaths) -> None:
    path = in_hub(hub, "Q4.gguf", "c" * 40)
    other = in_hub(hub, "other.gguf", "e" * 40, repository="c/D-GGUF")
    (hub / "models--a--B-GGUF" / ".no_exist" / ("c" * 40)).mkdir(parents=True)
    (hub / "models--a--B-GGUF" / ".no_exist" / ("c" * 40) / "config.json").touch()
    remove(Model("x", "X", path), paths)
    assert [each.name for each in hub.iterdir()] == ["models--c--D-GGUF"]
    assert other.exists()


def test_a_part_of_a_download_stays_when_another_file_is_deleted(hub: Path, paths: AppPaths) -> None:
    path = in_hub(hub, "Q4.gguf", "c" * 40)
    part = path.resolve().with_name("f" * 64 + ".incomplete")
    part.write_bytes(b"half of it")
    remove(Model("x", "X", path), paths)
    assert part.read_bytes() == b"half of it"


def test_a_file_that_is_being_downloaded_is_left_alone(hub: Path, paths: AppPaths) -> None:
    path = in_hub(hub, "Q4.gguf", "c" * 40)
    lock = hub / ".locks" / "models--a--B-GGUF" / f"{path.resolve().name}.lock"
    lock.parent.mkdir(parents=True)
    with FileLock(lock), pytest.raises(ModelProblem, match="being downloaded"):
        remove(Model("x", "X", path), paths)
    assert path.exists()
    remove(Model("x", "X", path), paths)
    assert not path.exists()


def test_the_persons_own_file_is_deleted_only_when_they_say_so(tmp_path: Path, paths: AppPaths) -> None:
    path = chat_model(tmp_path / "mine" / "a.gguf")
    model = Model(str(path), "A", path)
    assert removal(model, paths).asks
    with pytest.raises(ModelProblem, match="Nothing was deleted"):
        remove(model, paths)
    assert path.exists()
    assert remove(model, paths, outside=True)
    assert not path.exists()


def test_a_link_in_the_models_folder_goes_and_what_it_leads_to_stays(tmp_path: Path, paths: AppPaths) -> None:
    real = chat_model(tmp_path / "mine" / "a.gguf")
    link = paths.data / "models" / "a.gguf"
    link.parent.mkdir(parents=True)
    link.symlink_to(real)
    model = Model("a", "A", link)
    assert removal(model, paths).frees_bytes == 0
    assert remove(model, paths) == 0
    assert real.exists()
    assert not link.is_symlink()


def test_a_link_in_the_cache_goes_and_a_file_outside_stays(hub: Path, tmp_path: Path, paths: AppPaths) -> None:
    real = chat_model(tmp_path / "mine" / "a.gguf")
    other = in_hub(hub, "Q8.gguf", "c" * 40)
    link = other.with_name("a.gguf")
    link.symlink_to(real)
    model = Model("a", "A", link)
    assert kept_in(model, paths) == "Hugging Face cache"
    assert remove(model, paths) == 0
    assert real.exists()
    assert other.read_bytes()
    assert not link.is_symlink()


def test_a_models_folder_that_another_program_uses_is_not_the_apps_alone(
    tmp_path: Path, paths: AppPaths, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "ollama"))
    save_settings(paths, Settings(models_folder=str(tmp_path / "ollama")))
    path = chat_model(tmp_path / "ollama" / "a.gguf")
    with pytest.raises(ModelProblem, match="another program's"):
        remove(Model("a", "A", path), paths)
    assert path.exists()


def test_a_file_beside_the_repositories_of_the_cache_is_the_persons_own(hub: Path, paths: AppPaths) -> None:
    path = chat_model(hub / "a.gguf")
    (hub / "empty").mkdir()
    with pytest.raises(ModelProblem, match="Nothing was deleted"):
        remove(Model("a", "A", path), paths)
    assert remove(Model("a", "A", path), paths, outside=True)
    assert (hub / "empty").is_dir()


def test_what_came_with_the_app_and_what_has_gone_is_refused(tmp_path: Path, paths: AppPaths) -> None:
    path = chat_model(tmp_path / "package" / "a.gguf")
    entry = ModelEntry("it", "It", package="some_package", file="a.gguf")
    with pytest.raises(ModelProblem, match="came with the app"):
        remove(Model("it", "It", path, entry), paths, outside=True)
    assert path.exists()
    copy = chat_model(paths.data / "models" / "a.gguf")
    assert remove(Model("it", "It", copy, entry), paths)
    with pytest.raises(ModelProblem, match="not there any more"):
        remove(Model("x", "X", tmp_path / "gone.gguf"), paths, outside=True)


@pytest.fixture
def other_process() -> Iterator[int]:
    """A living process that is not this one."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process.pid
        process.communicate(b"\n")


def test_a_model_that_is_open_elsewhere_is_not_deleted(paths: AppPaths, other_process: int) -> None:
    path = chat_model(paths.data / "models" / "a.gguf")
    listed = replace(OpenModel.of(other_process, "A", path, 1000, on_device=False), app=other_process)
    OpenModels(paths.cache / "open-models").add(listed)
    with pytest.raises(ModelProblem, match="open in another window"):
        remove(Model("a", "A", path), paths)
    assert path.exists()


def test_a_link_is_shown_where_it_stands(hub: Path) -> None:
    path = in_hub(hub, "Q4.gguf", "c" * 40)
    assert reveal(path) == path.parent
    assert json.dumps(str(reveal(path)))
