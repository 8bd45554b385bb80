"""What is said of one model beside the list, and the buttons for what can be done with it."""

from html import escape

from PySide6.QtCore import QDateTime, QLocale, QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from longwriter_desktop.backend.gguf_check import GgufHeader
from longwriter_desktop.models.listing import LANGUAGE_NAMES
from longwriter_desktop.models.own_models import quantization
from longwriter_desktop.size_words import size_words
from longwriter_desktop.ui.models.model_delegate import draw_dot
from longwriter_desktop.ui.models.model_rows import FitColour, Group, ModelRow, Transfer, pace_words
from longwriter_desktop.ui.status_bar import ThinBar
from longwriter_desktop.ui.theme import Palette, book_font, small_font, with_tabular_numbers

DOWNLOAD, RESUME, TRY_AGAIN = "Download", "Go on", "Try again"
CANCEL, DISCARD, STOP = "Cancel…", "Discard…", "Stop"
DELETE, TAKE_OFF = "Delete…", "Take off the list…"
LOADABLE = (Group.TO_DOWNLOAD, Group.OTHER_SIZES)
"""The groups whose models can be downloaded."""
_VERDICTS = {"fits": "Fits this computer", "slow": "Will be slow here", "too large": "Too large for this computer"}
_HUB = "https://huggingface.co/"
_EMPTY = "Choose a model on the left."
_ALL_LINES = 16


class _Dot(QWidget):
    """The colour of the verdict, before its sentence."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.palette_in_use = palette
        self.colour = FitColour.UNKNOWN
        self.setFixedSize(12, 18)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        draw_dot(QPainter(self), QRectF(0, 5, 9, 9), self.colour, self.palette_in_use)


class _Facts(QWidget):
    """Two columns: what, and the value; a value may have a link."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._labels: list[tuple[QLabel, QLabel]] = []
        for at in range(_ALL_LINES):
            name, value = QLabel(), QLabel()
            name.setProperty("role", "muted")
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.RichText)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
            value.setOpenExternalLinks(True)
            value.setFont(with_tabular_numbers(self.font()))
            self._grid.addWidget(name, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, at, 1)
            self._labels.append((name, value))

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Name and value of each; a value is HTML and made of escaped text."""
        for at, (name, value) in enumerate(self._labels):
            told, said = facts[at] if at < len(facts) else ("", "")
            name.setText(told)
            value.setText(said)
            value.setAccessibleName(told)
            name.setVisible(bool(said))
            value.setVisible(bool(said))

    @property
    def shown(self) -> dict[str, str]:
        """What is shown, by name."""
        return {name.text(): value.text() for name, value in self._labels if name.text()}


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
        self.title = _wrapped()
        self.title.setFont(book_font(22, QFont.Weight.DemiBold))
        self._dot = _Dot(palette)
        self.fit = _wrapped()
        self.recommended = _wrapped("accent")
        self.good_for = _wrapped()
        self.bar = ThinBar(palette)
        self.bar.setAccessibleName("Progress of the download")
        self.progress = _wrapped("muted")
        self.progress.setFont(with_tabular_numbers(self.font()))
        self.problem = _wrapped("warning")
        self._download_part = QWidget()
        self.facts = _Facts()
        self._make_buttons()
        self._lay_out()
        self.show_row(None, None)

    def _make_buttons(self) -> None:
        self.download = _button(DOWNLOAD, main=True)
        self.use = _button("Use this model", main=True)
        self.pause = _button("Pause")
        self.cancel = _button(CANCEL)
        self.trial = _button("Try this model")
        self.verify = _button("Verify", link=True)
        self.reveal = _button("Show in folder", link=True)
        self.remove = _button(DELETE, link=True)
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
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.download, self.use, self.pause, self.cancel, self.trial):
            buttons.addWidget(button)
        buttons.addStretch(1)
        links = QHBoxLayout()
        links.setSpacing(8)
        for button in (self.verify, self.reveal, self.remove):
            links.addWidget(button)
        links.addStretch(1)
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
        self.title.setText(row.title if row is not None else _EMPTY)
        self._dot.colour = row.colour if row is not None else FitColour.UNKNOWN
        self._dot.update()
        self._dot.setVisible(row is not None and bool(row.verdict))
        _say(self.fit, fit_sentence(row) if row is not None else "")
        _say(self.recommended, recommendation(row) if row is not None else "")
        _say(self.good_for, row.good_for if row is not None else "")
        self._show_facts()
        self.show_transfer(transfer)

    def show_transfer(self, transfer: Transfer | None) -> None:
        """How far the download of the shown model is; None: there is none."""
        row = self._row
        held = self._held_button()
        problem = transfer.problem if transfer is not None else (row.problem if row is not None else "")
        self.bar.setVisible(transfer is not None)
        self.bar.set_share(transfer.share if transfer is not None else 0.0)
        text = transfer.words if transfer is not None else (row.remark if row is not None else "")
        _say(self.progress, text[:1].upper() + text[1:])
        is_new = problem != self.problem.text()
        _say(self.problem, problem)
        if problem and is_new and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))
        self._download_part.setVisible(transfer is not None or bool(text) or bool(problem))
        here = row is not None and row.model is not None and not row.problem
        running = transfer is not None and transfer.is_running
        may_load = row is not None and row.group in LOADABLE and row.entry is not None
        self._offer(self.download, may_load and not running)
        self.download.setText(_download_words(row, transfer))
        checking = transfer is not None and transfer.stage == "checking"
        self._offer(self.pause, running and not checking)
        self._offer(self.cancel, transfer is not None)
        kept = transfer is not None and not running and bool(transfer.done_bytes)
        self.cancel.setText(STOP if checking else DISCARD if kept else CANCEL)
        self._offer(self.use, here)
        self.use.setEnabled(row is not None and not row.in_use)
        self.use.setText("In use" if row is not None and row.in_use else "Use this model")
        self._offer(self.trial, here)
        self._offer(self.verify, here and not checking)
        self._offer(self.reveal, row is not None and row.path is not None)
        self._offer(self.remove, row is not None and row.may_remove and transfer is None)
        self.remove.setText(DELETE if row is not None and row.path is not None else TAKE_OFF)
        self._pass_focus_on(held)

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

    @staticmethod
    def _offer(button: QPushButton, offered: bool) -> None:
        button.setVisible(offered)

    def _show_facts(self) -> None:
        row = self._row
        self.facts.show_facts(facts_of(row, self._palette) if row is not None else [])


def fit_sentence(row: ModelRow) -> str:
    """The verdict and its reason: "Fits this computer: needs 6.9 GB, 12.0 GB free."""
    if not row.verdict:
        return row.reason
    reason = f": {row.reason}" if row.reason else ""
    return f"{_VERDICTS.get(row.verdict, row.verdict)}{reason}".rstrip(".") + "."


