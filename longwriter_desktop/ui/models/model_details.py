"""What is said of one model beside the list, and the buttons for what can be done with it."""

from html import escape

from PySide6.QtCore import QDateTime, QLocale, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.models.download_request import hub_website
from longwriter_desktop.models.own_models import quantization
from longwriter_desktop.size_words import memory_words, size_words
from longwriter_desktop.ui.flow_layout import FlowLayout
from longwriter_desktop.ui.models.facts_table import FactsTable
from longwriter_desktop.ui.models.labels import link, say, wrapped
from longwriter_desktop.ui.models.model_delegate import draw_dot
from longwriter_desktop.ui.models.model_rows import FitColour, Group, ModelRow, Transfer
from longwriter_desktop.ui.models.model_words import (
    good_for_words,
    language_words,
    long_document_sentence,
    number_words,
    pace_words,
    place_words,
    sentences,
    sourced,
    verdict_sentence,
)
from longwriter_desktop.ui.status_bar import ThinBar
from longwriter_desktop.ui.theme import Palette, scaled, small_font, title_font, with_tabular_numbers
from longwriter_desktop.ui.translation import shown, translate

LOADABLE = (Group.TO_DOWNLOAD, Group.OTHER_SIZES)
"""The groups whose models can be downloaded."""


class _Dot(QWidget):
    """The colour of the verdict, before its sentence."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette_in_use = palette
        self.colour = FitColour.UNKNOWN
        self.setFixedSize(scaled(12), scaled(18))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_dot(QPainter(self), QRectF(0, scaled(5), scaled(9), scaled(9)), self.colour, self.palette_in_use)


class ModelDetails(QWidget):
    """Everything about one model. Each signal is a wish of the person's and carries the ModelRow."""

    download_wanted = Signal(object)  # Download, Go on or Try again was pressed
    pause_wanted = Signal(object)  # Pause was pressed
    cancel_wanted = Signal(object)  # Cancel was pressed
    use_wanted = Signal(object)  # Use this model was pressed
    try_wanted = Signal(object)  # Try was pressed
    verify_wanted = Signal(object)  # Verify was pressed
    reveal_wanted = Signal(object)  # Show in folder was pressed
    remove_wanted = Signal(object)  # Delete was pressed

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self._row: ModelRow | None = None
        self.title = wrapped()
        self._dot = _Dot(palette)
        self.fit = wrapped()
        self.recommended = wrapped(role="accent")
        self.good_for = wrapped()
        self.bar = ThinBar(palette)
        self.bar.setAccessibleName(self.tr("Progress of the download"))
        self.progress = wrapped(role="muted")
        self.progress.setFont(with_tabular_numbers(self.font()))
        self.problem = wrapped(role="warning")
        self._download_part = QWidget()
        self.facts = FactsTable(rich=True)
        self._make_buttons()
        self._lay_out()
        self.show_row(None, None)

    def _make_buttons(self) -> None:
        self.download = _button(self.tr("Download"), main=True)
        self.use = _button(self.tr("Use this model"), main=True)
        self.pause = _button(self.tr("Pause"))
        self.cancel = _button(self.tr("Cancel…"))
        self.trial = _button(self.tr("Try this model"))
        self.verify = _button(self.tr("Verify"), link=True)
        self.reveal = _button(self.tr("Show in folder"), link=True)
        self.remove = _button(self.tr("Delete…"), link=True)
        buttons = (
            *(self.download, self.use, self.pause, self.cancel),
            *(self.trial, self.verify, self.reveal, self.remove),
        )
        for button, wish in zip(buttons, self.wishes, strict=True):
            button.clicked.connect(lambda _=False, wish=wish: self._row is not None and wish.emit(self._row))

    @property
    def wishes(self) -> tuple[SignalInstance, ...]:
        """The signals of all buttons."""
        return (
            *(self.download_wanted, self.use_wanted, self.pause_wanted, self.cancel_wanted),
            *(self.try_wanted, self.verify_wanted, self.reveal_wanted, self.remove_wanted),
        )

    def _lay_out(self) -> None:
        fit = QHBoxLayout()
        fit.setSpacing(6)
        fit.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        fit.addWidget(self.fit, 1)
        buttons, links = FlowLayout(8), FlowLayout(8)
        for button in (self.download, self.use, self.pause, self.cancel, self.trial):
            buttons.addWidget(button)
        for button in (self.verify, self.reveal, self.remove):
            links.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, gap in ((self.title, 8), (fit, 4), (self.recommended, 8), (self.good_for, 12)):
            layout.addLayout(part) if isinstance(part, QHBoxLayout) else layout.addWidget(part)
            layout.addSpacing(gap)
        download = QVBoxLayout(self._download_part)
        download.setContentsMargins(0, 0, 0, 12)
        download.setSpacing(4)
        for widget in (self.bar, self.progress, self.problem):
            download.addWidget(widget)
        layout.addWidget(self._download_part)
        layout.addLayout(buttons)
        layout.addSpacing(16)
        layout.addWidget(self.facts)
        layout.addSpacing(8)
        layout.addLayout(links)

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self._dot.palette_in_use = palette
        self._dot.update()
        self.bar.set_palette(palette)
        self._show_facts()

    # -- showing -------------------------------------------------------------------------------------

    @property
    def row(self) -> ModelRow | None:
        """The model that is shown."""
        return self._row

    def show_row(self, row: ModelRow | None, transfer: Transfer | None) -> None:
        """Shows one model and how far its download is; None: there is none to show."""
        self._row = row
        title = row.title if row is not None else self.tr("Choose a model on the left.")
        self.title.setFont(title_font(22, title))
        self.title.setText(title)
        self._dot.colour = row.colour if row is not None else FitColour.UNKNOWN
        self._dot.update()
        self._dot.setVisible(row is not None and bool(row.verdict))
        say(self.fit, fit_sentence(row) if row is not None else "")
        say(self.recommended, recommendation(row) if row is not None else "")
        say(self.good_for, good_for_words(row.good_for) if row is not None else "")
        self._show_facts()
        self.show_transfer(transfer)

    def show_transfer(self, transfer: Transfer | None) -> None:
        """How far the download of the shown model is; None: there is none."""
        row = self._row
        held = self._held_button()
        problem = shown(transfer.problem if transfer is not None else (row.problem if row is not None else ""))
        self.bar.setVisible(transfer is not None)
        self.bar.set_share(transfer.share if transfer is not None else 0.0)
        text = transfer.words if transfer is not None else (shown(row.remark) if row is not None else "")
        say(self.progress, text[:1].upper() + text[1:])
        is_new = problem != self.problem.text()
        say(self.problem, problem)
        if problem and is_new and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))
        self._download_part.setVisible(transfer is not None or bool(text) or bool(problem))
        self._offer_buttons(row, transfer)
        self._pass_focus_on(held)

    def _offer_buttons(self, row: ModelRow | None, transfer: Transfer | None) -> None:
        here = row is not None and row.model is not None and not row.problem
        running = transfer is not None and transfer.is_running
        checking = transfer is not None and transfer.stage == "checking"
        self.download.setVisible(row is not None and row.group in LOADABLE and row.entry is not None and not running)
        self.download.setText(self._download_words(row, transfer))
        self.pause.setVisible(running and not checking)
        self.cancel.setVisible(transfer is not None)
        self.cancel.setText(self._cancel_words(transfer))
        in_use = row is not None and row.in_use
        self.use.setVisible(here)
        self.use.setEnabled(row is not None and not in_use)
        self.use.setText(self.tr("In use") if in_use else self.tr("Use this model"))
        self.trial.setVisible(here)
        self.verify.setVisible(here and not checking)
        self.reveal.setVisible(row is not None and row.path is not None)
        self.remove.setVisible(row is not None and row.may_remove and transfer is None)
        has_file = row is not None and row.path is not None
        self.remove.setText(self.tr("Delete…") if has_file else self.tr("Take off the list…"))

    def _download_words(self, row: ModelRow | None, transfer: Transfer | None) -> str:
        if transfer is not None:
            return self.tr("Try again") if transfer.stage == "failed" else self.tr("Go on")
        if row is None or not row.size_bytes:
            return self.tr("Download")
        return self.tr("Download {size}").format(size=size_words(row.size_bytes))

    def _cancel_words(self, transfer: Transfer | None) -> str:
        if transfer is not None and transfer.stage == "checking":
            return self.tr("Stop")
        kept = transfer is not None and not transfer.is_running and bool(transfer.done_bytes)
        return self.tr("Discard…") if kept else self.tr("Cancel…")

    def _held_button(self) -> QPushButton | None:
        buttons = (self.download, self.use, self.pause, self.cancel, self.verify)
        return next((button for button in buttons if button.hasFocus()), None)

    def _pass_focus_on(self, held: QPushButton | None) -> None:
        """From a button that has gone to the one that stands for its opposite, not to whichever comes next."""
        heirs = {
            self.pause: (self.download, self.use),
            self.download: (self.pause, self.use),
            self.verify: (self.cancel,),
            self.cancel: (self.verify, self.download),
        }
        if held is None or not held.isHidden():
            return
        heir = next((button for button in heirs.get(held, ()) if not button.isHidden()), None)
        if heir is not None:
            heir.setFocus()

    def _show_facts(self) -> None:
        row = self._row
        self.facts.show_facts(facts_of(row, self._palette) if row is not None else [])


