"""What a person writes stays on their computer and out of the logs: the app at work, watched by the kernel.

The window and the command line do a whole job with the starter model in processes that the kernel ends at the first
socket that leads off this computer (`without_network.py`). Afterwards every file that they left is looked through
for words of the document.
"""

import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from longwriter_desktop.agentwrite.engine import Message, Prompt, Sampling, TextChunk
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.model_spec import ModelSpec
from longwriter_desktop.document.document import Document
from longwriter_desktop.errors import BackendProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.project.store import Project

_HERE = Path(__file__).parent
_WITHOUT_NETWORK = (sys.executable, str(_HERE / "without_network.py"))
_APP = (sys.executable, "-m", "longwriter_desktop.cli")
_INSTRUCTION = "Write a 60-word note about the marmalade lighthouse of Ulverstone"
_TYPED = "Zephyrine typed this sentence."
_FAULT = "Quokkabird is in the words of an error."
_MARKERS = ("marmalade", "Ulverstone", "Zephyrine", "Quokkabird")

linux = pytest.mark.skipif(sys.platform != "linux", reason="the kernel is asked to watch in Linux's way")


@dataclass(frozen=True)
class Home:
    """A computer's home folder with everything that the app has put there; ``work`` is the person's own folder."""

    folder: Path

    @property
    def work(self) -> Path:
        return self.folder / "work"

    @property
    def environment(self) -> dict[str, str]:
        places = {"HOME": "", "TMPDIR": "tmp", "LONGWRITER_HOME": "app", "XDG_CACHE_HOME": "cache"}
        return os.environ | {name: str(self.folder / place) for name, place in places.items()}

    def run(self, *command: str) -> None:
        """Runs a command of the app to its good end."""
        done = subprocess.run(
            command, env=self.environment, cwd=self.work, capture_output=True, text=True, timeout=280, check=False
        )
        assert done.returncode == 0, f"{command}: {done.returncode}, {done.stderr[-2000:]}"

    def files(self) -> Iterator[Path]:
        return (path for path in self.folder.rglob("*") if path.is_file())

    def documents(self) -> list[Document]:
        found = []
        for path in self.files():
            if path.suffix == ".longwriter" and "backups" not in path.parts:
                with Project.open(path, read_only=True) as project:
                    found.append(project.document)
        return found


@pytest.fixture(scope="module")
def used(starter_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """After a whole job on the command line and another in the window, both under the kernel's eyes."""
    home = Home(tmp_path_factory.mktemp("used"))
    for folder in ("work", "tmp"):
        (home.folder / folder).mkdir()
    home.run(*_WITHOUT_NETWORK, *_APP, "plan", _INSTRUCTION, "-o", "note.longwriter", "--seed", "1")
    home.run(*_WITHOUT_NETWORK, *_APP, "write", "note.longwriter", "--seed", "1")
    home.run(*_WITHOUT_NETWORK, *_APP, "export", "note.longwriter", "note.docx")
    job = str(_HERE / "window_job.py")
    home.run(*_WITHOUT_NETWORK, sys.executable, job, str(home.work / "window.docx"), _INSTRUCTION, _TYPED, _FAULT)
    return home


# -- the network ---------------------------------------------------------------------------------------


@linux
@pytest.mark.parametrize(
    "deed",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)",
        "subprocess.run([sys.executable, '-c', 'import socket; socket.socket()']).check_returncode()",
        "ctypes.CDLL(None).socket(2, 1, 0)",
    ],
    ids=["a connection", "a socket that is not used", "a child's socket", "a socket past Python"],
)
def test_the_watch_misses_nothing(deed: str) -> None:
    script = f"import ctypes, socket, subprocess, sys\nsocket.socketpair()\n{deed}"
    done = subprocess.run([*_WITHOUT_NETWORK, sys.executable, "-c", script], capture_output=True, check=False)
    if "subprocess" in deed:
        assert b"died with <Signals.SIGSYS" in done.stderr
    else:
        assert done.returncode == -signal.SIGSYS


@linux
@pytest.mark.timeout(600)
def test_planning_writing_editing_and_exporting_open_not_one_socket_to_anywhere(used: Home) -> None:
    # Each of them has ended well, and would have been killed at the first.
    assert {path.name for path in used.work.iterdir()} == {"note.longwriter", "note.docx", "window.docx"}
    documents = used.documents()
    assert len(documents) == 2
    assert all(section.complete for document in documents for section in document.sections)
    assert any(_TYPED in section.text for document in documents for section in document.sections)


