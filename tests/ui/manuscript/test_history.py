import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.ui.manuscript import history as history_module
from longwriter_desktop.ui.manuscript.fields import Change, FieldKey, text_key
from longwriter_desktop.ui.manuscript.history import CHARACTERS_LIMIT, Deed, History, Origin

A, B = text_key("a"), text_key("b")


def undo(history: History) -> list[Change]:
    step = history.undo()
    return [] if step is None else step.inverse


def typed(history: History, key: FieldKey, at: int, text: str) -> None:
    for number, letter in enumerate(text):
        history.record(Origin.TYPED, [Change(key, at + number, "", letter)])


def test_a_run_of_typing_is_one_step_and_a_sentence_ends_it() -> None:
    history = History()
    typed(history, A, 0, "One. Two")
    assert undo(history) == [Change(A, 5, "Two", "")]
    assert undo(history) == [Change(A, 0, "One. ", "")]
    assert not history.can_undo()


def test_typing_at_the_same_place_of_another_field_is_a_step_of_its_own() -> None:
    history = History()
    typed(history, A, 0, "ab")
    typed(history, B, 2, "c")
    assert undo(history) == [Change(B, 2, "c", "")]
    assert undo(history) == [Change(A, 0, "ab", "")]


def test_backspaces_are_one_step() -> None:
    history = History()
    history.record(Origin.TYPED, [Change(A, 2, "c", "")])
    history.record(Origin.TYPED, [Change(A, 1, "b", "")])
    assert undo(history) == [Change(A, 1, "", "bc")]


def test_what_streams_in_elsewhere_does_not_break_typing_into_pieces() -> None:
    history = History()
    for number in range(5):
        typed(history, A, number, "x")
        history.record(Origin.GENERATED, [Change(B, 2 * number, "", "ge")])
    assert undo(history) == [Change(A, 0, "xxxxx", "")]
    assert undo(history) == [Change(B, 0, "gegegegege", "")]


def test_while_the_writer_writes_what_the_person_did_meanwhile_is_undone_first() -> None:
    history = History()
    typed(history, B, 0, "old")
    history.set_writing(True)
    typed(history, A, 0, "person")
    history.record(Origin.GENERATED, [Change(B, 3, "", "generated")])
    assert undo(history) == [Change(A, 0, "person", "")]
    assert undo(history) == [Change(B, 3, "generated", "")]
    assert undo(history) == [Change(B, 0, "old", "")]


def test_after_the_writer_has_ended_what_came_last_is_undone_first() -> None:
    history = History()
    history.set_writing(True)
    typed(history, A, 0, "person")
    history.record(Origin.GENERATED, [Change(B, 0, "", "generated")])
    history.set_writing(False)
    assert undo(history) == [Change(B, 0, "generated", "")]


def test_each_generated_paragraph_is_one_step_however_its_text_arrives() -> None:
    history = History()
    at = 0
    for piece in ("One.", "\n", "\nTw", "o", " and more.\n\n", "Three.\n\nFour"):
        history.record(Origin.GENERATED, [Change(A, at, "", piece)])
        at += len(piece)
    assert undo(history) == [Change(A, 27, "\n\nFour", "")]
    assert undo(history) == [Change(A, 19, "\n\nThree.", "")]
    assert undo(history) == [Change(A, 4, "\n\nTwo and more.", "")]
    assert undo(history) == [Change(A, 0, "One.", "")]


def test_what_the_writer_takes_back_over_several_paragraphs_is_out_of_their_steps() -> None:
    history = History()
    history.record(Origin.GENERATED, [Change(A, 0, "", "One.\n\nTwo.\n\nThree.")])
    history.record(Origin.GENERATED, [Change(A, 3, ".\n\nTwo.\n\nThree.", "")])
    assert undo(history) == [Change(A, 0, "One", "")]
    assert not history.can_undo()


def test_after_a_pause_typing_is_a_step_of_its_own() -> None:
    history = History()
    typed(history, A, 0, "ab")
    history.end_typing()
    typed(history, A, 2, "c")
    assert undo(history) == [Change(A, 2, "c", "")]


