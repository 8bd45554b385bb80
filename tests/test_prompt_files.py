from pathlib import Path

import pytest

from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates


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