@linux
@pytest.mark.usefixtures("starter_model")
def test_where_there_is_no_network_at_all_everything_goes_on(tmp_path: Path) -> None:
    alone = ("unshare", "--map-root-user", "--net")
    try:
        allowed = subprocess.run([*alone, "true"], capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("unshare, of util-linux, is not installed")
    if allowed.returncode:
        pytest.skip(f"the kernel forbids network namespaces here: {allowed.stderr.decode().strip()}")
    home = Home(tmp_path)
    for folder in ("work", "tmp"):
        (home.folder / folder).mkdir()
    home.run(*alone, *_APP, "draft", _INSTRUCTION, "-o", "note.docx", "--words", "40")
    assert (home.work / "note.docx").stat().st_size > 1000


def test_what_could_use_a_network_is_not_even_loaded() -> None:
    script = """
import sys
import longwriter_desktop.cli, longwriter_desktop.command_line, longwriter_desktop.ui.app
from longwriter_desktop.models.catalogue import load_catalogue
from longwriter_desktop.models.listing import listed_models
from longwriter_desktop.paths import AppPaths
paths = AppPaths.of_this_machine()
listed_models(load_catalogue(paths), paths)
names = ("huggingface_hub", "requests", "httpx", "urllib3", "aiohttp", "http.client", "PySide6.QtNetwork")
print([name for name in names if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


# -- what is left on the disk --------------------------------------------------------------------------


def _words_of(documents: list[Document]) -> set[str]:
    """What tells a file with the person's words: the markers, titles, main points, and stretches of every text."""
    found = set(_MARKERS)
    for document in documents:
        found.add(document.title)
        for section in document.sections:
            found.add(section.main_point)
            for text in (section.text, *(version.text for version in section.versions)):
                words = re.findall(r"\S+", text)
                found |= {" ".join(words[at : at + 5]) for at in range(0, len(words) - 4, 5)}
    return {each for each in found if len(each) > 5}


def _holds_any(path: Path, words: set[str]) -> bool:
    data = path.read_bytes().decode("utf-8", "replace")
    return any(each in data or each.encode("unicode_escape").decode() in data for each in words)


@linux
@pytest.mark.timeout(600)
def test_only_documents_their_backups_and_the_list_of_recent_ones_hold_words_of_the_persons(used: Home) -> None:
    words = _words_of(used.documents())
    assert len(words) > 20
    app = used.folder / "app"
    holding = {path.relative_to(app) for path in used.files() if app in path.parents and _holds_any(path, words)}
    allowed = ("documents", "data/recent.json", "data/backups", "data/recovery")
    assert Path("data/recent.json") in holding
    assert not [path for path in holding if not path.as_posix().startswith(allowed)]
    elsewhere = {path for path in used.files() if app not in path.parents and used.work not in path.parents}
    assert not [path for path in elsewhere if _holds_any(path, words)]


@linux
@pytest.mark.timeout(600)
def test_a_fault_of_the_app_is_in_the_log_without_the_words_that_it_quoted(used: Home) -> None:
    log = (used.folder / "app" / "log" / "longwriter.log").read_text("utf-8")
    assert "ValueError" in log
    assert "_fail" in log
    assert not [marker for marker in _MARKERS if marker in log.replace("_fail(fault)", "")]


@linux
@pytest.mark.timeout(600)
def test_what_the_app_keeps_for_itself_is_for_this_person_alone_and_nothing_temporary_is_left(used: Home) -> None:
    app = used.folder / "app"
    for path in used.files():
        if app in path.parents and "log" not in path.parts and "documents" not in path.parts:
            assert not stat.S_IMODE(path.stat().st_mode) & 0o077, path
    states = app / "cache" / "states"
    assert list(states.iterdir())
    assert stat.S_IMODE(states.stat().st_mode) == 0o700
    assert not list((used.folder / "tmp").iterdir())
    assert not [path for path in used.files() if path.suffix in (".tmp", ".part") or path.name.startswith("core")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("how", [signal.SIGABRT, signal.SIGSEGV])
def test_a_crash_in_the_middle_of_a_text_leaves_no_word_of_it_in_the_log(
    how: signal.Signals, starter_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # Where a core file would be put.
    paths = AppPaths.of_this_machine()
    prompt = Prompt((Message("user", "Write a long story about " + " and ".join(_MARKERS)),))
    with LlamaEngine(ModelSpec("starter", starter_model), paths=paths) as engine:
        events = engine.generate(prompt, Sampling(seed=1))
        written = ""
        while len(written) < 40:
            event = next(events)
            written += event.text if isinstance(event, TextChunk) else ""
        _worker().send_signal(how)
        with pytest.raises(BackendProblem) as caught:
            list(events)
    log = (paths.log / "backend.log").read_text("utf-8", "replace")
    assert "Fatal Python error" in log
    assert not [word for word in (*_MARKERS, written[:20]) if word in log + str(caught.value)]
    assert not list(tmp_path.iterdir())


def _worker() -> psutil.Process:
    (found,) = (each for each in psutil.Process().children() if "longwriter_desktop.backend.worker" in each.cmdline())
    return found
