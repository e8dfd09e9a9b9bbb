"""The words, tones and trees that the pages of documents show; everything here is made from rows, nothing is read."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.documents.messages import doubt_message, issue_message
from luoshi.documents.models import Document, Finding, Provision, TextVersion
from luoshi.documents.paper import Layout, Mark, MarkKind, page_of
from luoshi.documents.paragraphs import Stretch
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus
from luoshi.documents.task_links import TaskLink

ROLE_LABELS: Mapping[str, Any] = {
    "lead_leaders": _("Lead leader"),
    "lead_units": _("Lead unit"),
    "responsible_units": _("Responsible unit"),
    "cooperating_units": _("Cooperating unit"),
    "implementing_units": _("Implementing unit"),
    "implied_units": _("Named once for all items"),
}
LEADING_ROLES = ("lead_units", "responsible_units", "implementing_units")

DOCUMENT_TONES: Mapping[str, str] = {
    DocumentStatus.WAITING: "warn",
    DocumentStatus.CURRENT: "ok",
    DocumentStatus.PRINTING: "neutral",
    DocumentStatus.SUPERSEDED: "neutral",
}
# In a table the status is a word; the whole of it is said where the pointer rests and on the page of the document.
DOCUMENT_WORDS: Mapping[str, Any] = {
    DocumentStatus.WAITING: _("To decide"),
    DocumentStatus.CURRENT: _("Current"),
    DocumentStatus.PRINTING: _("Other printing"),
    DocumentStatus.SUPERSEDED: _("Replaced"),
}
FINDING_TONES: Mapping[str, str] = {
    FindingStatus.PENDING: "info",
    FindingStatus.ACCEPTED: "ok",
    FindingStatus.REJECTED: "neutral",
}
JOB_TONES: Mapping[str, str] = {
    ImportStatus.QUEUED: "neutral",
    ImportStatus.RUNNING: "info",
    ImportStatus.NEEDS_DECISION: "warn",
    ImportStatus.DONE: "ok",
    ImportStatus.KNOWN: "neutral",
    ImportStatus.REFUSED: "danger",
    ImportStatus.FAILED: "danger",
    ImportStatus.DROPPED: "neutral",
    ImportStatus.CANCELLED: "neutral",
}
JOB_ICONS: Mapping[str, str] = {
    ImportStatus.QUEUED: "clock",
    ImportStatus.RUNNING: "loader",
    ImportStatus.NEEDS_DECISION: "git-compare",
    ImportStatus.DONE: "circle-check",
    ImportStatus.KNOWN: "copy-check",
    ImportStatus.REFUSED: "file-x",
    ImportStatus.FAILED: "alert-octagon",
    ImportStatus.DROPPED: "archive",
    ImportStatus.CANCELLED: "player-stop",
}

METHOD_LABELS: Mapping[str, Any] = {
    "text": _("text of the file"),
    "html": _("web page without its navigation"),
    "docx": _("Word file, as it is finally"),
    "pdf-text": _("text of the PDF"),
    "ofd": _("text of the OFD file"),
    "pdf-ocr": _("recognised from the pages of a scan"),
    "image-ocr": _("recognised from a picture"),
}
# These have a page of their own, where each is compared with the picture.
_LINES_IN_DOUBT = frozenset({"doubtful_line", "more_doubtful_lines"})


_FIRST_WORDS = re.compile(r"[^。；;：:（(〔\[【]*")
_MOST_WORDS = 32


@dataclass(frozen=True)
class PartyName:
    """A name as printed; ``full_name`` is given where the list elided a part of it, ``goes_on`` where 等 followed."""

    name: str
    full_name: str
    goes_on: bool


@dataclass(frozen=True)
class PartyGroup:
    """The parties of one role."""

    role: str
    label: str
    names: Sequence[PartyName]


@dataclass(frozen=True)
class Note:
    """A sentence about a place in the text; without ``span`` it is about the whole file."""

    text: str
    severity: str
    span: Stretch | None = None
    url: str = ""


@dataclass(frozen=True)
class FindingRecord:
    """A finding as its record shows it."""

    finding: Finding
    leaders: str
    lead: str
    parties: Sequence[PartyGroup]
    deadline: str
    doubts: Sequence[str]
    page: int | None
    url: str
    status: str
    tone: str
    tasks: Sequence[TaskLink] = ()


@dataclass
class OutlineNode:
    """A numbered part with the parts below it; ``anchor`` is the name of the block where it begins."""

    words: str
    anchor: str
    children: list["OutlineNode"] = field(default_factory=list)


def role_labels() -> dict[str, str]:
    """Return what each role is called in the language of the reader; asked once a page, not once a name."""
    return {role: str(label) for role, label in ROLE_LABELS.items()}


def parties_of(payload: Mapping[str, Any], labels: Mapping[str, str]) -> list[PartyGroup]:
    """Return the parties of a task of the reading contract, by role in the order of print; empty roles are left out."""
    return [
        PartyGroup(role, label, [_party_name(party) for party in payload[role]])
        for role, label in labels.items()
        if payload.get(role)
    ]


def _party_name(party: Mapping[str, Any]) -> PartyName:
    full = party.get("full_name") or party["name"]
    return PartyName(party["name"], "" if full == party["name"] else full, bool(party.get("etc")))


def finding_records(
    document: Document,
    findings: Sequence[Finding],
    issues: Sequence[Mapping[str, Any]],
    *,
    tasks: Mapping[int, list[TaskLink]],
    page_starts: Sequence[int] = (),
) -> list[FindingRecord]:
    """Return the records of findings; ``issues`` are those of the reading, from which the doubts take their words."""
    placed = sorted((issue for issue in issues if issue.get("span")), key=lambda issue: int(issue["span"]["start"]))
    starts = [int(issue["span"]["start"]) for issue in placed]
    base = document.get_absolute_url()
    labels, statuses = role_labels(), {status.value: str(status.label) for status in FindingStatus}
    records = []
    for finding in findings:
        near = placed[bisect_left(starts, finding.start) : bisect_left(starts, finding.end)]
        records.append(
            FindingRecord(
                finding=finding,
                leaders=_names(finding, ["lead_leaders"]),
                lead=_names(finding, LEADING_ROLES),
                parties=parties_of(finding.payload, labels),
                deadline=str((finding.payload.get("deadline") or {}).get("text", "")),
                doubts=doubts_in_words(finding, near),
                page=page_of(page_starts, finding.start),
                # Asking the URL configuration a thousand times would be a good part of the page's time.
                url=f"{base}s/{finding.start}-{finding.end}/",
                status=statuses[finding.status],
                tone=FINDING_TONES[finding.status],
                tasks=tasks.get(finding.pk, ()),
            )
        )
    return records


def doubts_in_words(finding: Finding, issues: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what is doubtful about a finding, one sentence each; ``issues`` are those of its place in the text."""
    sentences: dict[str, list[str]] = {code: [] for code in finding.doubts}
    for issue in issues:
        if issue["code"] in sentences:
            sentences[issue["code"]].append(issue_message(issue))
    return [sentence for code, found in sentences.items() for sentence in (found or [doubt_message(code)])]


