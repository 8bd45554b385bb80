"""Finding a model on this computer: by its name in the catalogue, or by the path of a GGUF file.

Nothing here uses the network.
"""

import contextlib
import difflib
import importlib.util
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from longwriter_desktop.agentwrite.engine import Sampling
from longwriter_desktop.agentwrite.prompts import Layout, Planning
from longwriter_desktop.backend.gguf_check import GgufHeader, read_header
from longwriter_desktop.backend.gguf_split import parts_of
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelMissing, ModelProblem
from longwriter_desktop.models.catalogue import Catalogue, ModelEntry, own_catalogue_path
from longwriter_desktop.models.choice import best_of
from longwriter_desktop.models.download_request import hub_website
from longwriter_desktop.models.fit import Fit, Machine, fit
from longwriter_desktop.models.found import title_of
from longwriter_desktop.models.places import (
    expanded,
    hub_cache,
    lm_studio_folders,
    models_folder,
    ollama_folders,
    own_folders,
)
from longwriter_desktop.models.speeds import load_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import SamplingChoice, load_settings
from longwriter_desktop.size_words import size_words

_WIDE = 3_500
"""Models of 7B parameters and more are at least 3,584 wide, and can be trusted with the form of a plan."""
_NOTHING_CHOSEN = SamplingChoice()


@dataclass(frozen=True, slots=True)
class Model:
    """A model whose file is on this computer.

    ``name`` finds it again; ``entry`` is None for a file of the person's own.
    """

    name: str
    title: str
    path: Path
    entry: ModelEntry | None = None
    header: GgufHeader | None = None
    """What the file says about itself, for a file of the person's own."""

    @property
    def is_for_trying_out(self) -> bool:
        """Whether the catalogue says that it is not for writing in earnest."""
        return self.entry is not None and not self.entry.is_for_writing

    @property
    def layout(self) -> Layout:
        """How prompts lie for it: the catalogue's choice, one long reply for a file of the person's own.

        With Qwen2.5-Coder-1.5B, 1,000 words in the paper's layout repeated 12 % of their 8-word sequences, in
        the conversation 19 %, in one long reply none, and that was the fastest; see tests/benchmarks.
        """
        return self.entry.layout if self.entry else "continuous"

    @property
    def planning(self) -> Planning:
        """How it makes a plan: the catalogue's choice; for a file of the person's own, by its width."""
        return self.entry.planning if self.entry is not None else planning_of(self.header)

    def sampling(
        self, *, seed: int, temperature: float | None = None, chosen: SamplingChoice = _NOTHING_CHOSEN
    ) -> Sampling:
        """Its authors' sampling, with what the person chose: for the document (``temperature``), then for the app."""
        base = Sampling(seed=seed)
        if self.entry is not None:
            base = replace(base, temperature=self.entry.temperature, top_p=self.entry.top_p, top_k=self.entry.top_k)
        wanted = chosen.temperature if temperature is None else temperature
        return replace(
            base,
            temperature=base.temperature if wanted is None else wanted,
            top_p=base.top_p if chosen.top_p is None else chosen.top_p,
            top_k=base.top_k if chosen.top_k is None else chosen.top_k,
        )

    @property
    def spec(self) -> ModelSpec:
        """What the backend must be told to open it."""
        return ModelSpec.of(self)


def planning_of(header: GgufHeader | None) -> Planning:
    """How a model makes a plan of which nothing is known but what its file says."""
    return "free" if header is not None and header.number("embedding_length") >= _WIDE else "guided"


def is_here(entry: ModelEntry, paths: AppPaths) -> Path | None:
    """Where the file of a catalogue entry is on this computer, or the first of its files, or None.

    Looked for at the entry's own path, in the app's models folder, in the Hugging Face cache, in the
    Python package that carries it, in the folders that the person named, and where LM Studio and Ollama keep
    it. Where anybody may have put it, it counts only at its full size; a model that is split
    counts with all its files. Opens no file.
    """
    if entry.path:
        own = expanded(entry.path)
        return own if _is_file(own) else None
    settings = load_settings(paths)
    by_name = _whole_files(entry, (models_folder(paths, settings),))
    elsewhere = _whole_files(entry, (*own_folders(settings), *lm_studio_folders()))
    places = (by_name, _in_hub_cache(entry), _in_package(entry), elsewhere, _in_ollama(entry))
    return next((path for place in places for path in place if _is_all_here(path)), None)


