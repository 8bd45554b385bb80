from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import (
    Catalogue,
    ModelEntry,
    load_catalogue,
    own_catalogue_path,
)
from longwriter_desktop.paths import AppPaths, catalogue_path

SHIPPED_MODELS = 13
OWN = """
[models.mine]
title = "My model"
repository = "me/mine"
file = "mine.gguf"
"""


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path)})


def with_own(paths: AppPaths, text: str) -> Catalogue:
    paths.settings.mkdir(parents=True, exist_ok=True)
    own_catalogue_path(paths).write_text(text, encoding="utf-8")
    return load_catalogue(paths)


def entry(catalogue: Catalogue, name: str) -> ModelEntry:
    found = catalogue.by_name(name)
    assert found is not None
    return found


def test_the_shipped_catalogue_is_whole(paths: AppPaths) -> None:
    catalogue = load_catalogue(paths)
    assert catalogue.warnings == ()
    assert [each.name for each in catalogue.entries] == [
        "longwriter-8b-q4_k_m",
        "longwriter-8b-q5_k_m",
        "longwriter-8b-q6_k",
        "longwriter-8b-q8_0",
        "longwriter-8b-q4_k_s",
        "longwriter-8b-iq4_xs",
        "longwriter-9b-q4_k_m",
        "qwen3-4b-q4_k_m",
        "qwen2.5-7b-q4_k_m",
        "phi-4-mini-q4_k_m",
        "llama-3.2-3b-q4_k_m",
        "qwen2.5-1.5b-q4_k_m",
        "starter",
    ]
    assert catalogue.own_names == frozenset()
    for each in catalogue.entries:
        assert each.file.endswith(".gguf")
        assert each.quantization.casefold() in each.file.casefold()
        assert each.good_for.endswith(".")
        assert set(each.languages) <= {"en", "zh"}
        assert len(each.sha256) == 64
        assert each.parameters
        assert each.licence
        assert each.licence_url
        assert 0 < each.default_context_tokens <= each.context_tokens
        bits_a_parameter = each.size_bytes * 8 / each.parameters
        assert 4 < bits_a_parameter < 9
    assert len({each.sha256 for each in catalogue.entries}) == len(catalogue.entries)


@pytest.mark.parametrize(
    ("name", "kv_heads", "key_length"),
    # As in the config.json of each model's authors: num_key_value_heads and head_dim.
    [
        ("longwriter-8b-q4_k_m", 8, 128),
        ("longwriter-9b-q4_k_m", 2, 128),
        ("qwen3-4b-q4_k_m", 8, 128),
        ("qwen2.5-7b-q4_k_m", 4, 128),
        ("phi-4-mini-q4_k_m", 8, 128),
        ("llama-3.2-3b-q4_k_m", 8, 128),
        ("qwen2.5-1.5b-q4_k_m", 2, 128),
        ("starter", 3, 64),
    ],
)
def test_memory_of_a_token_and_number_of_parameters_follow_from_the_architecture(
    paths: AppPaths, name: str, kv_heads: int, key_length: int
) -> None:
    found = entry(load_catalogue(paths), name)
    width, heads = found.embedding_length, found.attention_heads
    assert found.kv_bytes_per_token == found.layers * kv_heads * key_length * 2 * 2
    attention = 2 * width * heads * key_length + 2 * width * kv_heads * key_length
    matrices = found.layers * (attention + 3 * width * found.feed_forward_length)
    is_one = found.output_is_embedding or name.startswith("qwen2.5-1.5b")  # one in the original, two in this file
    embedding = found.vocabulary_tokens * width * (1 if is_one else 2)
    # What is left are norms and biases.
    assert matrices + embedding == pytest.approx(found.parameters, rel=3e-4)


def test_licences_that_ask_for_it_are_agreed_to_first(paths: AppPaths) -> None:
    for each in load_catalogue(paths).entries:
        assert each.licence_accept == (each.licence not in {"Apache-2.0", "MIT"})


def test_the_recommended_model_is_longwriter_as_its_authors_use_it(paths: AppPaths) -> None:
    found = load_catalogue(paths).entries[0]
    assert (found.repository, found.file) == (
        "bartowski/LongWriter-llama3.1-8b-GGUF",
        "LongWriter-llama3.1-8b-Q4_K_M.gguf",
    )
    assert found.is_for_writing
    assert found.languages == ("en", "zh")
    assert (found.template, found.stop) == ("longwriter-llama", ("[INST]",))
    assert (found.temperature, found.top_p, found.top_k) == (0.5, 0.8, 50)
    assert found.default_context_tokens == 32_768
    assert found.kv_bytes_per_token == 128 * 1024
    assert not found.size_exact


