"""Model files that are on this computer already: in the Hugging Face cache, in LM Studio, Ollama and Jan, in folders.

They are offered where they lie; nothing is copied, moved or changed. Left out is what cannot write: parts that
belong to a model (`mmproj`, adapters) and models that turn texts into numbers. A file that is damaged or not whole
is listed with what is wrong with it.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.gguf_split import name_of, parts_of
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.models.places import (
    hub_cache,
    jan_folders,
    lm_studio_folders,
    models_folder,
    ollama_folders,
    own_folders,
)
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings

Place = Literal["models folder", "Hugging Face cache", "LM Studio", "Ollama", "Jan", "your folder"]

_DEEPEST = 8
"""Folders below the one that is searched. LM Studio's lie two deep, a repository's in the cache up to five."""
_MOST_FOLDERS = 20_000
_MOST_MANIFESTS = 5_000
_LONGEST_MANIFEST = 1_000_000
_DIGEST = re.compile(r"sha256[:-]([0-9a-f]{64})")
_OLLAMA_LAYER = "application/vnd.ollama.image."
_PLAIN_NAMES = frozenset({"model", "ggml-model", "weights"})
"""File names that say nothing; the folder's name is better."""
_NOT_FOR_TEXT = frozenset(
    "clip bert nomic-bert nomic-bert-moe neo-bert modern-bert jina-bert-v2 jina-bert-v3 eurobert gemma-embedding "
    "llama-embed t5 t5encoder wavtokenizer-dec whisper".split()
)
"""Architectures, as llama.cpp names them, that embed, see or hear instead of writing on a text."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A GGUF file that is here. ``path`` is the first file of a split model, ``size_bytes`` of all its files.

    ``header`` is None and ``problem`` a sentence for the person where the file cannot be used.
    """

    path: Path
    place: Place
    title: str
    header: GgufHeader | None
    problem: str
    size_bytes: int

    @property
    def values(self) -> dict[str, object]:
        """As plain values, ready for JSON."""
        return {
            "title": self.title,
            "place": self.place,
            "path": str(self.path),
            "size_bytes": self.size_bytes,
            "problem": self.problem,
        }


def found_files(paths: AppPaths, settings: Settings) -> list[FoundFile]:
    """All model files that are here, place by place. Raises nothing: what cannot be looked into is passed over.

    Takes up to some tenths of a second a file, so it is no call for the window's own thread.
    """
    return list(each_found_file(paths, settings))


def each_found_file(paths: AppPaths, settings: Settings) -> Iterator[FoundFile]:
    """As `found_files`, one after the other as they are found."""
    seen: set[tuple[int, int]] = set()
    for place, path, title in _candidates(paths, settings):
        identity = _identity(path)
        if identity is None or identity in seen:
            continue
        seen.add(identity)
        found = looked_into(path, place, title)
        if found is not None:
            yield found


def looked_into(path: Path, place: Place, title: str = "") -> FoundFile | None:
    """What the file at ``path`` is; None for one that is no model to write with."""
    problem, header = "", None
    try:
        header = read_header(path)
    except LongWriterError as error:
        problem = str(error)
    if header is not None and why_not_for_writing(header):
        return None
    size = sum(part.stat().st_size for part in parts_of(path) if part.is_file())
    return FoundFile(path, place, title or title_of(path, header), header, problem, size)


def why_not_for_writing(header: GgufHeader) -> str:
    """A sentence where the file is not a model that writes: a part of one, or one that embeds; otherwise ""."""
    kind = header.values.get("general.type", "model")
    if kind != "model" or header.architecture == "clip":
        return f"“{header.path.name}” is only a part of a model ({one_line(str(kind))}). Choose the model's own file."
    embeds = header.architecture in _NOT_FOR_TEXT or header.number("pooling_type")
    if embeds or not header.context_tokens:
        return f"“{header.path.name}” is not a model that writes text. Choose a chat or instruct model."
    return ""


def title_of(path: Path, header: GgufHeader | None = None) -> str:
    """What to call a file: its name without numbers of parts, or its folder's or the model's where that says more."""
    stem = name_of(path)
    own = header.values.get("general.name") if header else None
    if path.parent.name == "blobs" and isinstance(own, str) and one_line(own):
        return one_line(own)
    return one_line(path.parent.name if stem.casefold() in _PLAIN_NAMES and path.parent.name else stem)


def one_line(text: str) -> str:
    """A text that whoever made a file chose: in one line of 200 characters, without what a terminal would obey."""
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:200]


# -- places --------------------------------------------------------------------------------------------


