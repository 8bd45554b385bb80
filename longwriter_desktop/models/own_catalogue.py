"""The person's own models.toml as the app writes it: an entry is added or taken out, all else stays as it was typed.

What else is in the file (comments, order, spacing) is kept to the letter: an entry is appended or cut out as
text, and the result is read again before it takes the place of the old file in one step.
"""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

import tomli_w

from longwriter_desktop.errors import ModelProblem
from longwriter_desktop.models.catalogue import ModelEntry, checked_entry, own_catalogue_path
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file

Value = str | int | float | bool | list[str] | tuple[str, ...]
"""What a field of an entry may hold; see models.toml."""

_HEADER = "# The models that you have added. The fields are described in the app's own models.toml.\n"


def add_entry(paths: AppPaths, name: str, table: Mapping[str, Value]) -> ModelEntry:
    """Adds ``[models.NAME]`` with the fields of ``table`` to the person's own models.toml, and returns the entry.

    An entry of that name that the person has already is replaced; large and small letters are alike. Raises
    ModelProblem, with the file as it was, when the name or a field cannot be used, when the app ships a model of
    that name, and when the file is damaged or cannot be written.
    """
    plain = {key: list(each) if isinstance(each, tuple) else each for key, each in table.items()}
    entry = checked_entry(paths, name, plain)
    text = _own_text(paths)
    before = _parsed(paths, text)
    others = {key: each for key, each in _models(before).items() if key.casefold() != name.casefold()}
    text = _without(paths, text, name)
    if text and not text.endswith("\n"):
        text += "\n"
    text = (text + "\n" if text else _HEADER + "\n") + tomli_w.dumps({"models": {name: plain}})
    _write(paths, text, before | {"models": others | {name: plain}})
    return entry


def remove_entry(paths: AppPaths, name: str) -> bool:
    """Takes ``[models.NAME]`` out of the person's own models.toml; False when it is not in there.

    The model's file stays. Raises ModelProblem, with the file as it was, when the file is damaged, when the entry
    is written in a form that the app cannot cut out, and when the file cannot be written.
    """
    text = _own_text(paths)
    before = _parsed(paths, text)
    others = {key: each for key, each in _models(before).items() if key.casefold() != name.casefold()}
    if len(others) == len(_models(before)):
        return False
    _write(paths, _without(paths, text, name), _with_models(before, others))
    return True


def _own_text(paths: AppPaths) -> str:
    path = own_catalogue_path(paths)
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(paths, str(error)) from error


def _parsed(paths: AppPaths, text: str) -> dict[str, Any]:
    try:
        content = tomllib.loads(text)
    except ValueError as error:
        raise _unusable(paths, str(error)) from error
    if not isinstance(content.get("models", {}), dict):
        raise _unusable(paths, "models should be tables such as [models.NAME]")
    return content


def _models(content: Mapping[str, Any]) -> dict[str, Any]:
    return dict(content.get("models", {}))


def _with_models(content: Mapping[str, Any], models: Mapping[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in content.items() if key != "models"}
    return rest | {"models": dict(models)} if models else rest


def _without(paths: AppPaths, text: str, name: str) -> str:
    """The text without the entries of that name."""
    while True:
        content = _parsed(paths, text)
        own = next((key for key in _models(content) if key.casefold() == name.casefold()), None)
        if own is None:
            return text
        text = _cut(paths, text, content, own)


def _cut(paths: AppPaths, text: str, content: dict[str, Any], name: str) -> str:
    """The text without the lines of one table; what they are is tried, since a value may look like a header."""
    lines = text.splitlines(keepends=True)
    wanted = _with_models(content, {key: each for key, each in _models(content).items() if key != name})
    quoted = re.escape(name)
    header = re.compile(rf"""\s*\[\s*models\s*\.\s*(?:{quoted}|"{quoted}"|'{quoted}')\s*\]\s*(?:\#.*)?""")
    for start in (number for number, line in enumerate(lines) if header.fullmatch(line.rstrip("\r\n"))):
        ends = [number for number in range(start + 1, len(lines)) if lines[number].lstrip().startswith("[")]
        for end in (*ends, len(lines)):
            rest = lines[:start] + lines[_end_of_entry(lines, start, end) :]
            try:
                if _same(tomllib.loads("".join(rest)), wanted):
                    return "".join(rest)
            except ValueError:
                continue
    raise ModelProblem(
        f"The entry {name!r} in {own_catalogue_path(paths)} is not written as [models.{name}], so it was left as it "
        "is. Take it out with an editor."
    )


def _end_of_entry(lines: list[str], start: int, end: int) -> int:
    """Where the entry ends whose header is ``start``: comments after a blank line belong to what follows at ``end``."""
    last = end
    while last > start + 1 and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    while last < end and lines[last].strip():
        last += 1
    # The blank lines go with the entry, so that adding and removing leave the file as it was.
    while last < end and not lines[last].strip():
        last += 1
    return last


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two contents are alike; NaN, which nothing is like, is compared by its form."""
    return repr(_sorted(one)) == repr(_sorted(other))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return value


def _write(paths: AppPaths, text: str, wanted: dict[str, Any]) -> None:
    written = _parsed(paths, text)
    if not _same(_with_models(written, _models(written)), wanted):
        raise _unusable(paths, "it is written in a form that the app cannot add to")
    try:
        replace_file(own_catalogue_path(paths), text.encode("utf-8"))
    except OSError as error:
        raise ModelProblem(
            f"The list of your own models, {own_catalogue_path(paths)}, could not be saved: {error.strerror or error}. "
            "It is as it was. Make room or change its permissions, then try again."
        ) from error


def _unusable(paths: AppPaths, why: str) -> ModelProblem:
    return ModelProblem(
        f"The list of your own models, {own_catalogue_path(paths)}, cannot be changed: {why}. It is as it was. "
        "Mend the file or remove it, then try again."
    )
