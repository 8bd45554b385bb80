"""Reading models.toml: the models that the app knows, with the person's own laid over them.

The fields are described at the top of that file. A mistake in the shipped file is an error; a mistake
in the person's own costs them that one entry, and `Catalogue.warnings` says why.
"""

import difflib
import math
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path, PurePosixPath
from typing import Any, get_args

from longwriter_desktop.agentwrite.prompts import Layout, Planning
from longwriter_desktop.backend.turn_templates import TEMPLATES
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.paths import AppPaths, catalogue_path

FOR_WRITING = "for writing"
FOR_TRYING = "for trying things out"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model as the catalogue describes it. 0 and "" mean: not known, except where said otherwise."""

    name: str
    """Short, for the command line: "longwriter-8b-q4_k_m"."""
    title: str
    purpose: str = FOR_WRITING
    good_for: str = ""
    """What to choose it for, in a sentence."""
    languages: tuple[str, ...] = ("en",)
    repository: str = ""
    """On the Hugging Face hub, "owner/name"."""
    file: str = ""
    """Its name inside the repository."""
    revision: str = "main"
    path: str = ""
    """Of a file on this computer, instead of one on the hub."""
    package: str = ""
    """A Python package that carries the file, where it is installed."""
    size_bytes: int = 0
    size_exact: bool = False
    sha256: str = ""
    parameters: int = 0
    quantization: str = ""
    context_tokens: int = 0
    """The longest context that the model was made for, prompt and reply together."""
    default_context_tokens: int = 8192
    """The context that the app opens it with."""
    kv_bytes_per_token: int = 0
    """Memory of one token of context, with an f16 cache."""
    layers: int = 0
    """Layers that repeat. This and what follows: the architecture, to say how much memory it computes in."""
    embedding_length: int = 0
    feed_forward_length: int = 0
    attention_heads: int = 0
    key_length: int = 0
    """Width of one head's keys; 0: embedding_length / attention_heads."""
    vocabulary_tokens: int = 0
    output_is_embedding: bool = False
    """One matrix serves as both, as is usual in small models."""
    template: str = ""
    """A template of backend.turn_templates; "" is the one in the file."""
    stop: tuple[str, ...] = ()
    """Texts that end a reply besides the model's own end token."""
    layout: Layout = "continuous"
    """How prompts lie for it; see agentwrite.prompts.Layout."""
    planning: Planning = "guided"
    """How it makes a plan; see agentwrite.plan.Planning."""
    temperature: float = 0.5
    top_p: float = 0.8
    top_k: int = 50
    licence: str = ""
    licence_url: str = ""
    licence_accept: bool = False
    """The person has to agree to the licence before the file is fetched."""
    gated: bool = False
    """The hub gives the file only to who has asked for it there and shows a token."""

    @property
    def is_for_writing(self) -> bool:
        return self.purpose == FOR_WRITING


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The models in the order of recommendation; ``warnings`` is what was wrong with the person's own file."""

    entries: tuple[ModelEntry, ...]
    warnings: tuple[str, ...] = ()
    own_names: frozenset[str] = frozenset()
    """The names that only the person's own file has."""

    def by_name(self, name: str) -> ModelEntry | None:
        """The entry of that name, large or small letters alike."""
        wanted = name.casefold()
        return next((entry for entry in self.entries if entry.name.casefold() == wanted), None)


def own_catalogue_path(paths: AppPaths) -> Path:
    """The person's own models.toml."""
    return paths.settings / "models.toml"


def load_catalogue(paths: AppPaths, shipped: Path | None = None) -> Catalogue:
    """The shipped catalogue (or the file ``shipped``) with the person's own laid over it.

    Raises ModelProblem when the shipped file cannot be used.
    """
    base = _Source.read(shipped or catalogue_path())
    entries = {name: base.entry(name) for name in base.models}
    own_path = own_catalogue_path(paths)
    if not own_path.exists():
        return Catalogue(tuple(entries.values()))
    try:
        own = _Source.read(own_path, base)
    except ModelProblem as error:
        return Catalogue(tuple(entries.values()), (str(error),))
    warnings = []
    for name in own.models:
        shipped_name = next((known for known in entries if known.casefold() == name.casefold()), name)
        try:
            entries[shipped_name] = own.entry(name, base.models.get(shipped_name, {}), shipped_name)
        except ModelProblem as error:
            near = [] if shipped_name in entries else difflib.get_close_matches(name, base.models, 1, 0.8)
            hint = f" To change {near[0]}, give the entry that name." if near else ""
            warnings.append(f"{error} The entry is left out.{hint}")
    own_names = frozenset(set(entries) - set(base.models))
    return Catalogue(tuple(entries.values()), tuple(warnings), own_names)


