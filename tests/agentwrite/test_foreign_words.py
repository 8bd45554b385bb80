"""English words that a model puts into a Chinese text are noticed; what was asked for in English is not."""

import pytest

from longwriter_desktop.agentwrite.foreign_words import ForeignWords


def found(text: str, *given: str, start: int = 0) -> str | None:
    place = ForeignWords(given).look(text, start)
    return None if place is None else text[place:].strip()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("桑园路技术center的项目", "center的项目"),
        ("形成新的 encryption体制", "encryption体制"),
        ("员工提出了质疑。 they认为", "they认为"),
        ("实现个人价值的maximization。", "maximization。"),
    ],
)
def test_an_english_word_among_chinese_characters_is_found_where_it_begins(text: str, word: str) -> None:
    assert found(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "使用Python和iPhone的人",
        "LLL格与AOP的研究",
        "运行`pip`命令，然后看`center`的值。",
        "```\n打印center的值\n```\n",
        "访问example.com可以看到",
        "文件名是center_left的文件",
        "长度为ab的线段",
        "他住在桑园路技术cent",
        "He went to the center of town, 他说。",
    ],
)
def test_names_code_and_unfinished_words_are_let_be(text: str) -> None:
    assert found(text) is None


def test_words_of_the_instruction_are_meant_in_any_case() -> None:
    assert found("桑园路技术center的项目", "写一篇关于技术Center的文章") is None
    assert found("桑园路技术center的项目", "写一篇文章", start=9) is None


def test_what_is_let_stand_is_not_found_again() -> None:
    words = ForeignWords(())
    words.let_stand("桑园路技术center的项目", 5)
    assert words.look("另一个center的项目，和market的变化", 0) == "另一个center的项目，和market的变化".index("market")
