"""The one description of a sheet from which its template, export and import are made."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from luoshi.standards.names import fold_name

Value = str | int | Decimal | date | bool | tuple[str, ...] | None
"""What one cell holds once read: ``""`` for a blank TEXT, ``()`` for a blank LIST, None for any other blank."""

Choices = tuple[tuple[str, str], ...]
"""Pairs of stable code and translated label, in the order in which they are offered."""

_KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
_NAME: Final = re.compile(r"[a-z][a-z0-9_.-]*")


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    LIST = "list"


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column, with its title already in the language of the reader.

    ``key`` is stable across languages and versions. ``aliases`` are further titles under which the column is
    recognised when the hidden keys were removed, such as its title in another language. ``choices`` belong to
    CHOICE, to LIST (every item is then a code) and to BOOLEAN (codes "true" and "false"; without them Excel's own
    TRUE and FALSE are used). ``max_length`` counts characters of a TEXT or of each item of a LIST.
    ``decimal_places`` is the most a DECIMAL may have. ``width`` is in characters of Excel's default font.

    :raises ValueError: for a description that contradicts itself.
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    required: bool = False
    editable: bool = True
    width: float | None = None
    choices: Choices = ()
    max_length: int | None = None
    decimal_places: int | None = None
    separator: str = "、"
    help: str = ""
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise ValueError(f"the key {self.key!r} of a column is not a lower-case identifier")
        if self.kind is Kind.CHOICE and not self.choices:
            raise ValueError(f"column {self.key} is a choice without choices")
        if self.choices and self.kind not in (Kind.CHOICE, Kind.LIST, Kind.BOOLEAN):
            raise ValueError(f"column {self.key} has choices but is of kind {self.kind}")
        if self.kind is Kind.BOOLEAN and self.choices and {code for code, _ in self.choices} != {"true", "false"}:
            raise ValueError(f"the choices of the boolean column {self.key} must be true and false")
        self._check_choices()

    def _check_choices(self) -> None:
        labels = [fold_name(label) for _, label in self.choices]
        if len({code for code, _ in self.choices}) < len(self.choices) or len(set(labels)) < len(labels):
            raise ValueError(f"two choices of column {self.key} have the same code or label")
        if "" in labels:
            raise ValueError(f"a choice of column {self.key} has no label")

    def label_of(self, code: str) -> str:
        """Return the label of that code, or the code itself where it is no longer offered."""
        return dict(self.choices).get(code, code)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A list that people fill in: its stable name, its translated title and its columns in order.

    Raise ``version`` only when a workbook made from the earlier description can no longer be understood: import
    refuses another version. Adding, dropping or renaming the title of a column needs no new version.

    :raises ValueError: when a key or a title is used twice.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    version: int = 1
    frozen_columns: int = 0

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"the name {self.name!r} of a sheet is not a lower-case identifier")
        if not self.columns:
            raise ValueError(f"sheet {self.name} has no columns")
        titles = [fold_name(column.title) for column in self.columns]
        if len(self.by_key) < len(self.columns) or len(set(titles)) < len(titles) or "" in titles:
            raise ValueError(f"two columns of sheet {self.name} have the same key or title, or one has none")

    @property
    def by_key(self) -> Mapping[str, Column]:
        """Return the columns by their keys."""
        return {column.key: column for column in self.columns}
