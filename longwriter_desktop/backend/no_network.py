"""Takes the network away from a process, for as long as it lives and from all that it starts.

The worker runs llama.cpp on files from anywhere and has no business with a network. On Linux a seccomp filter
lets it open sockets of this computer alone (AF_UNIX, and AF_NETLINK to the kernel, which drivers use) and answers
EACCES for every other family; io_uring, which could open sockets past the filter, is answered as if the kernel
had none. No privilege is needed. macOS has a named sandbox for the same. Windows takes the network from a process
only by rules of the firewall, which are the person's: there nothing is enforced.

https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import errno
import platform
import struct
import sys
from dataclasses import dataclass
from typing import Final

REFUSE: Final = 0x0005_0000 | errno.EACCES
"""SECCOMP_RET_ERRNO: the call fails, as under a firewall."""
KILL: Final = 0x8000_0000
"""SECCOMP_RET_KILL_PROCESS: the first call ends the process with SIGSYS, so that none can go unnoticed."""

_ALLOW = 0x7FFF_0000
_NO_SUCH_CALL = 0x0005_0000 | 38
"""ENOSYS, by Linux's own number."""
_LOAD_WORD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER_AT, _ARCHITECTURE_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
"""Bytes into struct seccomp_data. Of the argument the lower half is read, as the kernel does; all processors
below are little-endian."""
_LOCAL_FAMILIES = (1, 16)
"""AF_UNIX, AF_NETLINK."""
_IO_URING_SETUP = 425
_X32 = 0x4000_0000
"""On x86-64 a second set of numbers for the same calls begins here."""

_SET_NO_NEW_PRIVILEGES = 38
_SET_MODE_FILTER = 1
_ALL_THREADS, _SPECULATION_ALLOWED = 1, 4
"""Kernels before 5.16 would otherwise slow down all memory accesses of a filtered process (SSBD)."""
_NAMED_SANDBOX = 1


@dataclass(frozen=True, slots=True)
class Processor:
    """The numbers of a kind of processor: AUDIT_ARCH_*, and of the system calls."""

    architecture: int
    socket_call: int
    seccomp_call: int


PROCESSORS = {
    "x86_64": Processor(0xC000_003E, 41, 317),
    "aarch64": Processor(0xC000_00B7, 198, 277),
    "riscv64": Processor(0xC000_00F3, 198, 277),
}
"""By `platform.machine`."""


def refuse_network() -> str:
    """Takes the network from this process and its children; returns what refuses it from now on, "" for nothing.

    "seccomp" on Linux, "sandbox" on macOS. Cannot be taken back. Never raises: without it the work goes on.
    """
    try:
        match platform.system():
            case "Linux":
                return "seccomp" if install(REFUSE) else ""
            case "Darwin":
                return "sandbox" if _enter_sandbox() else ""
    except (OSError, AttributeError, ValueError):  # No C library that is found by ctypes, or one without these names.
        pass
    return ""


def install(answer: int) -> bool:
    """Linux: has the kernel give ``answer`` (`REFUSE` or `KILL`) to every call for a socket that leads elsewhere.

    False where the kernel or the processor cannot do it. Raises OSError or AttributeError without a C library.
    """
    processor = PROCESSORS.get(platform.machine())
    if processor is None or sys.maxsize < 2**32:  # A program of 32 bits on a kernel of 64 makes other calls.
        return False
    library = ctypes.CDLL(None, use_errno=True)
    instructions = ctypes.create_string_buffer(program(processor, answer))
    described = ctypes.create_string_buffer(
        struct.pack("HxxxxxxP", len(instructions.raw) // 8, ctypes.addressof(instructions))
    )
    # Without it only root may filter, and a program with more rights than this one could be made to misbehave.
    if library.prctl(_SET_NO_NEW_PRIVILEGES, *(ctypes.c_ulong(value) for value in (1, 0, 0, 0))) != 0:
        return False
    for flags in (_ALL_THREADS | _SPECULATION_ALLOWED, _ALL_THREADS):
        arguments = (processor.seccomp_call, _SET_MODE_FILTER, flags, ctypes.addressof(described))
        if library.syscall(*map(ctypes.c_long, arguments)) == 0:
            return True
    return False


def program(processor: Processor, answer: int) -> bytes:
    """The filter as instructions of the kernel's BPF, eight bytes each."""
    local = [(_JUMP_EQUAL, family) for family in _LOCAL_FAMILIES]
    # Each line: code, value, and where to go when it is so and when not; "next" is the line below.
    lines: list[tuple[int, int, str, str]] = [
        (_LOAD_WORD, _ARCHITECTURE_AT, "next", "next"),
        (_JUMP_EQUAL, processor.architecture, "next", "no such call"),
        (_LOAD_WORD, _NUMBER_AT, "next", "next"),
        (_JUMP_AT_LEAST, _X32, "no such call", "next"),
        (_JUMP_EQUAL, _IO_URING_SETUP, "no such call", "next"),
        (_JUMP_EQUAL, processor.socket_call, "next", "allow"),
        (_LOAD_WORD, _FIRST_ARGUMENT_AT, "next", "next"),
        *((code, family, "allow", "next") for code, family in local),
    ]
    ends = {"answer": answer, "allow": _ALLOW, "no such call": _NO_SUCH_CALL}
    places = {name: len(lines) + index for index, name in enumerate(ends)}
    packed = []
    for index, (code, value, if_so, if_not) in enumerate(lines):
        jumps = (0 if goal == "next" else places[goal] - index - 1 for goal in (if_so, if_not))
        packed.append(struct.pack("HBBI", code, *jumps, value))
    return b"".join((*packed, *(struct.pack("HBBI", _RETURN, 0, 0, value) for value in ends.values())))


def _enter_sandbox() -> bool:
    """macOS's "no internet" profile (sandbox_init(3)): TCP and UDP fail, everything else is as before."""
    library = ctypes.CDLL("/usr/lib/libSystem.B.dylib")
    profile = ctypes.addressof(ctypes.c_char.in_dll(library, "kSBXProfileNoInternet"))
    message = ctypes.c_char_p()
    library.sandbox_init.argtypes = [ctypes.c_void_p, ctypes.c_uint64, ctypes.POINTER(ctypes.c_char_p)]
    return bool(library.sandbox_init(profile, _NAMED_SANDBOX, ctypes.byref(message)) == 0)
