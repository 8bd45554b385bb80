"""What a document's length is counted in: words, and in Chinese characters."""


def unit_of(language: str) -> str:
    """The unit for a sentence: "words", or "characters" where the document is Chinese ("zh")."""
    return "characters" if language == "zh" else "words"


def sign_of(language: str) -> str:
    """The unit for a label, as short as it can be: "words", or "字" where the document is Chinese ("zh")."""
    return "字" if language == "zh" else "words"
