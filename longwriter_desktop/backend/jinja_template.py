"""A chat template as Hugging Face's transformers writes them, run at arm's length.

The template sees placeholders in place of messages. They are found again in what it writes: so it is known which
part of the prompt came from where, no text of a message is ever read as a template, and what the template writes
depends on the roles alone and is asked for once. It is asked of a process of its own, see `template_process`.
"""

import contextlib
import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import psutil

from longwriter_desktop.backend.process import apart, command_of_our_own, with_this_package
from longwriter_desktop.backend.template_limits import CPU_SECONDS, MEMORY_BYTES, TEMPLATE_SWITCH

_LONGEST_SOURCE = 1_000_000
"""Characters. The longest templates that are in use have some twenty thousand."""
_SECONDS = 8.0 + CPU_SECONDS
"""For all of it. Most of the time goes into the start of Python: 0.1 s, and seconds on a disk that is asleep."""
_LOOK_EVERY = 0.05

Roles = tuple[str, ...]
_USUAL: tuple[Roles, ...] = (
    ("user",),
    ("system", "user"),
    ("user", "assistant", "user"),
    ("system", "user", "assistant", "user"),
)
"""Asked for together, because starting a process takes longer than rendering."""

_MARK = re.compile("(\u2003?)\ue000([0-9]+)\ue001(\u2003?)")
"""A placeholder of private-use characters, between two em spaces: whether these are still there tells whether the
template trims the message, and no template writes any of them itself."""


class TemplateProblem(ValueError):
    """A Jinja template that does not give a usable prompt."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: its number, and at which ends the template strips it of white space."""

    message: int
    strips_start: bool
    strips_end: bool

    def fill(self, content: str) -> str:
        """The content as the template would have written it."""
        content = content.lstrip() if self.strips_start else content
        return content.rstrip() if self.strips_end else content


Frame = tuple[str | Place, ...]
"""What a template writes for certain roles: its own text, and the places of the messages."""


class JinjaTemplate:
    """The template ``source`` with the texts of its tokens. Raises TemplateProblem when not even a question works."""

    def __init__(self, source: str, *, bos: str, eos: str) -> None:
        if len(source) > _LONGEST_SOURCE:
            raise TemplateProblem("too long")
        self._source = source
        self._tokens = {"bos_token": bos, "eos_token": eos}
        self._frames: dict[Roles, Frame | None] = {}
        self._ask(_USUAL)
        if not any(self._frames.values()):
            raise TemplateProblem("unusable")

    def frame(self, roles: Roles) -> Frame:
        """What stands around messages of these roles. Raises TemplateProblem when the template fails over them."""
        if roles not in self._frames:
            self._ask((roles,))
        found = self._frames[roles]
        if found is None:
            raise TemplateProblem("the template fails, or loses a message")
        return found

    def _ask(self, wanted: Sequence[Roles]) -> None:
        chats = [[(role, _mark(number)) for number, role in enumerate(roles)] for roles in wanted]
        question = {"source": self._source, "tokens": self._tokens, "chats": chats}
        # Half a surrogate pair is written as \uDC00 and comes back as it was.
        texts = _answered(json.dumps(question).encode("ascii"), len(wanted))
        self._frames.update((roles, _frame(text, len(roles))) for roles, text in zip(wanted, texts, strict=True))


def _mark(number: int) -> str:
    return f"\u2003\ue000{number}\ue001\u2003"


def _frame(text: str | None, messages: int) -> Frame | None:
    """None when a message is missing, twice or out of order."""
    if text is None:
        return None
    # re.split with three groups: text, space, number, space, text, ..., text.
    pieces = _MARK.split(text)
    if pieces[2::4] != [str(number) for number in range(messages)]:
        return None
    found: list[str | Place] = [pieces[0]]
    for number in range(messages):
        before, _, after, own_text = pieces[4 * number + 1 : 4 * number + 5]
        found += [Place(number, strips_start=not before, strips_end=not after), own_text]
    return tuple(found)


def _answered(question: bytes, chats: int) -> list[str | None]:
    """What the process answers. Raises TemplateProblem when it had to be ended, or broke down."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the command is this program's own.
            command_of_our_own("longwriter_desktop.backend.template_process", TEMPLATE_SWITCH),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=with_this_package(os.environ),
            **apart(),
        )
    except OSError as error:
        raise TemplateProblem("no process for it") from error
    threading.Thread(target=_end_a_large_one, args=(process,), name="template", daemon=True).start()
    try:
        texts: Any = json.loads(process.communicate(question, timeout=_SECONDS)[0])
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise TemplateProblem(type(error).__name__) from error
    finally:
        with process:
            process.kill()
    if not (isinstance(texts, list) and len(texts) == chats and all(isinstance(each, str | None) for each in texts)):
        raise TemplateProblem("no answer")
    return texts


def _end_a_large_one(process: "subprocess.Popen[bytes]") -> None:
    """Looks at the memory of ``process`` until it ends: systems other than Linux do not limit it themselves."""
    with contextlib.suppress(psutil.Error):
        looked_at = psutil.Process(process.pid)
        while process.returncode is None and looked_at.memory_info().rss <= MEMORY_BYTES:
            time.sleep(_LOOK_EVERY)
        process.kill()
