from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.agentwrite.plan_check import (
    Finding,
    check_plan,
    findings_in_slices,
    repaired,
    repaired_all,
)
from longwriter_desktop.agentwrite.similarity import NEAR_IDENTICAL, similarity
from longwriter_desktop.agentwrite.vagueness import is_vague
from longwriter_desktop.document.document import Document
from longwriter_desktop.document.section import Section, Version

POINTS = [
    "The sea: tides and currents far from land",
    "The shore: sand, dunes and the birds that nest there",
    "The wind: where storms begin and how they die",
    "The moon: why the water follows it",
    "The harbour: ships, cranes and the people who work there",
    "The island: goats, walls and one old chapel",
]


def plan(*targets: int, asked: int = 0) -> Document:
    sections = tuple(
        Section(point, words, id=str(number))
        for number, (point, words) in enumerate(zip(POINTS, targets, strict=False), start=1)
    )
    return Document(instruction="Write about the coast", word_target=asked, sections=sections)


def kinds(document: Document, context_tokens: int = 0) -> list[str]:
    return [finding.kind for finding in check_plan(document, context_tokens)]


def only(document: Document, kind: str) -> Finding:
    (found,) = [finding for finding in check_plan(document) if finding.kind == kind]
    return found


def test_a_good_plan_has_no_findings() -> None:
    assert check_plan(plan(300, 400, 300, asked=1000)) == ()


def test_a_document_without_a_plan_says_so() -> None:
    assert kinds(Document(instruction="Write")) == ["empty"]


def test_a_sum_that_misses_the_request_is_shared_among_what_is_not_written_or_locked() -> None:
    document = plan(300, 300, 300, asked=1200)
    document = document.with_section(replace(document.section("1"), locked=True))
    finding = only(document, "total")
    assert "900 words, 300 fewer than the 1,200" in finding.text
    mended = repaired(document, finding)
    assert [section.word_target for section in mended.sections] == [300, 450, 450]
    assert check_plan(mended) == ()


def test_one_percent_off_is_near_enough() -> None:
    assert kinds(plan(500, 495, asked=1000)) == []
    assert kinds(plan(500, 480, asked=1000)) == ["total"]


def test_two_lines_that_say_the_same_become_one_and_the_words_stay() -> None:
    document = plan(300, 300, 300, asked=900)
    alike = replace(document.section("3"), main_point="The tides and currents of the sea, far from any land")
    document = document.with_section(alike)
    finding = only(document, "duplicate")
    assert finding.sections == ("1", "3")
    mended = repaired(document, finding)
    assert [section.id for section in mended.sections] == ["1", "2"]
    assert mended.words_planned == 900
    assert mended.trash == (alike,)


def test_of_two_alike_the_one_without_text_is_left_out_and_two_written_ones_stay() -> None:
    document = plan(300, 300)
    second = replace(document.section("2"), main_point=POINTS[0], text="Some words.")
    document = document.with_section(second)
    finding = only(document, "duplicate")
    assert finding.repair == "Leave out section 1"
    assert repaired(document, finding).sections == (second,)
    both = document.with_section(replace(document.section("1"), text="Other words."))
    assert only(both, "duplicate").repair == ""
    assert repaired_all(both) == (both, ())


@pytest.mark.parametrize("point", ["Costs", "The sea", "Costs: TBD", "Costs: [main point]"])
def test_a_line_too_vague_to_write_from_is_filled_up(point: str) -> None:
    document = plan(300, 300)
    document = document.with_section(replace(document.section("2"), main_point=point))
    mended, done = repaired_all(document)
    assert [finding.kind for finding in done] == ["vague"]
    assert mended.section("2").main_point.startswith(f"{point.split(':', maxsplit=1)[0]}: ")
    assert "TBD" not in mended.section("2").main_point
    assert check_plan(mended) == ()


@pytest.mark.parametrize("point", ["[Describe the main point of the paragraph, in detail]", "", "TBD", "待定"])
def test_a_placeholder_is_left_out(point: str) -> None:
    document = plan(300, 300)
    document = document.with_section(replace(document.section("2"), main_point=point))
    mended, done = repaired_all(document)
    assert done[0].kind == "vague"
    assert [section.id for section in mended.sections] == ["1"]
    assert [section.id for section in mended.trash] == ["2"]
    assert check_plan(mended) == ()


def test_a_blank_line_takes_its_heading_or_the_beginning_of_its_text() -> None:
    document = plan(300, 300, 300)
    document = document.with_section(replace(document.section("1"), main_point="", heading="A day on the beach"))
    document = document.with_section(replace(document.section("2"), main_point=" ", text="Gulls cry all day. Then"))
    mended, _ = repaired_all(document)
    assert [section.main_point for section in mended.sections[:2]] == ["A day on the beach", "Gulls cry all day"]


