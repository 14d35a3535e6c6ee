"""A strip chart shows what a plain painter would draw, however the samples came."""

from __future__ import annotations

from math import floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from surefoot.session.snapshot import Track
from surefoot.ui import theme
from surefoot.ui.plot import round_values
from surefoot.ui.strip import StripChart
from surefoot.ui.sweep import GAP, TILE, Sweep

pytestmark = pytest.mark.gui

SECONDS, SPAN = 30.0, (-10.0, 10.0)
COLOURS = (QColor("#56B4E9"), QColor("#E69F00"))
SIZE = QSize(613, 140)
INK = 40  # of 255; how much a few pixels may differ from the plain painter's
FEW = 0.001
FORMAT = QImage.Format.Format_ARGB32_Premultiplied
T = np.arange(0.013, 100.0, 0.01)
DATA = np.column_stack(
    [
        4 * np.sin(2 * np.pi * 0.4 * T)
        + np.random.default_rng(1).normal(0, 0.2, T.size),
        9 * np.sin(2 * np.pi * 1.3 * T),
    ]
)


def track(t=T, data=DATA, rate=100.0):
    return Track("Board tilt", ("ml", "ap"), "deg", rate, t, data)


def upto(end, t=T, data=DATA):
    """The newest 31 s, as a session keeps them."""
    first = np.searchsorted(t, t[end - 1] - 31.0)
    return track(t[first:end], data[first:end])


def sweep(size=SIZE, span=SPAN, width=2.0):
    return Sweep(size, SECONDS, span, COLOURS, width)


def canvas(size):
    image = QImage(size, FORMAT)
    image.fill(Qt.GlobalColor.black)
    return image


def shown(drawn, size=SIZE):
    image = canvas(size)
    painter = QPainter(image)
    drawn.blit(painter, 0, 0)
    painter.end()
    return pixels(image)


def pixels(image):
    flat = np.frombuffer(image.constBits(), np.uint8)
    rows = flat.reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width()].astype(int)


def plain_runs(samples):
    """Gap-free stretches of each channel, found sample by sample."""
    for channel in range(samples.data.shape[1]):
        run, last = [], None
        for t, value in zip(samples.t, samples.data[:, channel], strict=True):
            far = last is not None and t - last > max(GAP, 1.5 / samples.rate)
            if (far or not np.isfinite(value)) and run:
                yield channel, run
                run = []
            if np.isfinite(value):
                run.append((t, value))
            last = t
        if run:
            yield channel, run


def draw_plainly(image, area, samples, colours, width, span=SPAN):
    """One polyline for each stretch; the newest sample in the last column."""
    speed = area.width() / SECONDS
    left = floor(samples.t[-1] * speed) - area.width() + 1
    painter = QPainter(image)
    painter.setClipRect(area)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for channel, run in plain_runs(samples):
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.BevelJoin
        pen = QPen(QColor(colours[channel]), width, Qt.PenStyle.SolidLine, cap, join)
        painter.setPen(pen)
        scale = area.height() / (span[1] - span[0])
        corner = QPointF(area.left() - left, area.top())
        points = [corner + QPointF(t * speed, (span[1] - v) * scale) for t, v in run]
        if len(points) == 1:
            painter.drawPoint(points[0])
        else:
            painter.drawPolyline(QPolygonF(points))
    painter.end()


def plain(samples, size=SIZE, width=2.0):
    image = canvas(size)
    draw_plainly(image, QRect(QPoint(0, 0), size), samples, COLOURS, width)
    return pixels(image)


def assert_alike(one, other):
    """All but a few pixels are the same, and there is ink to compare at all."""
    off = np.abs(one - other).max(axis=2)
    assert (other.max(axis=2) > 100).sum() > 100
    assert off.max() <= INK
    assert (off > 1).mean() <= FEW


@pytest.mark.parametrize("end", [40, 1500, 3002, 5317, 9999])
def test_picture_is_that_of_a_plain_painter_at_any_wrap(end):
    drawn = sweep()
    for stop in [*range(min(end, 700), end, 700), end]:
        drawn.draw(upto(stop))
    assert_alike(shown(drawn), plain(upto(end)))


def test_newest_sample_stands_at_the_right_edge():
    spike = np.zeros_like(DATA)
    spike[4999, 1] = 9.0
    drawn = sweep()
    drawn.draw(upto(5000, data=spike))
    green = shown(drawn)[:, :, 1]
    high = np.flatnonzero(green[5:20].max(axis=0) > 100)
    assert high.max() == SIZE.width() - 1
    assert high.min() >= SIZE.width() - 3
    assert drawn.position(T[4999]) == SIZE.width() - 1


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(1, 4000), min_size=0, max_size=25), st.integers(2, 9000))
def test_any_cutting_gives_the_same_pixels(steps, start):
    rng = np.random.default_rng(len(steps))
    kept = rng.random(T.size) > 0.002
    kept[(rng.integers(0, T.size, 12)[:, None] + np.arange(25)).ravel() % T.size] = (
        False
    )
    t, data = T[kept], DATA[kept].copy()
    data[rng.random(data.shape) < 0.003] = np.nan
    pieces, once = sweep(), sweep()
    stops = np.minimum(np.cumsum([start, *steps]), t.size)
    for stop in stops:
        pieces.draw(upto(stop, t, data))
    once.draw(upto(stops[-1], t, data))
    assert np.array_equal(shown(pieces), shown(once))


