"""Files of the person's own as models of the catalogue: what a GGUF says about itself, adding it, forgetting it.

Adding copies nothing: the entry in the person's own models.toml names the file where it lies. Forgetting takes the
entry out and leaves the file.
"""

import re
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from longwriter_desktop.agentwrite.engine import (
    Message,
    ModelLoading,
    Prompt,
    PromptProgress,
    ReplyFinished,
    Sampling,
    TextChunk,
)
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.backend.memory import LONGEST_UNASKED
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.template_check import check_named, check_template
from longwriter_desktop.backend.turn_templates import TEMPLATES
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import Catalogue, ModelEntry, load_catalogue, own_catalogue_path
from longwriter_desktop.models.found import one_line, title_of, why_not_for_writing
from longwriter_desktop.models.library import planning_of
from longwriter_desktop.models.own_catalogue import Value, add_entry, remove_entry
from longwriter_desktop.models.places import expanded
from longwriter_desktop.models.trial import closable
from longwriter_desktop.paths import AppPaths

_BITS = 8
_SIZE_LABEL = re.compile(r"(?:(\d+)x)?(\d+(?:\.\d+)?)([KMBT])", re.IGNORECASE)
_SIZES = {"K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_QUANTIZATIONS = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 7: "Q8_0", 8: "Q5_0", 9: "Q5_1", 10: "Q2_K", 11: "Q3_K_S", 12: "Q3_K_M",
    13: "Q3_K_L", 14: "Q4_K_S", 15: "Q4_K_M", 16: "Q5_K_S", 17: "Q5_K_M", 18: "Q6_K", 19: "IQ2_XXS", 20: "IQ2_XS",
    21: "Q2_K_S", 22: "IQ3_XS", 23: "IQ3_XXS", 24: "IQ1_S", 25: "IQ4_NL", 26: "IQ3_S", 27: "IQ3_M", 28: "IQ2_S",
    29: "IQ2_M", 30: "IQ4_XS", 31: "IQ1_M", 32: "BF16", 36: "TQ1_0", 37: "TQ2_0", 38: "MXFP4", 39: "NVFP4", 40: "Q1_0",
    41: "Q2_0",
}  # fmt: skip  # A table: one line a type would be a page. `llama_ftype` in llama.cpp's include/llama.h.
_IN_NAME = re.compile(r"(?<![A-Z0-9])(I?Q\d_(?:K_)?[A-Z0-9]{1,3}|I?Q\d_K|BF16|F16|F32)(?![A-Z0-9])", re.IGNORECASE)
_QUESTION = "Write one sentence about the sea."
_TRIAL_TOKENS, _TRIAL_CONTEXT = 80, 1024
_NAME_SAFE = re.compile(r"[^A-Za-z0-9._]+")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a GGUF file says about itself. Sizes in bytes, lengths in tokens; 0 and "" where it does not say.

    ``template`` is "in the file" or "missing", ``template_problem`` a sentence where that will not do, and
    ``suggested_template`` the name of one that fits the model's tokens. ``problem`` says why it cannot be added.
    """

    path: Path
    title: str
    architecture: str
    parameters: int
    size_bytes: int
    context_tokens: int
    quantization: str
    layers: int
    kv_bytes_per_token: int
    template: str
    template_problem: str
    suggested_template: str
    languages: tuple[str, ...]
    licence: str
    licence_url: str
    header: GgufHeader
    problem: str = ""

    @property
    def values(self) -> dict[str, object]:
        """As plain values, ready for JSON."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "header"}
        return plain | {"path": str(self.path), "languages": list(self.languages)}


@dataclass(frozen=True, slots=True)
class TemplateChoice:
    """A template that a person may choose; ``name`` "" is the one in the file."""

    name: str
    title: str
    used_by: str
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class TemplateTrial:
    """A reply to one short question. ``problem`` is a sentence where it looks as if the template were wrong."""

    reply: str
    problem: str = ""


def described(path: Path) -> ModelFacts:
    """What the file at ``path`` is. Takes tenths of a second, so it is no call for the window's own thread.

    Raises ModelProblem with one sentence when it is no whole GGUF, or its other parts are missing.
    """
    path = expanded(path).absolute()
    header = read_header(parts_of(path)[0])
    finding = check_template(header)
    return ModelFacts(
        path=header.path,
        title=_title(header),
        architecture=one_line(header.architecture),
        parameters=_parameters(header),
        size_bytes=header.file_bytes,
        context_tokens=header.context_tokens,
        quantization=quantization(header),
        layers=header.number("block_count"),
        kv_bytes_per_token=header.kv_values_per_token * 2,
        template=finding.source,
        template_problem=finding.problem,
        suggested_template=finding.suggested,
        languages=_languages(header),
        licence=_text(header, "general.license.name") or _text(header, "general.license"),
        licence_url=_address(_text(header, "general.license.link")),
        header=header,
        problem=why_not_for_writing(header),
    )


