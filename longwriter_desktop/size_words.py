"""Numbers of bytes as a person reads them, in decimal units, as disks and downloads are sold."""

LEAST_UNIT = 10**3
"""From so many bytes on, sizes are told in a greater unit than bytes."""


def size_words(size: int, digits: int = 1) -> str:
    """The size of a file, with so many digits after a gigabyte: "4.9 GB", "98 MB", "12 kB", "340 bytes"."""
    for unit, name, after in ((10**9, "GB", digits), (10**6, "MB", 0), (LEAST_UNIT, "kB", 0)):
        if size >= unit:
            return f"{size / unit:.{after}f} {name}"
    return f"{max(0, size)} bytes"


def memory_words(size: int) -> str:
    """An amount of memory, always in gigabytes, because two of them stand beside each other: "0.4 GB", "16.0 GB"."""
    return f"{size / 1e9:.1f} GB"
