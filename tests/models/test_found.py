import hashlib
import json
import os
import platform
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.models.catalogue import Catalogue, load_catalogue
from longwriter_desktop.models.found import FoundFile, found_files, gguf_files, title_of
from longwriter_desktop.models.library import find_model, is_here
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, save_settings
from tests.backend.gguf_files import scalar, string
from tests.models.gguf_models import chat_model

pytestmark = pytest.mark.skipif(
    platform.system() != "Linux", reason="the folders of other programs lie elsewhere on other systems"
)


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with nothing in it."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    for name in (
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "HF_HOME",
        "HF_HUB_CACHE",
        "HUGGINGFACE_HUB_CACHE",
    ):
        monkeypatch.delenv(name, raising=False)
    for name in ("OLLAMA_MODELS", "JAN_DATA_FOLDER"):
        monkeypatch.delenv(name, raising=False)
    return folder


def found(paths: AppPaths, settings: Settings | None = None) -> dict[str, FoundFile]:
    return {each.title: each for each in found_files(paths, settings or Settings())}


def in_hub(home: Path, repository: str, name: str, commit: str = "c" * 40) -> Path:
    """A file as huggingface_hub keeps it: the snapshot's name is a link to a blob."""
    folder = home / ".cache" / "huggingface" / "hub" / f"models--{repository.replace('/', '--')}"
    whole = chat_model(folder / "made.gguf")
    blob = folder / "blobs" / hashlib.sha256(whole.read_bytes()).hexdigest()
    blob.parent.mkdir(exist_ok=True)
    whole.replace(blob)
    path = folder / "snapshots" / commit / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(blob)
    return path


def in_ollama(store: Path, name: str, tag: str, kinds: tuple[str, ...] = ("model",), registry: str = "") -> Path:
    """A model as Ollama keeps it: a manifest that names a blob by its hash."""
    made = chat_model(store / "made", name=f"{name} {tag}")
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    blob = store / "blobs" / f"sha256-{digest}"
    blob.parent.mkdir(parents=True, exist_ok=True)
    made.replace(blob)
    manifest = store / "manifests" / (registry or "registry.ollama.ai/library") / name / tag
    manifest.parent.mkdir(parents=True, exist_ok=True)
    layers = [{"mediaType": f"application/vnd.ollama.image.{kind}", "digest": f"sha256:{digest}"} for kind in kinds]
    manifest.write_text(json.dumps({"schemaVersion": 2, "layers": layers}))
    return blob


# -- places --------------------------------------------------------------------------------------------


def test_nothing_is_found_where_no_program_has_been(paths: AppPaths) -> None:
    assert found_files(paths, Settings()) == []


def test_models_of_each_program_are_found_where_it_keeps_them(paths: AppPaths, home: Path) -> None:
    chat_model(paths.data / "models" / "in-app.gguf")
    in_hub(home, "someone/Some-GGUF", "in-hub.gguf")
    chat_model(home / ".lmstudio" / "models" / "pub" / "repo" / "in-lm-studio.gguf")
    chat_model(home / ".cache" / "lm-studio" / "models" / "pub" / "repo" / "in-old-lm-studio.gguf")
    in_ollama(home / ".ollama" / "models", "llama3.2", "3b")
    chat_model(home / ".local" / "share" / "Jan" / "data" / "llamacpp" / "models" / "in-jan" / "model.gguf")
    chat_model(home / ".config" / "Jan" / "data" / "models" / "in-jan-before" / "weights.gguf")
    chat_model(home / "jan" / "models" / "in-old-jan" / "in-old-jan.gguf")
    places = {title: each.place for title, each in found(paths).items()}
    assert places == {
        "in-app": "models folder",
        "in-hub": "Hugging Face cache",
        "in-lm-studio": "LM Studio",
        "in-old-lm-studio": "LM Studio",
        "llama3.2:3b": "Ollama",
        "in-jan": "Jan",
        "in-jan-before": "Jan",
        "in-old-jan": "Jan",
    }
    assert all(each.header is not None and not each.problem for each in found(paths).values())


def test_folders_that_other_programs_were_told_to_use_are_found(
    paths: AppPaths, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / ".lmstudio-home-pointer").write_text(f"{tmp_path / 'lms'}\n")
    (tmp_path / "lms").mkdir()
    (tmp_path / "lms" / "settings.json").write_text(json.dumps({"downloadsFolder": str(tmp_path / "lms-models")}))
    chat_model(tmp_path / "lms-models" / "a" / "b" / "pointed.gguf")
    jan = home / ".config" / "Jan"
    jan.mkdir(parents=True)
    (jan / "settings.json").write_text(json.dumps({"data_folder": str(tmp_path / "jan-data")}))
    chat_model(tmp_path / "jan-data" / "llamacpp" / "models" / "moved" / "model.gguf")
    monkeypatch.setenv("JAN_DATA_FOLDER", str(tmp_path / "asked-for"))
    chat_model(tmp_path / "asked-for" / "llamacpp" / "models" / "asked" / "model.gguf")
    monkeypatch.setenv("OLLAMA_MODELS", str(tmp_path / "store"))
    in_ollama(tmp_path / "store", "qwen", "7b", registry="hf.co/someone")
    assert {title: each.place for title, each in found(paths).items()} == {
        "pointed": "LM Studio",
        "moved": "Jan",
        "asked": "Jan",
        "hf.co/someone/qwen:7b": "Ollama",
    }


