"""What every finder of stage 8 is given: one part of a document, read as far as its tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from luoshi.reading.model import DocumentKind, Provision, Task
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.numbering import Item
from luoshi.reading.view import View


@dataclass(frozen=True, slots=True)
class Dating:
    """What words about time count from: the day of issue (今年, 印发之日) and the year that a plan is for."""

    on: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class PartReading:
    """One part: `lines` are its body without its title, `items[i]` was written as `provisions[i]`."""

    text: str
    view: View
    kind: DocumentKind
    document_title: str
    title: str
    dating: Dating
    lines: Sequence[Line]
    items: Sequence[Item]
    provisions: Sequence[Provision]
    tasks: Sequence[Task]
    prefix: str = ""
