"""Whether a model's chat template can be right: it is there, it runs, and the model knows the marks that it writes.

A file converted without its template, with another model's, or of a base model is found out here, before somebody
wonders about poor replies. Nothing is loaded; what the file says is enough.
"""

import contextlib
import mmap
import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from longwriter_desktop.agentwrite.engine import Message
from longwriter_desktop.backend.chat_template import ChatTemplate
from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.backend.turn_templates import TEMPLATES

IN_FILE, MISSING = "in the file", "missing"

_MARK = re.compile(r"<\|[^|<>\n]{1,40}\|>|<｜[^｜<>\n]{1,40}｜>|<(?:start|end)_of_turn>|\[gMASK\]|<sop>|\[/?INST\]")
_OFTEN_PLAIN = frozenset({"<|user|>", "<|assistant|>", "<|system|>", "[INST]", "[/INST]"})
"""Marks that many models were taught as plain text, so that their not being a token says nothing."""
_GUESSES = ("llama-3", "gemma", "chatml", "phi-3", "longwriter-glm", "mistral")
"""In this order; the last marks are the least telling."""
_QUESTION = (Message("user", "Rome?"),)
_LENGTH = struct.Struct("<Q")


@dataclass(frozen=True, slots=True)
class TemplateFinding:
    """What was found: ``source`` as `IN_FILE` or `MISSING`; ``problem`` a sentence for the person, or "".

    ``suggested`` is the name of a template in `TEMPLATES` that the model's own tokens fit, or "".
    """

    source: str
    problem: str
    suggested: str


def check_template(header: GgufHeader) -> TemplateFinding:
    """Looks at the template in a file. Takes some tenths of a second; runs it in a process of its own."""
    suggested = suggest_template(header)
    source = header.values.get("tokenizer.chat_template")
    if not isinstance(source, str) or not source.strip():
        problem = "This file has no chat template, which says how a model wants to be spoken to."
        if not _is_for_chat(header):
            problem = f"{problem} It may be a base model, which goes on with a text instead of doing what it is asked."
        return TemplateFinding(MISSING, f"{problem} {_advice(suggested)}", suggested)
    if suggested == _longwriter(header) and suggested:
        problem = "LongWriter was trained with a chat template of its own, which is not the one in this file."
        return TemplateFinding(IN_FILE, f"{problem} {_advice(suggested)}", suggested)
    template = ChatTemplate(None, source)
    parts = template.render(_QUESTION, "")
    if template.remark:
        problem = "The chat template in this file cannot be used."
        return TemplateFinding(IN_FILE, f"{problem} {_advice(suggested)}", suggested)
    written = "".join(part.text for part in parts if part.kind == "template")
    unknown = unknown_marks(header, written)
    if unknown:
        problem = (
            f"The chat template in this file writes {unknown[0]}, which this model has no token for: it may be another "
            "model's."
        )
        return TemplateFinding(IN_FILE, f"{problem} {_advice(suggested)}", suggested)
    return TemplateFinding(IN_FILE, "", suggested)


def check_named(header: GgufHeader, name: str) -> str:
    """A sentence where a template of `TEMPLATES` writes marks that the model has no tokens for; otherwise ""."""
    parts = TEMPLATES[name].render(_QUESTION)
    unknown = unknown_marks(header, "".join(part.text for part in parts if part.kind == "template"))
    if not unknown:
        return ""
    return (
        f"The template {TEMPLATES[name].title} writes {unknown[0]}, which this model has no token for, so it is "
        "probably not the right one."
    )


def suggest_template(header: GgufHeader) -> str:
    """The template of `TEMPLATES` whose marks are all tokens of the model, or ""."""
    if own := _longwriter(header):
        return own
    marks = {name: _marks("".join(part.text for part in TEMPLATES[name].render(_QUESTION))) for name in _GUESSES}
    known = tokens_in(header, {mark for each in marks.values() for mark in each})
    return next((name for name in _GUESSES if marks[name] <= known), "")


def unknown_marks(header: GgufHeader, text: str) -> list[str]:
    """The marks in a template's text that are no tokens of the model, in their order."""
    marks = [mark for mark in dict.fromkeys(_MARK.findall(text)) if mark not in _OFTEN_PLAIN]
    known = tokens_in(header, marks)
    return [mark for mark in marks if mark not in known]


def tokens_in(header: GgufHeader, texts: Iterable[str]) -> frozenset[str]:
    """Those of ``texts`` that stand in the file's vocabulary as a token each.

    The vocabulary is not read, only looked through for a text with its length before it, which is how GGUF keeps
    it. Where the file cannot be read, all of them count as known: it is opening it that will say so.
    """
    wanted = set(texts)
    end = header.file_bytes - header.tensor_bytes
    with (
        contextlib.suppress(OSError, ValueError),
        header.path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data,
    ):
        return frozenset(each for each in wanted if data.find(_stored(each), 0, end) >= 0)
    return frozenset(wanted)


def _stored(text: str) -> bytes:
    data = text.encode()
    return _LENGTH.pack(len(data)) + data


def _marks(text: str) -> set[str]:
    return set(_MARK.findall(text))


def _names(header: GgufHeader) -> str:
    values = (header.values.get(f"general.{key}", "") for key in ("name", "basename", "finetune"))
    return " ".join([*map(str, values), header.path.name]).casefold()


def _is_for_chat(header: GgufHeader) -> bool:
    return re.search(r"instruct|chat|assistant|\bit\b|-it\b|longwriter", _names(header)) is not None


def _longwriter(header: GgufHeader) -> str:
    """LongWriter's files carry no template or Llama's, and were trained with another."""
    if "longwriter" not in _names(header):
        return ""
    return {"llama": "longwriter-llama", "chatglm": "longwriter-glm", "glm4": "longwriter-glm"}.get(
        header.architecture, ""
    )


def _advice(suggested: str) -> str:
    if suggested:
        return f"Use {TEMPLATES[suggested].title}, which fits its tokens, or choose another, and try it."
    return "Choose one and try it."