def test_old_steps_go_when_the_texts_in_them_grow_large() -> None:
    history = History()
    half = "x" * (CHARACTERS_LIMIT // 2)
    for key in (A, B, A):
        history.record(Origin.PERSON, [Change(key, 0, "", half)])
    assert undo(history)[0].field == A
    assert undo(history)[0].field == B
    assert not history.can_undo()


def test_old_steps_go_when_what_streams_in_has_grown_large() -> None:
    history = History()
    typed(history, A, 0, "x")
    history.record(Origin.GENERATED, [Change(B, 0, "", "y")])
    history.record(Origin.GENERATED, [Change(B, 1, "", "y" * CHARACTERS_LIMIT)])
    history.record(Origin.PERSON, [Change(A, 9, "", "z")])
    assert undo(history) == [Change(A, 9, "z", "")]
    assert not history.can_undo()


def test_at_most_so_many_steps_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_module, "LIMIT", 40)
    history = History()
    for _ in range(90):
        history.record(Origin.PERSON, [Change(A, 0, "", "x")])
    taken = 0
    while history.undo() is not None:
        taken += 1
    assert taken == 40


def test_a_certain_deed_is_undone_where_only_other_fields_have_changed_since() -> None:
    def nothing(document: Document) -> Document:
        return document

    history = History()
    one, other = Deed("One", nothing, nothing), Deed("Other", nothing, nothing)
    history.record_deed(one, {A})
    typed(history, B, 0, "x")
    history.record_deed(other, ())
    assert history.undo_deed(one) is None
    assert history.undo_deed(other) is not None
    assert history.undo_deed(one) is not None
    history.record_deed(one, {B})
    typed(history, B, 0, "x")
    assert history.undo_deed(one) is None


def test_clearing_writing_and_taking_back_are_one_step() -> None:
    history = History()
    history.record(Origin.GENERATED, [Change(A, 0, "old", "")])
    history.record(Origin.GENERATED, [Change(A, 0, "", "new text")])
    history.record(Origin.GENERATED, [Change(A, 3, " text", "")])
    assert undo(history) == [Change(A, 0, "new", "old")]


def test_each_run_of_the_writer_is_a_step_of_its_own() -> None:
    history = History()
    history.record(Origin.GENERATED, [Change(A, 0, "", "one")])
    history.seal(A)
    history.record(Origin.GENERATED, [Change(A, 3, "", "two")])
    assert undo(history) == [Change(A, 3, "two", "")]


def test_a_step_of_two_fields_is_forgotten_with_one_of_them_and_takes_what_it_hides_along() -> None:
    history = History()
    typed(history, B, 0, "below")
    history.record(Origin.PERSON, [Change(A, 0, "", "x"), Change(B, 0, "below", "")])
    history.record(Origin.PERSON, [Change(B, 0, "", "above")])
    history.forget([A])
    assert undo(history) == [Change(B, 0, "above", "")]
    assert not history.can_undo()


def test_new_typing_ends_redo_and_generated_text_ends_it_for_its_own_field_only() -> None:
    history = History()
    typed(history, A, 0, "x")
    undo(history)
    history.record(Origin.GENERATED, [Change(B, 0, "", "g")])
    assert history.can_redo()
    history.record(Origin.GENERATED, [Change(A, 0, "", "g")])
    assert not history.can_redo()


@given(st.integers())
def test_every_undo_and_redo_finds_the_text_that_it_replaces(seed: int) -> None:
    chance = random.Random(seed)
    texts = {A: "first", B: "second"}
    history = History()
    history.set_writing(True)

    def make(changes: list[Change]) -> None:
        for change in changes:
            text, end = texts[change.field], change.at + len(change.removed)
            assert text[change.at : end] == change.removed
            texts[change.field] = text[: change.at] + change.inserted + text[end:]

    def replaced(key: FieldKey) -> Change:
        at = chance.randint(0, len(texts[key]))
        return Change(
            key, at, texts[key][at : at + chance.choice([0, 0, 1, 2])], chance.choice(["", "a", "b. ", "c\n\nd"])
        )

    for _ in range(60):
        match chance.choice(["type", "both", "generate", "cut", "outside", "undo", "redo", "seal", "forget"]):
            case "type":
                changes, origin = [replaced(chance.choice([A, B]))], Origin.TYPED
            case "both":
                changes, origin = [replaced(A), replaced(B)], Origin.PERSON
            case "generate":
                changes, origin = [Change(B, len(texts[B]), "", chance.choice(["g", "\n", "h\n\ni"]))], Origin.GENERATED
            case "cut":
                at = max(0, len(texts[B]) - chance.randint(1, 6))
                changes, origin = [Change(B, at, texts[B][at:], "")], Origin.GENERATED
            case "outside":
                changes, origin = [replaced(chance.choice([A, B]))], Origin.DOCUMENT
            case "undo":
                make(undo(history))
                continue
            case "redo":
                step = history.redo()
                make([] if step is None else step.changes)
                continue
            case "forget":
                history.forget([chance.choice([A, B])])
                continue
            case _:
                history.seal(B)
                history.set_writing(chance.choice([True, False]))
                continue
        make(changes)
        history.record(origin, changes)
