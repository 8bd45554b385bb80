"""The person's own words, which count as spelt right: dictionary.txt in the settings folder, a word a line."""

from collections.abc import Iterable
from pathlib import Path

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.safe_write import replace_file
from longwriter_desktop.spelling.words import looked_up

APP_WORDS = frozenset(
    {
        *("app", "apps", "blog", "blogs", "internet", "offline", "online", "podcast", "podcasts"),
        *("smartphone", "smartphones", "tokenizer", "tokenizers", "Ctrl", "Esc", "GitHub", "LongWriter"),
    }
)
"""What the app says of itself, and what is newer than the dictionary that ships: right in every language."""


def own_words_path(paths: AppPaths) -> Path:
    return paths.settings / "dictionary.txt"


def load_own_words(paths: AppPaths) -> frozenset[str]:
    """The words in the file; none where it is not there or cannot be read."""
    try:
        return _words_in(own_words_path(paths).read_text("utf-8-sig", "replace"))
    except OSError:
        return frozenset()


def save_own_words(paths: AppPaths, words: Iterable[str]) -> None:
    """Writes the file whole or not at all, in the order of the alphabet. Raises OSError."""
    lines = sorted(set(words), key=lambda word: (word.casefold(), word))
    replace_file(own_words_path(paths), "".join(f"{word}\n" for word in lines).encode("utf-8", "replace"))


def change_own_words(paths: AppPaths, add: Iterable[str] = (), remove: Iterable[str] = ()) -> frozenset[str]:
    """Puts words into the file and takes others out, and returns what is in it then.

    Raises OSError, also where the file is there and cannot be read, or not as UTF-8: it is not written over then.
    """
    try:
        before = _words_in(own_words_path(paths).read_text("utf-8-sig"))
    except FileNotFoundError:
        before = frozenset()
    except UnicodeDecodeError as problem:
        raise OSError(f"{own_words_path(paths).name} is not in UTF-8; save it so in a text editor") from problem
    words = (before - frozenset(remove)) | frozenset(add)
    save_own_words(paths, words)
    return words


def _words_in(text: str) -> frozenset[str]:
    return frozenset(word for line in text.splitlines() if (word := looked_up(line.strip())))


def is_own(word: str, words: frozenset[str]) -> bool:
    """Whether ``word`` is one of ``words``, also with a capital at a sentence's beginning or with 's behind it."""
    stem = word.removesuffix("'s") if word.endswith("'s") else word
    return any(each in words or each[:1].lower() + each[1:] in words for each in (word, stem))
