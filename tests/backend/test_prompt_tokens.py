import re
from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.backend.prompt_tokens import SpecialToken, tokenize_prompt
from longwriter_desktop.backend.turn_templates import Part


class Words:
    """A vocabulary whose tokens are words with the space before them; ids are given out as they come."""

    def __init__(self, *, adds_bos: bool = True) -> None:
        self.bos = 0
        self.adds_bos = adds_bos
        self._texts = ["", "", ""]
        self.special: Mapping[str, SpecialToken] = {
            "<s>": SpecialToken(0),
            "<u>": SpecialToken(1),
            "<e>": SpecialToken(2),
        }

    def tokenize(self, text: str, *, continuing: bool = False) -> list[int]:
        return [self.token(word) for word in re.findall(r"\s?\S+|\s", text)]

    def token(self, text: str) -> int:
        if text not in self._texts[3:]:
            self._texts.append(text)
        return self._texts.index(text, 3)

    def piece(self, token: int) -> bytes:
        return self._texts[token].encode()


def _spelled(words: Words, tokens: list[int]) -> list[str]:
    names = {special.token: name for name, special in words.special.items()}
    return [names.get(token) or words.piece(token).decode() for token in tokens]


def test_special_tokens_are_read_in_the_template_and_never_in_a_message() -> None:
    words = Words()
    cut = tokenize_prompt([Part("<u>", "template"), Part("a <e> b", "content"), Part("<e>", "template")], words, [])
    assert _spelled(words, cut.tokens) == ["<s>", "<u>", "a", " <e>", " b", "<e>"]
    assert cut.tokens.count(2) == 1


def test_there_is_one_bos_whether_or_not_the_template_has_it() -> None:
    words = Words()
    for template in ("<u>", "<s><u>", "<s><s><u>"):
        assert tokenize_prompt([Part(template, "template")], words, []).tokens == [0, 1]
    assert tokenize_prompt([Part("<u>", "template")], Words(adds_bos=False), []).tokens == [1]


def test_a_message_and_the_template_around_it_are_cut_as_one_run() -> None:
    words = Words()
    parts = [Part("<u>[IN", "template"), Part("ST", "content"), Part("] x", "template")]
    assert _spelled(words, tokenize_prompt(parts, words, []).tokens) == ["<s>", "<u>", "[INST]", " x"]


def test_a_reply_begins_with_a_token_of_its_own() -> None:
    words = Words()
    cut = tokenize_prompt([Part("<u>[/INST]", "template"), Part("Yes", "reply")], words, [])
    assert _spelled(words, cut.tokens) == ["<s>", "<u>", "[/INST]", "Yes"]
    assert cut.reply_tokens == 1


def test_the_tokens_that_the_model_wrote_are_taken_for_their_text() -> None:
    words = Words()
    before = [0, 1]
    written = [words.token(text) for text in (" Ro", "me", " was", " built")]
    cut = tokenize_prompt([Part("<u>", "template"), Part(" Rome was built", "reply")], words, [*before, *written])
    assert cut.tokens == [*before, *written]


def test_after_an_edit_the_tokens_before_the_changed_word_are_kept() -> None:
    words = Words()
    written = [words.token(text) for text in (" Ro", "me", " was", " bu", "ilt")]
    cut = tokenize_prompt([Part("<u>", "template"), Part(" Rome was burnt down", "reply")], words, [0, 1, *written])
    assert cut.tokens[2:5] == written[:3]
    assert _spelled(words, cut.tokens[5:]) == [" burnt", " down"]


def test_tokens_of_another_prompt_are_not_taken() -> None:
    words = Words()
    written = [words.token(text) for text in (" Ro", "me")]
    cut = tokenize_prompt([Part("<u>", "template"), Part(" Rome", "reply")], words, [0, 2, *written])
    assert _spelled(words, cut.tokens[2:]) == [" Rome"]


def test_a_space_at_the_end_of_an_edited_reply_is_owed_instead_of_being_a_token() -> None:
    words = Words()
    cut = tokenize_prompt([Part("<u>", "template"), Part("Rome was ", "reply")], words, [])
    assert _spelled(words, cut.tokens[2:]) == ["Rome", " was"]
    assert cut.owed == " "


_parts = st.lists(
    st.builds(
        Part,
        st.text(st.sampled_from("ab <u>e\n"), min_size=1, max_size=8),
        st.sampled_from(["template", "content", "reply"]),
    ),
    max_size=6,
)


@given(_parts, st.lists(st.integers(0, 12), max_size=12))
def test_the_tokens_always_spell_the_prompt(parts: list[Part], known: list[int]) -> None:
    words = Words(adds_bos=False)
    for text in ("a", "b", " a", " b", " ", "\n", "<u>", "ab"):
        words.token(text)
    cut = tokenize_prompt(parts, words, [token for token in known if token < 11])
    spelled = "".join(_spelled(words, cut.tokens)) + cut.owed
    whole = "".join(part.text for part in parts)
    # Several BOS in a row become one.
    assert spelled == whole or re.sub("(<s>)+", "<s>", whole) == spelled
