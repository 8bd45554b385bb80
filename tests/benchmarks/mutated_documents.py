"""A thousand strange .longwriter files: each is opened with what can be saved, or refused in one sentence.

    python tests/benchmarks/mutated_documents.py [--files 1000] [--seed 1] [--window 19] [--commands 11] [--small]

Each mutation of `tests/project/document_mutations.py` is opened for reading and for writing by a process of its own
whose memory is limited; what opens is saved and exported, what is refused is salvaged. Every ``--window``-th is opened
in the window too, every ``--commands``-th by the command line (0: none). Exit status 1 when a file takes more than
20 s of the processor or the memory that is allowed, ends in anything but a document or one sentence, is written to
when it was refused or opened for reading, runs code of its own, or leaves anything behind. Single mutations are looked
into with ``--seed N --files 1 --messages``.
"""

import argparse
import contextlib
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import LongWriterError, ProjectProblem
from longwriter_desktop.export.registry import FORMATS, export
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.salvage import offer
from longwriter_desktop.project.store import Project
from tests.project.document_mutations import CANARY, mutate, whole_document

LONGEST_S = 20.0
"""Of the processor's time, so that what else the computer does plays no part."""
HANGS_AFTER_S = 300.0
MEMORY_BYTES = 1536 * 2**20
"""What opening, salvaging and exporting may take beyond what the process has at its start."""
WINDOW_BYTES = 3 * 2**30
SAVED, REFUSED = "opened", "refused"
_LONGEST_MESSAGE = 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1, help="of the first mutation; the others follow")
    parser.add_argument("--window", type=int, default=19, help="every how many-th file is opened in the window too")
    parser.add_argument("--commands", type=int, default=11, help="every how many-th file is given to commands too")
    parser.add_argument("--small", action="store_true", help="no file of more than a few megabytes")
    parser.add_argument("--messages", action="store_true", help="print what came of each file")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    table = Table(options.messages)
    folder = Path(tempfile.mkdtemp(prefix="mutated-"))
    try:
        whole = folder / "whole"
        whole_document(whole)
        for number in range(options.files):
            seed = options.seed + number
            ways: dict[str, Way] = {"file": opened_as_file}
            if options.window and number % options.window == 0:
                ways["window"] = opened_in_window
            if options.commands and number % options.commands == 0:
                ways["commands"] = given_to_commands
            for name, way in ways.items():
                table.add(seed, name, one_file(seed, whole, folder, way, small=options.small))
    finally:
        shutil.rmtree(folder)
    table.show()
    sys.exit(bool(table.faults))


@dataclass
class Outcome:
    """What one file led to. ``faults`` is what must not be."""

    kind: str = ""
    result: str = "nothing"
    message: str = ""
    salvaged: str = ""
    seconds: float = 0.0
    peak_bytes: int = 0
    faults: list[str] = field(default_factory=list)


Way = Callable[[Path, Outcome], None]


def one_file(seed: int, whole: Path, folder: Path, way: Way, *, small: bool) -> Outcome:
    """Makes a mutation in a folder of its own and has it opened in a way by a process of its own."""
    place = folder / "documents"
    place.mkdir()
    path = place / "a.longwriter"
    shutil.copyfile(whole, path)
    kind = mutate(path, seed, small=small)
    before = fingerprint(path)
    outcome = in_a_process(way, path, folder)
    outcome.kind = kind
    if outcome.result != SAVED and path.exists() and fingerprint(path) != before:
        outcome.faults.append("it was refused, and written to")
    left = sorted(each.name for each in place.iterdir() if each.name != path.name and "before repair" not in each.name)
    if [name for name in left if not name.startswith("a (")]:
        outcome.faults.append(f"left behind: {left}")
    if outcome.seconds > LONGEST_S:
        outcome.faults.append(f"it took {outcome.seconds:.1f} s")
    shutil.rmtree(place)
    shutil.rmtree(folder / "home", ignore_errors=True)
    return outcome


def in_a_process(way: Way, path: Path, folder: Path) -> Outcome:
    """Runs ``way`` in a child with a limit on its memory; what it says of itself comes back through a file."""
    answer = folder / "answer"
    answer.unlink(missing_ok=True)
    pid = os.fork()
    if not pid:
        run_and_answer(way, path, answer)
    deadline = time.monotonic() + HANGS_AFTER_S
    ended = 0
    while not ended and time.monotonic() < deadline:
        ended, status = os.waitpid(pid, os.WNOHANG)
        time.sleep(0.002)
    if not ended:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return Outcome(faults=["it hangs"])
    if not answer.exists():
        return Outcome(faults=[f"the process ended with {os.waitstatus_to_exitcode(status)}"])
    return Outcome(**json.loads(answer.read_text("ascii")))


