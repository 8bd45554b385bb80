"""How a command ends: the exit status, and the one sentence on standard error when it failed."""

import sys

DONE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


def complain(text: str) -> None:
    """Says on standard error what went wrong."""
    print(f"longwriter-desktop: {text}".encode("utf-8", "replace").decode(), file=sys.stderr)
