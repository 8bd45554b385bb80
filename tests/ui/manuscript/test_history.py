import random

from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.ui.manuscript.fields import Change, FieldKey, text_key
from longwriter_desktop.ui.manuscript.history import History, Origin

A, B = text_key("a"), text_key("b")


def typed(history: History, key: FieldKey, at: int, text: str) -> None:
    for number, letter in enumerate(text):
        history.record(Origin.TYPED, [Change(key, at + number, "", letter)])


def test_a_run_of_typing_is_one_step_and_a_sentence_ends_it() -> None:
    history = History()
    typed(history, A, 0, "One. Two")
    assert history.undo() == [Change(A, 5, "Two", "")]
    assert history.undo() == [Change(A, 0, "One. ", "")]
    assert not history.can_undo()


def test_typing_at_the_same_place_of_another_field_is_a_step_of_its_own() -> None:
    history = History()
    typed(history, A, 0, "ab")
    typed(history, B, 2, "c")
    assert history.undo() == [Change(B, 2, "c", "")]
    assert history.undo() == [Change(A, 0, "ab", "")]


def test_backspaces_are_one_step() -> None:
    history = History()
    history.record(Origin.TYPED, [Change(A, 2, "c", "")])
    history.record(Origin.TYPED, [Change(A, 1, "b", "")])
    assert history.undo() == [Change(A, 1, "", "bc")]


def test_what_streams_in_elsewhere_does_not_break_typing_into_pieces() -> None:
    history = History()
    for number in range(5):
        typed(history, A, number, "x")
        history.record(Origin.GENERATED, [Change(B, 2 * number, "", "ge")])
    assert history.undo() == [Change(A, 0, "xxxxx", "")]
    assert history.undo() == [Change(B, 0, "gegegegege", "")]


def test_text_that_is_being_generated_cannot_be_undone_but_older_steps_elsewhere_can() -> None:
    history = History()
    typed(history, B, 0, "old")
    typed(history, A, 0, "person")
    history.record(Origin.GENERATED, [Change(B, 3, "", "generated")])
    assert history.undo({B}) == [Change(A, 0, "person", "")]
    assert not history.can_undo({B})
    assert history.can_undo()


def test_clearing_writing_and_taking_back_are_one_step() -> None:
    history = History()
    history.record(Origin.GENERATED, [Change(A, 0, "old", "")])
    history.record(Origin.GENERATED, [Change(A, 0, "", "new text")])
    history.record(Origin.GENERATED, [Change(A, 3, " text", "")])
    assert history.undo() == [Change(A, 0, "new", "old")]


def test_each_run_of_the_writer_is_a_step_of_its_own() -> None:
    history = History()
    history.record(Origin.GENERATED, [Change(A, 0, "", "one")])
    history.seal(A)
    history.record(Origin.GENERATED, [Change(A, 3, "", "two")])
    assert history.undo() == [Change(A, 3, "two", "")]


def test_a_step_of_two_fields_is_forgotten_with_one_of_them_and_takes_what_it_hides_along() -> None:
    history = History()
    typed(history, B, 0, "below")
    history.record(Origin.PERSON, [Change(A, 0, "", "x"), Change(B, 0, "below", "")])
    history.record(Origin.PERSON, [Change(B, 0, "", "above")])
    history.forget([A])
    assert history.undo() == [Change(B, 0, "above", "")]
    assert not history.can_undo()


def test_new_typing_ends_redo_and_generated_text_ends_it_for_its_own_field_only() -> None:
    history = History()
    typed(history, A, 0, "x")
    history.undo()
    history.record(Origin.GENERATED, [Change(B, 0, "", "g")])
    assert history.can_redo()
    history.record(Origin.GENERATED, [Change(A, 0, "", "g")])
    assert not history.can_redo()


@given(st.integers())
def test_every_undo_and_redo_finds_the_text_that_it_replaces(seed: int) -> None:
    chance = random.Random(seed)
    texts = {A: "first", B: "second"}
    history, busy = History(), {B}

    def make(changes: list[Change]) -> None:
        for change in changes:
            text, end = texts[change.field], change.at + len(change.removed)
            assert text[change.at : end] == change.removed
            texts[change.field] = text[: change.at] + change.inserted + text[end:]

    def replaced(key: FieldKey) -> Change:
        at = chance.randint(0, len(texts[key]))
        return Change(key, at, texts[key][at : at + chance.choice([0, 0, 1, 2])], chance.choice(["", "a", "b. "]))

    for _ in range(60):
        match chance.choice(["type", "both", "generate", "cut", "outside", "undo", "redo", "seal", "forget"]):
            case "type":
                changes, origin = [replaced(chance.choice([A, B]))], Origin.TYPED
            case "both":
                changes, origin = [replaced(A), replaced(B)], Origin.PERSON
            case "generate":
                changes, origin = [Change(B, len(texts[B]), "", "g")], Origin.GENERATED
            case "cut":
                changes, origin = [Change(B, max(0, len(texts[B]) - 1), texts[B][-1:], "")], Origin.GENERATED
            case "outside":
                changes, origin = [replaced(chance.choice([A, B]))], Origin.DOCUMENT
            case "undo":
                make(history.undo(busy))
                continue
            case "redo":
                make(history.redo())
                continue
            case "forget":
                history.forget([chance.choice([A, B])])
                continue
            case _:
                history.seal(B)
                busy = chance.choice([set(), {B}])
                continue
        make(changes)
        history.record(origin, changes)
