import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.errors import PromptTooLong
from longwriter_desktop.ui.core_sentences import SENTENCES
from longwriter_desktop.ui.sentences import Sentences

CORE = Sentences(str(each) for each in SENTENCES)
FIELD = re.compile(r"\{[a-z_0-9]*\}")
names = st.text("abcdeXYZ0123456789/灯塔_-é", min_size=1, max_size=12)


def marked(text: str) -> str:
    return f"«{text}»"


@settings(max_examples=100)
@given(st.sampled_from([str(each).strip() for each in SENTENCES]), st.lists(names, min_size=8, max_size=8))
def test_whatever_stands_in_its_fields_a_sentence_is_known_again(template: str, values: list[str]) -> None:
    fill = iter(values)
    sentence = FIELD.sub(lambda _: next(fill), template)
    assert CORE.translated(sentence, lambda each: each).rstrip(".。") == sentence.rstrip(".")
    found = CORE.translated(sentence, marked)
    assert found.startswith("«")
    assert "»" in found


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_any_text_at_all_can_be_asked_for(text: str) -> None:
    assert isinstance(CORE.translated(text, marked), str)


def test_values_are_put_where_the_translation_wants_them() -> None:
    sentences = Sentences(["{0} of {1} could be read, {2} {3}", "words"])
    wanted = {"{0} of {1} could be read, {2} {3}": "{3}{2}，{1}中读取{0}", "words": "字"}
    assert sentences.translated("3 of 4 could be read, 900 words", lambda each: wanted[each]) == "字900，4中读取3"


def test_a_sentence_inside_another_ones_field_is_translated_too() -> None:
    sentences = Sentences(["The document could not be saved: {0}", "“{0}” is on a full disk."])
    said = "The document could not be saved: “a. b” is on a full disk."
    assert sentences.translated(said, marked) == "«The document could not be saved: «“a. b” is on a full disk.»»"


def test_names_in_quotation_marks_stay_as_they_are_even_where_they_look_like_a_sentence() -> None:
    sentences = Sentences(["“{0}” is a folder.", "Nothing was moved.", "{0} is gone."])
    assert sentences.translated("“Nothing was moved.” is a folder.", marked) == "«“Nothing was moved.” is a folder.»"
    assert sentences.translated("Nothing was moved. is gone.", marked) == "««Nothing was moved.» is gone.»"


def test_of_several_sentences_each_is_translated_and_the_unknown_ones_stay() -> None:
    sentences = Sentences(["The disk is full.", "Try again in {0} minutes."])
    wanted = {"The disk is full.": "磁盘已满。", "Try again in {0} minutes.": "请在 {0} 分钟后重试。"}
    said = "The disk is full. Nobody knows this one. Try again in 5 minutes."
    assert sentences.translated(said, lambda each: wanted[each]) == (
        "磁盘已满。Nobody knows this one. 请在 5 分钟后重试。"
    )


def test_a_sentence_that_was_put_together_from_clauses_is_translated_clause_by_clause() -> None:
    sentences = Sentences(["{0} could be read", "; {0} more in backups"])
    wanted = {"{0} could be read": "可读取 {0}", "; {0} more in backups": "；另有 {0} 在备份中"}
    assert sentences.translated("3 could be read; 2 more in backups.", lambda each: wanted[each]) == (
        "可读取 3；另有 2 在备份中。"
    )


def test_two_fields_side_by_side_are_parted_between_sentences() -> None:
    sentences = Sentences(["It failed. {0} {1}", "The file is whole.", "Try once more."])
    said = "It failed. The file is whole. Try once more."
    assert sentences.translated(said, marked) == "«It failed. «The file is whole.» «Try once more.»»"


@pytest.mark.parametrize("sentence", [str(PromptTooLong(9_000, 1_200, 8_192)), "Nothing was deleted."])
def test_sentences_of_the_core_are_among_the_templates(sentence: str) -> None:
    assert CORE.translated(sentence, marked).startswith("«")
