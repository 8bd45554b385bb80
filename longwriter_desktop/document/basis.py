"""What a section was written against, in few characters, and whether that is still the same for all that matters.

A change of a few words is no reason to write on anew what stands below: a spelling mended, a name replaced
everywhere. So a basis holds no hash of the text above but a sketch of it: how many words fall into each of 64 lanes.
Two sketches differ in about as many lanes as different words were taken out and put in, however long the texts are.
Sketches of several texts are added up, so a text that is merely divided into other sections keeps its sketch.

After counting sketches: G. Cormode and S. Muthukrishnan, "An improved data stream summary: the count-min sketch and
its applications", 2005.
"""

import hashlib
import re
import struct
from collections import Counter
from functools import lru_cache
from zlib import crc32

FEW_WORDS = 16
"""As many lanes may differ, which some eighteen different words do."""
_FEW_PER_WORD = 1 / 20  # of a short text fewer
_LANES = 64
_LANE_BYTES = 4
_LANES_FORMAT = f"<{_LANES}I"
_LONGEST_NUMBER = 12  # digits
_WORD = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+")

Sketch = int
"""A lane in each 32 bits, so that sketches are added as numbers. 0 is that of no text."""


@lru_cache(maxsize=4096)
def sketch(text: str) -> Sketch:
    """The sketch of a text. Spaces, signs and small or capital letters do not count, nor does the order of words."""
    lanes = [0] * _LANES
    for word, times in Counter(_WORD.findall(text.casefold())).items():
        lanes[crc32(word.encode("utf-8", "surrogatepass")) % _LANES] += times
    return int.from_bytes(b"".join(lane.to_bytes(_LANE_BYTES, "little") for lane in lanes), "little")


def basis_of(main_point: str, word_target: int, above: Sketch) -> str:
    """The basis of a section: its plan line, exactly, and the texts above it by the sum of their sketches."""
    line = f"{''.join(main_point.split())}\x00{word_target}".encode("utf-8", "surrogatepass")
    lanes = above.to_bytes(_LANES * _LANE_BYTES, "little")
    plan_line = hashlib.blake2b(line, digest_size=8).hexdigest()
    # Of each lane the lowest byte is kept, which is the lane modulo 256.
    return f"{plan_line}.{sum(struct.unpack(_LANES_FORMAT, lanes))}.{lanes[::_LANE_BYTES].hex()}"


def is_same_basis(basis: str, other: str) -> bool:
    """Whether plan lines are the same, and the texts above but for a few words; of a short text above, fewer."""
    if basis == other:
        return True
    line, _, rest = basis.partition(".")
    other_line, _, other_rest = other.partition(".")
    words, _, lanes = rest.partition(".")
    other_words, _, other_lanes = other_rest.partition(".")
    if line != other_line or len(lanes) != 2 * _LANES or len(other_lanes) != 2 * _LANES:
        return False
    few = min(FEW_WORDS, int(min(_number(words), _number(other_words)) * _FEW_PER_WORD))
    try:
        # Lanes that are the same become 0.
        difference = (int(lanes, 16) ^ int(other_lanes, 16)).to_bytes(_LANES, "little")
    except (ValueError, OverflowError):
        return False
    return _LANES - difference.count(0) <= few


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else 0
