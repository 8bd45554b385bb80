"""Which model a command works with, how it is opened, and the prompts that it gets."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from longwriter_desktop.agentwrite.writer import TemplatesOf
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import Model, default_model, find_model
from longwriter_desktop.models.manage import note_used
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import load_templates
from longwriter_desktop.settings import load_settings

Say = Callable[[str], None]
"""Tells the person a sentence."""


def wanted_model(wanted: str, paths: AppPaths, say: Say) -> Model:
    """The model of that name or path, or the best one here for ""; says so when it is only for trying things out.

    Raises ModelProblem as `models.library` does.
    """
    catalogue = load_catalogue(paths)
    if wanted:
        return find_model(wanted, catalogue, paths)
    model = default_model(catalogue, paths, load_settings(paths).model)
    if model.is_for_trying_out:
        say(
            f"Writing with {model.title}, which is for trying things out. LongWriter-8B is for writing: "
            "see `longwriter-desktop models`."
        )
    return model


def context_of(document: Document, paths: AppPaths) -> int:
    """The context in tokens of the model that a document would be written with; 0 when that is not known."""
    try:
        model = wanted_model(document.settings.model, paths, lambda _remark: None)
    except ModelProblem:
        return 0
    if model.entry is not None:
        return model.entry.default_context_tokens
    return model.header.context_tokens if model.header is not None else 0


@contextmanager
def opened(model: Model, paths: AppPaths, say: Say, *, seed: int | None) -> Iterator[LlamaEngine]:
    """The engine of a model as the person's settings want it; says at the end what was not as was wished.

    ``seed``: the one that was asked for, if any; the same one is to give the same text.
    """
    options = replace(EngineOptions.of(load_settings(paths)), adapt_threads=seed is None)
    with LlamaEngine(model, paths=paths, options=options, on_open=lambda: note_used(model, paths)) as engine:
        try:
            yield engine
        finally:
            for remark in engine.remarks:
                say(remark)


def templates_of(paths: AppPaths) -> TemplatesOf:
    """The prompts of a language, the person's own where they have any."""
    return lambda language: load_templates("zh" if language == "zh" else "en", paths)
