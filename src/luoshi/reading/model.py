"""What a reading is made of: plain frozen records without behaviour beyond looking at themselves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from luoshi.reading.layout import PlacedText

if TYPE_CHECKING:
    from luoshi.reading.findings import Appointment, Duty, Event, ListItem, Quota, Target, Term

Severity = Literal["info", "warning", "error"]
Method = Literal["text", "html", "docx", "pdf-text", "pdf-ocr", "image-ocr", "ofd"]
Role = Literal["lead_leaders", "lead_units", "responsible_units", "cooperating_units", "implementing_units"]
PartyKind = Literal["person", "post", "unit", "group"]
DocumentKind = Literal[
    "task_plan", "work_report", "measures", "opinion", "plan", "notice", "appointment", "chronicle", "other"
]

ROLES: tuple[Role, ...] = (
    "lead_leaders",
    "lead_units",
    "responsible_units",
    "cooperating_units",
    "implementing_units",
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the reading's text: offsets in characters, end exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers in the text it indexes."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person should know: a code of `luoshi.reading.issues`, its parameters and its place."""

    code: str
    severity: Severity
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """One name in a responsibility clause, as printed with whitespace removed and a trailing 等 dropped.

    `full_name` is the printed name with the prefix or suffix that the list elides (教育厅 after 省卫生健康委 is
    省教育厅); it equals `name` where nothing is elided. `etc` is true on the name that 等 followed.
    """

    name: str
    span: Span
    kind: PartyKind = "unit"
    etc: bool = False
    full_name: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit as printed; `date` is the last day, or None where the words alone do not settle it."""

    text: str
    date: date | None
    span: Span


@dataclass(frozen=True, slots=True)
class Task:
    """The smallest item that carries its own responsibility.

    `span` covers the whole item with number and clause, `text_span` what is to be done, `clause_span` the names.
    `doubts` are issue codes that a person should settle before accepting; `implied_units` are names that the
    document declared once for all following items.
    """

    id: str
    number: str
    section: str | None
    text: str
    span: Span
    text_span: Span
    clause_span: Span
    section_path: tuple[str, ...] = ()
    lead_leaders: tuple[Party, ...] = ()
    lead_units: tuple[Party, ...] = ()
    responsible_units: tuple[Party, ...] = ()
    cooperating_units: tuple[Party, ...] = ()
    implementing_units: tuple[Party, ...] = ()
    implied_units: tuple[Party, ...] = ()
    deadline: Deadline | None = None
    doubts: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether nothing about the task is in doubt."""
        return not self.doubts

    def with_parties(self, named: Mapping[Role, tuple[Party, ...]]) -> "Task":
        """Return the task with these parties by role; a role that is not given names nobody."""
        return replace(
            self,
            lead_leaders=named.get("lead_leaders", ()),
            lead_units=named.get("lead_units", ()),
            responsible_units=named.get("responsible_units", ()),
            cooperating_units=named.get("cooperating_units", ()),
            implementing_units=named.get("implementing_units", ()),
        )

    def parties(self) -> Iterator[tuple[Role, Party]]:
        """Iterate over (role, party) in the order of the roles and of print."""
        for role in ROLES:
            for party in getattr(self, role):
                yield role, party


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph (款) of an article that has several; `is_trailing` is true for one below its points (项)."""

    id: str
    text: str
    span: Span
    is_trailing: bool = False


@dataclass(frozen=True, slots=True)
class Provision:
    """One numbered unit of a document; `text` is its own words, `span` covers its descendants too.

    `paragraphs` are those of an article that has more than one.
    """

    id: str
    parent: str | None
    label: str
    depth: int
    heading: str | None
    text: str
    span: Span
    paragraphs: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Another document named by its number; the title is the 《…》 printed before it."""

    doc_number: str
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Repeal:
    """A document that this one repeals, by its number, its title or both as printed."""

    doc_number: str | None
    title: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Part:
    """A titled part of a document: the letter itself, or a plan or annex that it issues."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One constituent document of a file; `continuations` are stretches printed elsewhere (上接第N页).

    `member` names the file inside an archive that it stands in; None where the file is no archive.
    """

    id: str
    kind: DocumentKind
    title: str
    span: Span
    doc_number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    parts: tuple[Part, ...] = ()
    continuations: tuple[Span, ...] = ()
    provisions: tuple[Provision, ...] = ()
    tasks: tuple[Task, ...] = ()
    targets: "tuple[Target, ...]" = ()
    duties: "tuple[Duty, ...]" = ()
    appointments: "tuple[Appointment, ...]" = ()
    quotas: "tuple[Quota, ...]" = ()
    events: "tuple[Event, ...]" = ()
    terms: "tuple[Term, ...]" = ()
    items: "tuple[ListItem, ...]" = ()
    citations: tuple[Citation, ...] = ()
    repeals: tuple[Repeal, ...] = ()
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What was read: `media_type` is what the bytes are, whatever the name says; `pages` is None without pages."""

    name: str
    sha256: str
    media_type: str
    method: Method
    pages: int | None
    characters: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one file. All spans index `text`; `page_starts` are the offsets where pages begin.

    `layout` says where stretches of the text stand on the paper, in order of the text; empty for files without pages as
    pictures.
    """

    source: Source
    text: str
    page_starts: tuple[int, ...] = ()
    documents: tuple[Document, ...] = ()
    issues: tuple[Issue, ...] = ()
    layout: tuple[PlacedText, ...] = ()

    @property
    def unreadable(self) -> bool:
        """Whether the file could not be read at all."""
        return any(issue.severity == "error" for issue in self.issues)