def find_model(name_or_path: str, catalogue: Catalogue, paths: AppPaths) -> Model:
    """The model of that name in the catalogue, or in the GGUF file at that path.

    Names are tried first, large and small letters alike. Raises ModelProblem when there is no such
    name or file and when the file is not a whole GGUF, and
    ModelMissing when the catalogue's model is not on this computer.
    """
    wanted = name_or_path.strip()
    entry = catalogue.by_name(wanted)
    if entry is not None:
        path = is_here(entry, paths)
        if path is None:
            raise _not_here(entry, paths)
        return Model(entry.name, entry.title, path, entry)
    path = expanded(wanted)
    if wanted and (_looks_like_path(wanted) or _is_file(path)):
        return _own_file(_where_it_is_now(path.absolute(), paths), catalogue, paths)
    raise ModelProblem(_unknown(wanted, catalogue))


def default_model(catalogue: Catalogue, paths: AppPaths, settings_model: str, machine: Machine | None = None) -> Model:
    """The model to use when nothing was asked for.

    The one of the settings where it is here; else the best of those that are here, by the rule of `choice.best_of`;
    else any that is here. Raises ModelMissing when there is none, and ModelProblem when none can be read.
    """
    if settings_model.strip():
        try:
            return find_model(settings_model, catalogue, paths)
        except ModelProblem:
            pass  # the model has been moved or deleted: the person can still write with another
    found = [(entry, path) for entry in catalogue.entries if (path := is_here(entry, paths)) is not None]
    if not found:
        folder, file = models_folder(paths), _first_file(catalogue)
        raise ModelMissing(
            "There is no model on this computer, so nothing can be written. Choose Model > Models… to get one. A GGUF "
            f"file such as {file} can also be dropped on the window, or put into {folder}.",
            "There is no model on this computer, so nothing can be written. Get one with `longwriter-desktop models "
            f"download NAME`, or name a GGUF file by its path, or put one such as {file} into {folder}.",
        )
    here = _judged(found, paths, machine or Machine.of_this())
    choice = best_of(here)
    best = choice.model if choice is not None else here[0]
    return Model(best.entry.name, best.entry.title, best.path, best.entry)


@dataclass(frozen=True, slots=True)
class _Here:
    """A model of the catalogue that is on this computer, and how it fits."""

    entry: ModelEntry
    path: Path
    fit: Fit
    is_here: bool = True


def _judged(found: Sequence[tuple[ModelEntry, Path]], paths: AppPaths, machine: Machine) -> list[_Here]:
    """Those that can be read, with how they fit. Raises ModelProblem where that is none of them."""
    speeds, options = load_speeds(paths), EngineOptions.of(load_settings(paths))
    here: list[_Here] = []
    problems: list[ModelProblem] = []
    for entry, path in found:
        try:
            here.append(_Here(entry, path, fit(entry, machine, speeds=speeds, options=options)))
        except ModelProblem as problem:  # a file of the person's own that is damaged: there may be others
            problems.append(problem)
    if not here:
        raise problems[0]
    return here


# -- places --------------------------------------------------------------------------------------------


def _whole_files(entry: ModelEntry, folders: Sequence[Path]) -> Iterator[Path]:
    """The file in folders of GGUF files, in them or below its repository's name, where it has its full size."""
    names = (Path(entry.file).name, f"{entry.repository}/{entry.file}") if entry.file else ()
    for path in (folder / name for folder in folders for name in names):
        with contextlib.suppress(OSError):
            if not entry.size_exact or _size(path) == entry.size_bytes:
                yield path


def _is_all_here(path: Path) -> bool:
    return all(map(_is_file, parts_of(path)))


def _is_file(path: Path) -> bool:
    """False also for what is too long to be the name of one."""
    with contextlib.suppress(OSError):
        return path.is_file()
    return False


def _size(path: Path) -> int:
    """Bytes of all files of a model. Raises OSError."""
    return sum(each.stat().st_size for each in parts_of(path))


