"""The list of models as a person reads it: what is here, what fits this machine, what each is for, which to take."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from longwriter_desktop.backend.gguf_check import read_header
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import Catalogue, ModelEntry
from longwriter_desktop.models.choice import best_of
from longwriter_desktop.models.download import part_bytes
from longwriter_desktop.models.download_request import hub_website
from longwriter_desktop.models.entry_header import entry_header
from longwriter_desktop.models.fit import Fit, Machine, fit, long_document_words, memory_for, speed_words
from longwriter_desktop.models.library import Model, is_here
from longwriter_desktop.models.machine import machine_here
from longwriter_desktop.models.speeds import Speed, load_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from longwriter_desktop.size_words import memory_words, size_words

_CONTEXTS = (8192, 16_384, 32_768)
"""Tokens for which the memory is told, besides the model's own context."""
_GONE = "Its file is not at {path} any more. Put it back, or take the model off the list."
LANGUAGE_NAMES = {"en": "English", "zh": "Chinese", "de": "German", "fr": "French", "es": "Spanish", "ja": "Japanese"}


@dataclass(frozen=True, slots=True)
class ListedModel:
    """A model of the catalogue, where its file is (None: not on this computer), and how it fits."""

    entry: ModelEntry
    path: Path | None
    fit: Fit
    problem: str = ""
    """Why it cannot be used: its file is damaged, or not where it was. A sentence."""

    @property
    def is_here(self) -> bool:
        """Whether its file is on this computer."""
        return self.path is not None

    @property
    def values(self) -> dict[str, object]:
        """As plain values, ready for JSON; sizes in bytes."""
        entry, words = self.entry, self.fit.words_a_minute
        return {
            "name": entry.name,
            "title": entry.title,
            "purpose": entry.purpose,
            "good_for": entry.good_for,
            "languages": list(entry.languages),
            "here": self.is_here,
            "path": str(self.path) if self.path else "",
            "repository": entry.repository,
            "file": entry.file,
            "revision": entry.revision,
            "size_bytes": entry.size_bytes,
            "size_exact": entry.size_exact,
            "sha256": entry.sha256,
            "parameters": entry.parameters,
            "quantization": entry.quantization,
            "context_tokens": entry.context_tokens,
            "default_context_tokens": entry.default_context_tokens,
            "fit": self.fit.verdict,
            "ready": self.fit.is_ready,
            "needs_bytes": self.fit.needs_bytes,
            "fit_context_tokens": self.fit.context_tokens,
            "words_a_minute": list(words) if words else None,
            "speed_source": self.fit.speed_source,
            "reason": self.fit.reason,
            "problem": self.problem,
            "licence": entry.licence,
            "licence_url": entry.licence_url,
            "licence_accept": entry.licence_accept,
            "gated": entry.gated,
        }


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The model to take on this computer, and a sentence why."""

    model: ListedModel
    why: str

    @property
    def reason(self) -> str:
        """The sentence, with how long 10,000 words take."""
        fit = self.model.fit
        if fit.words_a_minute is None or not fit.is_ready or not self.model.entry.is_for_writing:
            return self.why
        return f"{self.why[:-1]}; 10,000 words take {long_document_words(fit.words_a_minute)}, {fit.speed_source}."


def listed_models(catalogue: Catalogue, paths: AppPaths, machine: Machine | None = None) -> list[ListedModel]:
    """All models of the catalogue in its order, judged for ``machine`` (this one when None).

    Speeds that were measured here count, and so do the settings of device and cache. Headers are read and devices
    asked for, which may take a second: not for the window's own thread.
    """
    settings = load_settings(paths)
    judged = machine or machine_here(paths, settings)
    speeds, options = load_speeds(paths), EngineOptions.of(settings)
    return [_listed(entry, paths, judged, speeds, options) for entry in catalogue.entries]


def _listed(
    entry: ModelEntry, paths: AppPaths, machine: Machine, speeds: Sequence[Speed], options: EngineOptions
) -> ListedModel:
    path = is_here(entry, paths)
    if path is None:
        # What has come of it already takes no more room on the disk.
        machine = replace(machine, free_disk_bytes=machine.free_disk_bytes + part_bytes(entry, paths))
        problem = _GONE.format(path=entry.path) if entry.path else ""
        judged = fit(entry, machine, to_download=not entry.path, speeds=speeds, options=options)
        return ListedModel(entry, None, judged, problem)
    problem = ""
    try:
        header = read_header(path)
    except ModelProblem as error:  # Then it is judged by what the catalogue says of it.
        header, problem = entry_header(entry), str(error)
    model = Model(entry.name, entry.title, path, entry, header)
    return ListedModel(entry, path, fit(model, machine, speeds=speeds, options=options), problem)


def recommended(listed: Sequence[ListedModel]) -> Recommendation | None:
    """The best of ``listed`` for writing on the machine that it was judged for, by the rule of `choice.best_of`.

    None when none can be used.
    """
    choice = best_of([each for each in listed if not each.problem])
    return Recommendation(choice.model, choice.why) if choice is not None else None


# -- as text -------------------------------------------------------------------------------------------


def models_table(models: Sequence[ListedModel]) -> str:
    """The list as lines of text, in columns; the recommended model is marked, and the last line says why."""
    best = recommended(models)
    rows = [("  NAME", "SIZE", "HERE", "FIT", "FOR", "WHY")]
    for model in models:
        mark = "* " if best is not None and best.model is model else "  "
        size = size_words(model.entry.size_bytes, 2)
        purpose = model.entry.purpose.removeprefix("for ")
        here = "yes" if model.path else "no"
        verdict, why = ("unusable", model.problem) if model.problem else (model.fit.verdict, model.fit.reason)
        rows.append((mark + model.entry.name, size, here, verdict, purpose, why))
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row[:5], widths, strict=True)) + "  " + row[5]
        for row in rows
    ]
    if best is not None:
        lines.append(f"* recommended: {best.model.entry.name}. {best.reason}")
    return "\n".join(lines)


def model_rows(model: ListedModel) -> list[tuple[str, str]]:
    """All about a model, as labels and texts for a person."""
    entry, judged = model.entry, model.fit
    exact = "" if entry.size_exact else "about "
    here = str(model.path) if model.path else "not on this computer"
    made_for = f", made for {entry.context_tokens:,}" if entry.context_tokens else ""
    words = judged.words_a_minute
    pace = f"{long_document_words(words)} ({speed_words(words)}, {judged.speed_source})" if words else ""
    rows = [
        ("name", entry.name),
        ("good for", entry.good_for),
        ("languages", ", ".join(LANGUAGE_NAMES.get(each, each) for each in entry.languages)),
        ("file", here),
        ("from", f"{hub_website()}/{entry.repository}, {entry.file}" if entry.repository else ""),
        ("size", f"{exact}{entry.size_bytes:,} bytes ({size_words(entry.size_bytes, 2)})" if entry.size_bytes else ""),
        ("sha256", entry.sha256 or ("not known; checked against the hub's own" if entry.repository else "")),
        ("parameters", f"{entry.parameters / 1e9:.2f} billion, {entry.quantization}" if entry.parameters else ""),
        ("context", f"{entry.default_context_tokens:,} tokens{made_for}"),
        ("memory", _memory_words(model)),
        ("problem", model.problem),
        ("fit", f"{judged.verdict}: {judged.reason}"),
        ("10,000 words", pace),
        ("template", entry.template or "the one in the file"),
        ("sampling", f"temperature {entry.temperature:g}, top_p {entry.top_p:g}, top_k {entry.top_k}"),
        ("licence", _licence_words(entry)),
    ]
    return [(label, text) for label, text in rows if text]


def model_lines(model: ListedModel) -> str:
    """All about a model, as lines of text."""
    rows = model_rows(model)
    width = max(len(label) for label, _ in rows)
    return "\n".join([model.entry.title, *(f"  {label.ljust(width)}  {text}" for label, text in rows)])


def memory_by_context(entry: ModelEntry) -> dict[int, int]:
    """The bytes of memory for contexts of so many tokens in f16; {} where the catalogue does not tell enough."""
    if not entry.kv_bytes_per_token or not entry.size_bytes:
        return {}
    longest = entry.context_tokens or entry.default_context_tokens
    contexts = sorted({*(each for each in _CONTEXTS if each <= longest), entry.default_context_tokens})
    return {each: memory_for(entry, each) for each in contexts}


def _memory_words(model: ListedModel) -> str:
    found = memory_by_context(model.entry)
    return ", ".join(f"{memory_words(size)} with {context:,} tokens" for context, size in found.items())


def _licence_words(entry: ModelEntry) -> str:
    if not entry.licence:
        return ""
    asked = "; you agree to it before the download" if entry.licence_accept else ""
    gated = "; the hub asks for your token" if entry.gated else ""
    return f"{entry.licence}, {entry.licence_url}{asked}{gated}"
