"""The command line: the same work without a window. Names, output and exit status are a contract.

Exit status: 0 done; 1 failed, with one sentence that says what, what was kept and what to do; 2 wrong
usage; 130 interrupted by Ctrl+C, with everything written so far kept.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from longwriter_desktop import __version__
from longwriter_desktop.commands import Commands, DraftOptions, PlanOptions, WriteOptions
from longwriter_desktop.doctor import examine, report
from longwriter_desktop.errors import InputProblem, LongWriterError
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import default_model, find_model
from longwriter_desktop.models.listing import listed_models, models_table
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.screen import has_screen
from longwriter_desktop.settings import load_settings
from longwriter_desktop.terminal import JsonLines, ProgressBar, Reporter
from longwriter_desktop.tuning import keep, table, tune

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130
COMMANDS = ("plan", "outline", "write", "draft", "export", "models", "doctor")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    paths = AppPaths.of_this_machine()
    try:
        if not arguments or (arguments[0] not in COMMANDS and not arguments[0].startswith("-")):
            return _window(arguments, paths)
        return _run(_parser().parse_args(arguments), paths)
    except LongWriterError as error:
        _complain(str(error))
        return FAILED
    except KeyboardInterrupt:
        _complain("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _complain(text: str) -> None:
    print(f"longwriter-desktop: {text}".encode("utf-8", "replace").decode(), file=sys.stderr)


# -- the window --------------------------------------------------------------------------------------


def _window(arguments: list[str], paths: AppPaths) -> int:
    if len(arguments) > 1:
        _complain(f"{arguments[0]!r} is not a command. Commands are: {', '.join(COMMANDS)}; --help tells more.")
        return WRONG_USAGE
    if not has_screen():
        _complain(
            "There is no screen here to open the window on. The command line does the same work: try "
            '`longwriter-desktop draft "Write a 1,000-word article on lighthouses" -o lighthouses.docx`, '
            "or `longwriter-desktop --help`."
        )
        return FAILED
    if arguments and not Path(arguments[0]).exists():
        _complain(f"There is no file {arguments[0]}. Nothing was changed.")
        return FAILED
    # Qt is loaded when a window is wanted: the commands also run where Qt's libraries are missing.
    from longwriter_desktop.ui.app import run

    return run(Path(arguments[0]).absolute() if arguments else None, paths)


# -- commands ----------------------------------------------------------------------------------------


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="longwriter-desktop",
        description="Plan, write and export a long document with a language model on this computer. "
        "Without a command, or with a .longwriter file alone, the window opens.",
        epilog="INSTRUCTION may be - (standard input) or @FILE. LONGWRITER_HOME moves all folders of the app. "
        "Exit status: 0 done, 1 failed, 2 wrong usage, 130 interrupted (what was written is kept).",
    )
    parser.add_argument("--version", action="version", version=f"LongWriter Desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    plan = commands.add_parser("plan", help="make a plan from an instruction")
    _add_instruction(plan)
    plan.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.longwriter", help="the new document")

    outline = commands.add_parser("outline", help="print the plan as AgentWrite lines, or replace it")
    outline.add_argument("file", type=Path, metavar="FILE.longwriter")
    outline.add_argument(
        "--load", metavar="PLAN.txt", help="replace the plan by the lines of a file (- for standard input)"
    )
    outline.add_argument("--json", action="store_true", help="print JSON Lines")

    write = commands.add_parser("write", help="write what is not written yet")
    write.add_argument("file", type=Path, metavar="FILE.longwriter")
    write.add_argument("--section", type=int, action="append", metavar="N", help="only this section (may be repeated)")
    write.add_argument(
        "--again", action="store_true", help="write finished sections anew; the old text stays a version"
    )
    write.add_argument(
        "--alternatives",
        type=int,
        metavar="N",
        help="write N texts for one --section at the same time, kept as versions",
    )
    _add_model(write)

    draft = commands.add_parser("draft", help="plan, write and export in one go")
    _add_instruction(draft)
    draft.add_argument("-o", "--output", required=True, type=Path, metavar="OUT", help=".docx, .md or .longwriter")
    draft.add_argument("--temperature", type=float, metavar="T", help="0 to 2; 0.5 unless the model says otherwise")

    export = commands.add_parser("export", help="export a document")
    export.add_argument("file", type=Path, metavar="FILE.longwriter")
    export.add_argument("output", type=Path, metavar="OUT", help=".md or .docx")
    export.add_argument("--json", action="store_true", help="print JSON Lines")

    models = commands.add_parser("models", help="list the models: what is here, what fits")
    models.add_argument("--json", action="store_true", help="print JSON Lines")
    doctor = commands.add_parser("doctor", help="versions, devices, backend, folders, memory: what a bug report needs")
    doctor.add_argument("--json", action="store_true", help="print JSON")
    doctor.add_argument(
        "--tune",
        action="store_true",
        help="measure thread counts, under a minute, and keep the fastest in the settings",
    )
    doctor.add_argument("--model", default="", metavar="NAME|PATH", help="with --tune: the model to measure with")
    return parser


def _add_instruction(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "instruction", metavar="INSTRUCTION", help="what to write; - reads standard input, @FILE a file"
    )
    parser.add_argument("--words", type=int, metavar="N", help="the length, where the instruction does not name it")
    parser.add_argument("--language", choices=("auto", "en", "zh"), default="auto")
    _add_model(parser, temperature=False)


def _add_model(parser: argparse.ArgumentParser, *, temperature: bool = True) -> None:
    parser.add_argument("--model", default="", metavar="NAME|PATH", help="a model of the catalogue, or a GGUF file")
    parser.add_argument(
        "--seed",
        type=int,
        metavar="N",
        help="the same seed gives the same text; the number of threads then does not follow what else the computer "
        "does, because that can change a word",
    )
    if temperature:
        parser.add_argument(
            "--temperature", type=float, metavar="T", help="0 to 2; 0.5 unless the model says otherwise"
        )
    parser.add_argument("--json", action="store_true", help="print JSON Lines on standard output")


def _run(options: argparse.Namespace, paths: AppPaths) -> int:
    signal.signal(signal.SIGTERM, _interrupt)
    if options.command in ("models", "doctor"):
        return (_models if options.command == "models" else _doctor)(paths, options)
    _check_numbers(options)
    reporter: Reporter = JsonLines() if options.json else ProgressBar()
    commands = Commands(paths, reporter)
    match options.command:
        case "plan":
            return commands.plan(_plan_options(options), options.output)
        case "outline":
            return commands.outline(options.file, _read_plan(options.load))
        case "write":
            return _write(commands, options)
        case "draft":
            return commands.draft(DraftOptions(_plan_options(options), options.temperature), options.output)
        case _:
            return commands.export(options.file, options.output)


def _write(commands: Commands, options: argparse.Namespace) -> int:
    choice = WriteOptions(options.model, options.seed, options.temperature)
    numbers = options.section or []
    if options.alternatives is not None:
        return commands.alternatives(options.file, numbers[0], options.alternatives, choice)
    return commands.write(options.file, numbers, again=options.again, options=choice)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Being told to end is like Ctrl+C: what was written is kept."""
    raise KeyboardInterrupt


