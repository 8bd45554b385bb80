from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from longwriter_desktop.models.catalogue import ModelEntry
from longwriter_desktop.ui.models.model_rows import (
    FitColour,
    Group,
    Transfer,
    grouped,
    progress_words,
    with_other_sizes,
)
from longwriter_desktop.ui.models.model_words import pace_words
from tests.ui.models.scripted_shelf import GALE, STORM, here, to_download


def test_progress_is_told_in_the_unit_of_the_whole() -> None:
    assert progress_words(98_000_000, 4_900_000_000) == "0.1 / 4.9 GB"
    assert progress_words(9_000_000, 98_000_000) == "9 / 98 MB"
    assert progress_words(9_000, 0) == "9 kB"


def test_what_is_not_known_of_the_speed_is_not_told() -> None:
    assert [pace_words(pace) for pace in (None, (200, 430), (90, 90))] == [
        "",
        "200 to 430 words a minute on average",
        "about 90 words a minute on average",
    ]


def test_a_download_tells_speed_and_time_left_only_while_it_goes_on() -> None:
    running = Transfer("downloading", 2_100_000_000, 4_900_000_000, 11_000_000, 254)
    assert running.words == "2.1 / 4.9 GB · 11 MB/s · 4 min left"
    assert Transfer("paused", 2_100_000_000, 4_900_000_000, 11_000_000, 254).words == "paused · 2.1 / 4.9 GB"
    assert Transfer("asking").words == "connecting"


@settings(max_examples=50)
@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_the_share_of_a_download_is_one_at_most(done: int, total: int) -> None:
    assert 0 <= Transfer("downloading", done, total).share <= 1


def test_the_list_has_a_heading_for_each_group_that_has_models() -> None:
    storm, gale = to_download(STORM), here(GALE, Path("/gale.gguf"))
    assert grouped([storm, gale]) == [Group.HERE, gale, Group.TO_DOWNLOAD, storm]


def test_of_several_files_of_a_model_one_stands_for_all_and_the_recommended_one_first() -> None:
    small, large = (ModelEntry(f"gale-{size}", f"Gale ({size})", quantization=size) for size in ("Q4", "Q8"))
    rows = [to_download(small), to_download(large, recommended="it fits best"), to_download(STORM)]
    assert [row.group for row in with_other_sizes(rows)] == [Group.OTHER_SIZES, Group.TO_DOWNLOAD, Group.TO_DOWNLOAD]
    plain = [to_download(small), to_download(large), here(STORM, Path("/storm.gguf"))]
    assert [row.group for row in with_other_sizes(plain)] == [Group.TO_DOWNLOAD, Group.OTHER_SIZES, Group.HERE]


def test_the_list_says_how_fast_in_so_few_words_that_they_fit_in_a_small_dialog() -> None:
    said = [to_download(GALE, words_a_minute=pace).fit_words for pace in (None, (200, 430), (90, 90))]
    assert said == ["fits", "fits · 200 to 430 words a minute", "fits · about 90 words a minute"]


def test_a_file_that_cannot_be_used_is_marked_whatever_its_fit() -> None:
    row = here(GALE, Path("/gale.gguf"), verdict="fits", problem="It is cut off.")
    assert (row.colour, row.fit_words) == (FitColour.SLOW, "cannot be used")