def _in_hub_cache(entry: ModelEntry) -> Iterator[Path]:
    """The file as any program on this computer has downloaded it.

    The folder is read here and not by huggingface_hub, which would load all that it takes to use the network:
    https://huggingface.co/docs/huggingface_hub/guides/manage-cache
    """
    if not entry.repository:
        return
    folder = hub_cache() / f"models--{entry.repository.replace('/', '--')}"
    if not folder.is_dir():
        return
    commit = entry.revision
    with contextlib.suppress(OSError, ValueError):  # The revision is a commit itself, or was never asked for.
        commit = (folder / "refs" / entry.revision).read_text(encoding="utf-8").strip()
    yield folder / "snapshots" / commit / entry.file
    if entry.sha256 and not _is_split(entry):
        yield folder / "blobs" / entry.sha256  # of another revision; large files are named by their hash there


def _is_split(entry: ModelEntry) -> bool:
    """Whether it has several files, which are found by their names alone."""
    return len(parts_of(PurePosixPath(entry.file))) > 1


def _in_ollama(entry: ModelEntry) -> Iterator[Path]:
    """Ollama names files by their hash, too, and by nothing else."""
    if entry.sha256 and not _is_split(entry):
        yield from (folder / "blobs" / f"sha256-{entry.sha256}" for folder in ollama_folders())


def _in_package(entry: ModelEntry) -> Iterator[Path]:
    """The file inside an installed package, found without running any of the package's code."""
    if not entry.package:
        return
    try:
        spec = importlib.util.find_spec(entry.package)
    except (ImportError, ValueError):
        return
    for folder in (spec.submodule_search_locations if spec is not None else None) or ():
        yield Path(folder) / entry.file


# -- words for the person ------------------------------------------------------------------------------


def _looks_like_path(text: str) -> bool:
    return text.casefold().endswith(".gguf") or os.sep in text or "/" in text or text.startswith("~")


def _own_file(path: Path, catalogue: Catalogue, paths: AppPaths) -> Model:
    """The model at a path; with its catalogue entry where the file is the one that the entry names."""
    header = read_header(path)
    entry = next((each for each in catalogue.entries if _is_file_of(each, path, paths)), None)
    return Model(str(path), entry.title if entry else title_of(path, header), path, entry, header)


def _where_it_is_now(path: Path, paths: AppPaths) -> Path:
    """The file of that name in the app's models folder, where there is none at the path: the folder may have moved."""
    moved = models_folder(paths) / path.name
    return moved if _is_file(moved) and not path.exists() else path


def _is_file_of(entry: ModelEntry, path: Path, paths: AppPaths) -> bool:
    known = is_here(entry, paths)
    if known is not None and known.samefile(path):
        return True
    if not _is_all_here(path):
        return False
    size = _size(path)
    same_size = size == entry.size_bytes if entry.size_exact else abs(size - entry.size_bytes) < entry.size_bytes / 100
    return bool(entry.file) and path.name == Path(entry.file).name and same_size


def _not_here(entry: ModelEntry, paths: AppPaths) -> ModelProblem:
    if entry.path:
        where = own_catalogue_path(paths)
        return ModelProblem(f"The model {entry.name} is not at “{entry.path}”. Correct the path in {where}.")
    return ModelMissing(
        f"{entry.title} is not on this computer. Choose Model > Models… to download it "
        f"({size_words(entry.size_bytes, 2)}), or put its file {entry.file} into {models_folder(paths)}.",
        f"The model {entry.name} is not on this computer. Get it with `longwriter-desktop models download "
        f"{entry.name}`: {entry.file} ({size_words(entry.size_bytes, 2)}) from {hub_website()}/{entry.repository}. "
        f"Or put that file into {models_folder(paths)}.",
    )


def _unknown(wanted: str, catalogue: Catalogue) -> str:
    names = [entry.name for entry in catalogue.entries]
    nearest = difflib.get_close_matches(wanted.casefold(), names, len(names), 0.0)
    rest = [name for name in names if name not in nearest]
    return (
        f"There is no model {wanted!r}. Known are: {', '.join((*nearest, *rest))}. "
        "Choose one of them, or give the path of a GGUF file."
    )


def _first_file(catalogue: Catalogue) -> str:
    return next((entry.file for entry in catalogue.entries if entry.is_for_writing and entry.file), "model.gguf")
