"""What one undo takes back and one redo does again, in a few words: for the menu Edit."""

from longwriter_desktop.ui.manuscript.history import Origin, Step
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

TYPING = QT_TRANSLATE_NOOP("StepWords", "Typing")
_ORIGINS = {
    Origin.TYPED: TYPING,
    Origin.PERSON: QT_TRANSLATE_NOOP("StepWords", "Edit text"),
    Origin.GENERATED: QT_TRANSLATE_NOOP("StepWords", "Written text"),
    Origin.DOCUMENT: QT_TRANSLATE_NOOP("StepWords", "Change of the text"),
}


def undo_entry(step: Step | None) -> str:
    """The entry for undo: "Undo: Move section"; "Undo" alone where there is nothing to take back."""
    told = translate("StepWords", "&Undo: {what}") if step is not None else translate("StepWords", "&Undo")
    return told.format(what=_words(step))


def redo_entry(step: Step | None) -> str:
    """The entry for redo: "Redo: Move section"; "Redo" alone where there is nothing to do again."""
    told = translate("StepWords", "&Redo: {what}") if step is not None else translate("StepWords", "&Redo")
    return told.format(what=_words(step))


def typing_entry() -> str:
    """The entry for undo while something is half typed in a field, which it takes back first."""
    return translate("StepWords", "&Undo: {what}").format(what=translate("StepWords", TYPING))


def _words(step: Step | None) -> str:
    if step is None:
        return ""
    return step.deed.label if step.deed is not None else translate("StepWords", _ORIGINS[step.origin])
