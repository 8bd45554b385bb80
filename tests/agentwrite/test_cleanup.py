import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.cleanup import CleanUp, ending_to_cut
from longwriter_desktop.agentwrite.record import record
from longwriter_desktop.agentwrite.writer import write
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from tests.agentwrite.fake_model import FakeModel
from tests.agentwrite.prompt_templates import templates
from tests.agentwrite.samples import CHINESE, CODE, ENGLISH, POEM, RECIPE, TABLE


def cleaned(  # what is shown of a text that comes ``size`` characters at a time
    text: str,
    *,
    heading: str = "",
    main_point: str = "",
    before: str = "",
    prompt: tuple[str, ...] = (),
    size: int = 3,
) -> str:
    clean_up = CleanUp(heading, main_point, before, prompt)
    shown = "".join(clean_up.feed(text[start : start + size]) for start in range(0, len(text), size))
    return shown + clean_up.finish()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        # Labels.
        ("Paragraph 3: The sea rose.", "The sea rose."),
        ("**Paragraph 3** - Main Point: The sea rose.", "The sea rose."),
        ("Paragraph 3 of 5 (200 words): The sea rose.", "The sea rose."),
        ("Paragraph Three: The sea rose.", "The sea rose."),
        ("### Paragraph 1:\n\nThe sea rose.", "The sea rose."),
        ("### Paragraph 1\n\nThe sea rose.", "The sea rose."),
        ("Paragraph 2 (continued):\nThe sea rose.", "The sea rose."),
        ("**Section 2: Main Point:** The sea rose.", "The sea rose."),
        ("Part II: The sea rose.", "The sea rose."),
        ("- Main Point: The sea rose.", "The sea rose."),
        ("Next paragraph:\nThe sea rose.", "The sea rose."),
        ("Response: The sea rose.", "The sea rose."),
        ("Title: The Sea\n\nThe sea rose.", "The sea rose."),
        ("The sea rose.\n\nParagraph 4: It fell.", "The sea rose.\n\nIt fell."),
        ("段落三：海水上涨了。", "海水上涨了。"),
        ("段落3 - 要点：海水上涨了。", "海水上涨了。"),
        ("第三段：海水上涨了。", "海水上涨了。"),
        ("第十二段：海水上涨了。", "海水上涨了。"),
        ("【第2部分】：海水上涨了。", "海水上涨了。"),
        ("续写：海水上涨了。", "海水上涨了。"),
        ("**正文：**\n海水上涨了。", "海水上涨了。"),
        ("第三段\n海水上涨了。", "海水上涨了。"),
        # Word counts.
        ("The sea rose. (200 words)\n", "The sea rose."),
        ("The sea rose. (200 words)\nIt fell again.", "The sea rose.\nIt fell again."),
        ("The sea rose so high that nobody in the town could remember the like (about 1,200 words)\n\nIt fell.", None),
        ("The sea rose.\n\nWord Count: 200 words", "The sea rose."),
        ("The great towers, with keys - Word Count: 130 words\nThe sea.", "The great towers, with keys\nThe sea."),
        ("The sea rose. Word count: 212\nIt fell.", "The sea rose.\nIt fell."),
        ("海水上涨了。（约400字）\n又退了。", "海水上涨了。\n又退了。"),
        ("海水上涨了。\n（字数：400字）", "海水上涨了。"),
        # Remarks.
        ("Here is the next paragraph:\n\nThe sea rose.", "The sea rose."),
        ("Here's a revised version of the section:\n\nThe sea rose.", "The sea rose."),
        ("Sure! Here is the text:\nThe sea rose.", "The sea rose."),
        ("Certainly!\n\nThe sea rose.", "The sea rose."),
        ("Let's continue with the next part of the story.\nThe sea rose.", "The sea rose."),
        ("Write the next part of the text, including paragraphs 2-4.\nThe sea rose.", "The sea rose."),
        ("I will now write the next section of the article.\n\nThe sea rose.", "The sea rose."),
        ("The sea rose.\n\nIn the next section, I will write about the tide.", "The sea rose."),
        ("The sea rose.\n\nI hope this helps!\n\nIt fell.", "The sea rose.\n\nIt fell."),
        ("The sea rose.\n\nIn this version, I have added more details about the tide.", "The sea rose."),
        ("The sea rose.\n\nIn conclusion, this revised version introduces the tide and the moon.", "The sea rose."),
        ("好的，以下是正文：\n海水上涨了。", "海水上涨了。"),
        ("当然可以！\n海水上涨了。", "海水上涨了。"),
        ("以下是第三段的内容：\n海水上涨了。", "海水上涨了。"),
        ("海水上涨了。\n\n（未完待续）", "海水上涨了。"),
        ("海水上涨了。\n\n希望这篇文章对您有所帮助！", "海水上涨了。"),
        ("海水上涨了。\n\n如果您有其他问题，请随时告诉我。", "海水上涨了。"),
        # What a chat or its form leaves behind.
        ("---\nThe sea rose.", "The sea rose."),
        ("The sea rose.\n\n---\n\nIt fell.", "The sea rose.\n\nIt fell."),
        ("The sea rose.\n\n***", "The sea rose."),
        ("The sea rose.\n\n[End]", "The sea rose."),
        ("The sea rose.\n(To be continued)", "The sea rose."),
        ("```markdown\nThe sea rose.\n```", "The sea rose."),
        ("```\nThe sea rose.\n\nIt fell.\n```\n", "The sea rose.\n\nIt fell."),
        ("The sea rose.\n\n\n\n\nIt fell.", "The sea rose.\n\nIt fell."),
        ("The sea rose.\n\n It fell.", "The sea rose.\n\nIt fell."),
    ],
)  # fmt: skip  # A form and what is left of it stand on one line.
def test_what_is_no_text_goes(written: str, shown: str | None) -> None:
    for size in (1, 3, 200):
        assert cleaned(written, size=size) == (written.replace(" (about 1,200 words)", "") if shown is None else shown)


