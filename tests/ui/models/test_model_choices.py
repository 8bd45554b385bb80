from pathlib import Path

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.models.fit import Fit, Machine
from longwriter_desktop.models.library import Model
from longwriter_desktop.ui.model_choices import choices_of, machine_words, model_choice
from longwriter_desktop.ui.models.model_rows import Group, ModelRow
from tests.ui.models.scripted_shelf import BREEZE, STORM, here, to_download

STARTER = ModelEntry("starter", "Starter", purpose="for trying things out", languages=("en",))


def test_a_model_says_how_long_a_long_document_takes() -> None:
    model = Model(STORM.name, STORM.title, Path("/m/storm.gguf"), STORM)
    measured = model_choice(model, lambda _entry: Fit("fits", 3 * 10**9, "needs 3.0 GB, 9.0 GB free", (250, 250)))
    assert measured.fit == "fits · about 40 minutes for 10,000 words"
    published = model_choice(model, lambda _entry: Fit("slow", 3 * 10**9, "needs 3.0 GB; slow", (50, 100)))
    assert published.fit == "slow · 1.7 to 3.3 hours for 10,000 words"
    assert published.reason == "Needs 3.0 GB; slow."
    unknown = model_choice(model, lambda _entry: Fit("fits", 3 * 10**9, "needs 3.0 GB, 9.0 GB free"))
    assert unknown.fit == "fits · needs 3.0 GB"


def test_the_field_offers_what_is_here_and_can_be_used_those_for_writing_first() -> None:
    found = Model("/f/squall.gguf", "Squall", Path("/f/squall.gguf"))
    rows = [
        here(STARTER, Path("/m/starter.gguf"), words_a_minute=(2000, 2000)),
        here(BREEZE, Path("/m/breeze.gguf"), verdict="too large", reason="needs 9 GB, this computer has 8 GB"),
        here(STORM, Path("/m/storm.gguf"), problem="The file is damaged."),
        to_download(STORM),
        ModelRow(found.name, found.title, Group.HERE, model=found, place="your folder"),
        ModelRow("/lm/other.gguf", "Other", Group.FOUND, model=found, place="LM Studio"),
    ]
    choices = choices_of(rows)
    assert [choice.model.title for choice in choices] == ["Breeze 1B", "Squall", "Starter"]
    assert [choice.fits for choice in choices] == [False, True, True]
    assert choices[0].reason == "Needs 9 GB, this computer has 8 GB."
    assert choices[1].fit == ""
    assert choices[2].for_trying
    assert choices_of([]) == []


def test_of_an_own_file_that_names_no_language_none_is_known() -> None:
    own = ModelEntry("own", "Own", path="/m/own.gguf")
    chinese = ModelEntry("yi", "Yi", path="/m/yi.gguf", languages=("zh",))
    rows = [here(each, Path(each.path or "/m/storm.gguf")) for each in (own, chinese, STORM)]
    assert [choice.languages for choice in choices_of(rows)] == [(), ("zh",), ("en",)]


def test_the_memory_in_the_corner_is_told_in_the_unit_of_the_list() -> None:
    machine = Machine(24 * 2**30, 20 * 10**9, 8, 10**12)
    assert machine_words(machine) == "CPU, 8 cores · 25.8 GB"
    assert machine_words(Machine(8 * 10**9, 10**9, 1, 10**12, gpu="RTX")) == "RTX, 1 core · 8.0 GB"
