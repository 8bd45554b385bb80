"""The whole app killed at random moments while a person types, writes and edits; what the document's file holds then.

    python tests/benchmarks/document_kills.py [--kills 1000] [--seed 1] [--at-once 3] [--only ROLE] [--keep]

Window and command line run as they are (`tests/app_to_kill.py`), each time in a process of its own that is ended with
SIGKILL. After each kill: the file opens and needs no mending; it holds one state of the document in full, versions and
outline included, none older than 1 s and none older than a save that was reported; what was typed and what the engine
said more than 1 s ago is in it (not counting the time for which other programs kept the process from running); `write`
goes on in mid-sentence; no process is left, and nothing lies beside the file. Exit status 1 when any of it does not
hold. `kills.py` is about the worker alone.
"""

import argparse
import contextlib
import itertools
import json
import multiprocessing
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import psutil

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.project.store import Project
from tests.app_to_kill import ROLES, TICK_S, Journal, state_of, write_to_the_end

PROMISED_S = 1.0
WAITING_S = 5.0
"""What the process has waited for a processor in these last seconds is no time in which it could have saved."""
LONGEST_S = {"window, starter": 5.0, "write, starter": 5.0, "outline --load": 0.6, "rewrite": 1.0}
USUAL_LONGEST_S = 2.5
"""Until when after its beginning a process is killed."""
BEGINNING = {
    "window, starter": ("handed", 3),
    "write, starter": ("handed", 3),  # a model is loaded first
    "outline --load": ("begun", 1),
    "rewrite": ("begun", 1),
}
"""Which line of the journal, and how many of it, is the beginning; elsewhere "ready"."""
START_S, END_S = 600.0, 60.0
_LAST_SENTENCES = 3
"""A section's last sentences may be cut by the writer itself when its length is reached."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-once", type=int, default=3, help="how many run beside each other")
    parser.add_argument("--only", action="append", choices=list(ROLES), help="one kind of run; may be repeated")
    parser.add_argument("--keep", action="store_true", help="keep the folder of each failure, and say where it is")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    table: defaultdict[str, Row] = defaultdict(Row)
    wanted = list(roles(options.only or list(ROLES), options.kills))
    tasks = [(role, f"{options.seed} {number}", options.keep) for number, role in enumerate(wanted)]
    with multiprocessing.get_context("fork").Pool(options.at_once) as pool:
        for role, result in zip(wanted, pool.imap(one_kill, tasks), strict=True):
            table[role].add(role, result)
            if (done := sum(row.kills for row in table.values())) % 100 == 0:
                print(f"{done} kills", flush=True)
    faults = show(table)
    sys.exit(bool(faults))


def roles(wanted: list[str], kills: int) -> Iterator[str]:
    """Which run is killed next: all in turn, those with the starter one time in five, as they take longest."""
    number = 0
    turn = 0
    while number < kills:
        role = wanted[turn % len(wanted)]
        turn += 1
        if "starter" in role and len(wanted) > 1 and (turn // len(wanted)) % 5:
            continue
        number += 1
        yield role


@dataclass
class Row:
    """What came of the kills of one role."""

    kills: int = 0
    faults: list[str] = field(default_factory=list)
    states: int = 0
    """States of the document that were handed over to be saved."""
    typed: int = 0
    heard: int = 0
    youngest_lost: list[float] = field(default_factory=list)
    """How old the newest state was that the file lacks, at the most, in seconds before the kill."""

    def add(self, role: str, result: "Result") -> None:
        self.kills += 1
        self.states += result.states
        self.typed += result.typed
        self.heard += result.heard
        self.youngest_lost.append(result.lost_s)
        self.faults += result.faults
        for fault in result.faults:
            print(f"FAULT {role}: {fault}", flush=True)


def show(table: dict[str, Row]) -> int:
    """Prints the table; returns the number of faults."""
    heads = ("killed", "kills", "faults", "states", "words typed", "sentences", "oldest loss, s")
    print("\n{:26}{:>7}{:>8}{:>8}{:>13}{:>11}{:>16}".format(*heads))
    for role, row in table.items():
        print(
            f"{role:26}{row.kills:7}{len(row.faults):8}{row.states:8}{row.typed:13}{row.heard:11}"
            f"{max(row.youngest_lost):16.2f}"
        )
    faults = sum(len(row.faults) for row in table.values())
    print(f"\n{sum(row.kills for row in table.values())} kills, {faults} faults (goal: 0)")
    return faults


@dataclass
class Result:
    """One kill: what is wrong afterwards, and how much there was to lose."""

    faults: list[str] = field(default_factory=list)
    states: int = 0
    typed: int = 0
    heard: int = 0
    lost_s: float = 0.0


def a_document(chance: random.Random) -> Document:
    """Six sections, one of them finished, one begun, with versions and one in the trash."""
    first = Section(
        "Why", 60, text="The first lamp was a fire on a hill.", complete=True,
        versions=(Version("An older text.", 1.0, "edited"), Version("A made text.", 2.0, "generated", "m", 7, 0.5)),
    )  # fmt: skip  # One argument a line would make three sentences a page.
    begun = Section("How", 120, text="In the year 280 before our era they had begun to")
    rest = [Section(f"Thing {number}", chance.randrange(60, 200)) for number in range(4)]
    return Document(
        "Lighthouses", "Write about lighthouses", word_target=800,
        sections=(first, begun, *rest), trash=(Section("Gone", 50, text="Gone text."),),
    )  # fmt: skip


def one_kill(task: tuple[str, str, bool]) -> Result:
    """Starts the app in a role on a new file, kills it, and looks at what is left; ``task``: see `main`."""
    role, seed, keep = task
    chance = random.Random(seed)
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    path = folder / "documents" / "a.longwriter"
    path.parent.mkdir()
    result = Result()
    states = []
    if role != "draft":
        document = a_document(chance)
        Project.create(path, document).close()
        states.append(state_of(document))
    child = forked(ROLES[role], path, folder)
    try:
        wait_for_beginning(child, folder, *BEGINNING.get(role, ("ready", 1)))
        killed_at, workers = killed(child, folder, chance.uniform(0, LONGEST_S.get(role, USUAL_LONGEST_S)))
    except (AssertionError, OSError, psutil.Error) as error:
        result.faults.append(f"{type(error).__name__}: {error}")
    else:
        lines = read_journal(folder / "journal")
        After(path, lines, killed_at, result).check(states)
        result.faults += [f"process {each.pid} is left behind" for each in left_over(workers)]
    if result.faults and keep:
        print(f"kept: {folder}", flush=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return result


def forked(do: Callable[[Path, Journal], object], path: Path, folder: Path) -> int:
    """Runs ``do`` in a process of its own, which has everything imported already; returns its id."""
    pid = os.fork()
    if pid:
        return pid
    status = 99
    try:
        threading.Thread(target=end_with_parent, args=(os.getppid(),), daemon=True).start()
        os.environ["LONGWRITER_HOME"] = str(folder / "home")
        output = os.open(folder / "output", os.O_CREAT | os.O_APPEND | os.O_WRONLY)
        os.dup2(output, 1)
        os.dup2(output, 2)
        random.seed()
        status = int(do(path, Journal(folder / "journal")) or 0)  # type: ignore[call-overload]  # None or an exit status
    finally:
        os._exit(status)


def end_with_parent(parent: int) -> None:
    """Ends this process soon after the one that started it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(98)


