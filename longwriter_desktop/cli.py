"""The command line: the same work without a window. Names, output and exit status are a contract.

Exit status: 0 done; 1 failed, with one sentence that says what, what was kept and what to do; 2 wrong
usage; 130 interrupted by Ctrl+C, with everything written so far kept.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from longwriter_desktop.errors import LongWriterError
from longwriter_desktop.exit_status import FAILED, INTERRUPTED, WRONG_USAGE, complain
from longwriter_desktop.leftovers import clear_leftovers, leave_no_core
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.screen import has_screen

COMMANDS = (
    *("plan", "outline", "write", "rewrite", "draft", "export"),
    *("models", "evaluate", "doctor", "salvage", "trash", "import", "recover", "backups"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    arguments = list(sys.argv[1:] if arguments is None else arguments)
    paths = AppPaths.of_this_machine()
    try:
        leave_no_core()
        clear_leftovers(paths)
        if not arguments or (arguments[0] not in COMMANDS and not arguments[0].startswith("-")):
            return _window(arguments, paths)
        # The window needs none of what the commands do: it is there a tenth of a second sooner without it.
        from longwriter_desktop.command_line import run_command

        return run_command(arguments, paths)
    except LongWriterError as error:
        complain(error.on_the_command_line)
        return FAILED
    except KeyboardInterrupt:
        complain("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone. Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED


def _window(arguments: list[str], paths: AppPaths) -> int:
    if len(arguments) > 1:
        complain(f"{arguments[0]!r} is not a command. Commands are: {', '.join(COMMANDS)}; --help tells more.")
        return WRONG_USAGE
    if not has_screen():
        complain(
            "There is no screen here to open the window on. The command line does the same work: try "
            '`longwriter-desktop draft "Write a 1,000-word article on lighthouses" -o lighthouses.docx`, '
            "or `longwriter-desktop --help`."
        )
        return FAILED
    if arguments and not Path(arguments[0]).exists():
        complain(f"There is no file {arguments[0]}. Nothing was changed.")
        return FAILED
    with _no_collection():
        # Qt is loaded when a window is wanted: the commands also run where Qt's libraries are missing.
        from longwriter_desktop.ui.app import run

    return run(Path(arguments[0]).absolute() if arguments else None, paths)


@contextlib.contextmanager
def _no_collection() -> Iterator[None]:
    """Loading modules makes hardly any garbage, but looking for it takes a tenth of the time until the window is there.

    What has been loaded stays: it is put aside, so that no later collection holds up the window by looking through it.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    sys.exit(main())
