"""What a task would be: the form between a finding and a row, which a person may correct before accepting it."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from luoshi.documents.models import Finding
from luoshi.documents.statements.figures import change_of, exact
from luoshi.ledger.models import ROLE_FIELDS, AssignmentRole, Comparator, Target
from luoshi.registry.matching import Match, Matcher
from luoshi.registry.models import NameKind
from luoshi.standards.names import fold_name


@dataclass(frozen=True)
class PartyDraft:
    """One party in one role. ``start`` and ``end`` are its place in the text, absent where a person added it."""

    role: AssignmentRole
    name: str
    start: int | None = None
    end: int | None = None
    open_list: bool = False
    # What the registry is asked for: the printed name with what the list elided.
    full_name: str = ""

    @property
    def kind(self) -> NameKind:
        """What the name should be, from its role."""
        return NameKind.PERSON if self.role == AssignmentRole.LEAD_LEADER else NameKind.UNIT

    def matched(self, matcher: Matcher) -> Match:
        """Return what the registry knows under this name."""
        return matcher.match(self.full_name or self.name, self.kind)


@dataclass(frozen=True)
class TargetDraft:
    """One figure of a task, in the base unit; ``start`` and ``end`` are its place in the text of ``document_id``.

    Both are absent where a person added it. ``key`` is the normalised wording of the indicator.
    """

    printed: str
    key: str
    comparator: Comparator
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str = ""
    change: str = ""
    reference: str = ""
    due: dt.date | None = None
    quote: str = ""
    document_id: int | None = None
    start: int | None = None
    end: int | None = None
    # The row that it is in the ledger already, absent while it is only proposed.
    pk: int | None = None


@dataclass(frozen=True)
class SourceDraft:
    """One stretch of a document behind the task."""

    finding_id: int
    document_id: int
    start: int
    end: int


@dataclass(frozen=True)
class TaskDraft:
    """A task as it would be written into the ledger."""

    number: str
    section: str
    text: str
    parties: tuple[PartyDraft, ...] = ()
    sources: tuple[SourceDraft, ...] = ()
    deadline: dt.date | None = None
    deadline_text: str = ""
    position: int = 0
    targets: tuple[TargetDraft, ...] = ()
    problems: tuple[str, ...] = field(default=())


def draft_of(finding: Finding) -> TaskDraft:
    """Return the task that the finding proposes, word for word."""
    deadline = finding.payload.get("deadline") or {}
    return TaskDraft(
        number=finding.number,
        section=finding.section,
        text=finding.text,
        parties=tuple(_parties_of(finding)),
        sources=(SourceDraft(finding.pk, finding.document_id, finding.start, finding.end),),
        deadline=dt.date.fromisoformat(deadline["date"]) if deadline.get("date") else None,
        deadline_text=deadline.get("text", "")[:200],
        position=finding.position,
        targets=tuple(target_of(finding.document_id, stated) for stated in finding.payload.get("targets") or []),
    )


def target_of(document_id: int, stated: Mapping[str, Any]) -> TargetDraft:
    """Return a target of the reading contract as the ledger keeps it."""
    return TargetDraft(
        printed=stated["indicator"][:200],
        key=(stated.get("key") or fold_name(stated["indicator"]))[:200],
        comparator=Comparator(stated["comparator"]),
        value=exact(stated.get("value")),
        value_high=exact(stated.get("value_high")),
        unit=(stated.get("unit") or "")[:32],
        change=change_of(stated),
        reference=(stated.get("reference") or "")[:200],
        due=dt.date.fromisoformat(stated["due"]) if stated.get("due") else None,
        quote=stated["quote"][:500],
        document_id=document_id,
        start=stated["span"]["start"],
        end=stated["span"]["end"],
    )


def target_in_ledger(row: Target) -> TargetDraft:
    """Return a target as it stands in the ledger, to be corrected; read with its ``indicator_name``."""
    return TargetDraft(
        printed=row.printed,
        key=row.indicator_name.key,
        comparator=Comparator(row.comparator),
        value=row.value,
        value_high=row.value_high,
        unit=row.unit,
        change=row.change,
        reference=row.reference,
        due=row.due,
        quote=row.quote,
        document_id=row.document_id,
        start=row.start,
        end=row.end,
        pk=row.pk,
    )


def share_targets(targets: Iterable[TargetDraft], parts: Sequence[str]) -> list[tuple[TargetDraft, ...]]:
    """Return for each part of a split task the targets whose words stand in it; the others stay with the first."""
    words = ["".join(part.split()) for part in parts]
    shares: list[list[TargetDraft]] = [[] for _part in parts]
    for target in targets:
        quote = "".join(target.quote.split())
        holding = [place for place, each in enumerate(words) if quote and quote in each]
        for place in holding[:1] or range(min(1, len(parts))):
            shares[place].append(target)
    return [tuple(share) for share in shares]


def merged(drafts: list[TaskDraft]) -> TaskDraft:
    """Return one task for several findings: texts in order, every party once a role, every source kept."""
    first = drafts[0]
    roles = list(AssignmentRole)
    parties = _once(party for draft in drafts for party in draft.parties)
    return replace(
        first,
        text="\n".join(draft.text for draft in drafts),
        parties=tuple(sorted(parties, key=lambda party: roles.index(party.role))),
        sources=tuple(source for draft in drafts for source in draft.sources),
        targets=tuple(target for draft in drafts for target in draft.targets),
        deadline=next((draft.deadline for draft in drafts if draft.deadline), None),
        deadline_text=next((draft.deadline_text for draft in drafts if draft.deadline_text), ""),
    )


def _once(parties: Iterable[PartyDraft]) -> list[PartyDraft]:
    return list({(party.role, fold_name(party.name)): party for party in reversed(list(parties))}.values())[::-1]


def _parties_of(finding: Finding) -> Iterator[PartyDraft]:
    for role, field_name in ROLE_FIELDS.items():
        for party in finding.parties(field_name):
            yield _party(role, party)


def _party(role: AssignmentRole, party: dict[str, Any]) -> PartyDraft:
    span = party.get("span") or {}
    return PartyDraft(
        role=role,
        name=party["name"][:200],
        start=span.get("start"),
        end=span.get("end"),
        open_list=bool(party.get("etc")),
        full_name=party.get("full_name") or "",
    )
