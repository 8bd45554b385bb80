"""From chat messages to the text that a model was trained on, with a note of what of it came from outside.

A model's template is, in this order: the one that the catalogue names, for files that carry none or a
wrong one; the Jinja template inside the GGUF; ChatML, which most models understand.

The result is a list of parts, because the tokens of a template are special and those of a person's text
must not be: someone who writes about ``<|im_end|>`` must not end their own message by it.
"""

from collections.abc import Sequence
from typing import Literal

from longwriter_desktop.agentwrite.engine import Message
from longwriter_desktop.backend.jinja_template import Frame, JinjaTemplate, Place, TemplateProblem
from longwriter_desktop.backend.turn_templates import TEMPLATES, Part, TurnTemplate, without_system


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
                return self._fill(self._jinja, messages)
            except TemplateProblem:
                # A template can fail with some messages only; from here on all of them are written the same way.
                self._jinja = None
                self._use_chatml("The chat template in this model's file cannot be used")
        assert self._turns is not None  # noqa: S101 - one of the two is always set; this tells mypy.
        return self._turns.render(messages)

    @staticmethod
    def _fill(template: JinjaTemplate, messages: Sequence[Message]) -> list[Part]:
        """Raises TemplateProblem when the template fails or loses a message, without a system message as well."""
        try:
            return _parts(template.frame(tuple(message.role for message in messages)), messages)
        except TemplateProblem:
            folded = without_system(messages)
            if folded == list(messages):
                raise
            return _parts(template.frame(tuple(message.role for message in folded)), folded)

    def _use(self, turns: TurnTemplate) -> None:
        self._turns = turns
        self.stop = turns.stop

    def _use_chatml(self, reason: str) -> None:
        self._use(TEMPLATES["chatml"])
        self.remark = f"{reason}, so the common form ChatML is used; the replies may be poorer for it."


def _parts(frame: Frame, messages: Sequence[Message]) -> list[Part]:
    """The messages in their places."""
    parts = []
    for piece in frame:
        if isinstance(piece, Place):
            message = messages[piece.message]
            kind: Literal["reply", "content"] = "reply" if message.role == "assistant" else "content"
            parts.append(Part(piece.fill(message.content), kind))
        else:
            parts.append(Part(piece, "template"))
    return [part for part in parts if part.text]
