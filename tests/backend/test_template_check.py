from pathlib import Path

import pytest

from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.template_check import check_named, check_template, suggest_template, tokens_in
from tests.models.gguf_models import CHATML, CHATML_TOKENS, chat_model

LLAMA_3 = ("<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|begin_of_text|>")


def header(path: Path, **facts: object) -> GgufHeader:
    return read_header(chat_model(path / "model.gguf", **facts))  # type: ignore[arg-type]  # keywords pass through


@pytest.mark.counted
def test_a_template_that_the_model_knows_the_marks_of_is_right(tmp_path: Path) -> None:
    found = check_template(header(tmp_path))
    assert (found.source, found.problem) == ("in the file", "")


def test_a_missing_template_is_said_with_the_one_that_fits_the_tokens(tmp_path: Path) -> None:
    found = check_template(header(tmp_path, template=None, tokens=LLAMA_3, name="Some Instruct"))
    assert (found.source, found.suggested) == ("missing", "llama-3")
    assert "no chat template" in found.problem
    assert "Use Llama 3" in found.problem
    assert "base model" not in found.problem


def test_a_base_model_is_called_one(tmp_path: Path) -> None:
    found = check_template(header(tmp_path, template="  ", tokens=(), name="Some 7B"))
    assert (found.source, found.suggested) == ("missing", "")
    assert "base model" in found.problem
    assert "Choose one and try it." in found.problem


@pytest.mark.parametrize("source", ["{% for", "{{ raise_exception('no') }}", "lost everything", "{{ 1 / 0 }}"])
@pytest.mark.counted
def test_a_template_that_cannot_be_run_is_noticed(tmp_path: Path, source: str) -> None:
    found = check_template(header(tmp_path, template=source))
    assert "cannot be used" in found.problem
    assert found.suggested == "chatml"


def test_another_models_template_is_noticed_by_its_marks(tmp_path: Path) -> None:
    found = check_template(header(tmp_path, template=CHATML, tokens=LLAMA_3))
    assert "<|im_start|>" in found.problem
    assert "another model's" in found.problem
    assert found.suggested == "llama-3"


def test_marks_that_models_were_taught_as_plain_text_are_no_sign(tmp_path: Path) -> None:
    zephyr = "{% for m in messages %}<|{{ m.role }}|>\n{{ m.content }}\n{% endfor %}<|assistant|>\n"
    assert check_template(header(tmp_path, template=zephyr, tokens=())).problem == ""


def test_longwriter_is_known_by_its_name_and_gets_its_authors_template(tmp_path: Path) -> None:
    found = check_template(header(tmp_path, tokens=(*LLAMA_3, *CHATML_TOKENS), name="LongWriter-llama3.1-8b"))
    assert found.suggested == "longwriter-llama"
    assert "of its own" in found.problem
    glm = header(tmp_path, architecture="chatglm", name="LongWriter glm4 9b", template=None)
    assert suggest_template(glm) == "longwriter-glm"


def test_a_named_template_is_held_against_the_tokens_too(tmp_path: Path) -> None:
    known = header(tmp_path)
    assert check_named(known, "chatml") == ""
    assert "Llama 3 writes <|begin_of_text|>" in check_named(known, "llama-3")
    assert check_named(known, "vicuna") == ""


def test_a_token_is_a_whole_one_of_the_vocabulary(tmp_path: Path) -> None:
    known = header(tmp_path, tokens=("<|im_start|>x", "<|eot_id|>"), template="a <|im_start|>")
    assert tokens_in(known, ["<|im_start|>", "<|eot_id|>", "<|eot_id|"]) == {"<|eot_id|>"}
    known.path.unlink()
    assert tokens_in(known, ["<|anything|>"]) == {"<|anything|>"}