def test_a_section_over_1000_words_gives_what_is_too_much_to_the_others() -> None:
    document = plan(1600, 400, asked=2000)
    mended = repaired(document, only(document, "range"))
    assert [section.word_target for section in mended.sections] == [1000, 1000]
    assert check_plan(mended) == ()


def test_a_target_with_digits_too_many_is_set_to_what_the_others_leave_and_they_stay() -> None:
    mended, _ = repaired_all(plan(280, 99_999, 330, 310, asked=1220))
    assert [section.word_target for section in mended.sections] == [280, 300, 330, 310]
    both, _ = repaired_all(plan(280, 99_999, 330, 5000, asked=1220))
    assert [section.word_target for section in both.sections] == [280, 310, 330, 300]


def test_where_the_others_leave_nothing_it_gets_what_they_have_and_all_are_scaled() -> None:
    mended, _ = repaired_all(plan(400, 99_999, 400, asked=900), ("2",))
    assert [section.word_target for section in mended.sections] == [300, 300, 300]
    too_few, _ = repaired_all(plan(400, 99_999, 400, asked=2000))
    assert too_few.words_planned == 2000
    assert too_few.sections[1].word_target == 1000


def test_too_few_sections_for_the_words_are_divided_at_the_joints_of_their_main_points() -> None:
    point = "Tides under a full moon; currents that cross the oceans"
    document = Document(word_target=1800, sections=(Section(point, 1800, id="1"),))
    mended, _ = repaired_all(document)
    assert [(section.main_point, section.word_target) for section in mended.sections] == [
        ("Tides under a full moon", 900),
        ("currents that cross the oceans", 900),
    ]


def test_a_sum_that_is_too_large_never_costs_a_section() -> None:
    document = plan(300, 300, 300, 300, 300, 300, asked=900)
    document = document.inserted(6, Section("The storm: how the village was lost in one night", 250, id="7"))
    finding = only(document, "total")
    assert finding.repair == "Scale the targets to 900"
    assert finding.other_total == 2050
    mended, _ = repaired_all(document)
    assert [section.main_point for section in mended.sections] == [each.main_point for each in document.sections]
    assert mended.words_planned == 900
    assert check_plan(mended) == ()


def test_targets_that_the_person_has_set_are_kept_while_the_others_can_make_up_the_rest() -> None:
    document = plan(300, 160, 160, 160, 160, 250, asked=1000)
    mended = repaired(document, only(document, "total"), own=("1", "6"))
    assert [section.word_target for section in mended.sections] == [300, 120, 110, 110, 110, 250]
    assert mended.words_planned == 1000
    none_left = repaired(plan(900, 900, 300, asked=1000), only(plan(900, 900, 300, asked=1000), "total"), ("1", "2"))
    assert none_left.words_planned == 1000


@pytest.mark.parametrize("targets", [(160, 210, 150, 180, 200, 100), (100,) * 6])
def test_small_targets_of_a_small_whole_are_as_they_should_be(targets: tuple[int, ...]) -> None:
    assert check_plan(plan(*targets, asked=sum(targets))) == ()


def test_of_a_written_section_it_is_not_said_how_long_it_should_be() -> None:
    document = plan(1200, 150, 650, asked=2000)
    assert kinds(document) == ["range", "range"]
    for section in document.sections[:2]:
        document = document.with_section(replace(section, text="It is written.", complete=True))
    assert kinds(document) == []


def test_what_only_the_person_can_mend_is_told_without_a_repair() -> None:
    document = plan(300, 300, asked=5000)
    document = replace(document, sections=tuple(replace(each, locked=True) for each in document.sections))
    finding = only(document, "total")
    assert finding.repair == ""
    assert repaired(document, finding) is document


def test_a_plan_that_outgrows_the_context_is_told() -> None:
    assert kinds(plan(1000, 1000, 1000), 8192) == []
    assert kinds(plan(1000, 1000, 1000), 3000) == ["window"]
    long = replace(plan(300), instruction="word " * 4000)
    assert "alone" in next(each.text for each in check_plan(long, 4096) if each.kind == "window")


def test_gaps_in_the_numbers_of_a_loaded_plan_are_told() -> None:
    (finding,) = check_plan(plan(300, 300, 300), numbers=(1, 2, 5))
    assert finding.kind == "numbering"
    assert "the numbers 3, 4" in finding.text