def checked_entry(paths: AppPaths, name: str, table: Mapping[str, object]) -> ModelEntry:
    """The entry that ``[models.NAME]`` with the fields of ``table`` would be in the person's own models.toml.

    Raises ModelProblem, which names the entry and the field, when it could not be one, and when the app ships a
    model of that name.
    """
    base = _Source.read(catalogue_path())
    if any(known.casefold() == name.casefold() for known in base.models):
        raise ModelProblem(f"The app has a model {name!r} itself. Nothing was changed; choose another name.")
    return _Source(own_catalogue_path(paths), (), base.families, {name: table}).entry(name)


# -- checking ------------------------------------------------------------------------------------------

_Check = Callable[[Any], bool]


def _whole(least: int) -> tuple[_Check, str]:
    return lambda value: type(value) is int and value >= least, f"a whole number, {least} or more"


def _number(least: float, most: float) -> tuple[_Check, str]:
    def check(value: Any) -> bool:
        return type(value) in (int, float) and math.isfinite(value) and least <= value <= most

    return check, f"a number from {least:g} to {most:g}"


def _matching(pattern: str, wanted: str) -> tuple[_Check, str]:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None, wanted


_yes_or_no: tuple[_Check, str] = (lambda value: type(value) is bool, "true or false")


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _below(value: Any) -> bool:
    """Whether it names something below a folder on every system: files of the cache and of the app are named by it."""
    if not isinstance(value, str) or not value.isprintable() or set(value) & set('\\:*?"<>|'):
        return False
    path = PurePosixPath(value)
    return not path.is_absolute() and ".." not in path.parts


def _revision(value: Any) -> bool:
    return _below(value) and re.fullmatch(r"[\w.-]+(/[\w.-]+)*", value) is not None


_FIELDS: dict[str, tuple[_Check, str]] = {
    "title": _matching(r"(?s).*\S.*", "a text in quotes"),
    "purpose": (lambda value: value in (FOR_WRITING, FOR_TRYING), f'"{FOR_WRITING}" or "{FOR_TRYING}"'),
    "good_for": _matching(r"(?s).*", "a text in quotes"),
    "languages": (_texts, 'a list such as ["en", "zh"]'),
    "repository": _matching(r"|\w[\w.-]*/\w[\w.-]*", '"owner/name"'),
    "file": (_below, "the name of a file in the repository"),
    "revision": (_revision, "a branch, tag or commit"),
    "path": _matching(r"[^\0]*", "the path of a file"),
    # Without dots: to look for a package inside another one would run code of that one.
    "package": _matching(r"|\w+", "the name of a Python package"),
    "size_bytes": _whole(0),
    "size_exact": _yes_or_no,
    "sha256": _matching(r"|[0-9a-f]{64}", '64 of the letters 0-9 and a-f, or ""'),
    "parameters": _whole(0),
    "quantization": _matching(r"[\w.-]*", 'a name such as "Q4_K_M"'),
    "context_tokens": _whole(0),
    "default_context_tokens": _whole(512),
    "kv_bytes_per_token": _whole(0),
    "layers": _whole(0),
    "embedding_length": _whole(0),
    "feed_forward_length": _whole(0),
    "attention_heads": _whole(0),
    "key_length": _whole(0),
    "vocabulary_tokens": _whole(0),
    "output_is_embedding": _yes_or_no,
    "template": (lambda value: value in ("", *TEMPLATES), f'"" or one of {", ".join(TEMPLATES)}'),
    "stop": (_texts, 'a list of texts such as ["[INST]"]'),
    "layout": (lambda value: value in get_args(Layout), f"one of {', '.join(get_args(Layout))}"),
    "planning": (lambda value: value in get_args(Planning), f"one of {', '.join(get_args(Planning))}"),
    "temperature": _number(0, 2),
    "top_p": _number(0, 1),
    "top_k": _whole(0),
    "licence": _matching(r"(?s).*", "a text in quotes"),
    "licence_url": _matching(r"|https?://\S+", "an address that begins with https://"),
    "licence_accept": _yes_or_no,
    "gated": _yes_or_no,
}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_REQUIRED = frozenset(each.name for each in fields(ModelEntry) if each.default is MISSING) - {"name"}


