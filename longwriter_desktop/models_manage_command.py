"""Of the command `models`: found, add, verify, remove, try and move, for the files that are on this computer."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from tqdm import tqdm

from longwriter_desktop.agentwrite.engine import ModelLoading
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.backend.turn_templates import TEMPLATES
from longwriter_desktop.errors import EnvironmentProblem, InputProblem
from longwriter_desktop.models.catalogue import ModelEntry, load_catalogue
from longwriter_desktop.models.found import each_found_file
from longwriter_desktop.models.library import Model, find_model, is_here
from longwriter_desktop.models.manage import note_used, removal, remove, verify
from longwriter_desktop.models.moving import move_folder
from longwriter_desktop.models.own_models import (
    ModelFacts,
    add_own,
    described,
    forget_own,
    own_entry_of,
    template_trial,
)
from longwriter_desktop.models.places import expanded
from longwriter_desktop.models.speeds import record_speed
from longwriter_desktop.models.trial import TRIAL_CONTEXT_TOKENS, Said, Trial, speed_of, try_model
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import Settings, load_settings, save_settings, settings_path
from longwriter_desktop.size_words import size_words

if TYPE_CHECKING:
    SubParsers = argparse._SubParsersAction[argparse.ArgumentParser]

DONE, FAILED = 0, 1
_IN_FILE = "file"


def add_parsers(what: "SubParsers") -> None:
    """Adds the sub-commands; `--json` is added by who calls."""
    what.add_parser(
        "found", help="model files that are here already: LM Studio, Ollama, Jan, Hugging Face cache, folders"
    )
    add = what.add_parser("add", help="add a GGUF file, or a folder to look for such files in; nothing is copied")
    add.add_argument("path", type=Path, metavar="PATH", help="a GGUF file or a folder")
    add.add_argument("--name", default="", help="what to call it on the command line")
    add.add_argument("--title", default="", help="what to call it in the window")
    add.add_argument(
        "--template",
        choices=(_IN_FILE, *TEMPLATES),
        help="how it wants to be spoken to, where its file says it wrongly",
    )
    add.add_argument("--context", type=int, metavar="TOKENS", help="the context to open it with")
    add.add_argument("--try", action="store_true", dest="try_template", help="have it write one sentence first")
    check = what.add_parser("verify", help="read a model's file to its end and compare its SHA-256")
    check.add_argument("model", metavar="NAME|PATH")
    away = what.add_parser("remove", help="delete a model's file, or take an own model or folder off the list")
    away.add_argument("model", metavar="NAME|PATH")
    away.add_argument("--yes", action="store_true", help="do not ask")
    away.add_argument(
        "--file", action="store_true", help="delete the file, too, when it is your own or another program's"
    )
    trial = what.add_parser("try", help="have a model write 100 words, and say how long 10,000 would take")
    trial.add_argument("model", metavar="NAME|PATH")
    trial.add_argument("--language", choices=("en", "zh"), help="English, or Chinese; what the model knows otherwise")
    move = what.add_parser("move", help="move the app's models folder to another place")
    move.add_argument("folder", type=Path, metavar="FOLDER")


def run(paths: AppPaths, options: argparse.Namespace) -> int | None:
    """Does what one of them was asked for; returns the exit status. Raises LongWriterError."""
    commands: dict[str, Callable[[AppPaths, argparse.Namespace], int]] = {
        "found": _found,
        "add": _add,
        "verify": _verify,
        "remove": _remove,
        "try": _try,
        "move": _move,
    }
    return commands[options.what](paths, options)


def _found(paths: AppPaths, options: argparse.Namespace) -> int:
    count = 0
    for found in each_found_file(paths, load_settings(paths)):
        count += 1
        if options.json:
            _print_json("found", found.values)
        else:
            print(f"{found.place:<18}  {size_words(found.size_bytes):>9}  {found.title}\n{'':31}{found.path}")
            if found.problem:
                print(f"{'':31}{found.problem}")
    if options.json:
        _print_json("summary", {"found": count})
    elif not count:
        print("No model files were found. Name a folder to look into: longwriter-desktop models add FOLDER")
    return DONE


# -- adding --------------------------------------------------------------------------------------------


def _add(paths: AppPaths, options: argparse.Namespace) -> int:
    path = expanded(options.path).absolute()
    if path.is_dir():
        return _add_folder(path, paths, options)
    facts = described(path)
    template = _template(facts, options)
    if not options.json:
        print(_facts_text(facts, template))
    if options.try_template and not facts.problem:
        _try_template(facts, template, paths, options)
    entry = add_own(path, paths, name=options.name, title=options.title, template=template, context=options.context)
    values = {"name": entry.name, **facts.values, "used_template": template}
    _finish(options, values, f"Added as {entry.name}. Write with it: --model {entry.name}")
    return DONE


def _template(facts: ModelFacts, options: argparse.Namespace) -> str:
    """The template to use: the one asked for, else the suggested one where the file's will not do."""
    if options.template is not None:
        return "" if options.template == _IN_FILE else str(options.template)
    return facts.suggested_template if facts.template_problem else ""


