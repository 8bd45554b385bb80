import io
import json

from longwriter_desktop.agentwrite.alternative_events import AlternativeFinished
from longwriter_desktop.agentwrite.engine import ModelLoading, Usage
from longwriter_desktop.agentwrite.events import SectionFinished, SectionSummarised, TextOmitted
from longwriter_desktop.agentwrite.passage import Passage
from longwriter_desktop.agentwrite.rewrite_events import RewriteFinished
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.summary import Run, summary_sentence
from longwriter_desktop.terminal import JsonLines, ProgressBar

DOCUMENT = Document(instruction="Write a history of lighthouses")
SENTENCE = "The model LongWriter-8B is open already, in another window or on the command line."
LOADING = [
    ModelLoading(0.0),
    *(ModelLoading(part, 7_100_000_000, 9_300_000_000, (SENTENCE,)) for part in (0.0, 0.5, 1.0)),
]


def test_a_person_reads_what_the_model_needs_and_what_else_is_open_once() -> None:
    out, err = io.StringIO(), io.StringIO()
    reporter = ProgressBar(out, err)
    for event in LOADING:
        reporter.event(event, DOCUMENT)
    assert err.getvalue().splitlines() == [SENTENCE, "Loading the model: needs 7.1 GB, 9.3 GB free."]
    assert out.getvalue() == ""


def test_what_is_free_is_said_again_when_the_model_is_opened_another_way() -> None:
    out, err = io.StringIO(), io.StringIO()
    reporter = ProgressBar(out, err)
    for event in (*LOADING, ModelLoading(0.0, 5_200_000_000, 9_300_000_000)):
        reporter.event(event, DOCUMENT)
    assert err.getvalue().splitlines()[-1] == "Loading the model: needs 5.2 GB, 9.3 GB free."


def test_a_program_gets_the_bytes_as_soon_as_they_are_known() -> None:
    out = io.StringIO()
    for event in LOADING:
        JsonLines(out, io.StringIO()).event(event, DOCUMENT)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines[0] == {"event": "model_loading", "fraction": 0.0}
    assert lines[2] == {
        "event": "model_loading", "fraction": 0.5, "needs_bytes": 7_100_000_000, "free_bytes": 9_300_000_000,
        "remarks": [SENTENCE],
    }  # fmt: skip


def test_what_the_model_no_longer_reads_is_said_and_its_summaries_are_told_to_programs() -> None:
    document = Document(sections=(Section("The lamp", 100, id="a"), Section("The storm", 100, id="b")))
    err, out = io.StringIO(), io.StringIO()
    events = (TextOmitted(2, 2), TextOmitted(2, 7), SectionSummarised("b", "A storm came.", "f"))
    for event in events:
        ProgressBar(io.StringIO(), err).event(event, document)
        JsonLines(out, io.StringIO()).event(event, document)
    said = err.getvalue().splitlines()
    assert "section 2 again" in said[0]
    assert "sections 2 to 7 again" in said[1]
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert lines[0] == {"event": "text_omitted", "first": 2, "last": 2}
    assert lines[2] == {"event": "summary_of_section", "number": 2, "summary": "A storm came."}


def test_lengths_of_a_chinese_document_are_characters() -> None:
    document = Document(language="zh", sections=(Section("灯", 200, text="灯亮了。", id="a"),))
    err = io.StringIO()
    reporter = ProgressBar(io.StringIO(), err)
    reporter.event(SectionFinished("a", "end", "", "model", 1, 0.5, "", Usage()), document)
    version = Version("灯又亮了。", 0.0, "generated")
    reporter.alternative(AlternativeFinished(1, "a", version, "end", ""), 1, document)
    passage = Passage("a", 0, "灯亮了。")
    reporter.rewrite(RewriteFinished(passage, "灯又亮了。", "end", "model", 1, 0.5, "expand", passage), 1, document)
    said = err.getvalue().splitlines()
    assert said[0] == "Section 1: 3 / 200 characters"
    assert said[1].startswith("Section 1, text 1: 4 characters, kept as")
    assert said[2].startswith("Section 1: 3 characters became 4.")
    assert "3 of 200 characters" in summary_sentence(document, Run())


def test_a_whole_sentence_in_the_place_of_a_part_is_told() -> None:
    document = Document(sections=(Section("The lamp", 200, text="He lit the lamp.", id="a"),))
    whole = RewriteFinished(
        Passage("a", 0, "He lit the lamp."),
        "He lit it.",
        "end",
        "m",
        1,
        0.5,
        "shorten",
        Passage("a", 3, "lit the lamp"),
    )
    err, out = io.StringIO(), io.StringIO()
    ProgressBar(io.StringIO(), err).rewrite(whole, 1, document)
    JsonLines(out, io.StringIO()).rewrite(whole, 1, document)
    assert "all of it was rewritten" in err.getvalue()
    assert json.loads(out.getvalue())["whole_sentence"]


def test_a_section_that_ended_because_the_model_repeated_itself_is_told_with_what_to_do() -> None:
    document = Document(sections=(Section("The lamp", 200, text="A short text.", id="a"),))
    err = io.StringIO()
    event = SectionFinished("a", "repetition", "", "model", 1, 0.5, "", Usage())
    ProgressBar(io.StringIO(), err).event(event, document)
    assert err.getvalue().startswith("Section 1: 3 / 200 words, ended early: the model kept repeating itself.")
    assert "--section 1 --again" in err.getvalue()
