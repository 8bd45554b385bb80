"""What lengths are counted in, as it is shown: in the person's language, and for Chinese documents in characters."""

from longwriter_desktop.document.length_unit import sign_of, unit_of
from longwriter_desktop.ui.translation import translate


def length_sign(language: str) -> str:
    """The unit for a label, as short as it can be (see `sign_of`); ``language`` is the document's."""
    sign = sign_of(language)
    return translate("LengthUnit", "words") if sign == "words" else sign


def length_unit(language: str) -> str:
    """The unit for a sentence (see `unit_of`); ``language`` is the document's."""
    is_words = unit_of(language) == "words"
    return translate("LengthUnit", "words") if is_words else translate("LengthUnit", "characters")