def test_gap_is_left_blank_where_it_was_in_time():
    kept = (T < 40.0) | (T > 45.0)
    t, data = T[kept], DATA[kept]
    end = int(np.searchsorted(t, 60.0))
    drawn = sweep()
    for stop in (end - 1500, end - 900, end):
        drawn.draw(upto(stop, t, data))
    picture = shown(drawn)
    first, last = drawn.position(40.0), drawn.position(45.0)
    assert last - first == pytest.approx(5 * SIZE.width() / SECONDS, abs=1)
    assert not picture[:, first + 3 : last - 2].any(axis=(0, 2)).tolist().count(
        True
    ) - (last - first - 5)  # alpha is always there
    assert picture[:, first + 3 : last - 2, :3].max() == 0
    assert_alike(picture, plain(upto(end, t, data)))


@pytest.mark.parametrize(
    ("rate", "gap", "blank"),
    [(100.0, 0.3, True), (100.0, 0.05, False), (5.0, 0.2, False)],
)
def test_short_gap_is_blank_only_beyond_what_the_rate_explains(rate, gap, blank):
    t = np.arange(0.0, 30.0, 1 / rate)
    t = t[(t <= 20.0) | (t >= 20.0 + gap - 1e-9)]
    flat = track(t, np.zeros((t.size, 2)), rate)
    wide = QSize(3000, 40)
    drawn = sweep(wide)
    drawn.draw(flat)
    middle = drawn.position(20.0 + gap / 2)
    line = shown(drawn, wide)[20, middle, :3].max()
    assert bool(line == 0) == blank


def test_missing_values_leave_their_channel_blank_only():
    data = DATA.copy()
    data[3000:3400, 0] = np.nan
    drawn = sweep()
    drawn.draw(upto(4000, data=data))
    assert_alike(shown(drawn), plain(upto(4000, data=data)))


def test_lonely_sample_is_a_dot():
    t = np.array([1.0, 5.0, 9.0])
    alone = track(t, np.zeros((3, 2)))
    drawn = sweep()
    drawn.draw(alone)
    column = drawn.position(5.0)
    assert shown(drawn)[66:75, column - 1 : column + 2, :3].max() > 150
    assert np.abs(shown(drawn) - plain(alone)).max() <= INK


def test_going_back_draws_what_was_there():
    drawn, fresh = sweep(), sweep()
    drawn.draw(upto(8000))
    drawn.draw(upto(4000))
    fresh.draw(upto(4000))
    assert np.array_equal(shown(drawn), shown(fresh))


def test_time_goes_on_without_samples_and_leaves_blank():
    drawn = sweep()
    drawn.draw(upto(4000))
    for more in (0.2, 0.9, 3.3, 6.0):
        drawn.draw(upto(4000), now=T[3999] + more)
    picture = shown(drawn)[:, :, :3]
    empty = int(6.0 * SIZE.width() / SECONDS)
    assert picture[:, -empty + 3 :].max() == 0
    fresh = sweep()
    fresh.draw(upto(4000), now=T[3999] + 6.0)
    assert np.array_equal(picture, shown(fresh)[:, :, :3])


def test_work_follows_the_new_samples_only():
    drawn = sweep()
    first = drawn.draw(upto(5000))
    tiles = [drawn.draw(upto(5000 + 3 * i)) for i in range(1, 100)]
    assert first >= SIZE.width() // TILE
    assert max(tiles) <= 3
    assert drawn.draw(upto(5297)) == 0


def test_nothing_yet_and_nothing_left_are_blank():
    nothing = track(np.empty(0), np.empty((0, 2)))
    drawn = sweep()
    assert drawn.draw(nothing) == 0
    drawn.draw(upto(3000))
    drawn.draw(nothing, now=31.0)
    assert shown(drawn)[:, :, :3].max() == 0


