import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from longwriter_desktop.paths import AppPaths
from longwriter_desktop.spelling.dictionaries import dictionaries, dictionary_folders
from longwriter_desktop.spelling.worker import LookUp


@pytest.mark.counted
def test_words_are_looked_up_in_a_process_of_its_own_that_ends_with_its_input(longwriter_home: Path) -> None:
    english = dictionaries(dictionary_folders(AppPaths.of_this_machine()))["en_US"]
    requests = [
        {"load": english.language, "folder": str(english.folder)},
        {"check": ["lighthouse", "lighthuose", "lighthuose's", "don't", "grandchildren's", "слово"]},
        {"suggest": "lighthuose"},
        {"else": 1},
    ]
    done = subprocess.run(
        [sys.executable, "-m", "longwriter_desktop.spelling.worker"],
        input="".join(json.dumps(each) + "\n" for each in requests),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    loaded, checked, suggested, unknown = [json.loads(line) for line in done.stdout.splitlines()]
    assert loaded == {"loaded": "en_US"}
    assert checked == {
        "wrong": ["lighthuose", "lighthuose's"],
        "right": ["don't", "grandchildren's", "lighthouse", "слово"],
    }
    assert "lighthouse" in suggested["suggestions"]
    assert "problem" in unknown


def answer(look_up: LookUp, **request: Any) -> dict[str, Any]:
    return look_up.answer(request)


def test_a_dictionary_of_another_script_judges_its_own_letters_only(tmp_path: Path) -> None:
    (tmp_path / "ru_RU.aff").write_text("SET UTF-8\n", "utf-8")
    (tmp_path / "ru_RU.dic").write_text("2\nмаяк\nморе\n", "utf-8")
    look_up = LookUp()
    assert answer(look_up, check=["anything"]) == {"wrong": [], "right": ["anything"]}
    assert answer(look_up, load="ru_RU", folder=str(tmp_path)) == {"loaded": "ru_RU"}
    assert answer(look_up, check=["маяк", "майак", "lighthuose"])["wrong"] == ["майак"]


def test_a_dictionary_that_is_not_there_is_a_sentence_and_no_word_is_wrong(tmp_path: Path) -> None:
    look_up = LookUp()
    problem = answer(look_up, load="en_XX", folder=str(tmp_path))["problem"]
    assert "en_XX" in problem
    assert str(tmp_path) in problem
    assert answer(look_up, check=["lighthuose"])["wrong"] == []
    assert answer(look_up, suggest="lighthuose")["suggestions"] == []
