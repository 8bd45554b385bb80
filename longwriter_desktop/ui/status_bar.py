"""The bar at the bottom: the one main button, how far the text is, how fast it grows, and with what."""

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QStackedLayout, QWidget
from typing_extensions import override

from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.theme import Palette, with_tabular_numbers

ROOM_FOR_MODEL_PX = 1000
PRIVACY = "Everything stays on this computer."


class ThinBar(QProgressBar):
    """A quiet progress bar, 6 px high."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Progress")

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.update()

    def set_share(self, share: float) -> None:
        """How much is done, 0.0 to 1.0."""
        self.setValue(round(1000 * min(1.0, max(0.0, share))))

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, 6)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(60, 6)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area = QRectF(self.rect())
        painter.setBrush(QColor(self._palette.line))
        painter.drawRoundedRect(area, 3, 3)
        if self.value() > 0:
            area.setWidth(max(6.0, area.width() * self.value() / self.maximum()))
            painter.setBrush(QColor(self._palette.accent))
            painter.drawRoundedRect(area, 3, 3)


@dataclass(frozen=True, slots=True)
class MainButton:
    """What the main button offers: "Write", "Pause", "Make a plan" or "Stop"."""

    text: str
    icon: str
    enabled: bool = True


class StatusBar(QWidget):
    """On the start page a promise and the machine; with a document the main button and the progress."""

    main_button_pressed = Signal()  # the person has pressed Write, Pause, Make a plan or Stop

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bottomBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(44)
        self._palette = palette
        self._offer = MainButton("Write", "play")
        self.button = QPushButton()
        self.button.setObjectName("mainButton")
        self.button.setProperty("role", "main")
        self.button.setIconSize(QSize(12, 12))
        self.button.setToolTip("Ctrl+Return")
        self.button.clicked.connect(self.main_button_pressed)
        self.bar = ThinBar(palette)
        self.doing = QLabel()
        self.words = QLabel()
        self.speed = QLabel()
        self.end = QLabel()
        self.model = QLabel()
        self.machine = QLabel()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._start_page())
        self._pages.addWidget(self._document_page())
        self.set_palette(palette)
        self.offer(self._offer)

    def _start_page(self) -> QWidget:
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(14, 0, 14, 0)
        privacy = QLabel(PRIVACY)
        privacy.setProperty("role", "muted")
        self.machine.setProperty("role", "muted")
        layout.addWidget(privacy)
        layout.addStretch(1)
        layout.addWidget(self.machine)
        return page

    def _document_page(self) -> QWidget:
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(14, 0, 14, 0)
        layout.setSpacing(16)
        layout.addWidget(self.button)
        layout.addWidget(self.bar, 1)
        font = with_tabular_numbers(self.font())
        for label in (self.doing, self.words, self.speed, self.end, self.model):
            label.setFont(font)
            label.setProperty("role", "muted")
            label.setTextFormat(Qt.TextFormat.RichText)
            layout.addWidget(label)
            label.hide()
        return page

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.bar.set_palette(palette)
        self._show_button()

    def show_start(self) -> None:
        self._pages.setCurrentIndex(0)

    def show_document(self) -> None:
        self._pages.setCurrentIndex(1)

    def offer(self, offer: MainButton) -> None:
        """What the main button does when it is pressed next."""
        self._offer = offer
        self._show_button()

    def _show_button(self) -> None:
        self.button.setText(self._offer.text)
        self.button.setAccessibleName(self._offer.text)
        self.button.setEnabled(self._offer.enabled)
        colour = self._palette.on_accent if self._offer.enabled else self._palette.muted
        self.button.setIcon(icon(self._offer.icon, colour))

    def show_words(self, words: int, asked: int, unit: str) -> None:
        """Delivered and asked words of the document. ``unit`` is what they are counted in (see `sign_of`)."""
        number = self._strong(f"{words:,}")
        self._set(self.words, f"{number} / {asked:,} {unit}" if asked else f"{number} {unit}")
        self.bar.set_share(words / asked if asked else 0.0)

    def show_speed(self, words_per_second: float, unit: str, tokens_per_second: float, done_about: str) -> None:
        """Measured speed and the clock time of the end; 0 and "" hide them."""
        speed = f"{self._strong(f'{words_per_second:.1f}')} {unit}/s · {tokens_per_second:.0f} tokens/s"
        self._set(self.speed, speed if words_per_second else "")
        self._set(self.end, f"done about {self._strong(done_about)}" if done_about else "")

    def show_doing(self, doing: str) -> None:
        """What is going on before text comes: loading the model, reading (ahead), making a plan; "" hides it."""
        self._set(self.doing, escape(doing))

    def show_model(self, text: str) -> None:
        self._set(self.model, escape(text))  # The name of any file.
        self._make_room()

    def _make_room(self) -> None:
        """Leaves out what matters least where the window is narrow."""
        self.model.setVisible(bool(self.model.text()) and self.width() >= ROOM_FOR_MODEL_PX)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _strong(self, text: str) -> str:
        return f'<b><span style="color:{self._palette.ink}">{text}</span></b>'

    @staticmethod
    def _set(label: QLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)
            label.setVisible(bool(text))
