"""The command `models`: list, show and recommend. What else it does is in modules beside this one.

Such a module gives `add_parsers` the sub-commands and `run` what they do; it is named in `_PARTS` below.
Every sub-command takes `--json`, which is added here.
"""

import argparse
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from longwriter_desktop import models_download_command, models_manage_command
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import Catalogue, load_catalogue
from longwriter_desktop.models.fit import fit
from longwriter_desktop.models.library import find_model
from longwriter_desktop.models.listing import (
    ListedModel,
    listed_models,
    memory_by_context,
    model_lines,
    models_table,
    recommended,
)
from longwriter_desktop.models.machine import machine_here
from longwriter_desktop.models.own_models import described
from longwriter_desktop.models.speeds import load_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings

if TYPE_CHECKING:
    SubParsers = argparse._SubParsersAction[argparse.ArgumentParser]
    Part = tuple[Callable[[SubParsers], None], Callable[[AppPaths, argparse.Namespace], int | None]]

DONE = 0


def add_models(parser: argparse.ArgumentParser) -> None:
    """Adds what `models` understands; without a sub-command it lists."""
    parser.add_argument("--json", action="store_true", help="print JSON Lines")
    what = parser.add_subparsers(dest="what", metavar="WHAT")
    for add_parsers, run in _PARTS:
        known = set(what.choices)
        add_parsers(what)
        for name in set(what.choices) - known:
            what.choices[name].set_defaults(run_models=run)
    for part in what.choices.values():
        # Without a default of its own it leaves the one that `models --json list` has set.
        part.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print JSON Lines")


def models(options: argparse.Namespace, paths: AppPaths) -> int:
    """Does what `models` was asked for; returns the exit status. Raises LongWriterError."""
    run = options.run_models if options.what else _run
    return run(paths, options) or DONE


def _add_parsers(what: "SubParsers") -> None:
    what.add_parser("list", help="the models: what is here, what fits this computer, and which is the best for it")
    show = what.add_parser("show", help="all about a model: what it is good for, licence, memory, where its file is")
    show.add_argument("model", metavar="NAME|PATH", help="a model of the catalogue, or a GGUF file")
    what.add_parser("recommend", help="the best model for this computer, and why")


def _run(paths: AppPaths, options: argparse.Namespace) -> int:
    catalogue = load_catalogue(paths)
    for warning in catalogue.warnings:
        print(warning, file=sys.stderr)
    match options.what:
        case "show":
            _show(options.model, catalogue, paths, as_json=options.json)
        case "recommend":
            _recommend(listed_models(catalogue, paths), as_json=options.json)
        case _:
            _list(listed_models(catalogue, paths), as_json=options.json)
    return DONE


def _list(models: list[ListedModel], *, as_json: bool) -> None:
    if not as_json:
        print(models_table(models))
        return
    best = recommended(models)
    for model in models:
        _event("model", **model.values, recommended=best is not None and best.model is model)
    here = sum(bool(each.path) for each in models)
    _event("summary", models=len(models), here=here, recommended=best.model.entry.name if best else "")


def _show(name: str, catalogue: Catalogue, paths: AppPaths, *, as_json: bool) -> None:
    entry = catalogue.by_name(name.strip())
    if entry is None:
        _show_file(name, catalogue, paths, as_json=as_json)
        return
    [model] = listed_models(Catalogue((entry,)), paths)
    if as_json:
        _event("model", **model.values, memory_bytes=memory_by_context(entry))
    else:
        print(model_lines(model))


def _show_file(path: str, catalogue: Catalogue, paths: AppPaths, *, as_json: bool) -> None:
    """A file that is in no catalogue: what it says about itself, and how it fits."""
    model = find_model(path, catalogue, paths)
    facts = described(model.path)
    settings = load_settings(paths)
    judged = fit(model, machine_here(paths, settings), speeds=load_speeds(paths), options=EngineOptions.of(settings))
    if as_json:
        _event("file", **facts.values, fit=judged.verdict, needs_bytes=judged.needs_bytes, reason=judged.reason)
        return
    print(facts.title)
    rows = facts.values | {"fit": f"{judged.verdict}: {judged.reason}"}
    for label, value in rows.items():
        text = ", ".join(value) if isinstance(value, list) else f"{value:,}" if isinstance(value, int) else str(value)
        if label != "title" and text not in ("", "0"):
            print(f"  {label.replace('_', ' ').ljust(18)}  {text}")


def _recommend(models: list[ListedModel], *, as_json: bool) -> None:
    best = recommended(models)
    if best is None:
        raise ModelProblem(
            "No model of the catalogue fits this computer's memory and disk. Make room, or name a smaller GGUF file."
        )
    if as_json:
        _event("model", **best.model.values, recommended=True, recommended_because=best.reason)
        return
    entry = best.model.entry
    print(f"{entry.title}: {best.reason}")
    if best.model.path is None:
        print(f"It is not on this computer yet: longwriter-desktop models download {entry.name}")


def _event(kind: str, **values: object) -> None:
    print(json.dumps({"event": kind, **values}, ensure_ascii=True), flush=True)


_PARTS: "tuple[Part, ...]" = (
    (_add_parsers, _run),
    (models_download_command.add_parsers, models_download_command.run),
    (models_manage_command.add_parsers, models_manage_command.run),
)
"""Whose sub-commands there are."""
