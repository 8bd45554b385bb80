import ctypes

import llama_cpp
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.engine import Message
from longwriter_desktop.backend.turn_templates import TEMPLATES

LLAMA_CPP = {
    "chatml": "chatml",
    "llama-3": "llama3",
    "gemma": "gemma",
    "mistral": "mistral-v3",
    "phi-3": "phi3",
    "zephyr": "zephyr",
    "vicuna": "vicuna",
    "longwriter-glm": "chatglm4",
}
"""What llama.cpp calls them."""
CHAT = (
    Message("system", "Be brief."),
    Message("user", "Rome?"),
    Message("assistant", "A city."),
    Message("user", "More."),
)


def by_llama_cpp(name: str, messages: tuple[Message, ...]) -> str:
    chat = (llama_cpp.llama_chat_message * len(messages))()
    for each, message in zip(chat, messages, strict=True):
        each.role, each.content = message.role.encode(), message.content.encode()
    buffer = ctypes.create_string_buffer(100_000)
    length = llama_cpp.llama_chat_apply_template(name.encode(), chat, len(messages), True, buffer, len(buffer))
    assert length > 0
    return buffer.raw[:length].decode()


def by_us(name: str, messages: tuple[Message, ...]) -> str:
    parts = TEMPLATES[name].render(messages)
    return "".join(part.text for part in parts).removeprefix(TEMPLATES[name].start)


def alike(text: str, name: str) -> str:
    """Without the space that two templates put before an earlier reply, which models write themselves."""
    spaces = {"mistral": ("[/INST] ", "[/INST]"), "vicuna": ("ASSISTANT: ", "ASSISTANT:")}
    return text.replace(*spaces[name]) if name in spaces else text


@pytest.mark.parametrize("name", LLAMA_CPP)
def test_a_template_writes_what_llama_cpps_of_that_name_writes(name: str) -> None:
    for messages in (CHAT, CHAT[1:], CHAT[:2], CHAT[1:2]):
        theirs = by_llama_cpp(LLAMA_CPP[name], messages).removeprefix(TEMPLATES[name].start)
        assert by_us(name, messages) == alike(theirs, name)


def test_every_template_but_longwriters_own_is_compared_and_described() -> None:
    assert set(TEMPLATES) - set(LLAMA_CPP) == {"longwriter-llama"}
    for template in TEMPLATES.values():
        assert template.title
        assert template.used_by
        assert template.stop


@given(name=st.sampled_from(sorted(TEMPLATES)), texts=st.lists(st.text(max_size=20), min_size=2, max_size=6))
@hypothesis_settings(max_examples=60)
def test_what_people_write_is_never_taken_for_the_templates_own(name: str, texts: list[str]) -> None:
    roles = ("user", "assistant") * 3
    messages = tuple(Message(role, text) for role, text in zip(roles, texts, strict=False))  # type: ignore[arg-type]  # roles as plain text
    parts = TEMPLATES[name].render(messages)
    own = "".join(part.text for part in TEMPLATES[name].render([Message(each.role, "") for each in messages]))
    assert "".join(part.text for part in parts if part.kind == "template") == own
    assert "".join(part.text for part in parts if part.kind != "template") == "".join(texts)
