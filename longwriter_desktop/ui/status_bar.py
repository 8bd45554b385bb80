"""The bar at the bottom: the one main button, how far the text is, how fast it grows, and with what."""

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QStackedLayout, QWidget
from typing_extensions import override

from longwriter_desktop.ui.icons import icon
from longwriter_desktop.ui.plain_tip import plain_tip
from longwriter_desktop.ui.theme import Palette, scaled, with_tabular_numbers
from longwriter_desktop.ui.translation import QT_TRANSLATE_NOOP, translate

ROOM_FOR_MODEL_PX = 1000
_READING_PX = 72
_SLACK_PX = 24
"""What was left out for want of room comes back only with so much more of it, or it would come and go."""
MAIN_BUTTON_TEXTS = (
    QT_TRANSLATE_NOOP("ProgressWatch", "Write"),
    QT_TRANSLATE_NOOP("ProgressWatch", "Pause"),
    QT_TRANSLATE_NOOP("ProgressWatch", "Make a plan"),
    QT_TRANSLATE_NOOP("ProgressWatch", "Stop"),
    QT_TRANSLATE_NOOP("ProgressWatch", "Written"),
)
PRIVACY = QT_TRANSLATE_NOOP("StatusBar", "Everything stays on this computer.")


class ThinBar(QProgressBar):
    """A quiet progress bar, 6 px high."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.setTextVisible(False)
        self.setRange(0, 1000)
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Progress"))

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
    download_pressed = Signal()  # the person wants to see the download that goes on

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bottomBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(scaled(44))
        self._palette = palette
        self._offer = MainButton(translate("ProgressWatch", "Write"), "play")
        self.button = QPushButton()
        self.button.setObjectName("mainButton")
        self.button.setProperty("role", "main")
        self.button.setIconSize(QSize(12, 12))
        self.button.setToolTip("Ctrl+Return")
        self.button.clicked.connect(self.main_button_pressed)
        self.bar = ThinBar(palette)
        self.reading = ThinBar(palette)
        self.reading.setFixedWidth(_READING_PX)
        self.reading.hide()
        self.doing = QLabel()
        self.place = QLabel()
        self.words = QLabel()
        self.speed = QLabel()
        self.end = QLabel()
        self.model = QLabel()
        self.machine = QLabel()
        self.downloads = QPushButton(), QPushButton()
        for each in self.downloads:
            each.setProperty("role", "link")
            each.setFont(with_tabular_numbers(each.font()))
            each.clicked.connect(self.download_pressed)
            each.hide()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._start_page())
        self._pages.addWidget(self._document_page())
        self.set_palette(palette)
        self._keep_button_wide()
        self._show_button()

    def _keep_button_wide(self) -> None:
        """The button does not move or change its width with what it says: one aims at it without looking."""
        widths = []
        for text in MAIN_BUTTON_TEXTS:
            self.button.setText(translate("ProgressWatch", text))
            widths.append(self.button.sizeHint().width())
        self.button.setMinimumWidth(max(widths))

    def _start_page(self) -> QWidget:
        page = QWidget()
        layout = QHBoxLayout(page)
        layout.setContentsMargins(14, 0, 14, 0)
        privacy = QLabel(translate("StatusBar", PRIVACY))
        privacy.setProperty("role", "muted")
        self.machine.setProperty("role", "muted")
        layout.addWidget(privacy)
        layout.addStretch(1)
        layout.addWidget(self.downloads[0])
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
        self._labels = (self.doing, self.place, self.words, self.speed, self.end, self.model)
        for label in self._labels:
            label.setFont(font)
            label.setProperty("role", "muted")
            label.setTextFormat(Qt.TextFormat.RichText)
            layout.addWidget(label)
            label.hide()
        layout.insertWidget(2, self.downloads[1])
        layout.insertWidget(2, self.reading)
        self._row = layout
        return page

    def set_palette(self, palette: Palette) -> None:
        self._palette = palette
        self.bar.set_palette(palette)
        self.reading.set_palette(palette)
        self._show_button()

    def show_start(self) -> None:
        self._pages.setCurrentIndex(0)

    def show_document(self) -> None:
        self._pages.setCurrentIndex(1)

    def offer(self, offer: MainButton) -> None:
        """What the main button does when it is pressed next."""
        if offer != self._offer:  # Asked for with each key that is typed, and the icon takes milliseconds to draw.
            self._offer = offer
            self._show_button()

    def _show_button(self) -> None:
        self.button.setText(self._offer.text)
        self.button.setAccessibleName(self._offer.text)
        self.button.setEnabled(self._offer.enabled)
        colour = self._palette.on_accent if self._offer.enabled else self._palette.muted
        self.button.setIcon(icon(self._offer.icon, colour))

    def show_words(self, words: int, aim: int, unit: str, tip: str = "") -> None:
        """Delivered words and those that the plan adds up to; ``unit`` names what is counted, ``tip`` says more."""
        number = self._strong(f"{words:,}")
        self._set(self.words, f"{number} / {aim:,} {unit}" if aim else f"{number} {unit}")
        self._set_tip(self.words, tip)

    def show_place(self, text: str) -> None:
        """The words that are selected, or of the section in hand; "" hides it."""
        self._set(self.place, escape(text))

    def show_progress(self, share: float, told: str) -> None:
        """How much of the document is done, 0.0 to 1.0; ``told`` says so in words, for a screen reader and as a tip."""
        self.bar.set_share(share)
        if self.bar.accessibleDescription() != told:
            self.bar.setAccessibleDescription(told)
            self._set_tip(self.bar, told)

    def show_speed(self, words_per_minute: float, unit: str, tokens_per_second: float) -> None:
        """The measured speed; 0 hides it."""
        speed = self.tr("{tokens} tokens/s · {words} {unit}/min").format(
            tokens=self._strong(f"{tokens_per_second:.1f}"), words=f"{words_per_minute:,.0f}", unit=unit
        )
        self._set(self.speed, speed if words_per_minute > 0 else "")
        self._set_tip(self.speed, self.tr("How fast it is written now. The average over a long document is lower."))

    def show_end(self, left: str, done_about: str) -> None:
        """How long it will still take, and the clock time of the end; "" hides them."""
        told = self.tr("{time} left, done about {clock}")
        self._set(self.end, told.format(time=self._strong(left), clock=self._strong(done_about)) if left else "")

    def show_doing(self, doing: str, tip: str = "") -> None:
        """What is going on: loading the model, reading, writing, or why nothing is; "" hides it."""
        self._set(self.doing, escape(doing))
        self._set_tip(self.doing, tip)

    def show_reading(self, share: float, name: str = "") -> None:
        """How much of a prompt is read or of a model loaded; below 0 or from 1.0 on nothing is shown of it."""
        shown = 0 <= share < 1
        if shown:
            self.reading.setAccessibleName(name or self.tr("Reading"))
            self.reading.set_share(share)
        if shown == self.reading.isHidden():
            self.reading.setVisible(shown)
            self._make_room()

    def show_model(self, text: str, tip: str = "") -> None:
        """The model in use; ``tip`` says more about it to whoever points at it."""
        self._set(self.model, escape(text))  # The name of any file.
        self._set_tip(self.model, tip)

    def show_download(self, text: str, short: str) -> None:
        """How far a download is, which goes on meanwhile; ``short`` beside a document. "" hides it."""
        for button, shown in zip(self.downloads, (text, short), strict=True):
            button.setText(shown.replace("&", "&&"))
            button.setAccessibleName(text)
            button.setToolTip(plain_tip(text))
            button.setVisible(bool(shown))
        self._make_room()

    def _make_room(self) -> None:
        """Leaves out what matters least where the window is narrow."""
        is_wide = self.width() >= ROOM_FOR_MODEL_PX
        wanted = [label for label in self._labels if label.text() and (is_wide or label is not self.model)]
        fixed = (self.button, self.bar, self.reading, self.downloads[1])
        others = [each.minimumSizeHint().width() if each is self.bar else _width(each) for each in fixed if _on(each)]
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - sum(others) - self._row.spacing() * (len(others) - 1)
        for label in (self.model, self.place, self.speed, self.words, self.end):
            needed = sum(_width(each) + self._row.spacing() for each in wanted)
            if needed <= room - (_SLACK_PX if label in wanted and label.isHidden() else 0):
                break
            wanted = [each for each in wanted if each is not label]
        for label in self._labels:
            label.setVisible(label in wanted)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _strong(self, text: str) -> str:
        return f'<b><span style="color:{self._palette.ink}">{text}</span></b>'

    def _set(self, label: QLabel, text: str) -> None:
        if label.text() != text:
            label.setText(text)
            self._make_room()

    @staticmethod
    def _set_tip(widget: QWidget, tip: str) -> None:
        shown = plain_tip(tip) if tip else ""
        if widget.toolTip() != shown:
            widget.setToolTip(shown)


def _on(widget: QWidget) -> bool:
    """Whether a widget takes room in its row."""
    return not widget.isHidden()


def _width(widget: QWidget) -> int:
    return min(max(widget.sizeHint().width(), widget.minimumWidth()), widget.maximumWidth())
