"""Letter or A4: the paper that a region prints on."""

import locale
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass

_TWIPS_PER_MM = 1440 / 25.4
_LETTER_REGIONS = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
"""Source: Unicode CLDR, supplemental data, paperSize US-Letter."""


@dataclass(frozen=True, slots=True)
class Paper:
    """``width`` and ``height`` are in twips, twentieths of a point."""

    name: str
    width: int
    height: int


LETTER = Paper("Letter", 12240, 15840)
A4 = Paper("A4", round(210 * _TWIPS_PER_MM), round(297 * _TWIPS_PER_MM))


def paper_for(region: str) -> Paper:
    """The paper of ``region``, a country's two letters; A4 for one that is not known."""
    return LETTER if region.upper() in _LETTER_REGIONS else A4


def region_of_this_machine(environ: Mapping[str, str] = os.environ) -> str:
    """The two letters of the country that the system is set to, such as "US"; empty when it does not say."""
    for name in ("LC_ALL", "LC_PAPER", "LANG"):
        if environ.get(name):
            return _region(environ[name])
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  has `windll` on Windows alone

        return _region(locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultLCID(), ""))
    return _region(locale.getlocale()[0] or "")


def _region(name: str) -> str:
    """The region in a locale's name such as "en_US.UTF-8" or "zh-Hans-CN"; empty for "C"."""
    match = re.match(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_](?P<region>[A-Za-z]{2})(?![A-Za-z])", name)
    return match["region"].upper() if match else ""
