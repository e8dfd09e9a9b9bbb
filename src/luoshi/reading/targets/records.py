"""What the stages of this room hand to one another."""

from dataclasses import dataclass

from luoshi.reading.findings import Change, Comparator


@dataclass(frozen=True, slots=True)
class Figure:
    """One target of a sentence; `first` and `last` are indices into its words, last exclusive."""

    first: int
    last: int
    indicator: str
    comparator: Comparator
    value: float | None
    unit: str | None
    change: Change | None = None
    value_high: float | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What kind of sentence is read: `claims` what is done, or promises; `strict` where rules stand beside aims."""

    claims: bool = False
    strict: bool = False