def _candidates(paths: AppPaths, settings: Settings) -> Iterator[tuple[Place, Path, str]]:
    """Place, file and title ("": by the file's name) of each file that may be a model."""
    own = models_folder(paths, settings)
    yield from (("models folder", path, "") for path in gguf_files(own))
    yield from (("Hugging Face cache", path, "") for path in _in_hub_cache(hub_cache()))
    for folder in lm_studio_folders():
        yield from (("LM Studio", path, "") for path in gguf_files(folder))
    for folder in ollama_folders():
        yield from (("Ollama", path, title) for title, path in _in_ollama(folder))
    for folder in jan_folders():
        yield from (("Jan", path, "") for path in gguf_files(folder))
    for folder in own_folders(settings):
        yield from (("your folder", path, "") for path in gguf_files(folder))
        # A folder of Ollama's form holds blobs without an ending, which its manifests name.
        yield from (("your folder", path, title) for title, path in _in_ollama(folder))


def gguf_files(folder: Path) -> Iterator[Path]:
    """The GGUF files below a folder, of a split model the first; links are followed, but no folder twice."""
    seen: set[tuple[int, int]] = set()
    waiting = [(folder, 0)]
    while waiting and len(seen) < _MOST_FOLDERS:
        current, depth = waiting.pop()
        identity = _identity(current)
        if identity is None or identity in seen:
            continue
        seen.add(identity)
        folders = []
        for name, path, is_folder in _entries(current):
            if is_folder:
                folders.append(path)
            elif _is_candidate(name):
                yield path
        if depth < _DEEPEST:
            waiting += [(path, depth + 1) for path in reversed(folders)]


def _entries(folder: Path) -> list[tuple[str, Path, bool]]:
    """Name, path and whether it is a folder, by name; nothing where the folder may not be read."""
    found = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    found.append((entry.name, folder / entry.name, entry.is_dir()))
                except OSError:
                    continue
    except OSError:
        return []
    return sorted(found)


def _is_candidate(name: str) -> bool:
    low = name.casefold()
    is_whole_or_first = parts_of(Path(name))[0].name == name
    return low.endswith(".gguf") and not low.startswith(".") and "mmproj" not in low and is_whole_or_first


def _in_hub_cache(cache: Path) -> Iterator[Path]:
    """Files of all models' snapshots, each named as in its repository."""
    for name, path, is_folder in _entries(cache):
        if is_folder and name.startswith("models--"):
            yield from gguf_files(path / "snapshots")


def _in_ollama(store: Path) -> Iterator[tuple[str, Path]]:
    """Title, such as "llama3.2:3b", and file of each model that Ollama has pulled or made.

    A model with an adapter is left out: without it, it would be another one.
    """
    manifests = store / "manifests"
    found = sorted(_files_below(manifests))
    for path in found:
        layers = _layers(path)
        blob = layers.get("model")
        if blob is not None and "adapter" not in layers:
            yield _ollama_title(path.relative_to(manifests).parts), store / "blobs" / f"sha256-{blob}"


def _files_below(folder: Path, depth: int = 0) -> list[Path]:
    files: list[Path] = []
    for _, path, is_folder in _entries(folder):
        if not is_folder:
            files.append(path)
        elif depth < _DEEPEST:
            files += _files_below(path, depth + 1)
        if len(files) >= _MOST_MANIFESTS:
            break
    return files


def _layers(manifest: Path) -> dict[str, str]:
    """By kind of layer ("model", "template", …) the hash of its blob; {} for what is no manifest."""
    try:
        if manifest.stat().st_size > _LONGEST_MANIFEST:
            return {}
        content: Any = json.loads(manifest.read_text(encoding="utf-8"))
        found: dict[str, str] = {}
        for layer in content["layers"]:
            kind, digest = layer["mediaType"], _DIGEST.fullmatch(layer["digest"])
            if digest is not None and kind.startswith(_OLLAMA_LAYER):
                found.setdefault(kind.removeprefix(_OLLAMA_LAYER), digest[1])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return found


def _ollama_title(parts: tuple[str, ...]) -> str:
    """From registry, namespace, model and tag the name that Ollama shows."""
    *before, tag = parts
    if before[:2] == ["registry.ollama.ai", "library"]:
        before = before[2:]
    elif before[:1] == ["registry.ollama.ai"]:
        before = before[1:]
    return f"{'/'.join(before)}:{tag}" if before else tag


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells files apart whatever they are called; None for one that cannot be seen."""
    try:
        facts = path.stat()
    except (OSError, ValueError):
        return None
    return facts.st_dev, facts.st_ino
