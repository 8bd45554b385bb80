"""What a person asks for one section reaches the model, in every layout, and stands with the text it led to."""

from dataclasses import replace

import pytest

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.agentwrite.prompts import Layout
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.prompt_templates import templates
from tests.agentwrite.writing_desk import LAYOUTS

WISH = "shorter, with more examples"


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_direction_stands_in_the_prompt_of_its_section_and_with_its_version(layout: Layout, language: str) -> None:
    sections = (
        Section("Night", 40, text=prose(1, 40), complete=True, id="a"),
        Section("Day", 40, text=prose(2, 40), complete=True, direction=WISH, id="b"),
        Section("Dusk", 40, text=prose(3, 40), complete=True, id="c"),
    )
    desk = [Document(instruction="Write about the sea", language=language, sections=sections)]
    before = desk[0]
    model = FakeModel(lambda _prompt, _sampling: prose(9, 200))

    def asked(section_id: str) -> str:
        model.calls.clear()
        events = write(
            lambda: desk[0], model, templates, sections=[section_id], again=True, sampling=Sampling(), layout=layout
        )
        for event in events:
            desk[0] = record(desk[0], event, 5.0)
        prompt = model.calls[0][0]
        return "".join(message.content for message in prompt.messages) + prompt.reply_prefix

    assert WISH not in asked("a")
    assert WISH in asked("b")
    section = desk[0].section("b")
    assert [(version.text, version.direction) for version in section.versions] == [
        (before.section("b").text, ""),
        (section.text, WISH),
    ]
    desk[0] = desk[0].with_section(replace(section, direction=""))
    assert WISH not in asked("b")