@pytest.mark.parametrize(
    "text",
    [
        "The sea rose.\nIt fell.",
        "- The sea\n  - rose",
        "Paragraph structure matters to writers.",
        "Section 12 of the Act was repealed, and nobody minded.",
        "The sea rose.\n\nStep 2: Wash the lentils.\n\nPart 3: The tide",
        "Here is where the sea rose, and nobody knew why it had come so far.",
        "Here are some tips for sailors:\n\n- Take a coat.",
        "Here is a list of the tools that you will need:\n\n- A saw.",
        "Sure enough, the sea rose.",
        "In this version, the sea rises twice.",
        "This updated version of the program reads files twice as fast.",
        "The plan: to leave at dawn, before the tide turned and took the boats.",
        "Let me know nothing of it, she said, and closed the door.",
        "Note: bees sting when they are cold.",
        "In the next section of the wall there was a door.",
        "The end of part of the harbour wall fell into the sea.",
        "I hope this finds you well, and that the winter was kind.",
        "If you need more light, trim the wick.",
        "He left a note (12 words) and went (in 1823) to sea",
        "The counter prints the word count: 212",
        "当然，这不是唯一的办法。",
        "以下是注意事项：\n\n一、不要靠近火。",
        "接下来的几天里，海面很平静。",
        "如果有人问起，他总说不知道。",
        "第三天，海水退了。",
        "The sea rose.\n\n* * *\n\nIt fell.",
        "Run it:\n\n```sh\n# Paragraph 3: a comment\n\n  echo (200 words)\n---\n```\n\nThat is all.",
        "I said:\n\n> The end of the chapter was near.",
    ],
)
def test_text_that_is_like_a_label_or_a_remark_stays(text: str) -> None:
    for size in (1, 3, 200):
        assert cleaned(text, size=size) == text


@pytest.mark.parametrize(
    "text", [ENGLISH, CHINESE, POEM, RECIPE, TABLE, CODE], ids="english chinese poem recipe table code".split()
)
def test_prose_lists_tables_and_code_pass_unchanged(text: str) -> None:
    shown = cleaned(text, heading="The Lighthouse", main_point="Its history: who kept the light", before="Text.\n\n")
    assert shown == text.rstrip("\n")
    assert ending_to_cut(text.rstrip()) == 0


