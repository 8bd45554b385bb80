import pytest

from longwriter_desktop.export.paper import A4, LETTER, paper_for, region_of_this_machine


@pytest.mark.parametrize("region", ["US", "us", "CA", "MX", "PH"])
def test_north_america_prints_on_letter(region: str) -> None:
    assert paper_for(region) == LETTER
    assert (LETTER.width, LETTER.height) == (12240, 15840)


@pytest.mark.parametrize("region", ["CN", "GB", "DE", "", "nowhere"])
def test_others_print_on_a4(region: str) -> None:
    assert paper_for(region) == A4
    assert (A4.width, A4.height) == (11906, 16838)


@pytest.mark.parametrize(
    ("environ", "region"),
    [
        ({"LANG": "en_US.UTF-8"}, "US"),
        ({"LANG": "en_US.UTF-8", "LC_PAPER": "de_DE.UTF-8"}, "DE"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN"}, "CN"),
        ({"LANG": "zh-Hant-TW"}, "TW"),
        ({"LANG": "C.UTF-8"}, ""),
        ({"LANG": "eo"}, ""),
        ({"LC_ALL": "", "LANG": "es_MX@euro"}, "MX"),
    ],
)
def test_the_region_is_read_from_the_locale(environ: dict[str, str], region: str) -> None:
    assert region_of_this_machine(environ) == region


def test_without_any_setting_there_is_no_region_or_two_letters() -> None:
    assert len(region_of_this_machine({})) in (0, 2)
