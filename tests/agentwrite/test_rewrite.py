"""A passage written anew: its length, its end, its marks, and what becomes of the document."""

from dataclasses import replace

import pytest

from longwriter_desktop.agentwrite.engine import Prompt, Sampling
from longwriter_desktop.agentwrite.passage import Passage, find_passage
from longwriter_desktop.agentwrite.rewrite import rewrite
from longwriter_desktop.agentwrite.rewrite_events import (
    WAYS,
    RewriteFinished,
    RewriteGrew,
    Wish,
    read_wish,
    record_rewrite,
)
from longwriter_desktop.document.counting import count_words
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Status
from longwriter_desktop.errors import InputProblem, PromptTooLong
from tests.agentwrite.fake_model import FakeModel, Speak, prose
from tests.agentwrite.prompt_templates import templates

PASSAGE = prose(2, 44)
BEFORE, AFTER = "The keeper climbed the stairs.", "Then he slept."


def document(passage: str = PASSAGE) -> Document:
    text = f"{BEFORE} {passage} {AFTER}"
    first = Section("Night", 60, text=text, complete=True, id="a")
    made = Document(instruction="Write about the sea", sections=(first, Section("Day", 60, text="Later on.", id="b")))
    return made.with_section(replace(made.section("b"), complete=True, basis=made.basis("b")))


def rewritten(
    wish: Wish, speak: Speak, *, passage: str = PASSAGE, sampling: Sampling | None = None, context_tokens: int = 10**6
) -> tuple[RewriteFinished, FakeModel]:
    text = document(passage)
    model = FakeModel(speak, context_tokens=context_tokens)
    found = find_passage(text.section("a"), passage)
    events = list(rewrite(text, found, wish, model, templates, sampling=sampling))
    last = events[-1]
    assert isinstance(last, RewriteFinished)
    assert any(isinstance(event, RewriteGrew) for event in events) or last.text == passage
    return last, model


def test_a_wish_is_read_from_what_a_person_types() -> None:
    assert read_wish(" Shorten ") == Wish("shorten")
    assert read_wish("tone: warm and quiet") == Wish("tone", "warm and quiet")
    assert read_wish("in the present tense") == Wish("own", "in the present tense")
    for nothing in ("", "  ", "tone:"):
        with pytest.raises(InputProblem):
            read_wish(nothing)


@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_question_holds_the_passage_what_stands_around_it_and_the_wish(how: str, language: str) -> None:
    text = replace(document(), language=language)
    wish = Wish(how, "solemn") if how in ("tone", "own") else Wish(how)  # type: ignore[arg-type]  # One of WAYS.
    model = FakeModel(lambda _prompt, _sampling: prose(3, 44))
    list(rewrite(text, find_passage(text.section("a"), PASSAGE), wish, model, templates))
    example_question, example_answer, question = (message.content for message in model.calls[0][0].messages)
    for part in (PASSAGE, BEFORE, AFTER, "Later on.", "Write about the sea", *([wish.words] if wish.words else [])):
        assert part in question
    assert "$" not in question + example_question + example_answer


@pytest.mark.parametrize(
    ("wish", "least", "most"),
    [
        (Wish("shorten"), 12, 33),
        (Wish("expand"), 70, 115),
        (Wish("rephrase"), 30, 62),
        (Wish("tone", "formal"), 30, 62),
    ],
)
@pytest.mark.parametrize("reply_words", [5, 25, 60, 400])
def test_its_length_is_steered_and_it_ends_with_a_sentence(wish: Wish, least: int, most: int, reply_words: int) -> None:
    def speak(prompt: Prompt, sampling: Sampling) -> str:
        return (" " if prompt.reply_prefix else "") + prose(sampling.seed + 1, reply_words)

    event, _model = rewritten(wish, speak, sampling=Sampling(seed=4))
    assert least <= count_words(event.text) <= most or reply_words == 5
    assert event.text.endswith(".")
    assert event.text.count("  ") == 0


def test_a_reply_that_is_too_short_is_gone_on_with() -> None:
    replies = iter([prose(5, 33), " " + prose(6, 33), " " + prose(7, 22)])
    event, model = rewritten(Wish("expand"), lambda _prompt, _sampling: next(replies))
    assert event.text == f"{prose(5, 33)} {prose(6, 33)} {prose(7, 22)}"
    assert [prompt.reply_prefix for prompt, _ in model.calls] == [
        "",
        prose(5, 33),
        f"{prose(5, 33)} {prose(6, 33)}",
    ]
    assert len({sampling.seed for _, sampling in model.calls}) == 3