def test_a_main_point_that_was_cut_off_is_told_and_ends_with_its_last_clause() -> None:
    document = plan(300, 300)
    cut = "Sick bees: mites, moths and any kind of sickness, or"
    document = document.with_section(replace(document.section("2"), main_point=cut))
    finding = only(document, "cut")
    assert finding.sections == ("2",)
    assert "any kind of sickness, or”" in finding.text
    mended = repaired(document, finding)
    assert mended.section("2").main_point == "Sick bees: mites, moths and any kind of sickness"
    assert check_plan(mended) == ()


def test_of_a_main_point_that_is_too_long_the_rest_becomes_the_direction() -> None:
    document = plan(300, 300)
    sentences = [f"Room {place} holds the nets, the lamps and the boots of its crew." for place in "ABCDEFGHI"]
    long = replace(document.section("2"), main_point=" ".join(sentences), direction="Keep it light.")
    document = document.with_section(long)
    mended = repaired(document, only(document, "long"))
    assert mended.section("2").main_point == " ".join(sentences[:6])
    assert mended.section("2").direction == "Keep it light.\n" + " ".join(sentences[6:])
    assert check_plan(mended) == ()


def test_the_main_point_of_a_written_or_locked_section_is_left_alone() -> None:
    document = plan(300, 300)
    cut = replace(document.section("2"), main_point="Sick bees: mites, moths and")
    written = document.with_section(replace(cut, text="Bees fall ill.", complete=True))
    assert check_plan(written) == ()
    locked = document.with_section(replace(cut, locked=True))
    assert only(locked, "cut").repair == ""
    assert repaired_all(locked) == (locked, ())


_ASKING = "Write about the coast, covering tides, fishing boats and lighthouses."


def test_a_topic_that_no_section_takes_up_becomes_a_section_with_its_share_of_the_words() -> None:
    document = replace(plan(400, 400, 400, asked=1200), instruction=_ASKING)
    missed = [finding for finding in check_plan(document) if finding.kind == "missed"]
    assert [finding.topic for finding in missed] == ["fishing boats", "lighthouses"]
    assert "names “fishing boats”, and no section takes it up" in missed[0].text
    mended = repaired(document, missed[0])
    assert [section.word_target for section in mended.sections] == [300, 300, 300, 300]
    assert "Fishing boats" in mended.sections[3].main_point
    mended, done = repaired_all(document)
    assert [finding.kind for finding in done] == ["missed", "missed"]
    assert mended.words_planned == 1200
    assert check_plan(mended) == ()


def test_a_missed_topic_stands_before_the_close_and_behind_what_is_written() -> None:
    document = replace(plan(400, 400, 400, asked=1200), instruction=_ASKING)
    close = replace(document.section("3"), main_point="Conclusion: fishing boats and what the coast gives us")
    mended, _ = repaired_all(document.with_section(close))
    assert ["ighthouses" in section.main_point for section in mended.sections] == [False, False, True, False]
    written = document.with_section(replace(close, text="So ends the tale of the fishing boats.", complete=True))
    mended, _ = repaired_all(written)
    assert "ighthouses" in mended.sections[3].main_point
    assert mended.sections[2] == written.sections[2]


def test_where_there_are_no_words_for_one_section_more_the_nearest_one_takes_the_topic_up() -> None:
    document = replace(plan(200, 200, asked=400), instruction=_ASKING + " It should also explain sand dunes and crabs.")
    mended, done = repaired_all(document)
    assert {finding.kind for finding in done} == {"missed"}
    assert [section.word_target for section in mended.sections] == [200, 200]
    assert mended.section("2").main_point.endswith("; crabs") or mended.section("1").main_point.endswith("; crabs")
    assert check_plan(mended) == ()


def test_a_topic_that_stands_in_a_text_or_a_direction_is_not_missed() -> None:
    document = replace(plan(400, 400, asked=800), instruction=_ASKING)
    told = replace(document.section("1"), text="The fishing boats lie in the mud below.", complete=True)
    document = document.with_section(told)
    document = document.with_section(replace(document.section("2"), direction="Begin with the lighthouse."))
    assert "missed" not in kinds(document)


def test_a_missed_topic_in_a_plan_that_is_all_written_or_locked_is_told_without_a_repair() -> None:
    document = replace(plan(400, 400, asked=800), instruction=_ASKING)
    document = replace(document, sections=tuple(replace(each, locked=True) for each in document.sections))
    assert [each.repair for each in check_plan(document)] == ["", ""]
    assert repaired_all(document) == (document, ())


