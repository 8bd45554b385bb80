from pathlib import Path

import pytest

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.spelling.own_words import (
    change_own_words,
    is_own,
    load_own_words,
    own_words_path,
    save_own_words,
)


def test_words_are_kept_one_a_line_in_a_file_that_may_be_edited_by_hand(longwriter_home: Path) -> None:
    paths = AppPaths.of_this_machine()
    assert load_own_words(paths) == frozenset()
    save_own_words(paths, {"Zephyrine", "antidisestablishment", "灯塔s"})
    assert own_words_path(paths).read_text("utf-8") == "antidisestablishment\nZephyrine\n灯塔s\n"
    own_words_path(paths).write_bytes("\ufeffone \r\n\r\nO’Neill\n".encode() + b"\xff\xfe\n")
    assert {"one", "O'Neill"} <= load_own_words(paths)


def test_a_word_is_known_at_the_beginning_of_a_sentence_and_with_an_s() -> None:
    own = frozenset({"grue", "LongWriter"})
    assert all(is_own(word, own) for word in ("grue", "Grue", "grue's", "Grue's", "LongWriter", "LongWriter's"))
    assert not any(is_own(word, own) for word in ("grues", "longwriter", "gru"))


def test_words_in_another_encoding_are_not_written_over(longwriter_home: Path) -> None:
    paths = AppPaths.of_this_machine()
    save_own_words(paths, {"one"})
    theirs = "na\u00efve\none\n".encode("latin-1")
    own_words_path(paths).write_bytes(theirs)
    assert "one" in load_own_words(paths)
    with pytest.raises(OSError, match="not in UTF-8"):
        change_own_words(paths, add=["two"])
    assert own_words_path(paths).read_bytes() == theirs
