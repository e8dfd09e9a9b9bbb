"""Pictures of pages as arrays: turned, made straight and cut out, with the way back to the page as people see it."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Picture: TypeAlias = NDArray[Any]
    Quads: TypeAlias = NDArray[Any]
else:
    Picture = Quads = Any

_PAPER = (255, 255, 255)
_REDDER = 40  # than blue and green, against the paper: the ink of a seal, however pale
_RED = 100  # than blue and green: nothing but the ink of a seal


@dataclass(frozen=True, slots=True)
class Standing:
    """A picture of a page (height × width × BGR) and the 3 × 3 matrix from pixels of the page to its own."""

    picture: Picture
    matrix: "NDArray[np.float64]"

    @property
    def width(self) -> int:
        """Its width in pixels."""
        return int(self.picture.shape[1])

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return int(self.picture.shape[0])


def as_seen(picture: Picture) -> Standing:
    """Return a page as people see it."""
    import numpy as np

    return Standing(picture, np.eye(3))


def turned(page: Standing, quarters: int) -> Standing:
    """Return the page turned clockwise by a number of quarters."""
    import numpy as np

    width, height = page.width, page.height
    moves = {
        0: ((1, 0, 0), (0, 1, 0)),
        1: ((0, -1, height), (1, 0, 0)),
        2: ((-1, 0, width), (0, -1, height)),
        3: ((0, 1, 0), (-1, 0, width)),
    }
    move = np.array([*moves[quarters % 4], (0, 0, 1)], np.float64)
    return Standing(np.ascontiguousarray(np.rot90(page.picture, -quarters)), move @ page.matrix)


def straightened(page: Standing, degrees: float) -> Standing:
    """Return the page turned counter-clockwise by an angle, on a sheet so large that no corner is lost."""
    import cv2
    import numpy as np

    radians = math.radians(abs(degrees))
    width = math.ceil(page.width * math.cos(radians) + page.height * math.sin(radians))
    height = math.ceil(page.height * math.cos(radians) + page.width * math.sin(radians))
    move = cv2.getRotationMatrix2D((page.width / 2, page.height / 2), degrees, 1.0)
    move[:, 2] += np.array([(width - page.width) / 2, (height - page.height) / 2])
    picture = cv2.warpAffine(page.picture, move, (width, height), flags=cv2.INTER_CUBIC, borderValue=_PAPER)
    return Standing(picture, np.vstack([move, (0.0, 0.0, 1.0)]) @ page.matrix)


def moved(quads: Quads, before: Standing, after: Standing) -> Quads:
    """Return the places on one standing of a page where they are on another."""
    import numpy as np

    move = after.matrix @ np.linalg.inv(before.matrix)
    placed: Quads = (quads @ move[:2, :2].T + move[:2, 2]).astype(np.float32)
    return placed


@dataclass(frozen=True, slots=True)
class Beside:
    """Paper before and after a line of print, in pixels."""

    before: float
    after: float


def cut_out(picture: Picture, quad: Quads, *, free: Beside, wanted: Beside, narrowed: float) -> Picture:
    """Return one line of print as an upright rectangle, made narrower, with paper before and after it.

    Of the paper `wanted` no more is taken than is `free` of other print; the edge is repeated for the rest.
    """
    import cv2
    import numpy as np

    along, across = quad[1] - quad[0], quad[3] - quad[0]
    width, height = max(4.0, float(np.hypot(*along))), max(4.0, float(np.hypot(*across)))
    left, right = min(wanted.before, max(0.0, free.before)), min(wanted.after, max(0.0, free.after))
    step = along / width
    corners = np.array([quad[0] - step * left, quad[1] + step * right, quad[3] - step * left], np.float32)
    size = (max(8, math.ceil((width + left + right) * narrowed)), math.ceil(height))
    move = cv2.getAffineTransform(corners, np.array([[0, 0], [size[0], 0], [0, size[1]]], np.float32))
    cut = cv2.warpAffine(picture, move, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    sides = (round((wanted.before - left) * narrowed), round((wanted.after - right) * narrowed))
    padded: Picture = cv2.copyMakeBorder(cut, 0, 0, *sides, cv2.BORDER_REPLICATE) if any(sides) else cut
    return padded


def shrunk(picture: Picture, longest: int) -> tuple[Picture, float]:
    """Return the picture with its longest side at most that many pixels, and by how much it was made smaller."""
    import cv2

    share = longest / max(picture.shape[:2])
    if share >= 1.0:
        return picture, 1.0
    return cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA), share


def red_share(picture: Picture) -> float:
    """Return how much of a picture (BGR) is redder than its paper: a seal, or print in red."""
    import cv2
    import numpy as np

    redness = _redness(picture)
    paper = int(np.median(redness[::8, ::8]))
    return float((cv2.subtract(redness, np.full_like(redness, paper)) > _REDDER).mean())


def without_red(picture: Picture) -> Picture:
    """Return the picture (BGR) in the shades in which red ink is as light as paper and black ink under it is dark."""
    import cv2
    import numpy as np

    red = cv2.extractChannel(picture, 2)
    paper = int(np.median(red[::8, ::8]))
    lighter = cv2.multiply(cv2.subtract(np.full_like(red, paper), red), _redness(picture), scale=1 / _RED)
    shades = cv2.add(red, lighter)
    return cv2.merge([shades, shades, shades])


def _redness(picture: Picture) -> Picture:
    import cv2

    blue, green, red = cv2.split(picture)
    redness: Picture = cv2.subtract(red, cv2.max(blue, green))
    return redness