def run_and_answer(way: Way, path: Path, answer: Path) -> None:
    outcome = Outcome()
    try:
        os.environ["LONGWRITER_HOME"] = str(answer.parent / "home")
        output = os.open(answer.with_name("output"), os.O_CREAT | os.O_TRUNC | os.O_RDWR)
        os.dup2(output, 1)
        os.dup2(output, 2)
        limit = WINDOW_BYTES if way is opened_in_window else MEMORY_BYTES
        began_with = memory("VmSize")
        resource.setrlimit(resource.RLIMIT_AS, (began_with + limit, began_with + limit))
        resident = memory("VmRSS")
        try:
            way(path, outcome)
        except BaseException as error:  # whatever it is, it is a fault and is told
            outcome.faults.append(f"{type(error).__name__}: {str(error)[:300]}")
        outcome.peak_bytes = memory("VmHWM") - resident
        outcome.seconds = time.process_time()
        answer.write_text(json.dumps(vars(outcome)), "ascii")
    finally:
        os._exit(0)


def memory(what: str) -> int:
    """A figure of this process's memory, in bytes, as Linux counts it."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:")) * 1024


def fingerprint(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


def check_message(outcome: Outcome, message: str) -> None:
    """A refusal is one line of readable text, a whole sentence and not too long."""
    if "\n" in message or not message.isprintable():
        outcome.faults.append("the message is not one line of readable text")
    if not message.endswith(".") or not 40 <= len(message) <= _LONGEST_MESSAGE:
        outcome.faults.append("the message is no whole sentence, or too long")


def check_document(outcome: Outcome, document: Document) -> None:
    """What was opened has ids of its own, and nothing in it was made by code in the file."""
    if CANARY in repr(document):
        outcome.faults.append("code in the file was run")
    if list(document.statuses()) != [section.id for section in document.sections]:
        outcome.faults.append("sections share an id")


# -- the ways ------------------------------------------------------------------------------------------


def opened_as_file(path: Path, outcome: Outcome) -> None:
    """For reading, for writing, saved, exported; salvaged when it is refused."""
    before = fingerprint(path)
    try:
        with Project.open(path, read_only=True) as project:
            looked_at: Document | None = project.document
    except ProjectProblem as problem:
        looked_at = None
        check_message(outcome, str(problem))
    if fingerprint(path) != before:
        outcome.faults.append("opening for reading has written to it")
    try:
        with Project.open(path) as project:
            outcome.result = SAVED
            check_document(outcome, project.document)
            if looked_at is None:
                outcome.faults.append("it opens for writing only")
            project.save(project.document)
            document = project.document
            project.save(document.with_text(document.sections[0].id, "Typed.") if document.sections else document)
            again = project.document
        with Project.open(path) as project:
            if project.document != again or project.repairs:
                outcome.faults.append("saved, it is not what it was")
            check_document(outcome, project.document)
    except ProjectProblem as problem:
        outcome.result, outcome.message = f"{REFUSED}, {type(problem).__name__}", str(problem)
        check_message(outcome, str(problem))
        found = offer(path, problem)
        if found is None:
            return
        outcome.salvaged = found.sentence
        document = found.document
        copy = path.with_name("a (salvaged).longwriter")
        Project.create(copy, document).close()
        with Project.open(copy) as project:
            if project.document != document or project.repairs:
                outcome.faults.append("the salvaged copy is not what was salvaged")
        check_document(outcome, document)
        document = found.document
    export_everywhere(document, path)


def export_everywhere(document: Document, path: Path) -> None:
    """Through each exporter, for as much text as a document of 100,000 words has; longer ones are a matter of time."""
    if sum(len(section.text) for section in document.sections) > 1_000_000 or len(document.sections) > 500:
        return
    for suffix in FORMATS:
        target = path.with_name(f"a (exported){suffix}")
        with contextlib.suppress(LongWriterError):  # one sentence that it cannot be, is as good
            export(document, target)


def opened_in_window(path: Path, outcome: Outcome) -> None:
    """In the window: shown, painted, typed in and closed; nothing unexpected may get as far as its log."""
    # Qt is loaded in the few processes that show a window: the others are forked faster without it.
    from PySide6.QtCore import QCoreApplication  # noqa: PLC0415 - see above
    from PySide6.QtTest import QTest  # noqa: PLC0415 - see above

    from longwriter_desktop.ui import app  # noqa: PLC0415 - see above

    paths = AppPaths.of_this_machine()
    app.keep_log(paths)
    made = app.make_app(["longwriter-desktop"])
    window = app.make_window(paths)
    unexpected: list[str] = []
    sys.excepthook = lambda kind, error, _: unexpected.append(f"{kind.__name__}: {error}")
    window.show()
    window.open(path)
    deadline = time.monotonic() + HANGS_AFTER_S / 3
    while not (window.session.has_document or window.notice.text) and time.monotonic() < deadline:
        QTest.qWait(10)
    outcome.message = window.notice.text
    if window.session.has_document:
        outcome.result = SAVED
        for row in range(min(3, window.workspace.outline_model.rowCount())):
            window.workspace.outline.list.setCurrentIndex(window.workspace.outline_model.index(row))
            QCoreApplication.processEvents()
        manuscript = window.workspace.manuscript
        manuscript.setFocus()
        QTest.keyClicks(manuscript, "Typed.")
        QTest.qWait(50)
        window.grab()
    elif outcome.message:
        outcome.result = REFUSED
        check_message(outcome, outcome.message)
    QTest.qWait(50)
    window.close()
    made.processEvents()
    log = paths.log / "longwriter.log"
    if log.exists() and "Traceback" in log.read_text("utf-8", "replace"):
        unexpected.append(log.read_text("utf-8", "replace")[-500:])
    outcome.faults += unexpected


def given_to_commands(path: Path, outcome: Outcome) -> None:
    """To `outline`, `export` and `salvage`, which end with 0, or with 1 and one sentence."""
    from longwriter_desktop import cli  # noqa: PLC0415 - as Qt; and the check of the files alone does without it

    folder = path.parent
    statuses = []
    for arguments in (
        ["outline", str(path), "--check"],
        ["export", str(path), str(folder / "a (exported).md")],
        ["salvage", str(path), "-o", str(folder / "a (salvaged).longwriter")],
    ):
        start = os.lseek(2, 0, os.SEEK_CUR)
        status = cli.main(arguments)
        statuses.append(status)
        sys.stdout.flush()
        sys.stderr.flush()
        if status:
            os.lseek(2, start, os.SEEK_SET)
            said = os.read(2, 100_000).decode("utf-8", "replace").strip()
            check_message(outcome, said)
            outcome.message = said
    outcome.result = f"statuses {statuses}"
    if not set(statuses) <= {0, 1}:
        outcome.faults.append(f"statuses {statuses}")


# -- the table -----------------------------------------------------------------------------------------


class Table:
    """Counts what happened."""

    def __init__(self, with_messages: bool) -> None:
        self.faults: list[str] = []
        self._with_messages = with_messages
        self._rows: defaultdict[str, list[Outcome]] = defaultdict(list)
        self._kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, seed: int, way: str, outcome: Outcome) -> None:
        name = f"{way}: {outcome.result}"
        self._rows[name].append(outcome)
        if way == "file":
            what = outcome.result + (", salvaged" if outcome.salvaged else "")
            self._kinds[outcome.kind][what] += 1
        for fault in outcome.faults:
            self.faults.append(f"seed {seed} ({outcome.kind}), {way}: {fault}: {outcome.message[:300]!r}")
            print(f"FAULT {self.faults[-1]}", flush=True)
        if self._with_messages:
            size = f"{outcome.peak_bytes / 2**20:.0f} MB"
            print(
                f"{seed:6} {way:9} {outcome.kind:32} {outcome.seconds:5.1f} s {size:>8}  {outcome.result}", flush=True
            )
            print(f"       {outcome.message} {outcome.salvaged}", flush=True)

    def show(self) -> None:
        print(f"\n{'outcome':44}{'files':>7}{'median s':>10}{'longest s':>11}{'most MB':>9}")
        for name, outcomes in sorted(self._rows.items()):
            seconds = sorted(each.seconds for each in outcomes)
            most = max(each.peak_bytes for each in outcomes) / 2**20
            print(f"{name:44}{len(outcomes):7}{seconds[len(seconds) // 2]:10.2f}{seconds[-1]:11.2f}{most:9.0f}")
        print()
        for kind, results in sorted(self._kinds.items()):
            print(f"{kind:34}" + ", ".join(f"{name} {count}" for name, count in results.most_common()))
        files = sum(len(outcomes) for name, outcomes in self._rows.items() if name.startswith("file"))
        print(f"\n{files} files, {len(self.faults)} faults (goal: 0)")


if __name__ == "__main__":
    random.seed(1)
    main()
