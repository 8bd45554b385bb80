import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import (
    PROMPTS,
    check_prompt,
    load_templates,
    own_prompt_file,
    prompt_texts,
    put_aside_prompts,
    save_prompt,
)


@pytest.fixture
def own_file(longwriter_home: Path) -> Path:
    path = AppPaths.of_this_machine().settings / "prompts" / "en.toml"
    path.parent.mkdir(parents=True)
    assert longwriter_home in path.parents
    return path


def test_a_persons_own_prompts_are_laid_over_those_of_the_app(own_file: Path) -> None:
    shipped = load_templates("en", AppPaths.of_this_machine())
    own_file.write_text('[plan]\nrequest = "Plan it: $INSTRUCTION$"\n[write.common]\ndirection = "Mind: $DIRECTION$"\n')
    own = load_templates("en", AppPaths.of_this_machine())
    assert (own.plan_request, own.direction) == ("Plan it: $INSTRUCTION$", "Mind: $DIRECTION$")
    assert own.plan_examples == shipped.plan_examples
    assert own.omitted == shipped.omitted
    assert own.rewrite == shipped.rewrite


@pytest.mark.parametrize(
    "content", [b"[plan", b"\xff\xfe", b"plan = 3", b"[write]\npaper = 1", b"[plan]\nexamples = []"]
)
def test_a_file_that_cannot_be_used_is_named_in_one_sentence(own_file: Path, content: bytes) -> None:
    own_file.write_bytes(content)
    with pytest.raises(InputProblem, match=r"en\.toml.*(Mend|Add)"):
        load_templates("en", AppPaths.of_this_machine())


# -- editing one by one ------------------------------------------------------------------------------


@pytest.fixture
def paths(longwriter_home: Path) -> AppPaths:
    return AppPaths.of_this_machine()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_prompt_is_there_and_passes_its_own_check(paths: AppPaths, language: Language) -> None:
    texts = prompt_texts(language, paths)
    assert tuple(texts) == PROMPTS
    for text in texts.values():
        assert text.own is None
        check_prompt(text.text, text.shipped)


def test_a_changed_prompt_is_in_force_and_goes_with_the_file_when_it_is_put_back(paths: AppPaths) -> None:
    shipped = prompt_texts("en", paths)["write.paper.step"].shipped
    wording = "\n".join(["Mind the quiet.", *sorted(set(re.findall(r"\$[A-Z_]+\$", shipped)))])
    save_prompt("en", paths, "write.paper.step", wording)
    save_prompt("en", paths, "title.request", 'Title? "Short", please.\n')
    assert load_templates("en", paths).paper_step == wording
    assert load_templates("en", paths).title_request == 'Title? "Short", please.\n'
    assert prompt_texts("en", paths)["write.paper.step"].own == wording
    save_prompt("en", paths, "write.paper.step", shipped)
    assert load_templates("en", paths).paper_step == shipped
    assert "paper" not in own_prompt_file("en", paths).read_text()
    save_prompt("en", paths, "title.request", prompt_texts("en", paths)["title.request"].shipped)
    assert not own_prompt_file("en", paths).exists()


def test_a_file_written_by_hand_is_kept_beside_with_its_comments(own_file: Path, paths: AppPaths) -> None:
    hand = '# mine\n[plan]\nrequest = "Plan it: $INSTRUCTION$ $PARAGRAPHS$ $WORDS_EACH$"\n[extra]\nx = 1\n'
    own_file.write_text(hand)
    save_prompt("en", paths, "title.request", "Title?")
    assert own_file.with_name("en.toml.old").read_text() == hand
    content = tomllib.loads(own_file.read_text())
    assert content["plan"]["request"].startswith("Plan it")
    assert content["title"] == {"request": "Title?"}
    assert content["extra"] == {"x": 1}
    save_prompt("en", paths, "title.request", "Which title?")
    assert own_file.with_name("en.toml.old").read_text() == hand


def test_a_prompt_that_cannot_be_used_changes_nothing(paths: AppPaths) -> None:
    with pytest.raises(InputProblem, match=r"lacks \$INSTRUCTION\$.*Put it back in"):
        save_prompt("en", paths, "plan.request", "Plan $PARAGRAPHS$ $WORDS_EACH$")
    assert not own_prompt_file("en", paths).exists()


def test_prompts_put_aside_are_kept(own_file: Path, paths: AppPaths) -> None:
    own_file.write_text("[plan")
    put_aside_prompts("en", paths)
    put_aside_prompts("en", paths)
    assert own_file.with_name("en.toml.old").read_text() == "[plan"
    assert prompt_texts("en", paths)["plan.request"].own is None


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\r"), min_size=1).filter(str.strip))
@settings(max_examples=60)
def test_any_wording_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(tmp_path_factory.mktemp("home"))})
    names = set(re.findall(r"\$[A-Z_]+\$", text))
    try:
        save_prompt("en", paths, "title.request", text)
    except InputProblem:
        assert names
        return
    assert load_templates("en", paths).title_request == text
