"""The commands: what they take, and what each of them calls. See `cli` for the exit status."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import get_args

from longwriter_desktop import __version__
from longwriter_desktop.agentwrite.rewrite_events import read_wish
from longwriter_desktop.backups_command import add_backups, backups
from longwriter_desktop.commands import Commands
from longwriter_desktop.doctor import examine, report
from longwriter_desktop.errors import DamagedProject, InputProblem
from longwriter_desktop.evaluate_commands import add_evaluate, evaluate
from longwriter_desktop.exit_status import DONE, FAILED, INTERRUPTED, WRONG_USAGE, complain
from longwriter_desktop.export.training import TrainingFormat
from longwriter_desktop.import_command import add_import, import_document
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.library import default_model, find_model
from longwriter_desktop.models_commands import add_models, models
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.recover_command import add_recover, recover
from longwriter_desktop.salvage_command import HINT as SALVAGE_HINT
from longwriter_desktop.salvage_command import add_salvage, salvage_document
from longwriter_desktop.settings import load_settings
from longwriter_desktop.terminal import JsonLines, ProgressBar, Reporter
from longwriter_desktop.trash_command import add_trash, show_trash
from longwriter_desktop.tuning import keep, table, tune
from longwriter_desktop.writing_commands import DraftOptions, PlanOptions, WriteOptions, WritingCommands


def run_command(arguments: Sequence[str], paths: AppPaths) -> int:
    """Does what ``arguments`` say and returns the exit status. Raises LongWriterError, KeyboardInterrupt."""
    try:
        return _run(_parser().parse_args(arguments), paths)
    except DamagedProject as error:
        complain(str(error) if arguments[:1] == ["salvage"] else f"{error} {SALVAGE_HINT}")
        return FAILED


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

    outline = commands.add_parser("outline", help="print the plan as AgentWrite lines, replace it, check or repair it")
    outline.add_argument("file", type=Path, metavar="FILE.longwriter")
    outline.add_argument(
        "--load", metavar="PLAN.txt", help="replace the plan by the lines of a file (- for standard input)"
    )
    outline.add_argument(
        "--check", action="store_true", help="say what in the plan will make writing go wrong, and what repairs it"
    )
    outline.add_argument("--repair", action="store_true", help="repair what the check can repair, and save")
    outline.add_argument("--json", action="store_true", help="print JSON Lines")

    _add_write(commands.add_parser("write", help="write what is not written yet"))
    _add_rewrite(
        commands.add_parser("rewrite", help="write a passage of a section anew; the text before stays a version")
    )

    draft = commands.add_parser("draft", help="plan, write and export in one go")
    _add_instruction(draft)
    draft.add_argument("-o", "--output", required=True, type=Path, metavar="OUT", help=".docx, .md or .longwriter")
    draft.add_argument("--temperature", type=float, metavar="T", help="0 to 2; 0.5 unless the model says otherwise")

    export = commands.add_parser("export", help="export a document, or training data from documents")
    export.add_argument("files", type=Path, nargs="+", metavar="FILE.longwriter", help="several with --format alone")
    export.add_argument("output", type=Path, metavar="OUT", help=".md, .docx or .json; .jsonl with --format sft or dpo")
    export.add_argument(
        "--format",
        choices=(*get_args(TrainingFormat), "json"),
        help="json: the whole document with its versions and trash; training data: sft, instruction and finished text; "
        "dpo, each section's text against discarded ones",
    )
    export.add_argument("--append", action="store_true", help="with --format: behind what OUT holds already")
    export.add_argument("--json", action="store_true", help="print JSON Lines")

    add_import(commands.add_parser("import", help="make a document of one that was exported as JSON"))
    add_trash(commands.add_parser("trash", help="list deleted sections, bring them back or delete them for good"))
    add_salvage(commands.add_parser("salvage", help="take over what can still be read of a damaged document"))
    add_backups(commands.add_parser("backups", help="list backups of documents, and have one back as a new document"))
    add_recover(commands.add_parser("recover", help="list, save or delete text that could not be saved"))
    add_models(commands.add_parser("models", help="the models: what is here, what fits, and managing them"))
    add_evaluate(commands.add_parser("evaluate", help="measure how well a model writes: length, repetition, quality"))
    _add_doctor(
        commands.add_parser("doctor", help="versions, devices, backend, folders, memory: what a bug report needs")
    )
    return parser


def _add_write(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.longwriter")
    parser.add_argument("--section", type=int, action="append", metavar="N", help="only this section (may be repeated)")
    parser.add_argument(
        "--again", action="store_true", help="write finished sections anew; the old text stays a version"
    )
    parser.add_argument(
        "--alternatives",
        type=int,
        metavar="N",
        help="write N texts for one --section at the same time, kept as versions",
    )
    parser.add_argument(
        "--direction", metavar="TEXT", help='a note for the writer of --section N, such as "shorter, more examples"'
    )
    parser.add_argument(
        "--stale", action="store_true", help="write anew just the sections that a change above or in the plan has aged"
    )
    parser.add_argument(
        "--parallel",
        action="store_true",
        help="write all sections at the same time from the plan alone: faster, but they do not know each other; in the "
        "paper's measurement such texts were 6 %% less coherent",
    )
    _add_model(parser)


def _add_rewrite(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.longwriter")
    parser.add_argument("--section", type=int, required=True, metavar="N", help="the section that it stands in")
    parser.add_argument("--find", required=True, metavar="WORDS", help="the passage: its exact words")
    parser.add_argument(
        "--how",
        required=True,
        metavar="HOW",
        help='shorten, expand, rephrase, tone:formal (friendly, plain, vivid or any other), or what you want: "in the '
        'present tense"',
    )
    _add_model(parser)


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--tune",
        action="store_true",
        help="measure thread counts, under a minute, and keep the fastest in the settings",
    )
    parser.add_argument("--model", default="", metavar="NAME|PATH", help="with --tune: the model to measure with")


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
        return models(options, paths) if options.command == "models" else _doctor(paths, options)
    _check_numbers(options)
    return evaluate(options, paths) if options.command == "evaluate" else _document(options, paths)


def _document(options: argparse.Namespace, paths: AppPaths) -> int:
    """The commands that work on a document."""
    reporter: Reporter = JsonLines() if options.json else ProgressBar()
    commands, writing = Commands(paths, reporter), WritingCommands(paths, reporter)
    match options.command:
        case "plan":
            return writing.plan(_plan_options(options), options.output)
        case "outline":
            return commands.outline(options.file, _read_plan(options.load), check=options.check, repair=options.repair)
        case "write" | "rewrite":
            return (_write if options.command == "write" else _rewrite)(writing, options)
        case "draft":
            return writing.draft(DraftOptions(_plan_options(options), options.temperature), options.output)
        case "export":
            return _export(commands, options)
        case _:
            return _file(options, paths, reporter)


def _file(options: argparse.Namespace, paths: AppPaths, reporter: Reporter) -> int:
    """The commands about what a file holds, which need no model."""
    match options.command:
        case "backups":
            return backups(options, paths, reporter)
        case "recover":
            return recover(options, paths, reporter)
        case "import":
            return import_document(options.file, options.output, reporter)
        case "trash":
            restore, delete = options.restore or (), options.delete or ()
            return show_trash(options.file, paths, reporter, restore=restore, delete=delete)
        case _:
            return salvage_document(options.file, options.output, reporter)


def _export(commands: Commands, options: argparse.Namespace) -> int:
    if options.format == "json" and options.output.suffix.lower() != ".json":
        raise InputProblem("With --format json, choose a name that ends in .json. Nothing was exported.")
    if options.format not in (None, "json"):
        return commands.export_training(options.files, options.output, options.format, append=options.append)
    if options.output.suffix.lower() == ".jsonl":
        raise InputProblem("A .jsonl file holds training data: say --format sft or --format dpo. Nothing was exported.")
    if len(options.files) > 1 or options.append:
        raise InputProblem("Several documents, and --append, go with --format sft or dpo. Nothing was exported.")
    return commands.export(options.files[0], options.output)


def _write(commands: WritingCommands, options: argparse.Namespace) -> int:
    choice = WriteOptions(options.model, options.seed, options.temperature, parallel=options.parallel)
    numbers = options.section or []
    if options.alternatives is not None:
        return commands.alternatives(options.file, numbers[0], options.alternatives, choice)
    return commands.write(
        options.file, numbers, again=options.again, options=choice, stale=options.stale, direction=options.direction
    )


def _rewrite(commands: WritingCommands, options: argparse.Namespace) -> int:
    choice = WriteOptions(options.model, options.seed, options.temperature)
    return commands.rewrite(options.file, options.section, options.find, read_wish(options.how), choice)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    """Being told to end is like Ctrl+C: what was written is kept."""
    raise KeyboardInterrupt


def _check_numbers(options: argparse.Namespace) -> None:
    values = vars(options)
    if values.get("alternatives") is not None and (options.again or len(options.section or []) != 1):
        raise InputProblem("--alternatives goes with one --section N, and without --again. Nothing was changed.")
    if values.get("alternatives") is not None and (options.parallel or options.direction is not None):
        raise InputProblem("--alternatives goes without --parallel and --direction. Nothing was changed.")
    if values.get("direction") is not None and not options.section:
        raise InputProblem("--direction goes with --section N. Nothing was changed.")
    if values.get("stale") and (options.section or options.again or options.alternatives is not None):
        raise InputProblem("--stale goes without --section, --again and --alternatives. Nothing was changed.")
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


def _doctor(paths: AppPaths, options: argparse.Namespace) -> int:
    if options.tune:
        return _tune(paths, options)
    if options.model:
        complain("--model goes with --tune; without it, doctor measures nothing.")
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
        complain("Stopped. The settings are as they were.")
        return INTERRUPTED
    keep(tuning, paths)
    print(json.dumps({"event": "summary", **tuning.values}) if options.json else table(tuning))
    return DONE
