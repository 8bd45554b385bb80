"""Settings > Prompts: what the model is told, word for word, to read, to change and to put back."""

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtGui import QFontDatabase, QFontInfo, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QWidget
from typing_extensions import override

from longwriter_desktop.agentwrite.request import Language
from longwriter_desktop.errors import InputProblem
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.prompt_files import (
    PROMPTS,
    PromptText,
    own_prompt_file,
    prompt_texts,
    put_aside_prompts,
    save_prompt,
)
from longwriter_desktop.safe_write import replace_file
from longwriter_desktop.ui.accessible_roles import read_aloud
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.settings.page import SettingsPage, plain_label, push_button
from longwriter_desktop.ui.settings.prompt_names import NAMES, PURPOSES
from longwriter_desktop.ui.theme import small_font
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, interface_language, shown

SAVE_AFTER_MS = 600
"""After the last key: what is typed is in force a moment later."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class PromptsPage(SettingsPage):
    """One template at a time. What is typed is saved a moment later if it can be used; what cannot says why."""

    TITLE = QT_TRANSLATE_NOOP("PromptsPage", "Prompts")

    def __init__(self, paths: AppPaths, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self._texts: dict[str, PromptText] = {}
        self._at_first: dict[Language, bytes | None] = {}
        self._left: dict[Language, bytes | None] = {}
        """The files as this page has left them; what was put there by others since is not its to take back."""
        self._drafts: dict[tuple[Language, str], str] = {}
        """What was typed and cannot be used yet."""
        self._is_looked_at = True
        self._shown: tuple[Language, str] = ("en", PROMPTS[0])
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER_MS)
        self._saving.timeout.connect(self.save)
        self.add_text(
            self.tr(
                "What the model is told, word for word. The app fills in the $NAMES$ between dollar signs; "
                "leave them in. A change takes effect with the next plan or section."
            )
        )
        self.language = ChoiceField()
        self.language.offer((("English", "en"), ("中文", "zh")))
        self.add_row(self.tr("For documents in"), self.tr("Each language has its own prompts."), self.language)
        self.prompt = ChoiceField()
        self.prompt.setMaxVisibleItems(len(NAMES))
        self.purpose = plain_label("", "muted")
        self.purpose.setFont(small_font(self.font()))
        self.add_row(
            self.tr("Prompt"), self.tr("Which of them are used depends on the model."), self.prompt, below=self.purpose
        )
        self._add_editor()
        self.language.setCurrentIndex(LANGUAGES.index(interface_language()))
        self.language.activated.connect(lambda _: self._changed_over())
        self.prompt.activated.connect(lambda _: self._changed_over())

    def _add_editor(self) -> None:
        self.editor = QPlainTextEdit()
        self.editor.setAccessibleName(self.tr("Wording of the prompt"))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(QFontInfo(self.font()).pixelSize())
        self.editor.setFont(font)
        self.editor.setTabChangesFocus(True)
        self.editor.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        self.editor.textChanged.connect(self._typed)
        self._column.addWidget(self.editor, 1)
        self.verdict = plain_label("", "muted")
        self.verdict.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.first_button = push_button(self.tr("Restore this one"), self._put_back)
        self.all_button = push_button(self.tr("Restore all"), self.reset)
        row = QWidget()
        beside = QHBoxLayout(row)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(self.first_button)
        beside.addWidget(self.all_button)
        beside.addStretch(1)
        self._column.addWidget(row)
        self._column.addWidget(self.verdict)  # last, for it is empty most of the time

    # -- the page as a whole -------------------------------------------------------------------------

    @override
    def begin(self) -> None:
        if self._saving.isActive():
            self.save()
        self._at_first = {language: self._content(language) for language in LANGUAGES}
        self._left = {}
        self._is_looked_at = False
        if self.isVisible():
            self.look()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_looked_at:
            self.look()

    @property
    @override
    def has_changes(self) -> bool:
        return bool(self._drafts) or any(left != self._at_first[language] for language, left in self._left.items())

    @override
    def take_back(self) -> None:
        self._saving.stop()
        self._drafts.clear()
        self._left = {
            language: left
            for language, left in self._left.items()
            if not self._put(language, self._at_first[language], left)
        }
        self.look()

    @override
    def close_down(self) -> None:
        if self._saving.isActive():
            self.save()

    @property
    @override
    def half_typed(self) -> object:
        known, text = self._texts.get(self._shown[1]), self.editor.toPlainText()
        in_hand = {self._shown: text} if known is not None and text != known.text else {}
        return {**self._drafts, **in_hand} or None

    @override
    def type_again(self, typed: object) -> None:
        if isinstance(typed, dict):
            self._drafts |= typed
            self.look()

    @override
    def reset(self) -> None:
        self._saving.stop()
        self._drafts.clear()
        try:
            for language in LANGUAGES:
                put_aside_prompts(language, self._paths)
                self._left[language] = None
        except OSError as problem:
            self.told.emit(self.tr("Your prompts could not be put aside ({problem}).").format(problem=problem))
        self.look()
        self.changed.emit()

    @override
    def seek(self, words: str) -> int:
        wanted = words.casefold().split()
        texts = [f"{self.title} {self.tr(name)}".casefold() for _, name in NAMES]
        return sum(all(each in text for each in wanted) for text in texts)

    def look(self) -> None:
        """Shows the prompts as their file has them now."""
        self._is_looked_at = True
        try:
            self._texts = prompt_texts(self._language, self._paths)
            problem = ""
        except InputProblem as error:
            self._texts, problem = {}, shown(str(error))
        name = self.prompt.currentData() or PROMPTS[0]
        changed = self.tr("{name} (changed)")
        self.prompt.offer(
            [(changed.format(name=self.tr(text)) if self._is_own(key) else self.tr(text), key) for key, text in NAMES],
        )
        self.prompt.setCurrentIndex(self.prompt.findData(name))
        self._shown = (self._language, name)
        self.purpose.setText(self.tr(PURPOSES[name]))
        text, draft = self._texts.get(name), self._drafts.pop(self._shown, None)
        with QSignalBlocker(self.editor):
            self.editor.setPlainText(draft if draft is not None else text.text if text is not None else "")
        self.editor.setEnabled(text is not None)
        self.prompt.setEnabled(text is not None)
        self._show_buttons()
        self._say(problem, bad=bool(problem))
        if draft is not None:
            self.save()

    # -- one prompt ----------------------------------------------------------------------------------

    @property
    def _language(self) -> Language:
        return "zh" if self.language.currentData() == "zh" else "en"

    @property
    def name(self) -> str:
        """The template in hand."""
        return str(self.prompt.currentData())

    def save(self) -> None:
        """Keeps what stands in the editor, or says why it cannot be used."""
        self._saving.stop()
        language, name = self._shown
        known, text = self._texts.get(name), self.editor.toPlainText()
        if known is None:
            return
        if text == known.text:
            if self._drafts.pop(self._shown, None) is not None:  # What could not be used was typed away.
                self._show_buttons()
                self.changed.emit()
            return
        self._drafts[self._shown] = text
        try:
            save_prompt(language, self._paths, name, text)
        except InputProblem as problem:
            self._say(self.tr("Not in use yet. {problem}").format(problem=shown(str(problem))), bad=True)
            self.changed.emit()
            return
        except OSError as problem:
            self._say(self.tr("The prompt could not be saved ({problem}).").format(problem=problem), bad=True)
            self.changed.emit()
            return
        self._left[language] = self._content(language)
        own = None if text == known.shipped else text
        self._texts[name] = PromptText(known.shipped, own)
        self._drafts.pop(self._shown)
        self._say(self.tr("Saved. It takes effect with the next plan or section."))
        self._show_buttons()
        self.changed.emit()

    def _changed_over(self) -> None:
        """Another prompt is to be shown: what stands in the editor is saved first, or kept until it can be."""
        self.save()
        self.look()

    def _typed(self) -> None:
        self._say("")
        self._saving.start()
        self.first_button.setEnabled(True)

    def _put_back(self) -> None:
        known = self._texts.get(self.name)
        if known is not None:
            self._drafts.pop(self._shown, None)
            self.editor.setPlainText(known.shipped)
            self.save()
            self.look()

    def _is_own(self, name: str) -> bool:
        text = self._texts.get(name)
        return text is not None and text.own is not None

    def _show_buttons(self) -> None:
        known = self._texts.get(self.name)
        self.first_button.setEnabled(known is not None and self.editor.toPlainText() != known.shipped)
        self.all_button.setEnabled(any(own_prompt_file(each, self._paths).is_file() for each in LANGUAGES))

    def _say(self, text: str, bad: bool = False) -> None:
        self.verdict.setText(text)
        self.verdict.setProperty("role", "warning" if bad else "muted")
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
        if text:
            read_aloud(self.verdict)

    # -- the files -----------------------------------------------------------------------------------

    def _content(self, language: Language) -> bytes | None:
        try:
            return own_prompt_file(language, self._paths).read_bytes()
        except OSError:
            return None

    def _put(self, language: Language, content: bytes | None, left: bytes | None) -> bool:
        """Puts a file back; what somebody else has written into it since the page has ``left`` it is kept beside.

        False where that cannot be.
        """
        path = own_prompt_file(language, self._paths)
        try:
            if self._content(language) != left:
                put_aside_prompts(language, self._paths)
            if content is None:
                path.unlink(missing_ok=True)
            else:
                replace_file(path, content)
        except OSError as problem:
            self.told.emit(self.tr("Your prompts could not be put back ({problem}).").format(problem=problem))
            return False
        return True