def _names(finding: Finding, roles: Sequence[str]) -> str:
    """Return the first two names under the first of the roles that has any, and how many more there are."""
    names = next((found for role in roles if (found := [party["name"] for party in finding.parties(role)])), [])
    more = f" +{len(names) - 2}" if len(names) > 2 else ""
    return "、".join(names[:2]) + more


def method_words(text: TextVersion) -> str:
    """Return how a text was had from its file, and how sure that is where it was recognised."""
    method = str(METHOD_LABELS.get(text.method, text.method))
    if text.confidence is None:
        return method
    sure = gettext("%(percent)s%% sure on average") % {"percent": f"{100 * text.confidence:.1f}"}
    return gettext("%(method)s, %(sure)s") % {"method": method, "sure": sure}


def marks_of(findings: Iterable[Finding]) -> list[Mark]:
    """Return where in the text the wording, the time limit and the parties of findings stand."""
    marks: list[Mark] = []
    labels = role_labels()
    limit = gettext("Time limit")
    for finding in findings:
        wording = finding.payload.get("text_span") or finding.payload["span"]
        marks.append(_mark(wording, "task", finding))
        if deadline := finding.payload.get("deadline"):
            marks.append(_mark(deadline["span"], "deadline", finding, limit))
        for role, label in labels.items():
            if role != "implied_units":
                kind: MarkKind = "leader" if role == "lead_leaders" else "party"
                marks.extend(_mark(party["span"], kind, finding, label) for party in finding.parties(role))
    return marks


