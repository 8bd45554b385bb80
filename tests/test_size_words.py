from longwriter_desktop.size_words import memory_words, size_words


def test_a_file_is_told_in_the_unit_that_fits_it() -> None:
    sizes = (4_920_000_000, 98_362_432, 12_000, 340, 0)
    assert [size_words(size) for size in sizes] == ["4.9 GB", "98 MB", "12 kB", "340 bytes", "0 bytes"]
    assert size_words(4_920_000_000, 2) == "4.92 GB"


def test_memory_is_told_in_gigabytes() -> None:
    assert [memory_words(size) for size in (16_000_000_000, 350_000_000)] == ["16.0 GB", "0.3 GB"]