def test_values_far_away_do_not_break_the_picture():
    data = DATA.copy()
    data[3500], data[3600] = 1e30, -np.inf
    drawn = sweep()
    drawn.draw(upto(4000, data=data))
    column = drawn.position(T[3500])
    assert shown(drawn)[: SIZE.height() // 4, column, :3].max() > 100


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("size", [(640, 220), (433, 181)])
def test_chart_is_the_plain_picture_on_any_screen(qtbot, ratio, size):
    chart = shown_chart(qtbot)
    with_curve = render(chart, upto(5317), size, ratio)
    area = device_area(chart, ratio)
    span = chart._plot.span()
    ground = render(chart, track(np.empty(0), np.empty((0, 2))), size, ratio, now=53.0)
    ground.setDevicePixelRatio(1.0)
    colours = theme.PALETTE.series[:2]
    draw_plainly(ground, area, upto(5317), colours, 2 * ratio, span)
    left = area.left() + 2  # the line of the axis lies over the first columns
    cut = (slice(area.top(), area.bottom() + 1), slice(left, area.right() + 1))
    assert_alike(pixels(with_curve)[cut], pixels(ground)[cut])


def test_resize_and_zoom_draw_the_past_again(qtbot):
    chart = shown_chart(qtbot)
    for size, span in (((700, 300), SPAN), ((500, 200), SPAN), ((500, 200), (-20, 20))):
        chart.set_span(*span)
        picture = pixels(render(chart, upto(5317), size, 1.0))
        fresh = shown_chart(qtbot)
        fresh.set_span(*span)
        assert np.array_equal(picture, pixels(render(fresh, upto(5317), size, 1.0)))


def test_frozen_chart_is_grey_and_says_so(qtbot):
    chart = shown_chart(qtbot)
    live = pixels(render(chart, upto(5000), (640, 220), 1.0))
    chart.freeze(True)
    grey = pixels(render(chart, upto(5000), (640, 220), 1.0))
    area = device_area(chart, 1.0)
    inside = (slice(area.top(), area.bottom()), slice(area.left(), area.right()))
    assert ink(grey[inside]) < 0.5 * ink(live[inside])
    assert not np.array_equal(grey[: area.top()], live[: area.top()])
    chart.freeze(False)
    assert np.array_equal(pixels(render(chart, upto(5000), (640, 220), 1.0)), live)


def test_zone_lines_and_marks_stand_where_they_should(qtbot):
    chart = shown_chart(qtbot)
    flat = track(T[:4000], np.full((4000, 2), np.nan))
    before = pixels(render(chart, flat, (640, 220), 1.0))
    chart.set_zone((-5.0, 5.0))
    chart.set_lines([8.0])
    chart.set_marks([T[3999] - 15.0])
    after = pixels(render(chart, flat, (640, 220), 1.0))
    area = device_area(chart, 1.0)
    changed = (before != after).any(axis=2)
    column = changed[:, area.left() + 7]
    rows = np.flatnonzero(column) - area.top()
    height = area.height()
    assert rows.min() >= round(0.09 * height)
    band = [r for r in rows if r > 0.2 * height]
    assert min(band) == pytest.approx(0.25 * height, abs=1)
    assert max(band) == pytest.approx(0.75 * height, abs=1)
    upright = np.flatnonzero(changed[area.top() + 2 : area.top() + 12].any(axis=0))
    assert upright.tolist() == pytest.approx([area.center().x()], abs=2)


@pytest.mark.parametrize(
    ("low", "high", "values"),
    [
        (-10, 10, [-10, -5, 0, 5, 10]),
        (-17.25, 17.25, [-10, 0, 10]),
        (0.0, 0.03, [0, 0.01, 0.02, 0.03]),
        (1.0, 1.0, []),
    ],
)
def test_ticks_are_round_values(low, high, values):
    assert round_values(low, high, 5) == pytest.approx(values)


def shown_chart(qtbot):
    chart = StripChart("Board tilt", SECONDS)
    qtbot.addWidget(chart)
    chart.set_span(*SPAN)
    return chart


def render(chart, samples, size, ratio, now=None):
    """Paint a chart as a screen with this many device pixels a pixel would."""
    chart.resize(*size)
    chart.show()
    chart.set_track(samples, now)
    image = QImage(
        round(size[0] * ratio), round(size[1] * ratio), QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(ratio)
    chart.render(image)
    return image


def device_area(chart, ratio):
    """Where the curves are, in device pixels of the chart."""
    view = chart._plot.widget
    inner = chart._plot.root.mapRectToScene(chart._plot.area())
    polygon = view.viewportTransform().mapRect(QRectF(inner))
    corner = view.viewport().mapTo(chart, QPoint(0, 0))
    box = polygon.translated(corner.x(), corner.y())
    left, top = round(box.left() * ratio), round(box.top() * ratio)
    right, bottom = round(box.right() * ratio), round(box.bottom() * ratio)
    return QRect(left, top, right - left, bottom - top)


def ink(picture):
    """How much the colours stand out, all told."""
    background = np.median(picture.reshape(-1, 4), axis=0)
    return np.abs(picture - background)[:, :, :3].sum()