def test_a_line_is_held_back_no_longer_than_it_may_become_a_label() -> None:
    held = []
    for line in ENGLISH.splitlines() + CHINESE.splitlines():
        if line:
            clean_up = CleanUp(
                "The keepers", "The keepers and their lamp", "Text.\n", ("Write about a tower at night.",)
            )
            behind, shown = [], 0
            for place, character in enumerate(line, start=1):
                shown += len(clean_up.feed(character))
                behind.append(place - shown)
            held.append(max(behind) + 1)
    assert sorted(held)[len(held) // 2] <= 6
    assert max(held) <= 24


# -- headings, and what stood above ------------------------------------------------------------------


def test_the_sections_own_heading_is_not_written_twice() -> None:
    assert cleaned("## The Rising Sea\n\nIt came at night.", heading="The rising sea") == "It came at night."
    assert cleaned("**The Rising Sea**\n\nIt came at night.", heading="The rising sea") == "It came at night."
    assert cleaned("The rising sea\nIt came at night.", heading="The rising sea") == "It came at night."
    assert cleaned("Rising Sea\nIt came at night.", heading="The rising sea") == "It came at night."
    assert cleaned("It came.\n\n### The Rising Sea\n\nIt went.", heading="The rising sea") == "It came.\n\nIt went."
    assert (
        cleaned("段落1：引言：灯塔的由来\n\n很久以前。", heading="引言", main_point="引言：灯塔的由来") == "很久以前。"
    )


def test_a_long_main_point_is_not_written_again_as_a_heading_or_a_line() -> None:
    point = "The best time to plant: early spring or late summer, depending on where you live and how much sun there is"
    for mark in ("### ", "", "**", "Paragraph 2 - Main Point: "):
        written = f"{mark}{point}{mark.strip('# ') if '*' in mark else ''}\n\nSow in March."
        assert cleaned(written, heading="The best time to plant", main_point=point) == "Sow in March."


def test_a_direction_that_is_imitated_at_the_beginning_is_no_text() -> None:
    for size in (1, 3, 50):
        assert cleaned("[longer sentences]\n\nThe sea rose.", size=size) == "The sea rose."
        text = "[The sea](https://example.org) rose.\n\n[Enter Ghost]\n\nIt spoke."
        assert cleaned(text, size=size) == text


def test_a_first_line_that_is_like_the_heading_but_text_stays() -> None:
    text = "The rising sea took the lower town in a single night."
    assert cleaned(text, heading="The rising sea") == text


def test_a_line_of_the_prompt_that_comes_back_is_no_text() -> None:
    prompt = (
        "Instruction:\nWrite about the sea at night.\n\nWrite only this part, as finished text in plain paragraphs."
    )
    last = "Write only this part, as finished text in plain paragraphs."
    written = f"Write about the sea at night.\n\nThe sea rose.\n{last}"
    for size in (1, 7, 500):
        assert cleaned(written, prompt=(prompt,), size=size) == "The sea rose."


def test_a_line_of_the_plan_that_comes_back_without_its_number_is_no_text() -> None:
    plan = "Paragraph 2 - Main Point: The great towers and who built them - Word Count: 130 words"
    for line in ("The great towers and who built them - Word Count: 130 words", "The great towers and who built them"):
        assert cleaned(f"{line}\nThe sea rose.", prompt=(plan,)) == "The sea rose."


@pytest.mark.parametrize("earlier", [ENGLISH, CHINESE])
def test_paragraphs_and_sentences_of_earlier_sections_are_not_written_again_at_the_beginning(earlier: str) -> None:
    paragraphs = earlier.strip().split("\n\n")
    mark = "。" if earlier is CHINESE else ". "
    sentence = paragraphs[1].split(mark)[1] + mark
    for size in (1, 5, 1000):
        for copied in (paragraphs[0] + "\n\n", sentence, paragraphs[2] + "\n\n" + sentence):
            assert cleaned(copied + "新的一天。It was day.", prompt=(earlier,), size=size) == "新的一天。It was day."


def test_a_paragraph_of_the_same_section_is_not_written_again() -> None:
    first = ENGLISH.split("\n\n")[0]
    assert cleaned(f"{first}\n\nThe sea rose.", before=first + "\n\n") == "The sea rose."


# -- always --------------------------------------------------------------------------------------------


def test_going_on_in_mid_sentence_nothing_is_held_back_or_judged() -> None:
    clean_up = CleanUp("", "", "He said that paragraph")
    assert clean_up.feed(" 3: was") == " 3: was"


@given(
    st.lists(st.sampled_from(["word", "sea", "rose", "and", "so", "it"]), min_size=1, max_size=60), st.integers(1, 40)
)
def test_plain_prose_passes_unchanged_however_it_is_cut(words: list[str], size: int) -> None:
    text = " ".join(words)
    assert cleaned(text, size=size) == text


_STRAY = """\
Paragraph 3: |段落三：|(200 words)|---|***|```|```python
|## The sea|**|Main Point: |I hope this helps!|The sea rose. |海水上涨了。|Write about the sea at night.
|Here is the next part:|- |（约|400字）|Word Count: |Sure|
|

"""
_PIECES = st.lists(st.one_of(st.text(max_size=6), st.sampled_from(_STRAY.split("|"))), max_size=20).map("".join)


@settings(deadline=None)
@given(
    _PIECES,
    st.lists(st.integers(1, 30), min_size=1, max_size=8),
    st.sampled_from(["", "Text.", "Text.\n", "```\ncode\n"]),
)
def test_any_text_is_cleaned_the_same_however_it_arrives(text: str, sizes: list[int], before: str) -> None:
    def fed(sizes: list[int]) -> str:
        clean_up = CleanUp("The sea", "The sea at night: how it rose", before, ("Write about the sea at night.",))
        shown, start, turn = "", 0, 0
        while start < len(text):
            size = sizes[turn % len(sizes)]
            shown += clean_up.feed(text[start : start + size])
            start, turn = start + size, turn + 1
        return shown + clean_up.finish()

    assert fed(sizes) == fed([1]) == fed([10_000])


@settings(deadline=None)
@given(_PIECES, _PIECES, st.integers(1, 300))
def test_what_the_person_typed_stays_whatever_the_model_goes_on_with(typed: str, reply: str, target: int) -> None:
    section = Section("The sea at night: how it rose", target, heading="The sea", text=typed, id="a")
    desk = [Document(instruction="Write about the sea at night.", sections=(section,))]
    for event in write(lambda: desk[0], FakeModel(lambda _prompt, _sampling: reply), templates):
        desk[0] = record(desk[0], event, at=0.0)
        assert desk[0].section("a").text.startswith(typed)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The sea rose.\n\nI hope this helps!", "The sea rose."),
        ("The sea rose. I hope this section meets your needs.", "The sea rose."),
        ("The sea rose.\n\nLet me know if you want more.\n", "The sea rose."),
        ("The sea rose.\n\nFeel free to ask for changes.\n\nLet me know if it fits.", "The sea rose."),
        ("The sea rose. (Word count: 212)", "The sea rose."),
        ("The sea rose.\n\nNote: written as asked.\n\n---", "The sea rose."),
        ("The sea rose.\n\n## The next chapter", "The sea rose."),
        ("The sea rose.\n\n```", "The sea rose."),
        ("The sea rose.\n\n```sh\nls\n```", "The sea rose.\n\n```sh\nls\n```"),
        ("The sea rose.  \n", "The sea rose."),
        ("海水上涨了。\n\n（完）", "海水上涨了。"),
        ("海水上涨了。希望以上内容对您有帮助。", "海水上涨了。"),
        ("海水上涨了。（400字）", "海水上涨了。"),
        ("I hope this finds you well", "I hope this finds you well"),
    ],
)
def test_remarks_at_the_end_of_a_section_are_cut(text: str, kept: str) -> None:
    assert text[: len(text) - ending_to_cut(text)] == kept


@given(_PIECES, _PIECES)
def test_nothing_of_what_the_person_typed_is_cut_at_the_end(typed: str, reply: str) -> None:
    text = typed + reply
    assert 0 <= ending_to_cut(text, len(typed)) <= len(reply)
