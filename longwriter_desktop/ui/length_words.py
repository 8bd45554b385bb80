"""What lengths and sizes are counted in, as it is shown: in the person's language; Chinese documents in characters."""

from longwriter_desktop.document.length_unit import sign_of, unit_of
from longwriter_desktop.size_words import LEAST_UNIT, size_words
from longwriter_desktop.ui.translation import translate


def length_sign(language: str) -> str:
    """The unit for a label, as short as it can be (see `sign_of`); ``language`` is the document's."""
    sign = sign_of(language)
    return translate("LengthUnit", "words") if sign == "words" else sign


def length_unit(language: str) -> str:
    """The unit for a sentence (see `unit_of`); ``language`` is the document's."""
    is_words = unit_of(language) == "words"
    return translate("LengthUnit", "words") if is_words else translate("LengthUnit", "characters")


def shown_size(size: int, digits: int = 1) -> str:
    """The size of a file in bytes, as `size_words` tells it."""
    if size >= LEAST_UNIT:
        return size_words(size, digits)
    return translate("FileSize", "{count} bytes").format(count=max(0, size))