def test_the_starter_is_for_trying_things_out(paths: AppPaths) -> None:
    found = entry(load_catalogue(paths), "starter")
    assert not found.is_for_writing
    assert found.template == ""
    assert (found.size_bytes, found.size_exact) == (98_362_432, True)
    assert found.kv_bytes_per_token == 30 * 2 * 3 * 64 * 2


def test_large_and_small_letters_are_alike(paths: AppPaths) -> None:
    catalogue = load_catalogue(paths)
    assert entry(catalogue, "LongWriter-8B-Q4_K_M") is entry(catalogue, "longwriter-8b-q4_k_m")
    assert catalogue.by_name("nothing") is None


def test_an_own_model_is_added(paths: AppPaths) -> None:
    catalogue = with_own(paths, OWN)
    assert catalogue.warnings == ()
    assert catalogue.entries[-1] == ModelEntry(
        name="mine", title="My model", repository="me/mine", file="mine.gguf", default_context_tokens=8192
    )
    assert len(catalogue.entries) == SHIPPED_MODELS + 1
    assert catalogue.own_names == {"mine"}


def test_an_own_file_on_this_computer_is_added(paths: AppPaths) -> None:
    assert entry(with_own(paths, "[models.x]\ntitle = 'X'\npath = '~/x.gguf'"), "x").path == "~/x.gguf"


def test_an_own_entry_changes_single_fields_of_a_shipped_one(paths: AppPaths) -> None:
    before = load_catalogue(paths).entries[0]
    after = with_own(paths, "[models.LongWriter-8B-Q4_K_M]\ndefault_context_tokens = 16384").entries[0]
    assert after.default_context_tokens == 16384
    assert (after.name, after.sha256, after.template) == (before.name, before.sha256, before.template)


def test_an_own_entry_over_a_shipped_one_does_not_count_as_the_persons_own(paths: AppPaths) -> None:
    catalogue = with_own(paths, "[models.Starter]\ntop_p = 0.7")
    assert entry(catalogue, "starter").top_p == 0.7
    assert catalogue.own_names == frozenset()


def test_a_name_that_is_nearly_that_of_a_shipped_model_is_said(paths: AppPaths) -> None:
    (warning,) = with_own(paths, "[models.longwriter-8b-q4_km]\ndefault_context_tokens = 16384").warnings
    assert "title: it is missing" in warning
    assert warning.endswith("The entry is left out. To change longwriter-8b-q4_k_m, give the entry that name.")


