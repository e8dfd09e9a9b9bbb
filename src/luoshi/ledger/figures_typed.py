"""Figures as people type them: 40000, 40,000, 4万, 4.5 亿, 三万二, 3至5万, with or without their unit."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from luoshi.standards.quantities import find_quantities, parse_number

MOST: Final = Decimal(10) ** 17
DECIMALS: Final = 6
LONGEST: Final = 60
_SPACES: Final = re.compile(r"[\s,，]+")
# Any unit that the grammar of quantities knows, where the person typed another or none.
_ANY_UNIT: Final = "TEU"


class UnableToReadFigure(ValueError):
    """What was typed is no figure; the message says why."""


@dataclass(frozen=True)
class TypedFigure:
    """A figure in the base unit; ``high`` is the upper end of a range."""

    value: Decimal
    high: Decimal | None
    unit: str


def read_figure(typed: str, unit: str) -> TypedFigure:
    """Return what was typed in the base unit: 4万 and 人 are 40000 人.

    :raises UnableToReadFigure: for no figure, an endless one, a range upside down, or another unit than ``unit``.
    """
    plain = _SPACES.sub("", unicodedata.normalize("NFKC", typed))
    found = _number(plain, unit) or _quantity(plain, unit) or _range(plain, unit)
    if found is None or len(plain) > LONGEST:
        raise UnableToReadFigure(
            _("“%(typed)s” is not a figure. Write it in digits, or as Chinese documents print it.")
            % {"typed": typed[:LONGEST]}
        )
    _refuse_odd(found)
    return found


def _number(plain: str, unit: str) -> TypedFigure | None:
    value = parse_number(plain.removesuffix(unit) if unit else plain)
    return None if value is None else TypedFigure(value, None, unit)


def _quantity(plain: str, unit: str) -> TypedFigure | None:
    """Read a figure that brings its unit along."""
    found = next(find_quantities(plain), None)
    if found is None or (found.start, found.end) != (0, len(plain)):
        return None
    if unit and found.unit != unit:
        raise UnableToReadFigure(
            _("The figure is in %(typed)s, the unit says %(unit)s.") % {"typed": found.unit, "unit": unit}
        )
    return TypedFigure(found.value, found.high, found.unit)


def _range(plain: str, unit: str) -> TypedFigure | None:
    """Read a range whatever its unit is; a multiplier behind the second end holds for both, as it is spoken."""
    counted = f"{plain.removesuffix(unit) if unit else plain}{_ANY_UNIT}"
    found = next(find_quantities(counted), None)
    if found is None or found.high is None or (found.start, found.end) != (0, len(counted)):
        return None
    return TypedFigure(found.value, found.high, unit)


def _refuse_odd(found: TypedFigure) -> None:
    for value in (found.value, found.high):
        if value is not None and (value > MOST or value != round(value, DECIMALS)):
            raise UnableToReadFigure(
                _("A figure has at most 18 digits before the point and %(decimals)d behind it.")
                % {"decimals": DECIMALS}
            )
    if found.high is not None and found.high < found.value:
        raise UnableToReadFigure(_("The upper end of the range is below the lower one."))
