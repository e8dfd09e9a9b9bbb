"""Tables whose rules leave out what divides columns: level rules alone, no outer rules, bars that no upright meets.

The missing upright rules are put where no words stand over the whole height of the table. A band between two level
rules whose words run over such a place (a bar with the name of a section, a title over two columns) gets none there,
so that its cell stays one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from luoshi.reading.decoding.paper.bare_tables import head_titles
from luoshi.reading.decoding.paper.sheets import Mark, Rule
from luoshi.reading.decoding.paper.text_lines import TextLine, make_lines, split_at_gaps

_NEAR: Final = 6.0  # points by which the ends of the rules of one table may differ
_SAME: Final = 3.0
_FEWEST_LEVELS: Final = 4
_FEWEST_COLUMNS: Final = 3
_BESIDE: Final = 12.0  # a strip without words lies beside its rule where cells are set to one side
_NARROWEST: Final = 150.0
_CLEAR: Final = 0.25  # of the height of the letters
_CLOSE: Final = 0.12
_ON: Final = 1.0  # points inside the edges of a mark
_WORD_GAP: Final = 0.7
_HEAD_BANDS: Final = 2
_TALLEST_BAR: Final = 3.2  # heights of letters; what stands free between two tables takes more
_MOST_RULES: Final = 2_000


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands between two level rules of a table."""

    top: float
    bottom: float
    marks: list[Mark]
    uprights: list[Rule]

    @property
    def lines(self) -> list[TextLine]:
        return make_lines(self.marks)


def completed(rules: Sequence[Rule], marks: Sequence[Mark]) -> list[Rule]:
    """Return the rules of a page with the upright ones that its open tables leave out."""
    if len(rules) > _MOST_RULES or not marks:
        return list(rules)
    added: list[Rule] = []
    for levels in _regions(rules):
        found = _bands(levels, rules, marks)
        for bands in _tables(found) if any(not band.uprights for band in found) else ():
            added.extend(_missing(bands, levels[0].start, levels[0].end, rules))
    return [*rules, *added]