_SECTIONS = st.builds(
    lambda words, target, locked, text, complete, version, heading: Section(
        " ".join(words),
        target,
        heading=heading,
        locked=locked,
        text=text,
        complete=complete and bool(text),
        versions=(Version("An old text.", 0, "edited"),) if version else (),
    ),
    st.one_of(
        st.lists(st.sampled_from([*" ".join(POINTS[:3]).split(), "and", ";", "tbd"]), max_size=12),
        st.sampled_from([[point] for point in [*POINTS, "灯塔的历史与现状，以及未来", "海", "潮汐", "潮汐、沙滩和"]]),
        st.sampled_from([["fishing and", "the"], ["A long shore."] * 40, ["tides, sand and"] * 50]),
    ),
    st.integers(0, 3000),
    st.sampled_from([False, False, False, True]),
    st.sampled_from(["", "", "", "Some text. And more of it.", "A"]),
    st.booleans(),
    st.sampled_from([False, False, True]),
    st.sampled_from(["", "", "Tides", "A heading of several words"]),
)
_DOCUMENTS = st.builds(
    lambda sections, asked, language, instruction: Document(
        instruction=instruction,
        language=language,
        word_target=asked,
        sections=tuple(sections),
    ),
    st.lists(_SECTIONS, max_size=9),
    st.one_of(st.just(0), st.integers(1, 8000)),
    st.sampled_from(["en", "zh"]),
    st.sampled_from(
        [
            "Write about the coast and its people",
            "Write about the coast, covering tides, fishing boats, the sand of the shore and lighthouses.",
            "写一篇关于海岸的文章，内容包括潮汐、渔船、灯塔和沙滩。",
        ]
    ),
)


@settings(max_examples=80, deadline=None)
@given(_DOCUMENTS)
def test_after_all_repairs_the_check_finds_nothing_more_to_repair(document: Document) -> None:
    mended, _ = repaired_all(document)
    assert not [finding for finding in check_plan(mended) if finding.repair]
    assert repaired_all(mended) == (mended, ())


@settings(max_examples=80, deadline=None)
@given(_DOCUMENTS)
def test_repairs_keep_texts_versions_locks_and_the_targets_of_what_is_written(document: Document) -> None:
    mended, _ = repaired_all(document)
    there = {section.id: section for section in mended.sections}
    put_away = {section.id: section for section in mended.trash}
    for section in document.sections:
        if section.locked:
            assert there[section.id] == section
        elif section.text.strip():
            kept = there[section.id]
            assert kept == replace(section, main_point=kept.main_point, direction=kept.direction)
        elif section.versions:
            assert (there | put_away)[section.id].versions == section.versions


@settings(max_examples=80, deadline=None)
@given(_DOCUMENTS, st.sets(st.integers(0, 8)))
def test_each_repair_ends_what_it_was_made_for(document: Document, own: set[int]) -> None:
    set_by_person = [each.id for place, each in enumerate(document.sections) if place in own]
    for finding in check_plan(document):
        mended = repaired(document, finding, set_by_person)
        assert bool(finding.repair) == (mended != document)
        if finding.repair:
            again = [(each.kind, each.sections, each.topic) for each in check_plan(mended)]
            assert (finding.kind, finding.sections, finding.topic) not in again


_WORDS = st.sampled_from(
    ["tides", "currents", "sand", "dunes", "the", "storms", "goats", "灯塔历史", "守塔人", "walls"]
)


@settings(max_examples=80)
@given(st.lists(st.lists(_WORDS, max_size=5).map(" ".join), max_size=7))
def test_each_pair_that_says_nearly_the_same_is_found_and_no_other(points: list[str]) -> None:
    document = Document(sections=tuple(Section(point, 400, id=str(at)) for at, point in enumerate(points)))
    wanted = {
        (str(first), str(second))
        for second, other in enumerate(points)
        for first, one in enumerate(points[:second])
        if (one and one == other)
        or (not is_vague(one) and not is_vague(other) and similarity(one, other) >= NEAR_IDENTICAL)
    }
    found = [finding.sections for finding in check_plan(document) if finding.kind == "duplicate"]
    assert found == sorted(wanted, key=lambda pair: (int(pair[0]), int(pair[1])))


def test_a_long_plan_is_looked_at_in_many_small_slices() -> None:
    sections = tuple(Section(f"{POINTS[at % 6]} in the year {1000 + at}", 150, id=str(at)) for at in range(60))
    document = Document(instruction="Write about the coast", word_target=6000, sections=sections)
    slices = list(findings_in_slices(document))
    assert tuple(each for each in slices if each is not None) == check_plan(document)
    assert sum(each is None for each in slices) >= 4 * 60


def test_what_is_repaired_already_is_not_repaired_once_more() -> None:
    document = plan(400, 400, 400, asked=1200)
    document = replace(document, instruction=_ASKING)
    document = document.with_section(replace(document.section("2"), main_point="Costs"))
    seen = set()
    for finding in check_plan(document):
        once = repaired(document, finding)
        assert repaired(once, finding) == once, finding.kind
        seen.add(finding.kind)
    assert seen >= {"vague", "missed"}
