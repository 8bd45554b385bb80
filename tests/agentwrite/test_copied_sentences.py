"""Sentences taken from the text above are noticed; what only resembles them is not."""

from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.copied_sentences import CopiedSentences

ABOVE = (
    "Ada froze in place, feeling a chill run down her spine. She tried to ignore the ghost, but it followed her home. "
    "The next day she saw it again, this time carrying a lamp and a book."
)
NEW = "On the third evening Ada took the lantern and went down to the harbour alone. "


def found(text: str, start: int = 0, earlier: tuple[str, ...] = (ABOVE,)) -> str | None:
    place = CopiedSentences(earlier, text[:start], start).look(text)
    return None if place is None else text[place:].strip()


def test_a_sentence_of_an_earlier_section_is_found_where_it_begins() -> None:
    copied = "Ada froze in place, feeling a chill run down her spine. Then"
    assert found(NEW + copied) == copied


def test_a_copy_is_known_by_its_letters_whatever_was_done_to_dodge_it() -> None:
    for dodged in (
        "ada Froze in place, feelinga chill run down herspine. Then",
        "Ada froze in place — feeling a Chill, run down her spine! Then",
        "And Ada froze in place, feeling a chill run down his spine. Then",
    ):
        assert found(NEW + dodged) == dodged


def test_a_sentence_of_the_same_section_counts_too() -> None:
    assert found(NEW + "Nobody saw her go. " + NEW + "Then", earlier=()) == NEW + "Then"


def test_short_sentences_may_come_again() -> None:
    assert found("Ada said nothing at all. " * 6, earlier=()) is None


def test_a_sentence_with_some_words_of_another_is_no_copy() -> None:
    assert (
        found("Carrying a lamp and a book, she climbed the long stairs to the lighthouse keeper's room. Then") is None
    )


def test_a_sentence_is_looked_at_only_when_it_is_finished() -> None:
    assert found("Ada froze in place, feeling a chill run down her spine") is None


def test_what_the_person_wrote_is_never_a_copy_but_can_be_copied() -> None:
    own = "Ada froze in place, feeling a chill run down her spine. "
    assert found(own + "Then", start=len(own)) is None
    assert found(own + own + "Then", start=len(own), earlier=()) == own + "Then"


def test_code_and_tables_repeat_by_their_nature() -> None:
    code = "```\nfrom the_library_of_things import everything_that_is_needed.here\n```\n"
    row = "| one long row of a table that stands. here twice | and so on and so on |\n"
    assert found(code + code + row + row + "x", earlier=()) is None


EXAMPLE = """```java
@Aspect
public class LoggingAspect {
    long startTime = System.currentTimeMillis();
    Object result = joinPoint.proceed();
    return result;
}
```
"""


def test_a_block_of_code_that_stood_above_is_found_with_the_line_that_leads_to_it() -> None:
    again = "Here is an example of how to define an aspect:\n\n" + EXAMPLE
    began = NEW + "\n\n" + again
    assert found("An aspect may look like this:\n\n" + EXAMPLE + began, earlier=()) == again.strip()
    assert found(began, earlier=("An aspect may look like this:\n\n" + EXAMPLE,)) == again.strip()


def test_an_example_that_is_shown_again_with_changes_is_no_copy() -> None:
    changed = EXAMPLE.replace("currentTimeMillis", "nanoTime").replace("proceed", "proceedQuietly")
    short = "```sh\npip install it\nit --help\n```\n"
    assert found("First:\n\n" + EXAMPLE + "\nThen, by and by:\n\n" + changed + "x", earlier=()) is None
    assert found("First:\n\n" + short + "\nThen, by and by:\n\n" + short + "x", earlier=()) is None


def test_a_long_turn_of_phrase_within_new_words_is_found_from_its_clause_on() -> None:
    above = "He found joy in simple pleasures such as playing outside and spending time with loved ones."
    began, copied = NEW, "For all her money she wanted simple pleasures such as playing outside and spending time"
    assert found(began + copied, earlier=(above,)) == copied
    assert (
        found(began + "For all her money she wanted simple pleasures such as a walk outside", earlier=(above,)) is None
    )
    above = "企业文化的影响主要体现在以下几个方面：员工、产品和市场。"
    assert found("清晨很安静。品牌的优势主要体现在以下几个方面", earlier=(above,)) == "品牌的优势主要体现在以下几个方面"
    assert found("清晨很安静。品牌的优势主要体现在服务上", earlier=(above,)) is None