def fit_sentence(row: ModelRow) -> str:
    """The verdict and its reason: "Fits this computer: needs 6.9 GB, 12.0 GB free."""
    return verdict_sentence(row.verdict, row.why) if row.verdict else row.why


def recommendation(row: ModelRow) -> str:
    """Why just this one, where it is the recommended one; what its fit says already is not said again."""
    if not row.recommended:
        return ""
    pace = ""
    if row.words_a_minute is not None and row.entry is not None and row.entry.is_for_writing:
        source = "" if row.speed_source in row.reason else row.speed_source
        pace = long_document_sentence(row.words_a_minute, source)
    return sentences(translate("ModelDetails", "Recommended."), shown(row.recommended), pace)


def facts_of(row: ModelRow, palette: Palette) -> list[tuple[str, str]]:
    """Names and values, as HTML; what is not known is left out."""
    entry = row.entry
    facts = [
        (translate("ModelDetails", "Size"), size_words(row.size_bytes) if row.size_bytes else ""),
        (translate("ModelDetails", "Memory"), escape(_memory_words(row))),
        (translate("ModelDetails", "Speed"), _speed_words(row)),
    ]
    if entry is not None:
        parameters = number_words(entry.parameters) if entry.parameters else ""
        weights = " · ".join(part for part in (parameters, entry.quantization) if part)
        facts += [
            (translate("ModelDetails", "Languages"), escape(language_words(entry.languages))),
            (translate("ModelDetails", "Parameters"), escape(weights)),
            (translate("ModelDetails", "Licence"), link(entry.licence_url, entry.licence, palette)),
            (translate("ModelDetails", "From"), _hub_page(entry.repository, palette)),
        ]
    else:
        facts += _facts_of_file(row.model.header if row.model is not None else None)
    facts.append((translate("ModelDetails", "Found in"), escape(place_words(row.place))))
    if row.path is not None:
        facts.insert(-1, (translate("ModelDetails", "File"), _breakable(str(row.path))))
        facts.append((translate("ModelDetails", "Last used"), _day(row.last_used)))
    return [(name, value) for name, value in facts if value]


