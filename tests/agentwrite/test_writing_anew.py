"""What the writer takes back and has written anew: loops, copies of what stands above, words of another language."""

from dataclasses import replace

from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.agentwrite.events import (
    TextCut,
    WritingFinished,
)
from tests.agentwrite.fake_model import FakeModel, prose
from tests.agentwrite.writing_desk import Desk, uneven


def test_a_sentence_may_come_again_where_the_first_one_was_cut_off() -> None:
    """One of 300 words is taken back again and again, at last with the sentence before it: that is no copy then."""
    short = prose(1, 171, 19) + " "
    asked: list[float] = []

    def endless(prompt: Prompt, sampling: Sampling) -> str:
        asked.append(sampling.temperature)
        stands = next(length for length in range(len(short), -1, -1) if prompt.reply_prefix.endswith(short[:length]))
        return short[stands:] + prose(sampling.seed, 300, 300)

    desk = Desk(200, 200)
    desk.run(FakeModel(endless), sections=["a"], layout="continuous")
    assert len(asked) > 4
    assert set(asked) == {Sampling().temperature}


def test_a_loop_is_cut_and_the_section_goes_on_differently() -> None:
    desk = Desk(200)

    def looping(prompt: Prompt, sampling: Sampling) -> str:
        if sampling.temperature > Sampling().temperature:
            return " " + prose(sampling.seed, 900)
        return prose(1, 44) + " and the sea came in again" * 60

    desk.run(FakeModel(looping))
    assert desk.text("a").count("the sea came in again") <= 1
    assert desk.document.section("a").complete
    assert desk.document.section("a").words >= 180
    assert any(isinstance(event, TextCut) for event in desk.events)


def test_after_a_loop_in_what_was_added_the_text_goes_on_in_a_new_paragraph() -> None:
    desk = Desk(300)

    def looping_when_asked_for_more(prompt: Prompt, sampling: Sampling) -> str:
        if "more" not in prompt.messages[-1].content:
            return prose(5, 100)
        if sampling.temperature > Sampling().temperature:
            return prose(sampling.seed, 900)
        return "and the sea came in again " * 60

    desk.run(FakeModel(looping_when_asked_for_more))
    text = desk.text("a")
    assert text.startswith(prose(5, 100) + "\n\n")
    assert text[len(prose(5, 100)) + 2].isalpha()


def test_a_sentence_of_an_earlier_section_is_written_anew() -> None:
    copied = "The keeper of the lighthouse counted the ships that passed the reef at night. "
    asked: list[float] = []

    def copying(prompt: Prompt, sampling: Sampling) -> str:
        asked.append(sampling.temperature)
        return prose(sampling.seed, 60) + " " + copied + prose(sampling.seed + 1, 300)

    desk = Desk(200, 200, 200)
    desk.run(FakeModel(copying))
    texts = [section.text for section in desk.document.sections]
    assert sum(text.count(copied.strip()) for text in texts) == 1
    assert all(abs(section.words - 200) <= 20 for section in desk.document.sections)
    assert max(asked) > Sampling().temperature


def test_a_model_that_only_copies_still_fills_its_section() -> None:
    sentence = "The keeper of the lighthouse counted the ships that passed the reef at night. "

    def copying(prompt: Prompt, sampling: Sampling) -> str:
        return "".join(f"{prose(sampling.seed + number, 12)} {sentence}" for number in range(40))

    desk = Desk(200)
    desk.run(FakeModel(copying))
    section = desk.document.section("a")
    assert section.complete
    assert abs(section.words - 200) <= 20


def test_a_section_that_the_text_above_draws_into_a_loop_goes_on_without_it_in_view() -> None:
    above = prose(3, 200)
    in_view: list[bool] = []

    def drawn(prompt: Prompt, sampling: Sampling) -> str:
        asked = prompt.messages[-1].content + prompt.reply_prefix
        in_view.append(above[:80] in asked)
        return " " + "the sea came in again and " * 100 if in_view[-1] else " " + prose(sampling.seed, 300)

    desk = Desk(200, 200, 200)
    desk.document = desk.document.with_text("a", above)
    desk.document = desk.document.with_section(replace(desk.document.section("a"), complete=True))
    desk.run(FakeModel(drawn))
    written = desk.document.section("b")
    assert in_view[0]
    assert not in_view[-1]
    assert written.stop_reason == "target"
    assert abs(written.words - 200) <= 20
    assert written.text.count("the sea came in again") <= 1


def test_a_model_that_only_loops_is_given_up_and_said_so() -> None:
    desk = Desk(200, 200)
    desk.run(FakeModel(lambda _prompt, _sampling: "the sea came in again and " * 300))
    assert desk.document.section("a").stop_reason == "repetition"
    assert isinstance(desk.events[-1], WritingFinished)


def test_an_english_word_in_a_chinese_text_is_written_again_without_what_drove_the_model_to_it() -> None:
    def driven(prompt: Prompt, sampling: Sampling) -> str:
        if not sampling.dry_multiplier:
            return "中心，"
        return uneven(sampling.seed, "zh")[:60] + "我们去了技术center的大楼。" + uneven(sampling.seed + 1, "zh")

    desk = Desk(300, language="zh")
    desk.run(FakeModel(driven))
    text = desk.text("a")
    assert "技术中心" in text
    assert "center" not in text
    assert abs(desk.document.words - 300) <= 30


def test_an_english_word_that_comes_again_is_meant() -> None:
    def insisting(prompt: Prompt, sampling: Sampling) -> str:
        return (
            ("" if sampling.dry_multiplier else "center，") + "我们去了技术center的大楼。" + uneven(sampling.seed, "zh")
        )

    desk = Desk(300, language="zh")
    desk.run(FakeModel(insisting))
    assert "center" in desk.text("a")
    assert abs(desk.document.words - 300) <= 30