def wait_for_beginning(child: int, folder: Path, kind: str, count: int) -> None:
    """Returns when there are ``count`` lines of a kind in the journal. Raises AssertionError when they do not come."""
    began = time.monotonic()
    while sum(line.kind == kind for line in read_journal(folder / "journal")) < count:
        ended, _ = os.waitpid(child, os.WNOHANG)
        assert not ended, f"it ended by itself: {last_words(folder)}"
        if time.monotonic() - began > START_S:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError(f"it did not begin: {last_words(folder)}")
        time.sleep(0.01)


def killed(child: int, folder: Path, after_s: float) -> tuple[float, list[psutil.Process]]:
    """Kills a process after a while; returns when, and the processes that it had."""
    time.sleep(after_s)
    ended, _ = os.waitpid(child, os.WNOHANG)
    assert not ended, f"it ended by itself: {last_words(folder)}"
    workers = psutil.Process(child).children(recursive=True)
    os.kill(child, signal.SIGKILL)
    killed_at = time.monotonic()
    os.waitpid(child, 0)
    return killed_at, workers


def left_over(workers: list[psutil.Process]) -> list[psutil.Process]:
    """Which of the processes go on after their parent's death."""
    _gone, alive = psutil.wait_procs(workers, timeout=END_S)
    for each in alive:
        with contextlib.suppress(psutil.Error):
            each.kill()
    return [each for each in alive if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]


class Line(NamedTuple):
    """A line of the journal."""

    kind: str
    at: float
    what: str


def read_journal(path: Path) -> list[Line]:
    try:
        return [Line(*json.loads(line)) for line in path.read_bytes().splitlines()]
    except FileNotFoundError:
        return []


def last_words(folder: Path) -> str:
    return (folder / "output").read_text("utf-8", "replace")[-2000:] if (folder / "output").exists() else ""


def waited(lines: list[Line], until: float) -> float:
    """For how many of the last seconds before ``until`` the process was kept from running."""
    ticks = [line.at for line in lines if line.kind == "tick" and until - line.at < WAITING_S]
    gaps = (later - earlier for earlier, later in itertools.pairwise([*ticks, until]))
    return sum(max(0.0, gap - 2 * TICK_S) for gap in gaps)


