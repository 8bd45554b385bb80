import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from longwriter_desktop.ui.flow_layout import FlowLayout


class Tile(QWidget):
    """A widget that wants one size."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self._size = QSize(width, height)

    @override
    def sizeHint(self) -> QSize:
        return self._size


TILES = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 40), st.booleans()), max_size=12)


@settings(max_examples=60, deadline=None)
@given(tiles=TILES, width=st.integers(1, 600), gap=st.integers(0, 12))
def test_tiles_keep_their_order_and_never_meet_or_stick_out(
    qapp: QApplication, tiles: list[tuple[int, int, bool]], width: int, gap: int
) -> None:
    holder = QWidget()
    layout = FlowLayout(gap, holder)
    made = []
    for wide, high, is_hidden in tiles:
        tile = Tile(wide, high)
        layout.addWidget(tile)
        tile.setVisible(not is_hidden)
        made.append(tile)
    height = layout.heightForWidth(width)
    layout.setGeometry(QRect(0, 0, width, height))
    seen = [tile for tile in made if not tile.isHidden()]
    for tile in seen:
        assert tile.size() == tile.sizeHint()
        assert tile.geometry().bottom() < height
        assert tile.geometry().right() < width or tile.x() == 0  # one that is wider than all the room stands alone
    for one, other in itertools.pairwise(seen):
        assert not one.geometry().intersects(other.geometry())
        assert (one.geometry().center().y() <= other.geometry().bottom() and one.x() < other.x()) or other.x() == 0
    assert height >= max((tile.sizeHint().height() for tile in seen), default=0)


def test_what_fits_stands_in_one_line_and_goes_on_below_where_it_does_not(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(4, holder)
    buttons = [QPushButton(text) for text in ("Next", "Show", "Repair", "Repair all")]
    for button in buttons:
        layout.addWidget(button)
    assert layout.count() == 4
    holder.resize(layout.sizeHint())
    holder.show()
    assert len({button.y() for button in buttons}) == 1
    holder.resize(layout.sizeHint().width() - 1, layout.heightForWidth(layout.sizeHint().width() - 1))
    QApplication.processEvents()
    assert [button.y() for button in buttons[:3]] == [0, 0, 0]
    assert buttons[3].y() > 0
    assert buttons[3].x() == 0
    layout.removeWidget(buttons[0])
    assert layout.count() == 3


def test_lines_may_be_closer_to_one_another_than_what_stands_in_them(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = FlowLayout(40, holder, line_gap_px=8)
    tiles = [Tile(100, 20) for _ in range(3)]
    for tile in tiles:
        layout.addWidget(tile)
    holder.resize(250, layout.heightForWidth(250))
    holder.show()
    assert [tile.pos().toTuple() for tile in tiles] == [(0, 0), (140, 0), (0, 28)]
