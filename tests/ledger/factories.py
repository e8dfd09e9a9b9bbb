"""Rows for tests of the ledger: units, leaders, groups, and a document whose findings have true places in its text."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from luoshi.access.models import User
from luoshi.documents.models import Document, Finding, Original, Reading, TextVersion
from luoshi.documents.states import DocumentStatus
from luoshi.files.models import StoredFile
from luoshi.registry.actions import add_group, add_organization, add_person
from luoshi.registry.models import Group, Organization, OrganizationKind, Person

NOW = dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)
LABELS = {
    "lead_leaders": "牵头领导：",
    "lead_units": "牵头单位：",
    "responsible_units": "责任单位：",
    "cooperating_units": "配合单位：",
    "implementing_units": "具体实施单位：",
}
_numbers = count(1)


@dataclass(frozen=True)
class Item:
    """One promise of a made-up document; the roles hold names as they are to be printed."""

    text: str
    number: str = ""
    section: str = ""
    lead_leaders: Sequence[str] = ()
    lead_units: Sequence[str] = ()
    responsible_units: Sequence[str] = ()
    cooperating_units: Sequence[str] = ()
    implementing_units: Sequence[str] = ()
    doubts: Sequence[str] = ()
    deadline: dict[str, Any] | None = field(default=None)


def make_unit(
    acting_user: User,
    name: str,
    *aliases: str,
    key: str = "",
    short_name: str = "",
    kind: OrganizationKind = OrganizationKind.DEPARTMENT,
) -> Organization:
    """Make an organization that is found under its name, its short name and its aliases."""
    return add_organization(
        acting_user=acting_user,
        key=key or f"unit-{next(_numbers)}",
        name=name,
        short_name=short_name or name,
        kind=kind,
        aliases=aliases,
        now=NOW,
    )


def make_leader(acting_user: User, name: str, *, key: str = "") -> Person:
    """Make a person who may lead tasks."""
    return add_person(
        acting_user=acting_user, key=key or f"person-{next(_numbers)}", name=name, is_leader=True, now=NOW
    )


def make_group(acting_user: User, name: str, members: Iterable[Organization] | None) -> Group:
    """Make a group term; ``members=None`` where nobody knows them."""
    return add_group(acting_user=acting_user, key=f"group-{next(_numbers)}", name=name, members=members, now=NOW)


def make_document(
    acting_user: User,
    items: Sequence[Item],
    *,
    title: str = "云川市2026年重点工作任务分工方案",
    doc_number: str = "",
    status: DocumentStatus = DocumentStatus.CURRENT,
    plan_year: int | None = 2026,
    family: str = "",
) -> Document:
    """Make a document with one line an item, its original, text and reading, and one pending finding an item."""
    serial = next(_numbers)
    text, payloads = _printed(title, items)
    document = Document.objects.create(
        reading=_reading(acting_user, text, serial),
        key=f"d{serial}",
        position=0,
        kind="task_plan",
        title=title,
        doc_number=doc_number or f"云政发〔2026〕{serial}号",
        plan_year=plan_year,
        start=0,
        end=len(text),
        family=family or f"family-{serial}",
        status=status,
        imported_at=NOW,
    )
    Finding.objects.bulk_create(
        [
            Finding(
                document=document,
                key=payload["id"],
                position=position,
                number=payload["number"],
                section=payload["section"],
                payload=payload,
                start=payload["span"]["start"],
                end=payload["span"]["end"],
                doubts=payload["doubts"],
            )
            for position, payload in enumerate(payloads)
        ]
    )
    return document


def _reading(acting_user: User, text: str, serial: int) -> Reading:
    digest = hashlib.sha256(f"{serial} {text}".encode()).hexdigest()
    file = StoredFile.objects.create(sha256=digest, size=len(text.encode()), stored_at=NOW, stored_by=acting_user)
    original = Original.objects.create(file=file, name="plan.txt", received_at=NOW, received_by=acting_user)
    version = TextVersion.objects.create(
        original=original, method="text", media_type="text/plain", text=text, sha256=digest, extracted_at=NOW
    )
    return Reading.objects.create(text=version, parser_version="test", result={"issues": []}, read_at=NOW)


def _printed(title: str, items: Sequence[Item]) -> tuple[str, list[dict[str, Any]]]:
    text = f"{title}\n"
    section = ""
    payloads = []
    for place, item in enumerate(items, start=1):
        if item.section and item.section != section:
            section = item.section
            text += f"{section}\n"
        number = item.number or str(place)
        start = len(text)
        text += f"{number}."
        text_start = len(text)
        text += item.text
        clause_start = len(text)
        clause, parties = _clause(item, clause_start)
        text += clause
        payloads.append(
            {
                "id": f"t{place}",
                "number": number,
                "section": item.section,
                "text": item.text,
                "span": {"start": start, "end": len(text)},
                "text_span": {"start": text_start, "end": clause_start},
                "clause_span": {"start": clause_start, "end": len(text)},
                **parties,
                "deadline": item.deadline,
                "doubts": list(item.doubts),
            }
        )
        text += "\n"
    return text, payloads


def _clause(item: Item, offset: int) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    clause = "（"
    parties: dict[str, list[dict[str, Any]]] = {}
    for role, label in LABELS.items():
        parties[role] = []
        names = getattr(item, role)
        if not names:
            continue
        clause += ("" if clause == "（" else "；") + label
        for place, name in enumerate(names):
            clause += "、" if place else ""
            start = offset + len(clause)
            clause += name
            parties[role].append({"name": name, "span": {"start": start, "end": start + len(name)}, "etc": False})
    return f"{clause}）", parties
