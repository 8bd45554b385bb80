import threading
import tomllib
from pathlib import Path

import pytest

from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import load_catalogue, own_catalogue_path
from longwriter_desktop.models.library import find_model
from longwriter_desktop.models.own_models import (
    add_own,
    described,
    forget_own,
    quantization,
    template_choices,
    template_trial,
)
from longwriter_desktop.paths import AppPaths
from tests.backend.gguf_files import scalar, string, strings
from tests.models.gguf_models import CHATML_TOKENS, chat_model


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})


def own_table(paths: AppPaths) -> dict[str, dict[str, object]]:
    models: dict[str, dict[str, object]] = tomllib.loads(own_catalogue_path(paths).read_text("utf-8"))["models"]
    return models


# -- what a file says ----------------------------------------------------------------------------------


def test_the_starter_is_described_as_it_is(starter_model: Path) -> None:
    facts = described(starter_model)
    assert (facts.architecture, facts.quantization, facts.layers) == ("llama", "Q4_1", 30)
    assert (facts.parameters, facts.context_tokens, facts.size_bytes) == (135_000_000, 8192, 98_362_432)
    assert (facts.template, facts.template_problem, facts.problem) == ("in the file", "", "")
    assert (facts.languages, facts.licence) == (("en",), "apache-2.0")
    assert facts.kv_bytes_per_token == 30 * 2 * 3 * 64 * 2


def test_what_a_terminal_would_obey_is_no_part_of_a_name(tmp_path: Path) -> None:
    more = [string("general.license", "MIT\x1b[2J\n"), strings("general.languages", ["e\x07n"])]
    facts = described(
        chat_model(tmp_path / "\x1b.gguf", name="\x1b]0;Mine\x07 7B", more=more, architecture="lla\x1bma")
    )
    said = f"{facts.title}{facts.licence}{facts.languages}{facts.architecture}"
    assert said.isprintable()


def test_a_files_own_facts_are_read(tmp_path: Path) -> None:
    more = [
        scalar("general.file_type", 15),
        string("general.size_label", "8x7B"),
        strings("general.languages", ["en", "zh"]),
        string("general.license", "apache-2.0"),
        string("general.license.link", "https://example.org/licence"),
    ]
    facts = described(chat_model(tmp_path / "mixed.gguf", name="Mixed Instruct", more=more))
    assert facts.title == "Mixed Instruct (Q4_K_M)"
    assert facts.parameters == 56 * 10**9
    assert facts.languages == ("en", "zh")
    assert (facts.licence, facts.licence_url) == ("apache-2.0", "https://example.org/licence")
    assert facts.values["path"] == str(tmp_path / "mixed.gguf")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a-Q4_K_M", "Q4_K_M"),
        ("a.q8_0", "Q8_0"),
        ("a-IQ3_XXS-imat", "IQ3_XXS"),
        ("a-BF16", "BF16"),
        ("a-Q6_K", "Q6_K"),
        ("FAQ4_you", ""),
        ("plain", ""),
    ],
)
def test_the_quantization_is_read_from_the_name_where_the_file_does_not_say(
    tmp_path: Path, name: str, kind: str
) -> None:
    assert quantization(read_header(chat_model(tmp_path / f"{name}.gguf"))) == kind


def test_an_address_that_is_none_is_not_shown_as_one(tmp_path: Path) -> None:
    more = [string("general.license.link", "javascript:alert(1)")]
    assert described(chat_model(tmp_path / "a.gguf", more=more)).licence_url == ""


def test_of_a_split_model_all_files_have_to_be_there(tmp_path: Path) -> None:
    split = [scalar("split.count", 2)]
    first = chat_model(tmp_path / "a-00001-of-00002.gguf", more=split)
    with pytest.raises(ModelProblem, match="a-00002"):
        described(first)
    second = chat_model(tmp_path / "a-00002-of-00002.gguf", more=split)
    assert described(second).path == first
    assert described(second).size_bytes == first.stat().st_size + second.stat().st_size


@pytest.mark.parametrize("content", [b"", b"GGUF", b"no model" * 10])
def test_a_file_that_is_no_model_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.gguf").write_bytes(content)
    with pytest.raises(ModelProblem, match=r"a\.gguf"):
        described(tmp_path / "a.gguf")


# -- adding and forgetting -----------------------------------------------------------------------------


def test_an_added_file_is_a_model_of_the_catalogue_and_stays_where_it_is(tmp_path: Path, paths: AppPaths) -> None:
    path = chat_model(tmp_path / "here" / "Tale-Q4_K_M.gguf", name="Tale Instruct", context=100_000)
    before = path.read_bytes()
    entry = add_own(path, paths)
    assert entry.name == "tale-instruct-q4_k_m"
    model = find_model("TALE-instruct-q4_k_m", load_catalogue(paths), paths)
    assert (model.path, model.title) == (path, "Tale Instruct (Q4_K_M)")
    assert (entry.context_tokens, entry.default_context_tokens) == (100_000, 32_768)
    assert model.spec.template is None
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_name_title_template_and_context_are_as_chosen(tmp_path: Path, paths: AppPaths) -> None:
    path = chat_model(tmp_path / "a.gguf", template=None)
    entry = add_own(path, paths, name="mine", title="Mine", template="chatml", context=2048)
    assert (entry.name, entry.title, entry.template, entry.default_context_tokens) == ("mine", "Mine", "chatml", 2048)
    spec = find_model("mine", load_catalogue(paths), paths).spec
    assert (spec.template, spec.stop, spec.context_tokens) == ("chatml", ("<|im_end|>", "<|im_start|>"), 2048)


