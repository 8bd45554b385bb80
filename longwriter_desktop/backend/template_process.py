"""The process that runs a chat template: ``python -m longwriter_desktop.backend.template_process``.

A chat template is a program that came with a model. Jinja2's sandbox keeps it from Python's own objects, but
not from counting for ever or from doubling a text until the memory is full. So it runs here, in a process that
may take `MEMORY_BYTES` and `CPU_SECONDS`, can open no file, start no program and, as a child of the worker,
reach no network; and it is given placeholders in place of the messages, never a word of a person's.

On standard input it takes one JSON object: "source", "tokens" (the names that the template knows tokens by) and
"chats" (each a list of a role and a content). It answers with a JSON list: each chat's text, or null where the
template failed.
"""

import contextlib
import json
import math
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from jinja2.sandbox import ImmutableSandboxedEnvironment

from longwriter_desktop.backend.template_limits import CPU_SECONDS, MEMORY_BYTES

_LONGEST_TEXT = 1_000_000
"""Characters. With placeholders for messages a template writes a few thousand."""
_WARMING_UP = (
    r"{{ '\n\u00e9\N{EM DASH}' | upper }}{{ messages | tojson }}",
    "{{ 'a' | striptags }}{{ 'a' | wordwrap }}{{ 'a' | escape }}{{ 1 | filesizeformat }}{{ 'a b' | urlencode }}",
    "{{ namespace(a=1).a }}{{ 'a' is in 'ab' }}{{ '%s' % 1 }}{{ '{}'.format(1) }}{{ 'a b' | urlize }}{{ 1.5 | round }}",
    "{{ 1 / 0 }}",
    "{{ messages[0].content.__class__ }}",
    "{% for",
)
"""Python and Jinja2 import some things only when they are needed: these make them do it while files can be opened."""

Chat = Sequence[tuple[str, str]]


class _Refused(Exception):
    """The template called ``raise_exception``."""


def main() -> None:
    """Answers the one question on standard input."""
    question = json.loads(sys.stdin.buffer.read())
    environment = _environment()
    for warming_up in _WARMING_UP:
        _texts(environment, warming_up, [[("user", "a")]], {})
    _limit()
    answer = _texts(environment, question["source"], question["chats"], question["tokens"])
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # What a template has left behind is not given a chance to run.


def _environment() -> ImmutableSandboxedEnvironment:
    """The options are those of transformers' apply_chat_template.

    The date is not offered: with it the prompt would change overnight, and all of a document would have to be
    read again.
    """
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.globals["raise_exception"] = _refuse
    return environment


def _texts(
    environment: ImmutableSandboxedEnvironment, source: str, chats: Sequence[Chat], tokens: Mapping[str, str]
) -> list[str | None]:
    try:
        template = environment.from_string(source)
    except Exception:  # Whatever a program from a file does wrong, it is its own fault.
        return [None] * len(chats)
    texts: list[str | None] = []
    for chat in chats:
        messages = [{"role": role, "content": content} for role, content in chat]
        try:
            text = template.render(messages=messages, add_generation_prompt=True, **tokens)
        except Exception:  # It can divide by zero, call itself for ever, or add a list to a text.
            texts.append(None)
        else:
            texts.append(text if len(text) <= _LONGEST_TEXT else None)
    return texts


def _limit() -> None:
    """From here on: so much memory and time, no file that could be opened, no process that could be started.

    Windows has no such limits; there the parent's time and its look at the memory hold alone.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Windows has no such module.

    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + CPU_SECONDS
    limits = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    )
    for what, most in limits:
        with contextlib.suppress(OSError, ValueError):  # macOS knows some of them in name only.
            resource.setrlimit(what, (most, most))


def _refuse(_reason: str = "") -> NoReturn:
    """Offered to templates as ``raise_exception``."""
    raise _Refused


if __name__ == "__main__":
    main()
