"""Documents of every kind, and every kind of edit, for Hypothesis."""

from dataclasses import replace

from hypothesis import strategies as st

from longwriter_desktop.document.document import Document, DocumentSettings
from longwriter_desktop.document.outline import Step
from longwriter_desktop.document.section import Section, Version

any_character = st.characters(exclude_categories=())  # lone surrogates, NUL and controls included
texts = st.text(any_character, max_size=40) | st.sampled_from(
    ["", "a\x00b", "\ud83d", "\udc00\ud83d", "罗马帝国", "👩‍👩‍👧 é\r\n\t", "'; DROP TABLE sections; --", "x" * 5000]
)
counts = st.integers(0, 2**62)
seeds = st.none() | st.integers(-(2**63), 2**63 - 1)
finite = st.floats(allow_nan=False, allow_infinity=False)
versions = st.builds(
    Version,
    text=texts,
    created_at=finite,
    origin=st.sampled_from(["generated", "edited"]),
    model=texts,
    seed=seeds,
    temperature=st.none() | finite,
    direction=texts,
)
ids = st.sampled_from([f"id{number}" for number in range(8)]) | st.uuids().map(lambda each: each.hex)


def sections(of_id: st.SearchStrategy[str] = ids) -> st.SearchStrategy[Section]:
    return st.builds(
        Section,
        main_point=texts,
        word_target=counts,
        heading=texts,
        direction=texts,
        text=texts,
        complete=st.booleans(),
        locked=st.booleans(),
        basis=texts,
        stop_reason=texts,
        summary=texts,
        summary_of=texts,
        versions=st.lists(versions, max_size=3).map(tuple),
        id=of_id,
    )


steps = st.builds(Step, number=counts, main_point=texts, words=counts)
settings = st.builds(DocumentSettings, model=texts, temperature=st.none() | finite, seed=seeds)
documents = st.builds(
    Document,
    title=texts,
    instruction=texts,
    language=st.sampled_from(["en", "zh"]),
    word_target=counts,
    sections=st.lists(sections(), max_size=5, unique_by=lambda section: section.id).map(tuple),
    plan_at_start=st.lists(steps, max_size=3).map(tuple),
    trash=st.lists(sections(), max_size=4).map(tuple),  # ids may be those of other sections, and repeat
    settings=settings,
)


def _inserted(draw: st.DrawFn, document: Document) -> Document:
    fresh = draw(sections(st.uuids().map(lambda each: each.hex)))
    return document.inserted(draw(st.integers(0, len(document.sections))), fresh)


def _one_section_changed(draw: st.DrawFn, document: Document) -> Document:
    section = draw(st.sampled_from(document.sections))
    changes: list[Document] = [
        document.deleted(section.id),
        document.moved(section.id, draw(st.integers(0, len(document.sections) - 1))),
        document.with_section(replace(section, text=section.text + draw(texts))),
        document.with_section(section.with_kept(draw(versions))),
        document.with_section(replace(section, versions=section.versions[1:])),
        document.with_section(draw(sections(st.just(section.id)))),
    ]
    return draw(st.sampled_from(changes))


@st.composite
def edited(draw: st.DrawFn, document: Document) -> Document:
    """The document after one thing that a person or the writer may do to it."""
    kind = draw(st.sampled_from(["section"] * 6 + ["other", "insert", "head", "plan"]))
    if kind == "section" and document.sections:
        return _one_section_changed(draw, document)
    if kind == "other":
        return draw(documents)
    if kind == "head":
        return replace(document, title=draw(texts), settings=draw(settings))
    if kind == "plan":
        return replace(document, plan_at_start=document.steps, trash=document.trash[1:])
    return _inserted(draw, document)
