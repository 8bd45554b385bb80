"""The process that downloads one file: ``python -m longwriter_desktop.models.download_process``.

On standard input it takes one line, a `DownloadRequest` as JSON; when its input ends, whoever asked has gone, and so
does it. It answers in lines of JSON: `{"progress": …}` for each step, and as the last `{"done": PATH}` or
`{"problem": [KIND, SENTENCES]}`. It may be killed at any moment: what has come is a part that the next one goes on
with.
"""

import json
import os
import sys
import threading
import traceback
from dataclasses import asdict
from pathlib import Path

from longwriter_desktop.errors import DownloadProblem
from longwriter_desktop.leftovers import leave_no_core
from longwriter_desktop.models.download_fetch import fetch
from longwriter_desktop.models.download_progress import DownloadProgress
from longwriter_desktop.models.download_request import DownloadRequest
from longwriter_desktop.models.hub_token import found_tokens


def main() -> None:
    """Answers the one request on standard input."""
    leave_no_core()  # the memory may hold a token
    request = DownloadRequest.from_json(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    try:
        path = fetch(request, _report, _tokens)
    except DownloadProblem as error:
        _say({"problem": [error.kind, str(error)]})
    except Exception as error:  # our bug: the parent says so, with its kind and place and no word of the message
        place = traceback.extract_tb(error.__traceback__)[-1]
        _say({"bug": f"{type(error).__name__} in {Path(place.filename).name}, line {place.lineno}"})
    else:
        _say({"done": str(path)})


def _tokens() -> tuple[str, ...]:
    _say({"tokens": "looked for"})  # the person may have to unlock their keyring first
    return tuple(each.value for each in found_tokens())


def _report(progress: DownloadProgress) -> None:
    _say({"progress": asdict(progress)})


def _say(message: dict[str, object]) -> None:
    try:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()
    except OSError:
        os._exit(1)  # nobody listens any more


def _end_with_parent() -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
