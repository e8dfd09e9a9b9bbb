"""Lines of print that were not found: ink in the shape of a line where no line was found, kept where it can be read."""

from typing import Final

from luoshi.reading.decoding.scans.engine import recognise
from luoshi.reading.decoding.scans.pictures import Beside, Picture, Quads, cut_out, without_red
from luoshi.reading.decoding.scans.rules import ink_of

_COARSE: Final = 4  # pixels of the page to one that is looked at
_INKED: Final = 0.12  # of such a pixel
_JOINED: Final = 1.2  # heights of print between two signs of a line
_AROUND: Final = 0.3  # heights of print around a line that belong to it
_LEAST: Final = 4.0  # heights of print: shorter is a word beside a seal, or a smear
_HIGH: Final = (0.45, 1.6)  # heights of print
_FILLED: Final = (0.08, 0.55)  # of the box is ink: more is a bar, less a thread
_MOST: Final = 24  # on a page: more is a photograph
_SURE: Final = 0.8


def add_missed(clean: Picture, quads: Quads, *, height: float) -> Quads:
    """Return the lines of print of an upright page with those that were not found and can be read.

    `clean` is the page without its rules, `height` that of its print in pixels.

    :raises UnableToRecognise: where the recogniser does not work.
    """
    import numpy as np

    boxes = _boxes(ink_of(without_red(clean)), quads, height)
    if not 0 < len(boxes) <= _MOST:
        return quads
    room = Beside(0.4 * height, 0.4 * height)
    read = recognise([cut_out(clean, box, free=room, wanted=room, narrowed=1.0) for box in boxes])
    kept = [box for box, said in zip(boxes, read, strict=True) if said.score >= _SURE]
    return np.concatenate([quads, np.stack(kept)]).astype(np.float32) if kept else quads


def _boxes(ink: Picture, quads: Quads, height: float) -> list[Quads]:
    """Return where ink that belongs to no line has the shape of one."""
    import cv2
    import numpy as np

    small = cv2.resize(ink, None, fx=1 / _COARSE, fy=1 / _COARSE, interpolation=cv2.INTER_AREA)
    for left, top, right, bottom in np.concatenate([quads.min(axis=1), quads.max(axis=1)], axis=1) / _COARSE:
        around = _AROUND * (bottom - top)
        rows, columns = ((max(0, round(a - around)), round(b + around) + 1) for a, b in ((top, bottom), (left, right)))
        small[slice(*rows), slice(*columns)] = 0
    inked = (small > _INKED * 255).astype(np.uint8)
    reach = max(1, round(_JOINED * height / _COARSE))
    joined = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _count, _labels, found, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes = []
    for x, y, wide, high, _area in found[1:].tolist():
        share = small[y : y + high, x : x + wide].mean() / 255
        if (
            wide * _COARSE >= _LEAST * height
            and _HIGH[0] <= high * _COARSE / height <= _HIGH[1]
            and _FILLED[0] <= share <= _FILLED[1]
        ):
            boxes.append(_box(x, y, wide, high, room=0.12 * height))
    return boxes


def _box(x: int, y: int, wide: int, high: int, *, room: float) -> Quads:
    import numpy as np

    left, top, right, bottom = (_COARSE * place for place in (x, y, x + wide, y + high))
    return np.array(
        [[left, top - room], [right, top - room], [right, bottom + room], [left, bottom + room]], np.float32
    )