def _regions(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    """Yield the level rules, one for each height, that begin and end under each other."""
    rows: list[Rule] = []
    for rule in sorted((rule for rule in rules if rule.level), key=lambda rule: rule.at):
        if rows and rule.at - rows[-1].at <= _SAME:
            rows[-1] = Rule(True, rows[-1].at, min(rows[-1].start, rule.start), max(rows[-1].end, rule.end))
        else:
            rows.append(rule)
    region: list[Rule] = []
    for row in rows:
        if region and region[0].start - _NEAR < row.start and row.end < region[0].end + _NEAR:
            region.append(Rule(True, row.at, region[0].start, region[0].end))  # a merged cell may interrupt it
            continue
        if row.end - row.start < _NARROWEST:
            continue
        if region:
            yield from [region] if len(region) >= _FEWEST_LEVELS else []
            region = []
        region.append(row)
    if len(region) >= _FEWEST_LEVELS:
        yield region


def _bands(levels: Sequence[Rule], rules: Sequence[Rule], marks: Sequence[Mark]) -> list[_Band]:
    left, right = levels[0].start - _NEAR, levels[0].end + _NEAR
    uprights = [rule for rule in rules if not rule.level and left <= rule.at <= right]
    inside = sorted((mark for mark in marks if left <= mark.centre <= right), key=lambda mark: mark.middle)
    bands: list[_Band] = []
    position = 0
    for above, below in pairwise(levels):
        while position < len(inside) and inside[position].middle < above.at:
            position += 1
        first = position
        while position < len(inside) and inside[position].middle < below.at:
            position += 1
        middle = (above.at + below.at) / 2
        own = [rule for rule in uprights if rule.start - _SAME <= middle <= rule.end + _SAME]
        bands.append(_Band(above.at, below.at, inside[first:position], own))
    return bands


def _tables(bands: Sequence[_Band]) -> Iterator[list[_Band]]:
    """Cut where words stand free between two tables: one block, taller than a bar, or one above another head."""
    table: list[_Band] = []
    for number, band in enumerate(bands):
        if not band.uprights and _stands_between(band, bands[number + 1 : number + 2]):
            yield table
            table = []
        else:
            table.append(band)
    yield table


def _stands_between(band: _Band, below: Sequence[_Band]) -> bool:
    if not band.marks:
        return True
    tall = band.bottom - band.top > _TALLEST_BAR * max(mark.height for mark in band.marks)
    return _is_one_cell(band) and (tall or any(head_titles(line) for each in below for line in each.lines))


def _missing(bands: Sequence[_Band], left: float, right: float, rules: Sequence[Rule]) -> list[Rule]:
    """Return the upright rules of bands that have none; a table with an outer frame lacks nothing."""
    open_bands = [band for band in bands if not band.uprights]
    if not open_bands or len(bands) < _FEWEST_LEVELS - 1:
        return []
    ruled = sorted({round(rule.at, 1) for band in bands for rule in band.uprights})
    if not ruled:
        cuts = _cuts(bands, left, right, rules)
        outer = True
    else:
        outer = ruled[0] - left <= _NEAR or right - ruled[-1] <= _NEAR
        if outer and len(open_bands) * 3 < len(bands):
            return []  # what has no rule in a framed table stands between two tables
        cuts = _spread(at for at in ruled if left + _NEAR < at < right - _NEAR)
    if len(cuts) + 1 < _FEWEST_COLUMNS:
        return []
    added: list[Rule] = []
    for band in open_bands:
        edges = [left, right]
        whole = [at for at in cuts if not _is_crossed(band.marks, at)]
        added.extend(Rule(False, at, band.top, band.bottom) for at in [*edges, *whole])
    if added and not outer:  # the bands beside them have no outer rules either
        closed = [band for band in bands if band.uprights]
        added.extend(Rule(False, at, band.top, band.bottom) for band in closed for at in (left, right))
    return added


def _spread(places: Iterator[float]) -> list[float]:
    kept: list[float] = []
    for at in places:
        if not kept or at - kept[-1] > _SAME:
            kept.append(at)
    return kept


def _is_one_cell(band: _Band) -> bool:
    return all(len(split_at_gaps(line, ems=_WORD_GAP)) == 1 for line in band.lines)


def _is_crossed(marks: Sequence[Mark], at: float) -> bool:
    """Whether words run over a place: a mark stands on it, or two close to each other on either side."""
    for line in make_lines(marks):
        if any(mark.left + _ON < at < mark.right - _ON for mark in line.marks):
            return True
        before = max((mark.right for mark in line.marks if mark.centre < at), default=None)
        after = min((mark.left for mark in line.marks if mark.centre >= at), default=None)
        if before is not None and after is not None and after - before < _usual_gap(line):
            return True
    return False


def _usual_gap(line: TextLine) -> float:
    """Return the room that a line leaves between its letters at most; a bar may be set with wide spaces."""
    gaps = sorted(after.left - before.right for before, after in pairwise(line.marks))
    return max(_CLOSE * line.marks[0].height, 1.5 * gaps[len(gaps) // 2] if len(gaps) > _FEWEST_LEVELS else 0.0)


def _cuts(bands: Sequence[_Band], left: float, right: float, rules: Sequence[Rule]) -> list[float]:
    """Return the places between columns: where pieces of level rules end time and again, and where no words stand."""
    if not bands:
        return []
    top, bottom = bands[0].top - _SAME, bands[-1].bottom + _SAME
    pieces = [rule for rule in rules if rule.level and top <= rule.at <= bottom]
    ends = Counter(round(end) for rule in pieces for end in (rule.start, rule.end))
    inner = {end: count for end, count in ends.items() if left + _NEAR < end < right - _NEAR}
    drawn = [end for end, count in inner.items() if count >= len(bands)]  # cell by cell
    if len(drawn) + 1 >= _FEWEST_COLUMNS:
        return _spread(iter(sorted(drawn)))
    known = sorted(end for end, count in inner.items() if count > 1)
    words = [at for at in _cuts_of_words(bands, left, right) if all(abs(at - end) > _BESIDE for end in known)]
    return _spread(iter(sorted([*known, *words])))


def _cuts_of_words(bands: Sequence[_Band], left: float, right: float) -> list[float]:
    """Return the middles of the strips that are free of words in all rows, with titles of the head on both sides."""
    filled = [band for band in bands if band.marks]
    body = [band for band in filled[1:] if not (_is_one_cell(band) and band.marks[0].left < left + 40)]
    if len(body) < 2:
        return []
    lines = [line for band in body for line in band.lines]
    head = [line for band in filled[:_HEAD_BANDS] for line in band.lines]
    clear = [(start, end) for start, end in _clear_strips(lines, left, right) if start > left + 4 and end < right - 4]
    titles = [line for line in head if len(split_at_gaps(line, ems=_WORD_GAP)) > 1]
    free = _clear_strips([*lines, *titles], left, right)
    cuts = [at for start, end in clear if _divides(head, at := _middle(start, end, free))]
    return _with_titles(cuts, head)


def _clear_strips(lines: Sequence[TextLine], left: float, right: float) -> list[tuple[float, float]]:
    count = int(right - left) + 2
    changes = [0] * (count + 1)
    heights: list[float] = []
    for line in lines:
        heights.append(line.height)
        for mark in line.marks:
            changes[max(0, min(count, int(mark.left - left)))] += 1
            changes[max(0, min(count, int(mark.right - left) + 1))] -= 1
    least = _CLEAR * sorted(heights)[len(heights) // 2]
    strips: list[tuple[float, float]] = []
    start: int | None = None
    for at, covered in enumerate(accumulate(changes[:count])):
        if covered and start is not None:
            if at - start >= least:
                strips.append((left + start, left + at))
            start = None
        elif not covered and start is None:
            start = at
    return strips


def _middle(start: float, end: float, free: Sequence[tuple[float, float]]) -> float:
    """Return the middle of a strip, or of the part of it that the titles of the head leave free too."""
    within = [strip for strip in free if start <= strip[0] and strip[1] <= end]
    first, last = max(within, key=lambda strip: strip[1] - strip[0], default=(start, end))
    return (first + last) / 2


def _divides(head: Sequence[TextLine], at: float) -> bool:
    """Whether at least one line of the head has no words across a place."""
    return any(not _is_crossed(line.marks, at) for line in head)


def _with_titles(cuts: Sequence[float], head: Sequence[TextLine]) -> list[float]:
    """Leave out the cuts that would make a column without a title."""
    marks = [mark for line in head for mark in line.marks]
    kept: list[float] = []
    for at in cuts:
        if any((kept[-1] if kept else float("-inf")) < mark.centre < at for mark in marks):
            kept.append(at)
    while kept and not any(mark.centre > kept[-1] for mark in marks):
        kept.pop()
    return kept