def _check_numbers(options: argparse.Namespace) -> None:
    values = vars(options)
    if values.get("alternatives") is not None and (options.again or len(options.section or []) != 1):
        raise InputProblem("--alternatives goes with one --section N, and without --again. Nothing was changed.")
    if values.get("words") is not None and not 1 <= options.words <= 1_000_000:
        raise InputProblem("--words must be from 1 to 1,000,000. Nothing was changed.")
    if values.get("seed") is not None and not 0 <= options.seed < 2**32:
        raise InputProblem("--seed must be from 0 to 4,294,967,295. Nothing was changed.")
    if values.get("temperature") is not None and not 0 <= options.temperature <= 2:
        raise InputProblem("--temperature must be from 0 to 2. Nothing was changed.")


def _plan_options(options: argparse.Namespace) -> PlanOptions:
    return PlanOptions(
        instruction=_read_instruction(options.instruction),
        words=options.words,
        language=options.language,
        model=options.model,
        seed=options.seed,
    )


def _read_instruction(given: str) -> str:
    if given == "-":
        return sys.stdin.read()
    if given.startswith("@"):
        return _read_text(Path(given[1:]), "instruction")
    return given


def _read_plan(given: str | None) -> str | None:
    if given is None:
        return None
    return sys.stdin.read() if given == "-" else _read_text(Path(given), "plan")


def _read_text(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputProblem(f"The {what} in {path} is not UTF-8 text. Save it as UTF-8, then try again.") from error
    except OSError as error:
        raise InputProblem(f"The {what} cannot be read from {path}: {error.strerror}. Nothing was changed.") from error


def _models(paths: AppPaths, options: argparse.Namespace) -> int:
    models = listed_models(load_catalogue(paths), paths)
    if options.json:
        for model in models:
            print(json.dumps({"event": "model", **model.values}))
        print(json.dumps({"event": "summary", "models": len(models), "here": sum(bool(each.path) for each in models)}))
    else:
        print(models_table(models))
    return DONE


def _doctor(paths: AppPaths, options: argparse.Namespace) -> int:
    if options.tune:
        return _tune(paths, options)
    if options.model:
        _complain("--model goes with --tune; without it, doctor measures nothing.")
        return WRONG_USAGE
    findings = examine(paths)
    print(json.dumps({"event": "summary", **findings}) if options.json else report(findings))
    return DONE


def _tune(paths: AppPaths, options: argparse.Namespace) -> int:
    catalogue = load_catalogue(paths)
    if options.model:
        model = find_model(options.model, catalogue, paths)
    else:
        model = default_model(catalogue, paths, load_settings(paths).model)
    print(f"Measuring with {model.title}, up to a minute. Leave the computer alone meanwhile.", file=sys.stderr)
    try:
        tuning = tune(model.spec, paths, lambda text: print(text, file=sys.stderr, flush=True))
    except KeyboardInterrupt:
        _complain("Stopped. The settings are as they were.")
        return INTERRUPTED
    keep(tuning, paths)
    print(json.dumps({"event": "summary", **tuning.values}) if options.json else table(tuning))
    return DONE


if __name__ == "__main__":
    sys.exit(main())