def test_what_is_no_shorter_is_tried_again_and_given_up_in_the_end() -> None:
    replies = iter([prose(5, 80, sentence=80), prose(6, 20)])
    event, model = rewritten(Wish("shorten"), lambda _prompt, _sampling: next(replies))
    assert event.text == prose(6, 20)
    assert [prompt.reply_prefix for prompt, _ in model.calls] == ["", ""]
    event, _model = rewritten(Wish("shorten"), lambda _p, sampling: prose(sampling.seed, 80, sentence=80))
    assert (event.text, event.stop_reason) == (PASSAGE, "length")


def test_a_loop_is_cut_and_ends_it() -> None:
    sentence = "The lamp was lit again and the keeper climbed the long stair. "
    event, _model = rewritten(Wish("own", "more"), lambda _prompt, _sampling: prose(3, 22) + " " + sentence * 40)
    assert event.stop_reason == "repetition"
    assert event.text.startswith(prose(3, 22))
    assert event.text.count("climbed the long stair") <= 2


def test_labels_remarks_and_the_lines_of_the_question_are_no_text() -> None:
    def speak(_prompt: Prompt, _sampling: Sampling) -> str:
        return f"Sure, here is the new passage:\n\n{prose(3, 44)}\nThe passage:\n{prose(4, 44)}"

    event, _model = rewritten(Wish("rephrase"), speak)
    assert event.text == prose(3, 44)


def test_marks_at_the_edges_stay() -> None:
    event, model = rewritten(Wish("rephrase"), lambda _p, _s: prose(3, 44), passage=f"**{PASSAGE}**")
    assert event.text == f"**{prose(3, 44)}**"
    assert f"**{PASSAGE}" not in model.calls[0][0].messages[-1].content


def test_a_line_that_is_no_sentence_stays_one_line_and_gets_no_full_stop() -> None:
    text = document().with_text("a", f"{BEFORE}\n\n- a long way off\n\n{AFTER}")
    model = FakeModel(lambda _p, _s: "Far from every town.\nMore that nobody asked for.")
    found = find_passage(text.section("a"), "a long way off")
    event = list(rewrite(text, found, Wish("rephrase"), model, templates))[-1]
    assert isinstance(event, RewriteFinished)
    assert event.text == "far from every town"


# -- a part of a sentence --------------------------------------------------------------------------

SENTENCE = "Every evening the keeper climbed the long stair with a lamp in his hand and sang to himself."
PART = "climbed the long stair with a lamp in his hand"


def part_rewritten(wish: Wish, speak: Speak, *, part: str = PART) -> tuple[RewriteFinished, FakeModel, Document]:
    text = document().with_text("a", f"{BEFORE} {SENTENCE} {AFTER}")
    model = FakeModel(speak)
    events = list(rewrite(text, find_passage(text.section("a"), part), wish, model, templates))
    last = events[-1]
    assert isinstance(last, RewriteFinished)
    return last, model, text


@pytest.mark.parametrize("how", WAYS)
def test_a_part_is_written_as_the_end_of_its_sentence_up_to_what_stood_behind_it(how: str) -> None:
    wish = Wish(how, "solemn") if how in ("tone", "own") else Wish(how)  # type: ignore[arg-type]  # One of WAYS.
    new = (
        "went up" if how == "shorten" else "went slowly up to the light, a heavy lamp in one hand and oil in the other"
    )
    event, model, text = part_rewritten(wish, lambda _p, _s: f" {new} and sang to himself as ever. He slept.")
    prompt = model.calls[0][0]
    assert f"Every evening the keeper [{PART}] and sang to himself." in prompt.messages[-1].content
    assert prompt.reply_prefix == "Every evening the keeper"
    assert (event.text, event.passage, event.is_whole_sentence) == (new, event.asked, False)
    assert SENTENCE.replace(PART, new) in record_rewrite(text, event, 1.0).section("a").text


def test_a_part_that_is_said_again_is_tried_again_with_other_sampling_and_left_in_the_end() -> None:
    replies = iter([f" {PART} and sang to himself.", " went up with his lamp and sang to himself."])
    event, model, _text = part_rewritten(Wish("rephrase"), lambda _p, _s: next(replies))
    assert event.text == "went up with his lamp"
    first, second = (sampling for _, sampling in model.calls)
    assert second.temperature > first.temperature
    assert second.seed != first.seed
    assert (" climbed", -3.0) in second.logit_bias
    event, model, text = part_rewritten(Wish("rephrase"), lambda _p, _s: f" {PART} and sang to himself.")
    assert event.text == event.passage.text == PART
    assert record_rewrite(text, event, 1.0) is text


def test_where_no_other_part_fits_the_whole_sentence_is_offered() -> None:
    reply = " went up to the light with the old lamp, singing softly. Then he slept."
    event, _model, text = part_rewritten(Wish("rephrase"), lambda _p, _s: reply)
    assert event.is_whole_sentence
    assert (event.asked.text, event.passage.text) == (PART, SENTENCE)
    assert event.text == "Every evening the keeper went up to the light with the old lamp, singing softly."
    assert record_rewrite(text, event, 1.0).section("a").text == f"{BEFORE} {event.text} {AFTER}"