def _memory_words(row: ModelRow) -> str:
    if not row.needs_bytes or not row.context_tokens:
        return memory_words(row.needs_bytes) if row.needs_bytes else ""
    form = translate("ModelDetails", "{memory} with a context of {tokens} tokens")
    return form.format(memory=memory_words(row.needs_bytes), tokens=f"{row.context_tokens:,}")


def _hub_page(repository: str, palette: Palette) -> str:
    return link(f"{hub_website()}/{repository}", repository, palette) if repository else ""


def _facts_of_file(header: GgufHeader | None) -> list[tuple[str, str]]:
    """What a file says about itself that is in no catalogue."""
    if header is None:
        return []
    weights = " · ".join(part for part in (header.architecture, quantization(header)) if part)
    longest = translate("ModelDetails", "up to {tokens} tokens").format(tokens=f"{header.context_tokens:,}")
    return [
        (translate("ModelDetails", "Model"), escape(weights)),
        (translate("ModelDetails", "Made for"), longest if header.context_tokens else ""),
    ]


def _speed_words(row: ModelRow) -> str:
    pace = pace_words(row.words_a_minute)
    if pace in row.why:
        return ""  # it stands above already
    return escape(sourced(pace, row.speed_source)) if pace else ""


def _breakable(path: str) -> str:
    """A path that may be broken into lines after each separator."""
    return escape(path).replace("/", "/&#8203;").replace("\\", "\\&#8203;")


def _day(at: float | None) -> str:
    if at is None:
        return translate("ModelDetails", "never with this app")
    form = translate("ModelDetails", "d MMM yyyy, HH:mm", "a date and time as QLocale.toString takes it")
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(at)), form)


def _button(text: str, *, main: bool = False, link: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if main or link:
        button.setProperty("role", "main" if main else "link")
    if link:
        button.setFont(small_font(button.font()))
    return button