def _mark(span: Mapping[str, Any], kind: MarkKind, finding: Finding, title: str = "") -> Mark:
    return Mark(int(span["start"]), int(span["end"]), kind, finding.pk, title)


def regions_of(document: Document) -> list[Stretch]:
    """Return the stretches of the text that the document is printed in: its own, then those it is continued in."""
    further = ((int(span["start"]), int(span["end"])) for span in written_document(document).get("continuations", []))
    return [(document.start, document.end), *further]


def layout_of(
    document: Document,
    findings: Sequence[Finding],
    provisions: Sequence[Provision],
    *,
    marks: Sequence[Mark] = (),
    cited: Stretch | None = None,
) -> Layout:
    """Return what the paper needs to know of a document that was read with its reading and text."""
    text = document.reading.text
    parts = written_document(document).get("parts", [])
    return Layout(
        text=text.text,
        regions=regions_of(document),
        page_starts=text.page_starts,
        titles={document.start: document.title, **{int(part["span"]["start"]): part["title"] for part in parts}},
        items={provision.start: (provision.depth, provision.heading) for provision in provisions},
        findings={finding.start: finding.pk for finding in findings},
        marks=marks,
        cited=cited,
    )


def outline_of(provisions: Sequence[Provision], text: str) -> list[OutlineNode]:
    """Return the numbered parts as a tree; a part whose parent is missing stands at the top."""
    nodes: dict[str, OutlineNode] = {}
    top: list[OutlineNode] = []
    for provision in provisions:
        words = provision.heading or _first_words(text, provision)
        node = OutlineNode(f"{provision.label}{words}", f"s-{provision.start}")
        nodes[provision.key] = node
        parent = nodes.get(provision.parent_key)
        (parent.children if parent else top).append(node)
    return top


def _first_words(text: str, provision: Provision) -> str:
    """Return how a part without a heading begins, up to its first stop or bracket."""
    words = "".join(text[provision.start : provision.end][:80].split()).removeprefix(provision.label)
    return _FIRST_WORDS.match(words[:_MOST_WORDS]).group()  # type: ignore[union-attr]


def notes_of(document: Document, issues: Sequence[Mapping[str, Any]], doubts: Iterable[str]) -> list[Note]:
    """Return what the reading of the file should make known about this document, without the doubts of its tasks."""
    shown_with_tasks = set(doubts)
    notes = []
    for issue in issues:
        span = issue.get("span")
        if issue["code"] in shown_with_tasks | _LINES_IN_DOUBT or (span and not _is_within(document, span)):
            continue
        stretch = (int(span["start"]), int(span["end"])) if span else None
        url = document.sentence_url(*stretch) if stretch and stretch[1] > stretch[0] else ""
        notes.append(Note(issue_message(issue), issue["severity"], stretch, url))
    return notes


def _is_within(document: Document, span: Mapping[str, Any]) -> bool:
    return any(start <= int(span["start"]) < end for start, end in regions_of(document))


def written_document(document: Document) -> Mapping[str, Any]:
    """Return the document as the reading contract printed it."""
    found = (each for each in document.reading.result.get("documents", []) if each["id"] == document.key)
    return next(found, {})
