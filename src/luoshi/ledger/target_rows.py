"""Targets as a person fills them in, row by row: on the confirming page and on the page that edits a task."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from luoshi.ledger.drafts import TargetDraft
from luoshi.ledger.figures_typed import TypedFigure, UnableToReadFigure, read_figure
from luoshi.ledger.models import Comparator
from luoshi.ledger.target_words import CHANGES, exact
from luoshi.standards.indicators import indicator_key
from luoshi.standards.names import fold_name

MOST_ROWS: Final = 100
_LONGEST: Final[Mapping[str, int]] = {"printed": 200, "figure": 60, "unit": 32, "reference": 200, "due": 10}


@dataclass(frozen=True)
class TargetRow:
    """One line of the form, as typed. ``origin`` is the target it was made from, empty on a line that was added."""

    printed: str = ""
    comparator: str = Comparator.AT_LEAST
    figure: str = ""
    unit: str = ""
    change: str = ""
    reference: str = ""
    due: str = ""
    origin: str = ""
    removed: bool = False

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing was written into a line that was added."""
        return not self.origin and not any((self.printed, self.figure, self.unit, self.reference, self.due))


class TargetEditor:
    """The targets of one task as a person corrects them.

    ``base`` holds them by the key that a line's ``origin`` names: their place while confirming, their key in the
    ledger afterwards, so that a target deleted meanwhile is not mistaken for another.
    """

    def __init__(self, base: Mapping[str, TargetDraft], *, data: QueryDict | None = None, prefix: str = "") -> None:
        self.base = base
        self.prefix = f"{prefix}-" if prefix else ""
        self.errors: dict[int, str] = {}
        self.is_posted = data is not None and f"{self.prefix}targets" in data
        if data is not None and self.is_posted:
            self.rows = list(self._posted(data))
        else:
            self.rows = [_row(origin, target) for origin, target in base.items()]

    @classmethod
    def of_drafts(
        cls, targets: Sequence[TargetDraft], *, data: QueryDict | None = None, prefix: str = ""
    ) -> "TargetEditor":
        """Return an editor of targets that are no rows yet."""
        return cls({str(place): target for place, target in enumerate(targets)}, data=data, prefix=prefix)

    def _posted(self, data: QueryDict) -> Iterator[TargetRow]:
        count = data.get(f"{self.prefix}targets", "0")
        for index in range(min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 5 else 0):
            yield self._posted_row(data, index)

    def _posted_row(self, data: QueryDict, index: int) -> TargetRow:
        def value(field: str) -> str:
            return data.get(f"{self.prefix}target-{field}-{index}", "").replace("\0", "").strip()

        return TargetRow(
            printed=value("printed"),
            comparator=value("comparator"),
            figure=value("figure"),
            unit=value("unit"),
            change=value("change"),
            reference=value("reference"),
            due=value("due"),
            origin=value("origin") if value("origin") in self.base else "",
            removed=bool(value("removed")),
        )

    def add(self) -> None:
        """Put an empty line below the others."""
        if len(self.rows) < MOST_ROWS:
            self.rows.append(TargetRow())

    def is_valid(self) -> bool:
        """Tell whether every line that stays says a whole target; what is wrong stands in ``errors`` by line."""
        for index, row in enumerate(self.rows):
            if not row.removed and not row.is_blank:
                try:
                    self._draft(row)
                except UnableToReadFigure as error:
                    self.errors[index] = str(error)
        return not self.errors

    def drafts(self) -> tuple[TargetDraft, ...]:
        """Return the targets as they stand in the form; lines that are ticked off, empty or wrong are left out."""
        if not self.is_posted:
            return tuple(self.base[row.origin] for row in self.rows if row.origin)
        return tuple(self._drafts())

    def _drafts(self) -> Iterator[TargetDraft]:
        for row in self.rows:
            if row.removed or row.is_blank:
                continue
            try:
                yield self._draft(row)
            except UnableToReadFigure:
                continue

    def _draft(self, row: TargetRow) -> TargetDraft:
        _refuse_unsaid(row)
        figure = read_figure(row.figure, row.unit) if row.figure else None
        origin = self.base.get(row.origin)
        named = TargetDraft(row.printed, indicator_key(row.printed)[:200], Comparator(row.comparator))
        return replace(
            _renamed(origin, named) if origin else named,
            comparator=Comparator(row.comparator),
            value=figure.value if figure else None,
            value_high=figure.high if figure else None,
            unit=_unit(row, figure),
            change=row.change,
            reference=row.reference,
            due=_date(row.due),
        )


def _row(origin: str, target: TargetDraft) -> TargetRow:
    return TargetRow(
        printed=target.printed,
        comparator=target.comparator,
        figure=exact(target.value, target.value_high),
        unit=target.unit,
        change=target.change,
        reference=target.reference,
        due=target.due.isoformat() if target.due else "",
        origin=origin,
    )


def _renamed(origin: TargetDraft, named: TargetDraft) -> TargetDraft:
    """Return a target under the name that it has in the form; words that were not printed have no place in the text."""
    if named.printed == origin.printed:
        return origin
    renamed = replace(origin, printed=named.printed, key=named.key)
    if origin.quote and fold_name(named.printed) in fold_name(origin.quote):
        return renamed
    return replace(renamed, quote="", document_id=None, start=None, end=None)


def _unit(row: TargetRow, figure: TypedFigure | None) -> str:
    return row.unit or (figure.unit[: _LONGEST["unit"]] if figure else "")


def _refuse_unsaid(row: TargetRow) -> None:
    """Refuse a line that lacks something or says something that cannot be.

    :raises UnableToReadFigure: with what is wrong.
    """
    if any(len(getattr(row, field)) > limit for field, limit in _LONGEST.items()):
        raise UnableToReadFigure(_("“%(words)s…” is too long.") % {"words": _longest(row)[:20]})
    if not indicator_key(row.printed):
        raise UnableToReadFigure(_("Say what is measured."))
    if row.comparator not in Comparator.values or row.change not in CHANGES:
        raise UnableToReadFigure(_("Choose how the figure is meant."))
    if not row.figure and not row.reference:
        raise UnableToReadFigure(_("Give a figure, or say what it is measured against."))
    if row.due and _date(row.due) is None:
        raise UnableToReadFigure(_("%(day)s is not a date. Write it like 2026-12-31.") % {"day": row.due})


def _longest(row: TargetRow) -> str:
    return next(str(getattr(row, field)) for field, limit in _LONGEST.items() if len(getattr(row, field)) > limit)


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