def template_choices(facts: ModelFacts) -> tuple[TemplateChoice, ...]:
    """The templates to choose from for a file: its own where it has one, then those that the app knows."""
    own = TemplateChoice("", "The one in the file", "", suggested=not facts.template_problem)
    suggested = facts.suggested_template if facts.template_problem else ""
    known = [
        TemplateChoice(name, each.title, each.used_by, suggested=name == suggested) for name, each in TEMPLATES.items()
    ]
    known.sort(key=lambda choice: not choice.suggested)
    return (*([own] if facts.template == "in the file" else []), *known)


def template_trial(
    path: Path,
    template: str,
    paths: AppPaths,
    on_text: Callable[[str], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    *,
    on_progress: Callable[[ModelLoading | PromptProgress], None] = lambda _: None,
) -> TemplateTrial | None:
    """Asks the model at ``path`` for one sentence, spoken to with ``template`` ("": the one in the file).

    ``on_text`` gets the reply as it comes, ``on_progress`` how loading and reading go before. None when stopped.
    Raises what `LlamaEngine` raises.
    """
    spec = ModelSpec(title_of(path), path, template or None, TEMPLATES[template].stop if template else ())
    options = EngineOptions(context_tokens=_TRIAL_CONTEXT, state_limit_bytes=0)
    reply, ended = "", ""
    with LlamaEngine(spec, paths=paths, options=options) as engine:
        sampling = Sampling(temperature=0.0, max_tokens=_TRIAL_TOKENS)
        with closing(closable(engine.generate(Prompt((Message("user", _QUESTION),)), sampling))) as events:
            for event in events:
                if stop():
                    return None
                if isinstance(event, TextChunk):
                    reply += event.text
                    on_text(event.text)
                elif isinstance(event, ModelLoading | PromptProgress):
                    on_progress(event)
                elif isinstance(event, ReplyFinished):
                    ended = event.reason
    marks = check_named(read_header(path), template) if template else ""
    return TemplateTrial(reply.strip(), _reply_problem(reply, ended, marks))


def add_own(
    path: Path, paths: AppPaths, *, name: str = "", title: str = "", template: str = "", context: int | None = None
) -> ModelEntry:
    """Adds the file at ``path`` to the person's own models.toml, or changes its entry; the file stays where it is.

    ``name`` "" makes one of the file's title; ``template`` "" takes the one in the file; ``context`` is in tokens.
    Raises ModelProblem, with nothing changed, when the file is not a model that writes, the template is not known,
    the context is longer than the model was made for, or the entry cannot be saved.
    """
    facts = described(path)
    if facts.problem:
        raise ModelProblem(f"{facts.problem} Nothing was changed.")
    if template and template not in TEMPLATES:
        raise ModelProblem(f"There is no chat template {template!r}. There are: {', '.join(TEMPLATES)}.")
    longest = facts.context_tokens
    if context is not None and not 512 <= context <= longest:
        raise ModelProblem(
            f"{facts.title} was made for a context of {longest:,} tokens: choose one from 512 to that. Nothing was "
            "changed."
        )
    catalogue = load_catalogue(paths)
    known = own_entry_of(facts.path, catalogue)
    name = name.strip() or (known.name if known else _free_name(title or facts.title, catalogue))
    taken = catalogue.by_name(name)
    if taken is not None and taken is not known and taken.name in catalogue.own_names:
        raise ModelProblem(f"You have a model {name!r} already. Choose another name; nothing was changed.")
    entry = add_entry(paths, name, _fields(facts, title.strip(), template, context))
    if known is not None and known.name.casefold() != name.casefold():
        remove_entry(paths, known.name)
    return entry


def forget_own(name: str, paths: AppPaths) -> None:
    """Takes an entry out of the person's own models.toml; the model's file stays.

    Raises ModelProblem when there is none of that name, or the file cannot be changed.
    """
    if not remove_entry(paths, name):
        raise ModelProblem(
            f"{name!r} is not one of the models that you have added ({own_catalogue_path(paths)}). Nothing was changed."
        )


def own_entry_of(path: Path, catalogue: Catalogue) -> ModelEntry | None:
    """The entry that the person has added for a file, if any."""
    for entry in catalogue.entries:
        if entry.name in catalogue.own_names and entry.path and expanded(entry.path) == path:
            return entry
    return None


def quantization(header: GgufHeader) -> str:
    """Such as "Q4_K_M": what the file says, or else its name; "" when neither does."""
    kind = header.values.get("general.file_type")
    if isinstance(kind, int) and kind in _QUANTIZATIONS:
        return _QUANTIZATIONS[kind]
    found = _IN_NAME.search(header.path.stem)
    return found[1].upper() if found else ""


# -- what the header says ------------------------------------------------------------------------------


def _title(header: GgufHeader) -> str:
    """The model's own name with its quantization, or else the file's.

    Many files carry the name of a folder or of the model that they were made from. So the name counts where the file's
    begins alike, and where the file has none that says anything, as in Ollama's store.
    """
    own, kind = _text(header, "general.name").removesuffix(" GGUF"), quantization(header)
    begins_alike = header.path.stem.casefold().startswith(own.casefold()[:3])
    if not own or not (begins_alike or header.path.parent.name == "blobs"):
        return title_of(header.path)
    return f"{own} ({kind})" if kind and kind.casefold() not in own.casefold() else own


def _text(header: GgufHeader, key: str) -> str:
    value = header.values.get(key, "")
    return one_line(value) if isinstance(value, str) else ""


def _address(text: str) -> str:
    return text if re.fullmatch(r"https?://\S+", text) else ""


def _languages(header: GgufHeader) -> tuple[str, ...]:
    value = header.values.get("general.languages", ())
    return tuple(one_line(str(each))[:20] for each in value if each) if isinstance(value, tuple) else ()


def _parameters(header: GgufHeader) -> int:
    """As the file says, exactly or in its label ("8B", "8x7B"), or by the bits that its quantization spends on each."""
    exact = header.values.get("general.parameter_count")
    if isinstance(exact, int) and exact > 0:
        return exact
    match = _SIZE_LABEL.fullmatch(_text(header, "general.size_label"))
    if match:
        return round(int(match[1] or 1) * float(match[2]) * _SIZES[match[3].upper()])
    return round(header.tensor_bytes * _BITS / _bits_a_weight(quantization(header)))


def _bits_a_weight(kind: str) -> float:
    """About what a weight takes, scales included, with the output's finer ones: 4.8 for Q4_K_M."""
    match = re.search(r"\d+", kind)
    bits = int(match[0]) if match else 4
    return bits + (0.0 if kind in {"F16", "BF16", "F32"} else 0.8 if "Q" in kind else 0.0)


def _fields(facts: ModelFacts, title: str, template: str, context: int | None) -> dict[str, Value]:
    longest = facts.context_tokens
    fields: dict[str, Value] = {
        "title": title or facts.title,
        "path": str(facts.path),
        "size_bytes": facts.size_bytes,
        "size_exact": True,
        "parameters": facts.parameters,
        "quantization": facts.quantization,
        "context_tokens": longest,
        "default_context_tokens": max(512, context or min(longest, LONGEST_UNASKED)),
        "kv_bytes_per_token": facts.kv_bytes_per_token,
        "planning": planning_of(facts.header),
    }
    if template:
        fields |= {"template": template, "stop": list(TEMPLATES[template].stop)}
    if facts.languages:
        fields["languages"] = list(facts.languages)
    if facts.licence:
        fields["licence"] = facts.licence
    if facts.licence_url:
        fields["licence_url"] = facts.licence_url
    return fields


def _free_name(title: str, catalogue: Catalogue) -> str:
    """A name for the command line that nobody has yet: "qwen2.5-1.5b-instruct-q4_k_m"."""
    base = _NAME_SAFE.sub("-", title).strip("-._").casefold()[:_LONGEST_NAME].strip("-._") or "model"
    name, number = base, 2
    while catalogue.by_name(name) is not None:
        name, number = f"{base}-{number}", number + 1
    return name


def _reply_problem(reply: str, ended: str, marks: str) -> str:
    """A sentence where the reply does not look like one."""
    text = reply.strip()
    if not text:
        return "It wrote nothing. With this template the model does not answer; choose another."
    if re.search(r"<\|?[a-z_]+\|?>|\[/?INST\]|<</?SYS>>|### (?:Instruction|Response)|^(?:USER|ASSISTANT):", text, re.M):
        return "The reply has marks of a chat in it, so this template is probably not the right one. Choose another."
    if marks:
        return marks
    if ended == "length":
        return (
            "It did not come to an end by itself. A base model does that, or one with the wrong template; choose "
            "another if the sentence above is none."
        )
    return ""
