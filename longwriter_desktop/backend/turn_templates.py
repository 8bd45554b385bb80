"""The chat templates that the app knows by name: what stands before and after each message.

They are for files that carry no template, or a wrong one. Apart from LongWriter's own two they write what llama.cpp's
built-in templates of these names write (src/llama-chat.cpp), which a test compares.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

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
    """A template in turns: what stands before and after each message. ``stop`` are texts that end a reply.

    ``system`` None: there is no place for a system message, so it goes in front of the first question. ``title`` and
    ``used_by`` are for a person who chooses.
    """

    system: tuple[str, str] | None
    user: tuple[str, str]
    reply: tuple[str, str]
    start: str = ""
    stop: tuple[str, ...] = ()
    title: str = ""
    used_by: str = ""

    def render(self, messages: Sequence[Message]) -> list[Part]:
        """The messages, ready for the reply to the last one."""
        if self.system is None:
            messages = without_system(messages)
        around = {"system": self.system or self.user, "user": self.user, "assistant": self.reply}
        parts = [Part(self.start, "template")]
        for message in messages:
            before, after = around[message.role]
            kind: Literal["reply", "content"] = "reply" if message.role == "assistant" else "content"
            parts += [Part(before, "template"), Part(message.content, kind), Part(after, "template")]
        parts.append(Part(self.reply[0], "template"))
        return [part for part in parts if part.text]


def without_system(messages: Sequence[Message]) -> list[Message]:
    """The system message put in front of the first question: some templates, such as Gemma's, know no other place."""
    if len(messages) > 1 and messages[0].role == "system" and messages[1].role == "user":
        joined = Message("user", f"{messages[0].content}\n\n{messages[1].content}")
        return [joined, *messages[2:]]
    return list(messages)


def _by_role(
    before: str, after: str, *, start: str = "", stop: tuple[str, ...] = (), title: str, used_by: str
) -> TurnTemplate:
    """A template in which each message begins with its role by name, where ``before`` has "{role}"."""
    system, user, reply = ((before.format(role=role), after) for role in ("system", "user", "assistant"))
    return TurnTemplate(system, user, reply, start, stop, title, used_by)


TEMPLATES = {
    # The authors' own: no spaces anywhere, https://github.com/THUDM/LongWriter (README, "Model Deployment").
    "longwriter-llama": TurnTemplate(
        system=("<<SYS>>\n", "\n<</SYS>>\n\n"),
        user=("[INST]", "[/INST]"),
        reply=("", ""),
        stop=("[INST]",),
        title="LongWriter (Llama)",
        used_by="LongWriter-llama3.1-8b",
    ),
    # As in the model's tokenization_chatglm.py; the line break after <|assistant|> is what the model itself writes.
    "longwriter-glm": _by_role(
        "<|{role}|>\n",
        "",
        start="[gMASK]<sop>",
        stop=("<|user|>", "<|observation|>"),
        title="LongWriter (GLM)",
        used_by="LongWriter-glm4-9b and other GLM-4 models",
    ),
    "chatml": _by_role(
        "<|im_start|>{role}\n",
        "<|im_end|>\n",
        stop=("<|im_end|>", "<|im_start|>"),
        title="ChatML",
        used_by="Qwen, Yi, SmolLM, Hermes and many others",
    ),
    "llama-3": _by_role(
        "<|start_header_id|>{role}<|end_header_id|>\n\n",
        "<|eot_id|>",
        start="<|begin_of_text|>",
        stop=("<|eot_id|>", "<|start_header_id|>"),
        title="Llama 3",
        used_by="Llama 3, 3.1 and 3.2 Instruct",
    ),
    "gemma": TurnTemplate(
        start="<bos>",
        system=None,
        user=("<start_of_turn>user\n", "<end_of_turn>\n"),
        reply=("<start_of_turn>model\n", "<end_of_turn>\n"),
        stop=("<end_of_turn>", "<start_of_turn>"),
        title="Gemma",
        used_by="Gemma 1 to 3",
    ),
    "mistral": TurnTemplate(
        start="<s>",
        system=None,
        user=("[INST] ", "[/INST]"),
        reply=("", "</s>"),
        stop=("</s>", "[INST]"),
        title="Mistral",
        used_by="Mistral 7B Instruct 0.3, Mixtral, Mistral Nemo",
    ),
    "phi-3": _by_role(
        "<|{role}|>\n",
        "<|end|>\n",
        stop=("<|end|>", "<|user|>", "<|endoftext|>"),
        title="Phi 3",
        used_by="Phi 3 and 3.5",
    ),
    "zephyr": _by_role(
        "<|{role}|>\n",
        "<|endoftext|>\n",
        stop=("<|user|>", "<|endoftext|>", "</s>"),
        title="Zephyr",
        used_by="Zephyr, StableLM",
    ),
    "vicuna": TurnTemplate(
        system=("", "\n\n"),
        user=("USER: ", "\n"),
        reply=("ASSISTANT:", "</s>\n"),
        stop=("USER:", "</s>"),
        title="Vicuna",
        used_by="Vicuna and models without tokens of their own for turns",
    ),
}
"""By the names that models.toml uses."""