def _try_template(facts: ModelFacts, template: str, paths: AppPaths, options: argparse.Namespace) -> None:
    trial = template_trial(facts.path, template, paths)
    if trial is None:
        return
    if options.json:
        _print_json("template_trial", {"template": template, "reply": trial.reply, "problem": trial.problem})
        return
    print(f"Asked for one sentence about the sea, it wrote:\n  {trial.reply or '(nothing)'}")
    if trial.problem:
        print(trial.problem)


def _facts_text(facts: ModelFacts, template: str) -> str:
    size = f"{facts.parameters / 1e9:.2f} billion parameters, " if facts.parameters else ""
    lines = [
        facts.title,
        f"  {facts.architecture or 'unknown'} architecture, {size}{facts.quantization or 'quantization not said'}, "
        f"{size_words(facts.size_bytes)}",
        f"  context {facts.context_tokens:,} tokens, {facts.layers} layers",
        f"  template: {TEMPLATES[template].title if template else facts.template}",
    ]
    if facts.languages:
        lines.append(f"  languages: {', '.join(facts.languages)}")
    if facts.licence:
        lines.append(f"  licence: {facts.licence} {facts.licence_url}".rstrip())
    if facts.template_problem:
        lines.append(f"  {facts.template_problem}")
    return "\n".join(lines)


def _add_folder(path: Path, paths: AppPaths, options: argparse.Namespace) -> int:
    settings = load_settings(paths)
    if str(path) not in settings.model_folders:
        _save(paths, replace(settings, model_folders=(*settings.model_folders, str(path))))
    found = [each for each in each_found_file(paths, load_settings(paths)) if each.path.is_relative_to(path)]
    values: dict[str, object] = {"folder": str(path), "found": [each.values for each in found]}
    count = "1 model file" if len(found) == 1 else f"{len(found)} model files"
    _finish(options, values, f"“{path}” is looked into from now on; {count} found there.")
    return DONE


# -- verifying, deleting, moving -----------------------------------------------------------------------


def _verify(paths: AppPaths, options: argparse.Namespace) -> int:
    model = find_model(options.model, load_catalogue(paths), paths)
    with _Progress("Reading", options.json) as bar:
        found = verify(model, lambda done, total: bar.show("", done, total))
    if found is None:
        return FAILED
    values = {"ok": found.ok, "sha256": found.sha256, "expected": found.expected, "message": found.message}
    _finish(options, {"model": model.name, **values}, f"{found.message}\nSHA-256 {found.sha256}")
    return DONE if found.ok else FAILED


def _remove(paths: AppPaths, options: argparse.Namespace) -> int:
    folder = expanded(options.model).absolute()
    settings = load_settings(paths)
    if str(folder) in settings.model_folders:
        _save(paths, replace(settings, model_folders=tuple(x for x in settings.model_folders if x != str(folder))))
        _finish(options, {"folder": str(folder)}, f"“{folder}” is not looked into any more. Its files are all there.")
        return DONE
    catalogue = load_catalogue(paths)
    entry = catalogue.by_name(options.model)
    own = entry if entry is not None and entry.name in catalogue.own_names else None
    if own is not None and is_here(own, paths) is None:
        return _take_off(own, paths, options)
    model = find_model(options.model, catalogue, paths)
    own = own or own_entry_of(model.path, catalogue)
    planned = removal(model, paths)
    if own is not None and planned.asks and not options.file:
        return _take_off(own, paths, options)
    if not planned.refused and (options.file or not planned.asks):
        frees = f", {size_words(planned.frees_bytes)}" if planned.frees_bytes else ""
        shared = " Other programs that use the Hugging Face cache lose it too."
        told = shared if planned.kept == "Hugging Face cache" else ""
        _ask(f"Delete {model.title}{frees}, “{model.path}”?{told}", options)
    freed = remove(model, paths, outside=options.file)
    if own is not None and own.path:  # One that the hub has a file for can be downloaded again.
        forget_own(own.name, paths)
    _finish(
        options, {"removed": model.name, "freed_bytes": freed}, f"Deleted {model.title}; {size_words(freed)} freed."
    )
    return DONE