def test_a_sentence_that_has_lost_most_of_what_it_said_is_not_offered() -> None:
    event, _model, _text = part_rewritten(Wish("rephrase"), lambda _p, _s: " went up. Then he slept.")
    assert event.text == event.passage.text == PART


def test_brackets_are_marks_of_the_question_and_no_text() -> None:
    event, _model, _text = part_rewritten(
        Wish("rephrase"), lambda _p, _s: " [went up with his lamp] and sang to himself."
    )
    assert event.text == "went up with his lamp"


def test_the_end_of_a_sentence_keeps_its_full_stop_and_its_beginning_the_capital() -> None:
    event, _model, text = part_rewritten(
        Wish("rephrase"), lambda _p, _s: " whistled softly. More.", part="sang to himself."
    )
    assert event.text == "whistled softly."
    event, _model, text = part_rewritten(
        Wish("rephrase"), lambda _p, _s: "Each night the keeper climbed the long stair.", part="Every evening"
    )
    assert event.text == "Each night"
    assert f"{BEFORE} Each night the keeper climbed" in record_rewrite(text, event, 1.0).section("a").text


def test_a_part_of_a_chinese_sentence() -> None:
    text = Document(
        language="zh", sections=(Section("灯", 30, text="守塔人登上高塔，点亮了灯，然后才去睡觉。", id="a"),)
    )
    model = FakeModel(lambda _p, _s: "把灯一盏盏点起来，然后才去睡觉。")
    event = list(rewrite(text, find_passage(text.section("a"), "点亮了灯"), Wish("expand"), model, templates))[-1]
    assert isinstance(event, RewriteFinished)
    assert "守塔人登上高塔，【点亮了灯】，然后才去睡觉。" in model.calls[0][0].messages[-1].content
    assert event.text == "把灯一盏盏点起来"


def test_a_model_that_says_nothing_leaves_the_passage() -> None:
    event, _model = rewritten(Wish("shorten"), lambda _prompt, _sampling: "")
    assert event.text == PASSAGE
    assert record_rewrite(document(), event, 1.0) == document()


def test_less_of_the_text_around_is_given_where_there_is_no_room() -> None:
    text = document()
    text = text.with_text("a", f"{prose(8, 600)} {PASSAGE} {AFTER}")
    found = find_passage(text.section("a"), PASSAGE)
    model = FakeModel(lambda _p, _s: prose(3, 20), context_tokens=1000)
    event = list(rewrite(text, found, Wish("shorten"), model, templates))[-1]
    assert isinstance(event, RewriteFinished)
    sizes = [len(prompt.messages[-1].content) for prompt, _ in model.calls]
    assert sizes[0] > sizes[-1] > len(PASSAGE)
    with pytest.raises(PromptTooLong):
        list(rewrite(text, found, Wish("shorten"), FakeModel(lambda _p, _s: "", context_tokens=100), templates))


def test_taking_it_puts_it_in_place_and_keeps_both_texts_as_versions() -> None:
    event, _model = rewritten(Wish("shorten"), lambda _p, _s: prose(3, 22), sampling=Sampling(seed=9))
    before = document()
    after = record_rewrite(before, event, 50.0)
    section = after.section("a")
    assert section.text == f"{BEFORE} {event.text} {AFTER}"
    assert section.complete
    assert [version.text for version in section.versions] == [before.section("a").text, section.text]
    assert [version.origin for version in section.versions] == ["edited", "generated"]
    assert (section.versions[1].seed, section.versions[1].direction) == (9, "shorten")
    assert after.statuses()["b"] is Status.STALE


def test_it_goes_where_the_passage_stands_now_and_nowhere_when_it_is_gone() -> None:
    event, _model = rewritten(Wish("shorten"), lambda _p, _s: prose(3, 22))
    moved = document().with_text("a", f"First of all. {document().section('a').text}")
    assert record_rewrite(moved, event, 1.0).section("a").text == f"First of all. {BEFORE} {event.text} {AFTER}"
    gone = document().with_text("a", "Something else.")
    assert record_rewrite(gone, event, 1.0) is gone
    locked = document().with_section(replace(document().section("a"), locked=True))
    assert record_rewrite(locked, event, 1.0) is locked
    without = document().deleted("a")
    assert record_rewrite(without, event, 1.0) is without


def test_a_locked_section_and_a_passage_without_words_are_refused() -> None:
    text = document()
    locked = text.with_section(replace(text.section("a"), locked=True))
    model = FakeModel(lambda _p, _s: "")
    with pytest.raises(InputProblem, match="locked"):
        list(rewrite(locked, Passage("a", 0, BEFORE), Wish("shorten"), model, templates))
    with pytest.raises(InputProblem, match="no words"):
        list(rewrite(text, Passage("a", len(BEFORE), " "), Wish("shorten"), model, templates))
