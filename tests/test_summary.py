from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section
from longwriter_desktop.summary import Run, near_duplicate_sentences, summary
from tests.agentwrite.samples import ENGLISH

_PARAGRAPHS = ENGLISH.strip().split("\n\n")


def document_of(*texts: str) -> Document:
    return Document(sections=tuple(Section("Point", 100, text=text, complete=True) for text in texts))


def test_sections_that_repeat_others_are_told_to_persons_and_programs() -> None:
    document = document_of(*_PARAGRAPHS[:3], _PARAGRAPHS[1])
    (sentence,) = near_duplicate_sentences(document)
    assert sentence.startswith("Section 4 repeats ")
    assert "words of section 2 almost as they stand there: “A first-order lens burned" in sentence
    assert len(sentence) < 180
    found = summary(document, Run())["near_duplicates"]
    assert isinstance(found, list)
    assert [(each["number"], each["of"]) for each in found] == [(4, 2)]
    assert found[0]["passages"][0]["text"] == found[0]["passages"][0]["resembles"]


def test_sections_that_repeat_nothing_are_not_mentioned() -> None:
    document = document_of(*_PARAGRAPHS)
    assert near_duplicate_sentences(document) == ()
    assert summary(document, Run())["near_duplicates"] == []