def test_adding_a_file_again_changes_its_entry(tmp_path: Path, paths: AppPaths) -> None:
    path = chat_model(tmp_path / "a.gguf")
    add_own(path, paths, name="one", template="chatml")
    add_own(path, paths, title="Better")
    assert own_table(paths)["one"]["title"] == "Better"
    assert "template" not in own_table(paths)["one"]
    add_own(path, paths, name="two")
    assert set(own_table(paths)) == {"two"}


def test_two_files_of_the_same_title_get_names_of_their_own(tmp_path: Path, paths: AppPaths) -> None:
    names = [add_own(chat_model(tmp_path / folder / "a b.gguf"), paths).name for folder in ("x", "y", "z")]
    assert names == ["a-b", "a-b-2", "a-b-3"]


def test_wide_models_plan_freely(tmp_path: Path, paths: AppPaths) -> None:
    assert add_own(chat_model(tmp_path / "wide.gguf", width=4096), paths).planning == "free"
    assert add_own(chat_model(tmp_path / "small.gguf"), paths).planning == "guided"


def test_what_cannot_be_added_changes_nothing(tmp_path: Path, paths: AppPaths) -> None:
    good = chat_model(tmp_path / "good.gguf")
    bert = chat_model(tmp_path / "bert.gguf", architecture="bert")
    add_own(chat_model(tmp_path / "other.gguf"), paths, name="taken")
    before = own_catalogue_path(paths).read_bytes()
    for path, how, words in (
        (bert, {}, "not a model that writes"),
        (tmp_path / "gone.gguf", {}, "no model file"),
        (good, {"template": "nonsense"}, "no chat template 'nonsense'"),
        (good, {"context": 5000}, "4,096 tokens"),
        (good, {"context": 100}, "4,096 tokens"),
        (good, {"name": "starter"}, "starter"),
        (good, {"name": "taken"}, "already"),
        (good, {"name": "no spaces"}, "letters"),
    ):
        with pytest.raises(ModelProblem, match=words):
            add_own(path, paths, **how)
        assert own_catalogue_path(paths).read_bytes() == before


def test_an_entry_of_the_persons_own_that_names_a_file_of_the_hub_is_not_replaced(
    tmp_path: Path, paths: AppPaths
) -> None:
    own = own_catalogue_path(paths)
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text('[models.mine]\ntitle = "Mine"\nrepository = "a/b"\nfile = "m.gguf"\n', "utf-8")
    before = own.read_bytes()
    with pytest.raises(ModelProblem, match="already"):
        add_own(chat_model(tmp_path / "a.gguf"), paths, name="Mine")
    assert own.read_bytes() == before


def test_forgetting_leaves_the_file_and_the_other_entries(tmp_path: Path, paths: AppPaths) -> None:
    path = chat_model(tmp_path / "a.gguf")
    add_own(path, paths, name="one")
    add_own(chat_model(tmp_path / "b.gguf"), paths, name="two")
    forget_own("ONE", paths)
    assert set(own_table(paths)) == {"two"}
    assert path.exists()
    for name in ("one", "starter"):
        with pytest.raises(ModelProblem, match="not one of the models that you have added"):
            forget_own(name, paths)


# -- templates -----------------------------------------------------------------------------------------


def test_the_files_own_template_is_offered_first_where_it_will_do(tmp_path: Path) -> None:
    choices = template_choices(described(chat_model(tmp_path / "a.gguf")))
    assert (choices[0].name, choices[0].suggested) == ("", True)
    assert [choice.name for choice in choices if choice.suggested] == [""]


def test_the_template_that_fits_is_offered_first_where_there_is_none(tmp_path: Path) -> None:
    facts = described(chat_model(tmp_path / "a.gguf", template=None, tokens=CHATML_TOKENS))
    choices = template_choices(facts)
    assert (choices[0].name, choices[0].suggested) == ("chatml", True)
    assert "" not in {choice.name for choice in choices}


def test_the_right_template_answers_and_a_wrong_one_is_noticed(starter_model: Path, paths: AppPaths) -> None:
    heard: list[str] = []
    right = template_trial(starter_model, "", paths, heard.append)
    assert right is not None
    assert "sea" in right.reply.casefold()
    assert right.problem == ""
    assert "".join(heard).strip() == right.reply
    wrong = template_trial(starter_model, "llama-3", paths)
    assert wrong is not None
    assert wrong.problem


def test_a_template_trial_can_be_stopped(starter_model: Path, paths: AppPaths) -> None:
    stop = threading.Event()

    def heard(_text: str) -> None:
        stop.set()

    assert template_trial(starter_model, "", paths, heard, stop.is_set) is None
