"""Texts of a document in Qt's tips, which take for HTML whatever looks like it."""

from html import escape


def plain_tip(text: str) -> str:
    """``text`` as a tip that shows it as it is.

    A title such as ``<img src="//server/share/a.png">`` would otherwise be a picture that Qt goes and fetches. In
    labels and message boxes the same is prevented by their text format.
    """
    # Without "<" Qt takes nothing for HTML.
    return f"<p>{escape(text).replace(chr(10), '<br>')}</p>" if "<" in text else text
