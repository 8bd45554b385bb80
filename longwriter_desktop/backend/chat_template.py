"""From chat messages to the text that a model was trained on, with a note of what of it came from outside.

A model's template is, in this order: the one that the catalogue names, for files that carry none or a
wrong one; the Jinja template inside the GGUF; ChatML, which most models understand.

The result is a list of parts, because the tokens of a template are special and those of a person's text
must not be: someone who writes about ``<|im_end|>`` must not end their own message by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, NoReturn

from jinja2.sandbox import ImmutableSandboxedEnvironment

from longwriter_desktop.agentwrite.engine import Message


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the prompt's text.

    "template": the template's own, special tokens are meant as such. "content": from a message, plain
    text. "reply": what the model wrote or is to go on with, plain text with a token boundary before it,
    because generation began there.
    """

    text: str
    kind: Literal["template", "content", "reply"]


@dataclass(frozen=True, slots=True)
class TurnTemplate:
    """A template in turns: what stands before and after each message. ``stop`` are texts that end a reply."""

    system: tuple[str, str]
    user: tuple[str, str]
    reply: tuple[str, str]
    start: str = ""
    stop: tuple[str, ...] = ()

    def render(self, messages: Sequence[Message]) -> list[Part]:
        """The messages, ready for the reply to the last one."""
        around = {"system": self.system, "user": self.user, "assistant": self.reply}
        parts = [Part(self.start, "template")]
        for message in messages:
            before, after = around[message.role]
            kind: Literal["reply", "content"] = "reply" if message.role == "assistant" else "content"
            parts += [Part(before, "template"), Part(message.content, kind), Part(after, "template")]
        parts.append(Part(self.reply[0], "template"))
        return [part for part in parts if part.text]


TEMPLATES = {
    # The authors' own: no spaces anywhere, https://github.com/THUDM/LongWriter (README, "Model Deployment").
    "longwriter-llama": TurnTemplate(
        system=("<<SYS>>\n", "\n<</SYS>>\n\n"), user=("[INST]", "[/INST]"), reply=("", ""), stop=("[INST]",)
    ),
    # As in the model's tokenization_chatglm.py; the line break after <|assistant|> is what the model itself writes.
    "longwriter-glm": TurnTemplate(
        start="[gMASK]<sop>",
        system=("<|system|>\n", ""),
        user=("<|user|>\n", ""),
        reply=("<|assistant|>\n", ""),
        stop=("<|user|>", "<|observation|>"),
    ),
    "chatml": TurnTemplate(
        system=("<|im_start|>system\n", "<|im_end|>\n"),
        user=("<|im_start|>user\n", "<|im_end|>\n"),
        reply=("<|im_start|>assistant\n", "<|im_end|>\n"),
        stop=("<|im_end|>", "<|im_start|>"),
    ),
}
"""By the names that models.toml uses."""


class TemplateProblem(ValueError):
    """A Jinja template that does not give a usable prompt."""


class ChatTemplate:
    """How the messages for one model are written. ``stop`` are texts that end a reply; ``remark`` is for the person."""

    def __init__(self, wanted: str | None, in_file: str | None, *, bos: str = "", eos: str = "") -> None:
        """``wanted`` as in `ModelSpec`; ``in_file`` the GGUF's own; ``bos`` and ``eos`` the texts of these tokens."""
        self.remark = ""
        self.stop: tuple[str, ...] = ()
        self._turns: TurnTemplate | None = None
        self._jinja: JinjaTemplate | None = None
        source = wanted or in_file
        if source in TEMPLATES:
            self._use(TEMPLATES[source])
        elif source:
            try:
                self._jinja = JinjaTemplate(source, bos=bos, eos=eos)
            except TemplateProblem:
                self._use_chatml("The chat template in this model's file cannot be used")
        else:
            self._use_chatml("This model's file has no chat template")

    def render(self, messages: Sequence[Message], reply_prefix: str) -> list[Part]:
        """The prompt for the reply to the last message, which begins with ``reply_prefix``."""
        parts = self._render(messages)
        return [*parts, Part(reply_prefix, "reply")] if reply_prefix else parts

    def _render(self, messages: Sequence[Message]) -> list[Part]:
        if self._jinja is not None:
            try:
                return self._jinja.render(messages)
            except TemplateProblem:
                # A template can fail with some messages only; from here on all of them are written the same way.
                self._jinja = None
                self._use_chatml("The chat template in this model's file cannot be used")
        assert self._turns is not None  # noqa: S101 - one of the two is always set; this tells mypy.
        return self._turns.render(messages)

    def _use(self, turns: TurnTemplate) -> None:
        self._turns = turns
        self.stop = turns.stop

    def _use_chatml(self, reason: str) -> None:
        self._use(TEMPLATES["chatml"])
        self.remark = f"{reason}, so the common form ChatML is used; the replies may be poorer for it."