@pytest.mark.parametrize("text", ["", "{", "[]", '{"downloadsFolder": 7}', '{"downloadsFolder": "\\u0000"}', "null"])
def test_settings_of_other_programs_that_make_no_sense_are_passed_over(paths: AppPaths, home: Path, text: str) -> None:
    for folder in (home / ".lmstudio", home / ".config" / "Jan"):
        folder.mkdir(parents=True)
        (folder / "settings.json").write_text(text)
    chat_model(home / ".lmstudio" / "models" / "a" / "b" / "here.gguf")
    assert set(found(paths)) == {"here"}


def test_a_folder_of_the_persons_own_is_looked_into_with_what_lies_below(paths: AppPaths, tmp_path: Path) -> None:
    chat_model(tmp_path / "mine" / "deep" / "deeper" / "own.GGUF")
    in_ollama(tmp_path / "mine", "copied", "latest")
    settings = Settings(model_folders=(str(tmp_path / "mine"), str(tmp_path / "gone")))
    assert {title: each.place for title, each in found(paths, settings).items()} == {
        "own": "your folder",
        "copied:latest": "your folder",
    }


def test_a_file_with_several_names_is_listed_once(paths: AppPaths, home: Path, tmp_path: Path) -> None:
    path = in_hub(home, "a/B-GGUF", "one.gguf")
    again = path.parents[1] / ("d" * 40) / "one.gguf"
    again.parent.mkdir()
    again.symlink_to(path.resolve())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "linked.gguf").hardlink_to(path.resolve())
    [only] = found_files(paths, Settings(model_folders=(str(tmp_path / "mine"),)))
    assert only.place == "Hugging Face cache"


def test_folders_that_lead_back_to_themselves_are_walked_once(tmp_path: Path) -> None:
    path = chat_model(tmp_path / "a" / "x.gguf")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert list(gguf_files(tmp_path)) == [path]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_passed_over(paths: AppPaths, tmp_path: Path) -> None:
    chat_model(tmp_path / "mine" / "shut" / "a.gguf")
    chat_model(tmp_path / "mine" / "open.gguf")
    (tmp_path / "mine" / "shut").chmod(0)
    try:
        assert set(found(paths, Settings(model_folders=(str(tmp_path / "mine"),)))) == {"open"}
    finally:
        (tmp_path / "mine" / "shut").chmod(0o700)


# -- what is a model -----------------------------------------------------------------------------------


def test_what_cannot_write_is_left_out(paths: AppPaths) -> None:
    folder = paths.data / "models"
    chat_model(folder / "mmproj-model-f16.gguf")
    chat_model(folder / "vision.gguf", architecture="clip")
    chat_model(folder / "adapter.gguf", more=[string("general.type", "adapter")])
    chat_model(folder / "bert.gguf", architecture="nomic-bert")
    chat_model(folder / "embedding.gguf", architecture="qwen3", more=[scalar("qwen3.pooling_type", 3)])
    chat_model(folder / "picture.gguf", architecture="flux", context=0)
    chat_model(folder / "writer.gguf", more=[string("general.type", "model")])
    assert set(found(paths)) == {"writer"}


def test_a_damaged_file_is_listed_with_what_is_wrong(paths: AppPaths) -> None:
    cut = chat_model(paths.data / "models" / "cut.gguf")
    cut.write_bytes(cut.read_bytes()[:-64])
    (paths.data / "models" / "text.gguf").write_text("no model at all, but long enough to be looked into")
    listed = found(paths)
    assert "truncated" in listed["cut"].problem
    assert "not a GGUF" in listed["text"].problem
    assert listed["cut"].header is None


def test_a_split_model_is_one_with_the_size_of_all_its_files(paths: AppPaths) -> None:
    folder = paths.data / "models"
    names = [f"big-Q4_K_M-{number:05}-of-00003.gguf" for number in (1, 2, 3)]
    parts = [chat_model(folder / name, more=[scalar("split.count", 3)]) for name in names]
    listed = found(paths)
    assert set(listed) == {"big-Q4_K_M"}
    assert listed["big-Q4_K_M"].path == parts[0]
    assert listed["big-Q4_K_M"].size_bytes == sum(part.stat().st_size for part in parts)
    parts[1].unlink()
    assert "big-Q4_K_M-00002-of-00003.gguf is missing" in found(paths)["big-Q4_K_M"].problem


