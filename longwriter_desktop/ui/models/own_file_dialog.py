"""Adding a model file of the person's own: what the file says, what it is to be called, and how it is spoken to."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.backend.options import EngineOptions
from longwriter_desktop.models.catalogue import ModelEntry, load_catalogue
from longwriter_desktop.models.fit import Fit, fit
from longwriter_desktop.models.library import Model
from longwriter_desktop.models.machine import machine_here
from longwriter_desktop.models.own_models import ModelFacts, add_own, described, own_entry_of
from longwriter_desktop.models.speeds import load_speeds
from longwriter_desktop.paths import AppPaths
from longwriter_desktop.settings import load_settings
from longwriter_desktop.size_words import memory_words
from longwriter_desktop.ui import file_dialogs
from longwriter_desktop.ui.fitted_dialog import FittedDialog
from longwriter_desktop.ui.models.background import Background
from longwriter_desktop.ui.models.details_scroll import DetailsScroll
from longwriter_desktop.ui.models.file_facts import FileFacts
from longwriter_desktop.ui.models.gguf_drop import GgufDrop
from longwriter_desktop.ui.models.labels import labelled, say, set_role, wrapped
from longwriter_desktop.ui.models.model_words import reason_words, verdict_sentence
from longwriter_desktop.ui.models.template_choice import TemplatePanel, TemplateTrials
from longwriter_desktop.ui.settings.fields import ChoiceField
from longwriter_desktop.ui.theme import scaled
from longwriter_desktop.ui.translation import shown

_CONTEXTS = (4_096, 8_192, 16_384, 32_768, 65_536, 131_072)
_USUAL_CONTEXT = 32_768
_LEAST_CONTEXT = 512
_CONTEXT_LETTERS = 16


@dataclass(frozen=True, slots=True)
class _Read:
    """A file that was read: what it says, the entry that it has already, and how it fits at each context."""

    facts: ModelFacts
    known: ModelEntry | None
    fits: dict[int, Fit]


class OwnFileDialog(FittedDialog):
    """Shows one file and adds it to the person's models. It stands beside the window and leaves it free."""

    added = Signal(object)  # the file is among the models now; its ModelEntry
    use_wanted = Signal(object)  # the file was added to be written with at once; a Model

    def __init__(self, paths: AppPaths, trials: TemplateTrials, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Add a model file"))
        self.setModal(False)
        self.resize(scaled(600), scaled(600))
        self._paths = paths
        self._read: _Read | None = None
        self._to_use = False
        self._reading = Background("reading a model file", self)
        self._adding = Background("adding a model file", self)
        self._make_parts(trials)
        self._lay_out()
        self._connect()
        self.drop = GgufDrop(self)
        self.drop.dropped.connect(self.show_file)
        self._show_read(None)
        self._say("")

    def _make_parts(self, trials: TemplateTrials) -> None:
        self.path = QLineEdit()
        self.path.setAccessibleName(self.tr("Model file"))
        self.path.setPlaceholderText(self.tr("Path of a GGUF file"))
        self.choose = QPushButton(self.tr("Choose…"))
        self.empty = QLabel(self.tr("Drop a GGUF file here, or choose one. It stays where it is; nothing is copied."))
        self.empty.setObjectName("dropArea")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.said = wrapped()
        self.facts = FileFacts()
        self.fit = wrapped()
        self.name = QLineEdit()
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setMaxLength(80)
        self.context = ChoiceField()
        self.context.setMinimumContentsLength(_CONTEXT_LETTERS)
        self.context.setAccessibleName(self.tr("Context"))
        self.template = TemplatePanel(trials)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.add = QPushButton(self.tr("Add to the list"))
        self.use = QPushButton(self.tr("Use this model"))
        self.use.setProperty("role", "main")
        for button in (self.choose, self.cancel, self.add, self.use):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        file = QHBoxLayout()
        file.setSpacing(8)
        file.addWidget(self.path, 1)
        file.addWidget(self.choose)
        self._filled = QWidget()
        filled = QVBoxLayout(self._filled)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(12)
        filled.addWidget(self.facts)
        filled.addWidget(self.fit)
        fields = QHBoxLayout()
        fields.setSpacing(12)
        fields.addLayout(labelled(self.tr("Name"), self.name), 3)
        fields.addLayout(labelled(self.tr("Context"), self.context), 2)
        filled.addLayout(fields)
        filled.addWidget(self.template)
        scroll = DetailsScroll(left=0, spacing=12)
        scroll.column.addWidget(self.empty, 1)
        scroll.column.addWidget(self.said)
        scroll.column.addWidget(self._filled)
        scroll.column.addStretch()
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.cancel, self.add, self.use):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(12)
        layout.addLayout(labelled(self.tr("Model file"), file))
        layout.addWidget(scroll, 1)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.path.returnPressed.connect(self._show_typed)
        self.choose.clicked.connect(self._ask_for_file)
        self.context.currentIndexChanged.connect(self._show_fit)
        self.template.changed.connect(lambda _name: self._show_buttons())
        self.cancel.clicked.connect(self.reject)
        self.add.clicked.connect(lambda: self._begin_adding(use=False))
        self.use.clicked.connect(lambda: self._begin_adding(use=True))
        self._reading.done.connect(self._file_read)
        self._reading.failed.connect(self._say_problem)
        self._adding.done.connect(self._file_added)
        self._adding.failed.connect(self._not_added)

    # -- the file --------------------------------------------------------------------------------------

    def show_file(self, path: Path) -> None:
        """Reads the file at ``path`` and shows what it says."""
        self.path.setText(str(path))
        self.empty.hide()
        self._show_read(None)
        self._say(self.tr("Reading what the file says…"))
        self._reading.start(lambda _report, _stop: self._look_into(path))

    def _show_typed(self) -> None:
        if typed := self.path.text().strip():
            self.show_file(Path(typed))

    def _look_into(self, path: Path) -> _Read:
        """On the other thread. Raises ModelProblem."""
        facts = described(path)
        known = own_entry_of(facts.path, load_catalogue(self._paths))
        machine = machine_here(self._paths, load_settings(self._paths))
        model = Model(str(facts.path), facts.title, facts.path, header=facts.header)
        chosen = [known.default_context_tokens] if known is not None else []
        contexts = sorted({each for each in (*_CONTEXTS, facts.context_tokens, *chosen) if each >= _LEAST_CONTEXT})
        contexts = [each for each in contexts if each <= facts.context_tokens]
        speeds, options = load_speeds(self._paths), EngineOptions.of(load_settings(self._paths))
        fits = {
            tokens: fit(model, machine, context_tokens=tokens, speeds=speeds, options=options)
            for tokens in (contexts if not facts.problem else ())
        }
        return _Read(facts, known, fits)

    def _ask_for_file(self) -> None:
        typed = self.path.text().strip()
        chosen = file_dialogs.ask_model_file(self, Path(typed).parent if typed else Path.home())
        if chosen is not None:
            self.show_file(chosen)

    def _file_read(self, read: object) -> None:
        if not isinstance(read, _Read):
            return
        if read.facts.problem:
            self._say_problem(read.facts.problem)
            self.facts.show_file(read.facts)
            return
        self._say("")
        self._show_read(read)

    def _show_read(self, read: _Read | None) -> None:
        self._read = read
        self._filled.setVisible(read is not None)
        if read is not None:
            facts, known = read.facts, read.known
            self.facts.show_file(facts)
            self.name.setText(known.title if known is not None else facts.title)
            self._show_contexts(read)
            self.template.show_facts(facts, known.template if known is not None else "")
        self._show_buttons()

    def _show_contexts(self, read: _Read) -> None:
        self.context.blockSignals(True)
        self.context.clear()
        for tokens, judged in read.fits.items():
            told = self.tr("{tokens} tokens · {memory}")
            self.context.addItem(told.format(tokens=f"{tokens:,}", memory=memory_words(judged.needs_bytes)), tokens)
        wanted = read.known.default_context_tokens if read.known is not None else _USUAL_CONTEXT
        most = max((tokens for tokens in read.fits if tokens <= wanted), default=0)
        self.context.setCurrentIndex(max(0, self.context.findData(most)))
        self.context.blockSignals(False)
        self._show_fit()

    def _show_fit(self) -> None:
        judged = self._read.fits.get(self.context.currentData()) if self._read is not None else None
        self.fit.setVisible(judged is not None)
        if judged is None:
            return
        why = reason_words(judged.reason, judged.words_a_minute, judged.speed_source)
        self.fit.setText(verdict_sentence(judged.verdict, why))
        set_role(self.fit, "accent" if judged.verdict == "fits" else "warning")

    def _show_buttons(self) -> None:
        ready = self._read is not None and not self._adding.is_busy
        settled = ready and self.template.is_settled
        for button in (self.add, self.use):
            button.setEnabled(settled)
            button.setToolTip(self.tr("Choose a chat template first, and try it.") if ready and not settled else "")
        known = self._read is not None and self._read.known is not None
        self.add.setText(self.tr("Save") if known else self.tr("Add to the list"))

    # -- adding ----------------------------------------------------------------------------------------

    def _begin_adding(self, *, use: bool) -> None:
        read = self._read
        if read is None:
            return
        self._to_use = use
        title, template = self.name.text().strip(), self.template.template
        context: int | None = self.context.currentData()
        self._say(self.tr("Adding…"))
        self._adding.start(
            lambda _report, _stop: add_own(
                read.facts.path, self._paths, title=title, template=template, context=context
            )
        )
        self._show_buttons()

    def _file_added(self, entry: object) -> None:
        if not isinstance(entry, ModelEntry) or self._read is None:
            return
        self.added.emit(entry)
        if self._to_use:
            self.use_wanted.emit(Model(entry.name, entry.title, self._read.facts.path, entry))
        self.accept()

    def _not_added(self, sentence: str) -> None:
        self._say_problem(sentence)
        self._show_buttons()

    # -- words -----------------------------------------------------------------------------------------

    def _say(self, sentence: str) -> None:
        say(self.said, sentence)
        set_role(self.said, "muted")

    def _say_problem(self, sentence: str) -> None:
        self._say(shown(sentence))
        set_role(self.said, "warning")
        QAccessible.updateAccessibility(QAccessibleEvent(self.said, QAccessible.Event.Alert))

    @override
    def done(self, result: int) -> None:
        self._reading.close()
        self._adding.close()
        self.template.close_trial()
        super().done(result)
