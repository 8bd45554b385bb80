"""The files of a model that was split into several, by llama.cpp's rule for their names."""

import re
from pathlib import PurePath
from typing import TypeVar

_PART = re.compile(r"(?P<stem>.+)-(?P<number>\d{5})-of-(?P<count>\d{5})", re.DOTALL)
_MOST = 1000
"""Files of one model. The largest that are published have a few dozen."""
_Path = TypeVar("_Path", bound=PurePath)


def parts_of(path: _Path) -> tuple[_Path, ...]:
    """All files of the model that ``path`` is a file of, the first one first; itself alone where it is not split."""
    match = _PART.fullmatch(path.stem)
    if match is None or not 1 <= int(match["number"]) <= int(match["count"]) <= _MOST:
        return (path,)
    count = int(match["count"])
    names = (f"{match['stem']}-{number:05}-of-{count:05}{path.suffix}" for number in range(1, count + 1))
    return tuple(path.with_name(name) for name in names)


def name_of(path: PurePath) -> str:
    """The file's name without its ending and without the number of a part."""
    match = _PART.fullmatch(path.stem)
    return match["stem"] if match else path.stem
