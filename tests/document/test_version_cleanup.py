import pytest
from hypothesis import given
from hypothesis import strategies as st

from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version
from longwriter_desktop.document.version_cleanup import cleaned_up, version_count

versions = st.lists(st.sampled_from("abcd"), max_size=6).map(
    lambda texts: tuple(Version(text, float(at), "generated") for at, text in enumerate(texts))
)
sections = st.builds(
    Section,
    main_point=st.just("Point"),
    word_target=st.just(100),
    text=st.sampled_from(["", "a", "b", "z"]),
    versions=versions,
)
documents = st.lists(sections, min_size=1, max_size=4).map(
    lambda made: Document(sections=tuple(made[:-1]), trash=(made[-1],))
)


@given(documents, st.integers(0, 4))
def test_what_stands_in_the_text_and_the_newest_versions_remain(document: Document, newest: int) -> None:
    cleaned = cleaned_up(document, newest)
    assert [each.text for each in cleaned.sections] == [each.text for each in document.sections]
    assert cleaned.trash == document.trash
    for before, after in zip(document.sections, cleaned.sections, strict=True):
        assert list(after.versions) == [
            version
            for at, version in enumerate(before.versions)
            if version.text == before.text or at >= len(before.versions) - newest
        ]
    assert version_count(cleaned) <= version_count(document)
    assert cleaned_up(cleaned, newest) == cleaned


def test_only_the_sections_that_are_named_are_cleaned_up() -> None:
    kept = (Version("a", 1.0, "edited"), Version("b", 2.0, "edited"))
    document = Document(sections=(Section("One", 1, versions=kept, id="1"), Section("Two", 1, versions=kept, id="2")))
    cleaned = cleaned_up(document, 0, {"2"})
    assert [len(each.versions) for each in cleaned.sections] == [2, 0]


def test_fewer_than_none_cannot_be_kept() -> None:
    with pytest.raises(ValueError, match="-1"):
        cleaned_up(Document(), -1)
