"""The append-only, hash-chained trail: how an entry is written and how the chain is checked.

An entry must be written inside the transaction of the change that it records (:func:`record` refuses otherwise), so
neither can exist without the other.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction

from luoshi.access.models import AuditEntry, AuditHead, User

GENESIS = "0" * 64
_source: ContextVar[str] = ContextVar("audit_source", default="")


@contextmanager
def audit_source(source: str) -> Iterator[None]:
    """Say where the actions inside come from (a client's address, a command's name)."""
    token = _source.set(source[:64])
    try:
        yield
    finally:
        _source.reset(token)


def plain(value: Any) -> Any:
    """Return the value as plain JSON data, the very form that is stored and hashed."""
    return None if value is None else json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def snapshot(instance: models.Model, *fields: str) -> dict[str, Any]:
    """Return the named fields of a row as plain data, for ``before`` and ``after``."""
    return {name: plain(getattr(instance, name)) for name in fields}


def digest_of(entry: AuditEntry) -> str:
    """Return the SHA-256 of an entry and of the digest before it, as hexadecimal."""
    content = [
        entry.sequence,
        entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        entry.actor,
        entry.actor_name,
        entry.source,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.before,
        entry.after,
        entry.previous_digest,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Happening:
    """What one entry says beside who and when: the action, the thing, and its state before and after."""

    action: str
    subject: models.Model
    before: Any = None
    after: Any = None


def record(
    *,
    acting_user: User,
    action: str,
    subject: models.Model,
    now: dt.datetime,
    before: Any = None,
    after: Any = None,
) -> AuditEntry:
    """Append one entry about ``subject`` to the chain.

    :raises RuntimeError: outside a transaction, since the entry could then survive without its change.
    """
    (entry,) = record_all(acting_user=acting_user, happenings=[Happening(action, subject, before, after)], now=now)
    return entry


def record_all(*, acting_user: User, happenings: Iterable[Happening], now: dt.datetime) -> list[AuditEntry]:
    """Append one entry for each happening to the chain, in order; the end of the chain is moved once.

    :raises RuntimeError: outside a transaction, since the entries could then survive without their changes.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an audit entry belongs into the transaction of its change")
    head = _locked_head()
    sequence, digest = head.sequence, head.digest
    entries: list[AuditEntry] = []
    for happening in happenings:
        entry = _entry(acting_user, happening, now, sequence + 1, digest)
        sequence, digest = entry.sequence, entry.digest
        entries.append(entry)
    if len(entries) == 1:
        entries[0].save()
    else:
        AuditEntry.objects.bulk_create(entries, batch_size=500)
    AuditHead.objects.filter(pk=head.pk).update(sequence=sequence, digest=digest)
    return entries


def _entry(acting_user: User, happening: Happening, now: dt.datetime, sequence: int, previous: str) -> AuditEntry:
    entry = AuditEntry(
        sequence=sequence,
        at=now,
        actor=acting_user.username,
        actor_name=acting_user.display_name,
        source=_source.get(),
        action=happening.action,
        object_type=happening.subject._meta.label_lower,
        object_id=str(happening.subject.pk),
        before=plain(happening.before),
        after=plain(happening.after),
        previous_digest=previous,
    )
    entry.digest = digest_of(entry)
    return entry


def _locked_head() -> AuditHead:
    head, _made = AuditHead.objects.get_or_create(pk=1)
    return AuditHead.objects.select_for_update().get(pk=head.pk)


@dataclass(frozen=True)
class BrokenLink:
    """Where the chain does not hold: the sequence number and what is wrong with it."""

    sequence: int
    reason: str


def verify_chain() -> tuple[int, list[BrokenLink]]:
    """Return how many entries were read and every place where the chain is broken."""
    with transaction.atomic():
        head = AuditHead.objects.filter(pk=1).first()
        return _walk(head)


def _walk(head: AuditHead | None) -> tuple[int, list[BrokenLink]]:
    broken: list[BrokenLink] = []
    expected, previous = 1, GENESIS
    count = 0
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        count += 1
        if entry.sequence != expected:
            broken.append(BrokenLink(expected, f"missing: the next entry found is {entry.sequence}"))
        elif entry.previous_digest != previous:
            broken.append(BrokenLink(entry.sequence, "does not continue the entry before it"))
        if entry.digest != digest_of(entry):
            broken.append(BrokenLink(entry.sequence, "changed after it was written"))
        expected, previous = entry.sequence + 1, entry.digest
    last = (head.sequence, head.digest) if head else (0, GENESIS)
    if last != (expected - 1, previous):
        broken.append(BrokenLink(last[0], "the end of the chain is missing or was replaced"))
    return count, broken
