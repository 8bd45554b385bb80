from pathlib import Path

from longwriter_desktop.agentwrite.engine import Message, Prompt
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.manage import last_used
from longwriter_desktop.opened_model import opened
from longwriter_desktop.paths import AppPaths


def test_that_a_model_was_opened_is_noted_and_not_before(starter_model: Path, longwriter_home: Path) -> None:
    paths = AppPaths.of_this_machine({"LONGWRITER_HOME": str(longwriter_home)})
    with opened(Model("starter", "Starter", starter_model), paths, lambda _: None, seed=None) as engine:
        assert last_used(paths) == {}
        list(engine.warm(Prompt((Message("user", "Rome?"),))))
        assert set(last_used(paths)) == {"starter"}