def recommendation(row: ModelRow) -> str:
    """Why just this one, where it is the recommended one; what its fit says already is not said again."""
    reason = row.recommended
    if row.speed_source and row.speed_source in row.reason:
        reason = reason.replace(f", {row.speed_source}", "")
    return f"Recommended. {reason[:1].upper()}{reason[1:]}" if reason else ""


def facts_of(row: ModelRow, palette: Palette) -> list[tuple[str, str]]:
    """Names and values, as HTML; what is not known is left out."""
    entry = row.entry
    memory = f"{size_words(row.needs_bytes)}" if row.needs_bytes else ""
    if memory and row.context_tokens:
        memory += f" with a context of {row.context_tokens:,} tokens"
    facts = [
        ("Size", size_words(row.size_bytes) if row.size_bytes else ""),
        ("Memory", memory),
        ("Speed", _speed_words(row)),
    ]
    if entry is not None:
        languages = ", ".join(LANGUAGE_NAMES.get(each, each) for each in entry.languages)
        weights = " · ".join(
            part for part in (_number_words(entry.parameters) if entry.parameters else "", entry.quantization) if part
        )
        facts += [("Languages", escape(languages)), ("Parameters", escape(weights))]
    else:
        facts += _facts_of_file(row.model.header if row.model is not None else None)
    found = [(name, value) for name, value in facts if value]
    if entry is not None and entry.licence:
        found.append(("Licence", _link(entry.licence_url, entry.licence, palette)))
    if entry is not None and entry.repository:
        found.append(("From", _link(_HUB + entry.repository, entry.repository, palette)))
    if row.path is not None:
        found.append(("File", _breakable(str(row.path))))
    if row.place:
        found.append(("Found in", escape(row.place)))
    if row.path is not None:
        found.append(("Last used", _day(row.last_used)))
    return found


def _number_words(parameters: int) -> str:
    """How many parameters, for a person: "8 billion", "135 million"."""
    return f"{parameters / 1e9:.2g} billion" if parameters >= 995e6 else f"{parameters / 1e6:.3g} million"


def _facts_of_file(header: GgufHeader | None) -> list[tuple[str, str]]:
    """What a file says about itself that is in no catalogue."""
    if header is None:
        return []
    weights = " · ".join(part for part in (header.architecture, quantization(header)) if part)
    longest = f"up to {header.context_tokens:,} tokens" if header.context_tokens else ""
    return [("Model", escape(weights)), ("Made for", longest)]


def _speed_words(row: ModelRow) -> str:
    pace = pace_words(row.words_a_minute)
    if pace in row.reason:
        return ""  # it stands above already
    return escape(" · ".join(part for part in (pace, row.speed_source) if part)) if pace else ""


def _link(address: str, text: str, palette: Palette) -> str:
    if not address.startswith("https://"):
        return escape(text)
    return f'<a href="{escape(address)}" style="color:{palette.accent}">{escape(text)}</a>'


def _breakable(path: str) -> str:
    """A path that may be broken into lines after each separator."""
    return escape(path).replace("/", "/&#8203;").replace("\\", "\\&#8203;")


def _day(at: float | None) -> str:
    if at is None:
        return "never with this app"
    return QLocale.c().toString(QDateTime.fromSecsSinceEpoch(int(at)), "d MMM yyyy, HH:mm")


def _download_words(row: ModelRow | None, transfer: Transfer | None) -> str:
    if transfer is not None:
        return TRY_AGAIN if transfer.stage == "failed" else RESUME
    size = f" {size_words(row.size_bytes)}" if row is not None and row.size_bytes else ""
    return f"{DOWNLOAD}{size}"


def _wrapped(role: str = "") -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if role:
        label.setProperty("role", role)
    return label


def _say(label: QLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))


def _button(text: str, *, main: bool = False, link: bool = False) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if main or link:
        button.setProperty("role", "main" if main else "link")
    if link:
        button.setFont(small_font(button.font()))
    return button
