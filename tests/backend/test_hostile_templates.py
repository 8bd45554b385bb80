"""Chat templates from files that mean harm or know no end: ChatML in their place, soon, and it is said."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from longwriter_desktop.agentwrite.engine import Message, Prompt, Sampling, TextChunk
from longwriter_desktop.backend.chat_template import ChatTemplate
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.jinja_template import JinjaTemplate, Place, TemplateProblem
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.paths import AppPaths

SAYS = "{{ messages[0].content }}"
CHATML = "<|im_start|>user\nRome?<|im_end|>\n<|im_start|>assistant\n"
FOR_EVER = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}" + SAYS
DOUBLES = "{% set n = namespace(x='aaaa') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
SECONDS = 15.0
"""The limit is 10, and other programs may have both cores."""

HARMFUL = {
    "counts for ever": FOR_EVER,
    "multiplies a text": "{{ 'a' * 10**10 }}" + SAYS,
    "doubles a text": DOUBLES + SAYS,
    "pads a text": "{{ 'a' | center(10**10) }}" + SAYS,
    "formats a number": "{{ '%10000000000d' | format(1) }}" + SAYS,
    "writes without end": "{% for a in range(99999) %}{{ 'a' * 100 }}{% endfor %}" + SAYS,
    "calls itself": "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}" + SAYS,
    "nests deeply": "{% if true %}" * 5000 + SAYS + "{% endif %}" * 5000,
    "is enormous": "{#" + "x" * 2_000_000 + "#}" + SAYS,
    "reads a file": "{% include '/etc/passwd' %}" + SAYS,
    "imports a module": "{% import 'os' as os %}{{ os.getcwd() }}" + SAYS,
    "climbs to Python's objects": "{{ messages[0].content.__class__.__mro__[1].__subclasses__() }}" + SAYS,
    "climbs by a format": "{{ '{0.__class__}'.format(messages) }}{{ messages.append(1) }}" + SAYS,
    "climbs to the globals": "{{ raise_exception.__globals__ }}{{ self.__init__.__globals__.sys.exit() }}" + SAYS,
}  # fmt: skip


@pytest.mark.parametrize("kind", HARMFUL)
def test_a_harmful_template_gives_chatml_within_seconds_and_it_is_said(kind: str) -> None:
    began = time.monotonic()
    template = ChatTemplate(None, HARMFUL[kind])
    assert "".join(part.text for part in template.render((Message("user", "Rome?"),), "")) == CHATML
    assert template.remark.startswith("The chat template in this model's file cannot be used")
    assert template.remark.count(".") == 1
    assert time.monotonic() - began < SECONDS


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on files that a process opens")
def test_the_process_of_a_template_can_open_no_file_and_start_no_program() -> None:
    # What a template would be after that has found a way out of Jinja2's sandbox.
    script = """
from longwriter_desktop.backend import template_process
import os, subprocess
template_process._limit()
answers = []
for what in (lambda: open("/etc/passwd"), lambda: open("trace", "w"), lambda: os.pipe(), lambda: bytearray(10**9)):
    try:
        what()
    except (OSError, MemoryError) as error:
        answers.append(type(error).__name__)
print(answers)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "['OSError', 'OSError', 'OSError', 'MemoryError']"


def test_a_template_never_sees_a_word_of_the_persons() -> None:
    frame = JinjaTemplate("<{{ messages[0].content }}>", bos="", eos="").frame(("user",))
    assert frame == ("<", Place(0, strips_start=False, strips_end=False), ">")


def test_a_template_that_strips_some_messages_or_one_end_is_followed_in_each() -> None:
    source = "{% for m in messages %}[{{ m.content.lstrip() if m.role == 'user' else m.content.rstrip() }}]{% endfor %}"
    chat = (Message("user", " a "), Message("assistant", " b "), Message("user", " c "))
    text = "".join(part.text for part in ChatTemplate(None, source).render(chat, ""))
    assert text == "[a ][ b][c ]"


def test_a_template_that_fails_over_some_roles_says_so_for_those_alone() -> None:
    source = "{% for m in messages %}{{ m.content }}{% if loop.index > 4 %}{{ 1 / 0 }}{% endif %}{% endfor %}"
    template = JinjaTemplate(source, bos="", eos="")
    assert len(template.frame(("user", "assistant", "user"))) == 7
    with pytest.raises(TemplateProblem):
        template.frame(("user", "assistant", "user", "assistant", "user"))


def test_what_good_templates_use_works_under_the_limits() -> None:
    # What Python and Jinja2 import late must not fail because no file can be opened any more.
    source = (
        r"{{ '\u00e9\N{EM DASH}\U0001F600\n' }}{{ messages[1:] | tojson(indent=1) }}{{ '%s %05.2f' % ('a', 2) }}"
        "{{ 'a b' | wordwrap(1) }}{{ '<b>' | striptags | escape | urlencode }}{{ 12345 | filesizeformat }}"
        "{{ messages | map(attribute='role') | unique | list }}{{ messages | groupby('role') | list | length }}"
        "{% if strftime_now is defined %}{{ strftime_now('%Y') }}{% endif %}{{ 'x'.split('</think>')[-1] }}"
        "{{ dict(a=1).items() | list }}{{ cycler('a', 'b').next() }}{{ '{:>3}'.format('x') }}{{ bos_token }}"
        "{% for m in messages %}{{ m['content'] | trim }}{% if loop.last %}{% break %}{% endif %}{% endfor %}"
    )
    frame = JinjaTemplate(source, bos="<s>", eos="</s>").frame(("user",))
    assert frame[0] == "é—😀\n[]a 02.00a\nb12.3 kB['user']1x[('a', 1)]a  x<s>"
    assert frame[1:] == (Place(0, strips_start=True, strips_end=True), "")


def test_a_model_with_a_hostile_template_opens_says_so_and_writes(
    starter_model: Path, tmp_path: Path, paths: AppPaths
) -> None:
    copy = tmp_path / "hostile.gguf"
    data = bytearray(starter_model.read_bytes())
    own = str(read_header(starter_model).values["tokenizer.chat_template"]).encode()
    at = data.index(own)
    data[at : at + len(own)] = FOR_EVER.encode().ljust(len(own))
    copy.write_bytes(data)
    with LlamaEngine(ModelSpec("hostile", copy), paths=paths) as engine:
        prompt = Prompt((Message("user", "Name a city."),))
        events = list(engine.generate(prompt, Sampling(seed=1, max_tokens=8)))
        assert any(isinstance(event, TextChunk) for event in events)
        assert [remark for remark in engine.remarks if "chat template" in remark and "ChatML" in remark]
