"""Runs a command that dies, with all that it has started, of the first socket that leads off this computer.

``python tests/privacy/without_network.py COMMAND…``. The kernel looks at every system call, so it does not matter
whether Python, Qt or llama.cpp makes it, and one that is made and never used counts as well. Sockets of this computer
alone (a screen, a session bus) are let through.
"""

import os
import sys

from longwriter_desktop.backend.no_network import KILL, install

if __name__ == "__main__":
    if not install(KILL):
        sys.exit("The kernel has no seccomp filters.")
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the command is the test's own, and needs no shell.