def test_an_own_entry_may_use_a_shipped_family_or_its_own(paths: AppPaths) -> None:
    own = (
        OWN
        + "family = 'longwriter-9b'\n[families.f]\nlanguages = ['zh']\n[models.two]\nfamily = 'f'\n"
        + ("title = 'Two'\npath = 'two.gguf'")
    )
    catalogue = with_own(paths, own)
    assert entry(catalogue, "mine").template == "longwriter-glm"
    assert entry(catalogue, "two").languages == ("zh",)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("sha256 = 'abc'", "line 6: model 'mine', sha256: it should be 64"),
        ("size_bytes = -1", "line 6: model 'mine', size_bytes: it should be a whole number"),
        ("size_bytes = 4.9e9", "size_bytes: it should be a whole number"),
        ("size_exact = 1", "size_exact: it should be true or false"),
        ("context_tokens = 4096", "default_context_tokens: 8192 is more than context_tokens, 4096"),
        ("temperature = nan", "temperature: it should be a number from 0 to 2, and is nan"),
        ("top_k = true", "top_k: it should be a whole number"),
        ("purpose = 'fun'", 'purpose: it should be "for writing"'),
        ("template = 'alpaca'", "template: it should be"),
        ("template = 3", "template: it should be"),
        ("stop = '[INST]'", "stop: it should be a list of texts"),
        ("languages = ['']", "languages: it should be a list"),
        ("revision = '/etc/x'", "revision: it should be"),
        ("revision = '../../refs'", "revision: it should be"),
        ("package = 'os.path'", "package: it should be"),
        ("licence_url = 'file:///etc'", "licence_url: it should be an address"),
        ("gated = 'yes'", "gated: it should be true or false"),
        ("licence_accept = 1", "licence_accept: it should be true or false"),
        ("good_for = 3", "good_for: it should be a text in quotes"),
        ("layers = -1", "layers: it should be a whole number"),
        ("family = 'nobody'", "family: there is no family 'nobody'; there are longwriter-8b, longwriter-9b"),
        (
            "quantisation = 'Q4_0'",
            "line 6: model 'mine', quantisation: there is no such field; did you mean quantization",
        ),
    ],
)
def test_a_mistake_in_an_own_entry_is_said_with_its_place_and_costs_that_entry_alone(
    paths: AppPaths, line: str, words: str
) -> None:
    catalogue = with_own(paths, OWN + line + "\n[models.fine]\ntitle = 'Fine'\npath = 'fine.gguf'")
    assert catalogue.by_name("mine") is None
    assert catalogue.by_name("fine") is not None
    (warning,) = catalogue.warnings
    assert words in warning
    assert str(own_catalogue_path(paths)) in warning
    assert "line " in warning


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[models.a]\nrepository = 'a/b'\nfile = 'c.gguf'", "title: it is missing"),
        ("[models.a]\ntitle = 'A'\nrepository = 'a/b'", "file: it is missing: give repository and file, or a path"),
        ("[models.a]\ntitle = 'A'\nrepository = 'b'\nfile = 'c'", "repository: it should be"),
        ("[models.a]\ntitle = 'A'\nrepository = 'a/b'\nfile = '../c'", "file: it should be"),
        ("[models.a]\ntitle = 'A'\nrepository = 'a/b'\nfile = '/c'", "file: it should be"),
        ("[models.a]\ntitle = 'A'\nrepository = 'a/b'\nfile = 'C:c'", "file: it should be"),
        ('[models.a]\ntitle = "A"\nrepository = "a/b"\nfile = "c\\u0000"', "file: it should be"),
        ("[models.a]\ntitle = 'A'\nrepository = '../..'\nfile = 'c'", "repository: it should be"),
        ("[models.'a/b']\ntitle = 'A'\npath = 'c'", "its name should be letters"),
        ("[models.a1.5b]\ntitle = 'A'\npath = 'c'", 'a name with a dot is written in quotes, as [models."a.b"]'),
        ("[models]\na = 3", "models should be tables"),
        ("[model.a]\ntitle = 'A'", "has a table [model]"),
        ("[models.a\n", "cannot be read"),
        ("models = []", "models should be tables"),
    ],
)
def test_an_own_file_with_a_mistake_leaves_the_shipped_models(paths: AppPaths, text: str, words: str) -> None:
    catalogue = with_own(paths, text)
    assert len(catalogue.entries) == SHIPPED_MODELS
    assert words in catalogue.warnings[0]


def test_an_own_file_that_is_no_text_leaves_the_shipped_models(paths: AppPaths) -> None:
    paths.settings.mkdir(parents=True)
    own_catalogue_path(paths).write_bytes(b"\xff\xfe\x00")
    catalogue = load_catalogue(paths)
    assert len(catalogue.entries) == SHIPPED_MODELS
    assert "cannot be read" in catalogue.warnings[0]


def test_a_mistake_over_a_shipped_entry_keeps_the_shipped_one(paths: AppPaths) -> None:
    catalogue = with_own(paths, "[models.starter]\ntop_p = 7")
    assert entry(catalogue, "starter").top_p == 0.8
    assert len(catalogue.warnings) == 1


def test_a_shipped_catalogue_that_cannot_be_used_is_an_error(paths: AppPaths, tmp_path: Path) -> None:
    with pytest.raises(ModelProblem, match="cannot be read"):
        load_catalogue(paths, tmp_path / "missing.toml")
    (tmp_path / "bad.toml").write_text("[models.a]\ntitle = ''")
    with pytest.raises(ModelProblem, match=r"bad.toml, line 2: model 'a', title"):
        load_catalogue(paths, tmp_path / "bad.toml")


SHIPPED = catalogue_path().read_text(encoding="utf-8")


@given(
    at=st.integers(0, len(SHIPPED)),
    length=st.integers(0, 30),
    instead=st.text(max_size=10) | st.sampled_from(["[", "]", "'", '"', "=", "\n[models.x]\n", "true", "-1", "nan"]),
)
@hypothesis_settings(max_examples=150, deadline=None)
def test_any_change_to_the_file_gives_models_or_one_clear_problem(
    tmp_path_factory: pytest.TempPathFactory, at: int, length: int, instead: str
) -> None:
    home = tmp_path_factory.mktemp("catalogue")
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(home)})
    catalogue = with_own(paths, SHIPPED[:at] + instead + SHIPPED[at + length :])
    assert len(catalogue.entries) >= SHIPPED_MODELS
    for warning in catalogue.warnings:
        assert str(own_catalogue_path(paths)) in warning