def _take_off(own: ModelEntry, paths: AppPaths, options: argparse.Namespace) -> int:
    forget_own(own.name, paths)
    is_there = own.path and expanded(own.path).exists()
    stays = f" Its file stays where it is: “{own.path}”." if is_there else ""
    sentence = f"{own.name} is off the list.{stays}"
    _finish(options, {"removed": own.name, "freed_bytes": 0}, sentence)
    return DONE


def _ask(question: str, options: argparse.Namespace) -> None:
    """Raises InputProblem unless the person says yes."""
    if options.yes:
        return
    if not sys.stdin.isatty():
        raise InputProblem(f"{question} Say --yes to do so without being asked. Nothing was deleted.")
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise InputProblem("Nothing was deleted.")


def _move(paths: AppPaths, options: argparse.Namespace) -> int:
    with _Progress("Moving", options.json) as bar:
        moved = move_folder(options.folder, paths, bar.show)
    if moved is None:
        return FAILED
    values = {"folder": str(moved.folder), "files": moved.files, "left": [str(each) for each in moved.left]}
    _finish(options, {**values, "size_bytes": moved.size_bytes}, moved.message)
    return DONE


# -- trying --------------------------------------------------------------------------------------------


def _try(paths: AppPaths, options: argparse.Namespace) -> int:
    model = find_model(options.model, load_catalogue(paths), paths)
    known = model.entry.languages if model.entry else ()
    language = options.language or ("zh" if known and "en" not in known and "zh" in known else "en")
    engine_options = replace(
        EngineOptions.of(load_settings(paths)), context_tokens=TRIAL_CONTEXT_TOKENS, state_limit_bytes=0
    )
    with LlamaEngine(model, paths=paths, options=engine_options) as engine, _Progress("Loading", options.json) as bar:
        trial = try_model(model, engine, _shown(bar, options), language=language)
        device = engine.device
    if trial is None:
        return FAILED
    now = time.time()
    record_speed(paths, speed_of(trial, model, device, now))
    note_used(model, paths, now)
    values = {"model": model.name, "device": device, **trial.values}
    _finish(options, values, f"\n\n{_trial_text(trial, model, device)}")
    return DONE


def _shown(bar: "_Progress", options: argparse.Namespace) -> Callable[[Said], None]:
    def show(said: Said) -> None:
        if isinstance(said, str):
            bar.close()
            if not options.json:
                print(said, end="", flush=True)
        elif isinstance(said, ModelLoading):
            bar.show("", round(said.fraction * 1000), 1000)

    return show


def _trial_text(trial: Trial, model: Model, device: str) -> str:
    return (
        f"{model.title} on {device}: {trial.tokens_per_second:.1f} tokens a second, {trial.words_per_minute:.0f} words "
        f"a minute.\n10,000 words would take about {duration(trial.seconds_for_10000_words)}: writing slows down as a "
        "text grows, and that is counted in."
    )


def duration(seconds: float) -> str:
    """For a person, rounded as an estimate is: "40 s", "12 min", "2 h 40 min"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(10 * round(minutes / 10), 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


# -- output --------------------------------------------------------------------------------------------


class _Progress:
    """A bar on standard error, or events on standard output; a hundred at most."""

    def __init__(self, doing: str, as_json: bool) -> None:
        self._as_json = as_json
        self._shown = -1
        self._bar: tqdm[NoReturn] | None = None
        self._doing = doing

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show(self, name: str, done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        if percent == self._shown:
            return
        self._shown = percent
        if self._as_json:
            named = {"file": name} if name else {}
            _print_json("progress", {**named, "done": done, "total": total})
            return
        if self._bar is None:
            form = "{desc} {percentage:3.0f}%|{bar}| {elapsed}"
            self._bar = tqdm(total=100, desc=self._doing, bar_format=form, file=sys.stderr, leave=False, disable=None)
        self._bar.update(percent - self._bar.n)

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


def _finish(options: argparse.Namespace, values: dict[str, object], sentence: str) -> None:
    if options.json:
        _print_json("summary", values)
    else:
        print(sentence)


def _print_json(event: str, values: dict[str, object]) -> None:
    # A lone surrogate, which a path may hold, has no UTF-8 form: ASCII escapes carry it all the same.
    print(json.dumps({"event": event, **values}, ensure_ascii=True), flush=True)


def _save(paths: AppPaths, settings: Settings) -> None:
    try:
        save_settings(paths, settings)
    except OSError as error:
        raise EnvironmentProblem(
            f"The settings could not be saved in {settings_path(paths)}: {error.strerror}. They are as they were."
        ) from error