def test_what_is_let_stand_is_not_found_again_but_can_be_copied() -> None:
    above = "Ada froze in place, feeling a chill run down her spine. "
    copies = CopiedSentences((above,), "", 0)
    text = NEW + above + "Then"
    assert copies.look(text) is not None
    copies.let_stand(text)
    assert copies.look(text + " she ran home. Here") is None
    assert copies.look(text + " she ran home. Here " + above + "Then") is not None


def test_what_was_cut_off_is_no_longer_known_and_what_stands_still_is() -> None:
    once = "Ada froze in place, feeling a chill run down her spine. "
    copies = CopiedSentences((), "", 0)
    assert copies.look(NEW + once + "Then") is None
    copies.cut(len(NEW))
    assert copies.look(NEW + once + "Then") is None
    assert copies.look(NEW + once + NEW + "Then") == len(NEW + once.rstrip())
    copies.cut(len(NEW + once))
    assert copies.look(NEW + once + once + "Then") == len(NEW + once.rstrip())


def test_what_was_let_stand_and_then_cut_off_is_looked_at_when_it_comes_again() -> None:
    above = "Ada froze in place, feeling a chill run down her spine. "
    copies = CopiedSentences((above,), "", 0)
    copies.let_stand(NEW + above)
    copies.cut(len(NEW))
    assert copies.look(NEW + above + "Then") == len(NEW)


def test_a_letter_that_has_no_small_form_of_its_own_hides_no_copy() -> None:
    above = "He found joy in simple pleasures such as playing outside and spending time with loved ones."
    copied = "In Weißenburg he wanted simple pleasures such as playing outside and spending time"
    assert found(NEW + copied, earlier=(above,)) == copied


def test_chinese_is_compared_by_characters() -> None:
    above = "茶馆里的人们常常坐在一起谈论当天的新闻和各自的生活。"
    assert found("清晨的街道很安静。" + above + "后来", earlier=(above,)) == above + "后来"
    assert found("茶馆里的人很多，可是今天谁也不想谈论新闻，大家都在等雨停。后来", earlier=(above,)) is None


def test_a_clause_of_an_earlier_sentence_is_found_where_it_begins() -> None:
    earlier = ("The ghost came back, this time carrying a lamp and a heavy book.",)
    began, copied = (
        NEW + "On Sunday it came again, as it always did, ",
        "this time carrying a lamp and a heavy book, and",
    )
    assert found(began + copied, earlier=earlier) == copied
    assert found(began + "this time with neither a lamp nor its book, and", earlier=earlier) is None


def test_a_clause_is_found_before_its_sentence_is_finished_and_at_its_end() -> None:
    above = "总的来说，这次会议的成功召开体现了公司在技术改造方面的努力和承诺。"
    clause = "这次会议的成功召开体现了公司在技术方面的努力，"
    assert found("经过三天的讨论，" + clause + "并", earlier=(above,)) == clause + "并"
    assert found("经过三天的讨论，" + clause + "并且很好。后", earlier=(above,)) == clause + "并且很好。后"
    assert found("经过三天的讨论，大家决定明年春天再开一次会，", earlier=(above,)) is None


def test_short_clauses_are_taken_together() -> None:
    above = "They packed the boat with rope, tar, nails, lamps, salt, flour, and three barrels of dry fish for the way."
    listed = "rope, tar, nails, lamps, salt, flour, and three barrels of dry fish, and"
    assert found("He bought lamps, salt, flour, tea, and", earlier=(above,)) is None
    assert found("The old captain then bought with his own money " + listed, earlier=(above,)) is not None


def test_names_of_the_instruction_and_the_plan_are_no_copies() -> None:
    name = "股份市政公司在桑园路技术改造项目"
    earlier = (f"{name}，于去年开工。",)
    assert CopiedSentences(earlier, "", 0).look(f"专家们参观了工地，{name}，非常") is not None
    assert CopiedSentences(earlier, "", 0, (f"写一篇关于{name}的报告",)).look(f"专家们参观了工地，{name}，非常") is None


@given(st.lists(st.text("abcdefghij ,", min_size=5, max_size=60), min_size=1, max_size=8), st.data())
def test_what_is_found_does_not_depend_on_how_the_text_arrives(sentences: list[str], data: st.DataObject) -> None:
    text = ". ".join(sentences) + ". " + data.draw(st.sampled_from((ABOVE, ABOVE[90:]))) + " End"
    whole = CopiedSentences((ABOVE,), "", 0).look(text)
    growing = CopiedSentences((ABOVE,), "", 0)
    place, seen = None, 0
    while place is None and seen < len(text):
        seen = data.draw(st.integers(seen + 1, len(text)))
        place = growing.look(text[:seen])
    assert place == whole