@dataclass(frozen=True, slots=True)
class _Source:
    """One models.toml: its tables, unchecked, and its text, to say in which line a mistake is."""

    path: Path
    lines: tuple[str, ...]
    families: Mapping[str, Mapping[str, object]]
    models: Mapping[str, Mapping[str, object]]

    @staticmethod
    def read(path: Path, base: "_Source | None" = None) -> "_Source":
        """Raises ModelProblem for a file that is no TOML or has not the two tables."""
        advice = "Mend the file or remove it."
        try:
            text = path.read_text(encoding="utf-8")
            content = tomllib.loads(text)
        except (OSError, ValueError) as error:  # TOMLDecodeError and UnicodeDecodeError are ValueErrors
            raise ModelProblem(f"The catalogue {path} cannot be read: {error}. {advice}") from error
        for name, table in content.items():
            if name not in ("families", "models"):
                raise ModelProblem(
                    f"The catalogue {path} has a table [{name}]; there are families and models. {advice}"
                )
            if not isinstance(table, dict) or not all(isinstance(each, dict) for each in table.values()):
                raise ModelProblem(f"In the catalogue {path}, {name} should be tables such as [{name}.NAME]. {advice}")
        families = {**(base.families if base else {}), **content.get("families", {})}
        return _Source(path, tuple(text.splitlines()), families, content.get("models", {}))

    def entry(self, name: str, under: Mapping[str, object] | None = None, as_name: str = "") -> ModelEntry:
        """The entry ``name``, laid over the fields ``under``.

        Raises ModelProblem, which names the file, the line, the entry and the field.
        """
        if not _NAME.fullmatch(name):
            raise self._problem(name, "", "its name should be letters, digits, dots, dashes and underscores")
        own = {**(under or {}), **self.models[name]}
        family = own.pop("family", None)
        if family is not None and (not isinstance(family, str) or family not in self.families):
            raise self._problem(name, "family", f"there is no family {family!r}; there are {_listed(self.families)}")
        table = {**(self.families[family] if isinstance(family, str) else {}), **own}
        for field_name, value in table.items():
            if field_name not in _FIELDS and isinstance(value, dict):
                raise self._problem(name, field_name, 'a name with a dot is written in quotes, as [models."a.b"]')
            if field_name not in _FIELDS:
                near = difflib.get_close_matches(field_name, _FIELDS, 1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise self._problem(name, field_name, f"there is no such field{hint}")
            check, wanted = _FIELDS[field_name]
            if not check(value):
                raise self._problem(name, field_name, f"it should be {wanted}, and is {value!r}")
        self._check_whole(name, table)
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        return ModelEntry(name=as_name or name, **values)

    def _check_whole(self, name: str, table: Mapping[str, Any]) -> None:
        for field_name in sorted(_REQUIRED):
            if field_name not in table:
                raise self._problem(name, field_name, "it is missing")
        if not table.get("path") and not (table.get("repository") and table.get("file")):
            raise self._problem(name, "file", "it is missing: give repository and file, or a path")
        longest, opened = table.get("context_tokens", 0), table.get("default_context_tokens", 8192)
        if longest and opened > longest:
            raise self._problem(name, "default_context_tokens", f"{opened} is more than context_tokens, {longest}")

    def _problem(self, name: str, field_name: str, what: str) -> ModelProblem:
        line = self._line(name, field_name)
        place = f"{self.path}, line {line}" if line else f"{self.path}"
        where = f"model {name!r}" + (f", {field_name}" if field_name else "")
        return ModelProblem(f"The catalogue {place}: {where}: {what}.")

    def _line(self, name: str, field_name: str) -> int:
        """The line of a field, or else of the entry's header, from 1; 0 when it is written in some other way."""
        headers = (f"[models.{name}]", f'[models."{name}"]')
        found = 0
        for number, line in enumerate(self.lines, start=1):
            if line.strip().startswith(headers):
                found = number
            elif found and line.lstrip().startswith("["):
                break
            elif found and re.match(rf"\s*{re.escape(field_name)}\s*=", line):
                return number
        return found


def _listed(names: Mapping[str, object]) -> str:
    return ", ".join(names) or "none"