class JinjaTemplate:
    """A template as Hugging Face's transformers writes them, rendered in Jinja2's sandbox.

    The messages are rendered as placeholders that are filled in afterwards: so it is known which part of
    the prompt came from where, and no text of a message is ever read as a template.
    """

    def __init__(self, source: str, *, bos: str, eos: str) -> None:
        # The options are those of transformers' apply_chat_template. The date is not offered: with it the prompt
        # would change overnight, and all of a document would have to be read again.
        environment = ImmutableSandboxedEnvironment(
            trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
        )
        environment.globals["raise_exception"] = _refuse
        self._tokens = {"bos_token": bos, "eos_token": eos}
        try:
            self._template = environment.from_string(source)
            self._render_texts([Message("user", "a")])
        except Exception as error:
            raise TemplateProblem(type(error).__name__) from error

    def render(self, messages: Sequence[Message]) -> list[Part]:
        """Raises TemplateProblem when the template fails or loses a message."""
        try:
            return self._parts(messages)
        except TemplateProblem:
            folded = _without_system(messages)
            if folded == list(messages):
                raise
            return self._parts(folded)

    def _parts(self, messages: Sequence[Message]) -> list[Part]:
        marked = [replace(each, content=_mark(number)) for number, each in enumerate(messages)]
        pieces = _MARK.split(self._render_texts(marked))
        # re.split with one group: text, number, text, number, ..., text.
        if [int(number) for number in pieces[1::2]] != list(range(len(messages))):
            raise TemplateProblem("a message is missing, twice or out of order")
        contents = [message.content for message in messages]
        stripped = [content.strip() for content in contents]
        if contents != stripped and self._render_texts(messages) == _filled(pieces, stripped):
            contents = stripped
        parts = [Part(pieces[0], "template")]
        for message, content, after in zip(messages, contents, pieces[2::2], strict=True):
            parts.append(Part(content, "reply" if message.role == "assistant" else "content"))
            parts.append(Part(after, "template"))
        return [part for part in parts if part.text]

    def _render_texts(self, messages: Sequence[Message]) -> str:
        chat = [{"role": message.role, "content": message.content} for message in messages]
        try:
            return self._template.render(messages=chat, add_generation_prompt=True, **self._tokens)
        except Exception as error:
            # A template is a program from a file: it can divide by zero, call itself for ever, or add a list to a text.
            raise TemplateProblem(type(error).__name__) from error


_MARK = re.compile("\ue000([0-9]+)\ue001")


def _mark(number: int) -> str:
    """A placeholder of private-use characters, which no template contains."""
    return f"\ue000{number}\ue001"


def _filled(pieces: Sequence[str], contents: Sequence[str]) -> str:
    return "".join(contents[int(piece)] if index % 2 else piece for index, piece in enumerate(pieces))


def _without_system(messages: Sequence[Message]) -> list[Message]:
    """The system message put in front of the first question: some templates, such as Gemma's, know no other place."""
    if len(messages) > 1 and messages[0].role == "system" and messages[1].role == "user":
        joined = Message("user", f"{messages[0].content}\n\n{messages[1].content}")
        return [joined, *messages[2:]]
    return list(messages)


def _refuse(_reason: str) -> NoReturn:
    """Offered to templates as ``raise_exception``."""
    raise TemplateProblem("the template refused the messages")
