import pytest

from longwriter_desktop.agentwrite.engine import Message
from longwriter_desktop.backend.chat_template import ChatTemplate

CHAT = (
    Message("system", "Be brief."),
    Message("user", "Rome?"),
    Message("assistant", "A city."),
    Message("user", "More."),
)


def _text(template: ChatTemplate, messages: tuple[Message, ...] = CHAT, reply: str = "") -> str:
    return "".join(part.text for part in template.render(messages, reply))


def test_longwriter_llama_is_written_as_its_authors_write_it() -> None:
    expected = "<<SYS>>\nBe brief.\n<</SYS>>\n\n[INST]Rome?[/INST]A city.[INST]More.[/INST]"
    template = ChatTemplate("longwriter-llama", "{{ 'wrong' }}")
    assert _text(template) == expected
    assert template.stop == ("[INST]",)
    assert template.remark == ""


def test_longwriter_glm_is_written_as_its_authors_write_it() -> None:
    expected = (
        "[gMASK]<sop><|system|>\nBe brief.<|user|>\nRome?<|assistant|>\nA city.<|user|>\nMore.<|assistant|>\nIt is"
    )
    assert _text(ChatTemplate("longwriter-glm", None), reply="It is") == expected


def test_the_template_in_the_file_is_used_when_the_catalogue_names_none() -> None:
    source = (
        "{% for m in messages %}<{{ m.role }}>{{ m.content }}{% endfor %}{% if add_generation_prompt %}<go>{% endif %}"
    )
    template = ChatTemplate(None, source)
    assert _text(template) == "<system>Be brief.<user>Rome?<assistant>A city.<user>More.<go>"
    assert template.remark == ""


def test_a_model_without_a_template_gets_chatml_and_it_is_said() -> None:
    template = ChatTemplate(None, None)
    assert _text(template, CHAT[1:2], "It") == "<|im_start|>user\nRome?<|im_end|>\n<|im_start|>assistant\nIt"
    assert "ChatML" in template.remark


@pytest.mark.parametrize(
    "source",
    [
        "{% for m in messages %}",
        "{{ messages[0].content.__class__.__mro__ }}",
        "{{ messages | nosuchfilter }}",
        "{{ 1 / 0 }}",
        "nothing of the messages",
        "{{ cycler.__init__.__globals__.os.system('echo no') }}",
        "{% for m in messages %}{{ m.content }}{{ m.content }}{% endfor %}",
    ],
)
def test_a_template_that_fails_attacks_or_loses_messages_gives_chatml_and_it_is_said(source: str) -> None:
    template = ChatTemplate(None, source)
    assert _text(template, CHAT[1:2]) == "<|im_start|>user\nRome?<|im_end|>\n<|im_start|>assistant\n"
    assert "ChatML" in template.remark


def test_a_template_that_knows_no_system_message_gets_it_with_the_first_question() -> None:
    source = (
        "{% for m in messages %}{% if m.role == 'system' %}{{ raise_exception('no') }}{% endif %}"
        "<{{ m.role }}>{{ m.content }}{% endfor %}"
    )
    assert _text(ChatTemplate(None, source)) == "<user>Be brief.\n\nRome?<assistant>A city.<user>More."


def test_a_text_that_looks_like_a_template_is_only_text() -> None:
    source = "{% for m in messages %}<{{ m.content }}>{% endfor %}"
    text = "{{ 1 + 1 }} {% for x in y %} \ue0000\ue001"
    assert _text(ChatTemplate(None, source), (Message("user", text),)) == f"<{text}>"


def test_a_template_that_trims_messages_is_followed() -> None:
    source = "{% for m in messages %}<{{ m.content | trim }}>{% endfor %}"
    assert _text(ChatTemplate(None, source), (Message("user", "  a \n"),)) == "<a>"


def test_only_the_templates_own_text_is_marked_as_such() -> None:
    source = "{% for m in messages %}<|u|>{{ m.content }}<|e|>{% endfor %}"
    parts = ChatTemplate(None, source).render((Message("user", "a <|e|> b"), Message("assistant", "c")), "d")
    assert [(part.text, part.kind) for part in parts] == [
        ("<|u|>", "template"),
        ("a <|e|> b", "content"),
        ("<|e|><|u|>", "template"),
        ("c", "reply"),
        ("<|e|>", "template"),
        ("d", "reply"),
    ]