class After:
    """What is checked after a kill. What does not hold is put down in ``result``."""

    def __init__(self, path: Path, lines: list[Line], killed_at: float, result: Result) -> None:
        self._path = path
        self._lines = lines
        self._killed_at = killed_at
        self._due_at = killed_at - PROMISED_S - waited(lines, killed_at)
        self._result = result

    def check(self, states: list[str]) -> None:
        """``states``: those that the document had before the process began."""
        result = self._result
        handed = [line for line in self._lines if line.kind in {"handed", "begun"}]
        result.states = len(handed)
        due = [
            line for line in self._lines if line.kind == "saved" or (line.kind == "handed" and line.at < self._due_at)
        ]
        if not self._path.exists():
            if states or due:
                self._fault("the file has gone")
            self._age_litter()
            Project.create(self._path, Document()).close()
            self._check_litter([self._path.name])
            return
        self._age_litter()
        document = self._opened()
        if document is None:
            return
        self._check_state(state_of(document), states, handed, due)
        self._check_words(document)
        self._check_agreement(document)
        self._check_litter([self._path.name])
        self._check_going_on(document)

    def _fault(self, what: str) -> None:
        self._result.faults.append(what)

    def _opened(self) -> Document | None:
        """The document, opened for reading only first, as that changes nothing, and then for writing."""
        try:
            with Project.open(self._path, read_only=True) as project:
                looked_at = project.document
            with Project.open(self._path) as project:
                if project.repairs:
                    self._fault(f"mended on opening: {project.repairs}")
                if project.document != looked_at:
                    self._fault("opened for reading only it is another document")
                return project.document
        except LongWriterError as error:
            self._fault(f"it does not open: {error}")
            return None

    def _check_state(self, found: str, states: list[str], handed: list[Line], due: list[Line]) -> None:
        """The file holds one of the states, none that is older than the newest that must be there."""
        order = [*states, *(line.what for line in handed)]
        if found not in order:
            self._fault("the file holds a document that never was")
            return
        place = len(order) - 1 - order[::-1].index(found)
        if due and place < max(order.index(line.what) for line in due):
            self._fault("a document is missing that was saved, or was handed over more than a second before")
        missing = [line for line in handed[max(0, place + 1 - len(states)) :] if line.kind == "handed"]
        if missing:
            self._result.lost_s = self._killed_at - missing[0].at

    def _check_words(self, document: Document) -> None:
        """What was typed and what was generated more than a second before is in one of the document's texts."""
        sections = (*document.sections, *document.trash)
        texts = [text for each in sections for text in (each.text, *(version.text for version in each.versions))]
        text = "\n".join(texts)
        typed = [line for line in self._lines if line.kind == "typed"]
        self._result.typed = len(typed)
        if any(line.kind == "undone" for line in self._lines):
            return
        for line in typed:
            if line.at < self._due_at and line.what not in text:
                self._fault(f"the word {line.what} is missing, typed {self._killed_at - line.at:.2f} s before")
        heard: defaultdict[str, list[Line]] = defaultdict(list)
        for line in self._lines:
            if line.kind == "heard":
                heard[line.what.split()[0]].append(line)
        for sentences in heard.values():
            self._result.heard += len(sentences)
            for line in sentences[:-_LAST_SENTENCES]:
                if line.at < self._due_at and f" {line.what.split()[1]}" not in text:
                    self._fault(f"sentence {line.what} is missing, said {self._killed_at - line.at:.2f} s before")

    def _check_agreement(self, document: Document) -> None:
        """Outline, versions and text belong together."""
        statuses = document.statuses()
        if list(statuses) != [section.id for section in document.sections]:
            self._fault("sections do not have ids of their own")
        for section in document.sections:
            if section.complete and not section.text.strip():
                self._fault("a section is finished and has no text")

    def _age_litter(self) -> None:
        """As if the next opening came two minutes later: what is younger may be another computer's, and is left."""
        for each in self._path.parent.glob(".*.tmp*"):
            os.utime(each, (time.time() - 120,) * 2)

    def _check_litter(self, wanted: list[str]) -> None:
        found = sorted(each.name for each in self._path.parent.iterdir())
        if found != wanted:
            self._fault(f"beside the file there is {found}")

    def _check_going_on(self, document: Document) -> None:
        """`write` finishes the document; every text that was there is the beginning of the text that is there now."""
        folder = self._path.parent.parent
        child = forked(write_to_the_end, self._path, folder)
        _, status = os.waitpid(child, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            self._fault(f"`write` ended with {os.waitstatus_to_exitcode(status)}: {last_words(folder)}")
            return
        with Project.open(self._path, read_only=True) as project:
            after = project.document
        for section in document.sections:
            text = after.section(section.id).text
            if not text.startswith(section.text):
                self._fault(f"`write` changed the text: {section.text[-80:]!r} became {text[-200:]!r}")
            if not after.section(section.id).complete:
                self._fault(f"`write` did not finish section {document.index(section.id) + 1}")
        self._check_litter([self._path.name])


if __name__ == "__main__":
    main()
