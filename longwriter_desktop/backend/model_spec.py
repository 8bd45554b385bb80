"""What the backend must be told about a model: the file, its chat template, its stop texts, its context."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class CatalogueFacts(Protocol):
    """What a catalogue says about a model, as far as the backend has a use for it."""

    @property
    def template(self) -> str: ...
    @property
    def stop(self) -> Sequence[str]: ...
    @property
    def default_context_tokens(self) -> int: ...


class FoundModel(Protocol):
    """A model found on this computer, as `models.library` hands it out; ``entry`` None: not in the catalogue."""

    @property
    def title(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def entry(self) -> CatalogueFacts | None: ...


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A GGUF file and how to talk to it.

    ``name`` is what a person calls it. ``template`` is the name of a template in
    `chat_template.TEMPLATES`, or the text of a Jinja template, or None for the one inside the GGUF.
    ``stop`` are texts that end a reply, besides the tokens that the model itself ends with.
    ``context_tokens`` is the context to open, in tokens; None leaves it to the file and the machine.
    """

    name: str
    path: Path
    template: str | None = None
    stop: tuple[str, ...] = ()
    context_tokens: int | None = None

    @staticmethod
    def of(model: "ModelSpec | FoundModel") -> "ModelSpec":
        """The spec of a model found in the library."""
        if isinstance(model, ModelSpec):
            return model
        entry = model.entry
        if entry is None:
            return ModelSpec(model.title, model.path)
        return ModelSpec(
            model.title, model.path, entry.template or None, tuple(entry.stop), entry.default_context_tokens or None
        )
