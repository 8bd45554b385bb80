"""What the worker may reach, asked of real processes."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from longwriter_desktop.agentwrite.engine import Message, Prompt, Sampling, TextChunk
from longwriter_desktop.backend.client import LlamaEngine
from longwriter_desktop.backend.devices import inspect_backend
from longwriter_desktop.backend.no_network import PROCESSORS, REFUSE, program
from longwriter_desktop.backend.process import WorkerProcess
from longwriter_desktop.paths import AppPaths

linux = pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")

_TRIALS = """
import socket, subprocess, sys
from longwriter_desktop.backend.no_network import refuse_network

def answer(what):
    try:
        what()
    except OSError as error:
        return type(error).__name__
    return "done"

print(refuse_network())
print(answer(lambda: socket.create_connection(("127.0.0.1", 9))))
print(answer(lambda: socket.create_connection(("::1", 9))))
print(answer(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)))
print(answer(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW)))
print(answer(lambda: socket.socket(40, socket.SOCK_STREAM)))  # AF_VSOCK, from a virtual machine to its host
print(answer(lambda: socket.getaddrinfo("example.org", 80)))
print(answer(lambda: socket.socketpair(socket.AF_UNIX)))
print(answer(lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)))
child = "import socket; socket.create_connection(('127.0.0.1', 9))"
print(subprocess.run([sys.executable, "-c", child], capture_output=True).stderr.decode().splitlines()[-1])
"""


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[WorkerProcess]:
    process = WorkerProcess(tmp_path / "backend.log")
    yield process
    process.stop()


def _status(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


@linux
def test_a_process_without_network_and_its_children_reach_only_their_own_computers_processes() -> None:
    done = subprocess.run([sys.executable, "-c", _TRIALS], capture_output=True, text=True, check=True, timeout=60)
    refuser, *answers, child = done.stdout.splitlines()
    assert refuser == "seccomp"
    assert answers == ["PermissionError"] * 5 + ["gaierror", "done", "done"]
    assert child.startswith("PermissionError")


@linux
def test_the_worker_runs_under_the_filter_from_its_first_message_on(worker: WorkerProcess) -> None:
    assert worker.next_event(60) is not None
    status = _status(worker.pid)
    assert status["Seccomp"] == "2"
    assert status["NoNewPrivs"] == "1"


@linux
def test_a_worker_without_network_writes_all_the_same_with_every_thread_under_the_filter(
    own_engine: LlamaEngine,
) -> None:
    prompt = Prompt((Message("user", "Name a city."),))
    assert any(isinstance(event, TextChunk) for event in own_engine.generate(prompt, Sampling(seed=1, max_tokens=8)))
    workers = [each for each in psutil.Process().children() if "longwriter_desktop.backend.worker" in each.cmdline()]
    threads = [thread.id for worker in workers for thread in worker.threads()]
    assert len(threads) > 1
    assert {_status(thread)["Seccomp"] for thread in threads} == {"2"}


def test_the_worker_says_what_refuses_it_the_network(paths: AppPaths) -> None:
    expected = {"linux": "seccomp", "darwin": "sandbox"}.get(sys.platform, "")
    assert inspect_backend(paths).network_refused_by == expected


@pytest.mark.parametrize("name", PROCESSORS)
def test_the_filter_lets_every_call_through_but_sockets_that_lead_elsewhere(name: str) -> None:
    processor = PROCESSORS[name]
    refused, allowed = REFUSE, 0x7FFF0000
    no_such_call = 0x00050000 | 38
    inet, inet6, unix, netlink, read, io_uring, x32 = 2, 10, 1, 16, 0, 425, 0x40000000

    def answer(call: int, argument: int = 0, architecture: int = processor.architecture) -> int:
        return _run(program(processor, REFUSE), call, architecture, argument)

    assert answer(processor.socket_call, inet) == answer(processor.socket_call, inet6) == refused
    assert answer(processor.socket_call, unix) == answer(processor.socket_call, netlink) == allowed
    assert answer(read, inet) == answer(processor.seccomp_call) == allowed
    assert answer(io_uring) == answer(x32 | processor.socket_call, inet) == no_such_call
    assert answer(processor.socket_call, inet, architecture=0x40000003) == no_such_call  # i386 on x86-64


def _run(code: bytes, call: int, architecture: int, argument: int) -> int:
    """What the kernel's machine would make of the filter: the four instructions that it uses."""
    data = {0: call, 4: architecture, 16: argument}
    lines = [(int.from_bytes(code[at : at + 2], sys.byteorder), code[at + 2], code[at + 3],
              int.from_bytes(code[at + 4 : at + 8], sys.byteorder)) for at in range(0, len(code), 8)]  # fmt: skip
    held = place = 0
    while True:
        what, if_so, if_not, value = lines[place]
        place += 1
        match what:
            case 0x20:
                held = data[value]
            case 0x15:
                place += if_so if held == value else if_not
            case 0x35:
                place += if_so if held >= value else if_not
            case _:
                return value
