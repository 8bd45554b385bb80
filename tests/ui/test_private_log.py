import contextlib
import logging
import sqlite3
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.errors import ProjectProblem
from longwriter_desktop.ui.private_log import PrivateFormatter

SECRET = "Grandmother's will"


def _line(message: str, *args: object, error: BaseException | None = None) -> str:
    exc_info = (type(error), error, error.__traceback__) if error is not None else None
    record = logging.LogRecord("longwriter_desktop", logging.ERROR, __file__, 1, message, args, exc_info)
    logging.Formatter().format(record)  # As another handler would, which keeps what it has made in the record.
    return PrivateFormatter("%(levelname)s %(message)s").format(record)


def _raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except type(error) as raised:
        return raised


def test_an_error_in_a_line_is_named_and_not_quoted() -> None:
    assert _line("not saved: %s", ProjectProblem(f"“{SECRET}” is gone")) == "ERROR not saved: ProjectProblem"
    problem = _raised(ProjectProblem(SECRET), OSError(28, "No space left on device", f"/home/a/{SECRET}.longwriter"))
    assert _line("%s", problem) == "ERROR ProjectProblem from OSError (28: No space left on device)"


def test_a_traceback_shows_the_way_and_the_kinds_without_their_words() -> None:
    line = _line("failed", error=_raised(ValueError(SECRET), KeyError(SECRET)))
    assert line.splitlines()[0] == "ERROR failed"
    assert "raise error from cause" in line
    assert "KeyError\nwhich led to:" in line
    assert line.endswith("ValueError from KeyError")
    assert SECRET not in line


def test_what_an_error_came_upon_while_another_was_handled_is_shown_too() -> None:
    try:
        try:
            int(SECRET)
        except ValueError:
            _ = {"a": 1}[SECRET]
    except KeyError:
        record = logging.LogRecord("a", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    line = PrivateFormatter().format(record)
    assert "ValueError\nwhich led to:" in line
    assert SECRET not in line


def test_an_error_of_the_database_has_its_number() -> None:
    database = sqlite3.connect(":memory:")
    with contextlib.closing(database), pytest.raises(sqlite3.OperationalError) as caught:
        database.execute("SELECT secret FROM will")
    assert _line("%s", caught.value) == "ERROR OperationalError (SQLITE_ERROR)"


@given(st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=12))
def test_no_word_of_any_error_reaches_the_log(words: str) -> None:
    secret = f"<{words}>"
    errors = (ValueError(secret), OSError(2, "No such file", secret), UnicodeDecodeError("utf-8", b"a", 0, 1, secret))
    for error in errors:
        assert secret not in _line("failed: %s", error, error=_raised(error))