def test_ollamas_models_with_adapters_or_without_weights_are_left_out(paths: AppPaths, home: Path) -> None:
    store = home / ".ollama" / "models"
    in_ollama(store, "tuned", "latest", kinds=("model", "adapter"))
    in_ollama(store, "cloud", "latest", kinds=("params",))
    in_ollama(store, "good", "latest", kinds=("model", "template", "license", "params"))
    assert set(found(paths)) == {"good:latest"}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["layers", "digest", "mediaType"]), inner)
    ),
    max_leaves=12,
)


@given(content=_JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60))
@hypothesis_settings(max_examples=80)
def test_manifests_of_any_content_break_nothing_and_lead_nowhere_else(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    home = tmp_path_factory.mktemp("any")
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home / "app")})
    chat_model(home / "store" / "blobs" / "secret.gguf")
    manifest = home / "store" / "manifests" / "r" / "n" / "m" / "t"
    manifest.parent.mkdir(parents=True)
    manifest.write_bytes(content)
    try:
        listed = found_files(paths, Settings(model_folders=(str(home / "store"),)))
        assert [each.path.name for each in listed] == ["secret.gguf"]
    finally:
        shutil.rmtree(home)


@pytest.mark.parametrize("digest", ["sha256:../../etc/passwd", "sha256:" + "g" * 64, "md5:abc", "sha256-" + "a" * 63])
def test_a_manifest_cannot_name_files_outside_its_store(paths: AppPaths, home: Path, digest: str) -> None:
    store = home / ".ollama" / "models"
    in_ollama(store, "x", "y")
    manifest = next((store / "manifests").rglob("y"))
    layer = {"mediaType": "application/vnd.ollama.image.model", "digest": digest}
    manifest.write_text(json.dumps({"layers": [layer]}))
    assert found_files(paths, Settings()) == []


@given(stem=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,20}", fullmatch=True), count=st.integers(1, 200))
@hypothesis_settings(max_examples=60)
def test_the_files_of_a_split_model_are_named_by_any_of_them(stem: str, count: int) -> None:
    names = [f"{stem}-{number:05}-of-{count:05}.gguf" for number in range(1, count + 1)]
    for name in (names[0], names[-1]):
        assert [part.name for part in parts_of(Path(name))] == names
    assert title_of(Path("folder") / names[0]) == ("folder" if stem.casefold() in {"model", "weights"} else stem)
    assert parts_of(Path(f"{stem}.gguf")) == (Path(f"{stem}.gguf"),)


# -- the catalogue's own -------------------------------------------------------------------------------


@pytest.fixture
def catalogue(paths: AppPaths) -> Catalogue:
    return load_catalogue(paths)


def test_the_catalogues_models_are_here_when_other_programs_have_them(
    paths: AppPaths, catalogue: Catalogue, home: Path, tmp_path: Path
) -> None:
    entry = replace(catalogue.entries[0], size_exact=False)
    assert is_here(entry, paths) is None
    studio = chat_model(home / ".lmstudio" / "models" / entry.repository / entry.file)
    assert is_here(entry, paths) == studio
    blob = home / ".ollama" / "models" / "blobs" / f"sha256-{entry.sha256}"
    blob.parent.mkdir(parents=True)
    studio.replace(blob)
    assert is_here(entry, paths) == blob
    save_settings(paths, Settings(model_folders=(str(tmp_path / "mine"),)))
    own = chat_model(tmp_path / "mine" / entry.file)
    assert is_here(entry, paths) == own


def test_a_file_of_another_size_in_another_program_is_not_the_catalogues(
    paths: AppPaths, catalogue: Catalogue, home: Path
) -> None:
    entry = replace(catalogue.entries[0], size_exact=True)
    chat_model(home / ".lmstudio" / "models" / entry.repository / entry.file)
    assert is_here(entry, paths) is None


def test_a_file_of_ollamas_is_called_by_the_models_own_name(paths: AppPaths, catalogue: Catalogue, home: Path) -> None:
    blob = in_ollama(home / ".ollama" / "models", "llama3.2", "3b")
    assert find_model(str(blob), catalogue, paths).title == "llama3.2 3b"


def test_a_model_whose_folder_has_moved_is_found_by_its_name(
    paths: AppPaths, catalogue: Catalogue, tmp_path: Path
) -> None:
    save_settings(paths, Settings(models_folder=str(tmp_path / "new")))
    path = chat_model(tmp_path / "new" / "mine.gguf")
    assert find_model(str(paths.data / "models" / "mine.gguf"), catalogue, paths).path == path
