"""The audit trail: who did what, and whether the chain still holds."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from luoshi.access.actions import record_export
from luoshi.access.audit import verify_chain
from luoshi.access.audit_words import action_words, broken_words, in_words, object_words
from luoshi.access.forms import AuditFilterForm
from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import active_filters, as_download, chosen, page_of
from luoshi.access.models import AuditEntry
from luoshi.access.permissions import Action
from luoshi.access.queries import list_audit
from luoshi.workbooks import Column, Row, Sheet

MOST_LINKS_SHOWN = 200


@require_safe
@permitted(Action.READ_AUDIT)
def trail(request: HttpRequest) -> HttpResponseBase:
    """Show the trail, the latest entry first, or hand the filtered entries out as CSV."""
    form = AuditFilterForm(request.GET)
    rows = _filtered(form)
    if request.GET.get("format") == "csv":
        return _export(request, rows)
    shown = page_of(request, rows)
    context = {
        "page": shown,
        "entries": in_words(iter(shown)),
        "form": form,
        "chips": active_filters(request, form),
    }
    return render(request, "access/trail.html", context)


@require_POST
@permitted(Action.READ_AUDIT)
def verify(request: HttpRequest) -> HttpResponseBase:
    """Walk the whole chain and show whether it holds."""
    count, broken = verify_chain()
    lines = [(link.sequence, broken_words(link)) for link in broken[:MOST_LINKS_SHOWN]]
    context = {"count": count, "lines": lines, "broken": len(broken), "at": timezone.now()}
    return render(request, "access/verified.html", context)


def _filtered(form: AuditFilterForm) -> QuerySet[AuditEntry]:
    asked = chosen(form)
    until = asked.get("until")
    return list_audit(
        actor=asked.get("actor", ""),
        action=asked.get("action", ""),
        kind=asked.get("kind", ""),
        number=asked.get("number", ""),
        since=_start_of(asked.get("since")),
        before=_start_of(until + dt.timedelta(days=1)) if until else None,
    )


def _start_of(day: dt.date | None) -> dt.datetime | None:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min)) if day else None


def _export(request: HttpRequest, rows: QuerySet[AuditEntry]) -> HttpResponseBase:
    """Hand the entries out; taking them is itself an entry."""
    record_export(acting_user=user_of(request), query=request.GET.urlencode(), now=timezone.now())
    sheet, lines = _sheet(), _export_rows(rows.iterator(chunk_size=1000))
    response = as_download(sheet, lines, "csv", "audit")
    assert response is not None  # noqa: S101
    return response


def _sheet() -> Sheet:
    titles = {
        "sequence": _("No."),
        "at": _("When"),
        "actor": _("User name"),
        "actor_name": pgettext("person", "Name"),
        "source": _("From where"),
        "action": _("What"),
        "action_code": _("Code of the action"),
        "object_kind": _("Object"),
        "object_type": _("Code of the object"),
        "object_id": _("Object number"),
        "before": _("Before"),
        "after": _("After"),
        "digest": _("Digest"),
    }
    columns = tuple(Column(key=key, title=title) for key, title in titles.items())
    return Sheet(name="access.audit", title=_("Audit trail"), columns=columns)


def _export_rows(entries: Iterable[AuditEntry]) -> Iterable[Row]:
    actions, objects = action_words(), object_words()
    for entry in entries:
        yield {
            "sequence": str(entry.sequence),
            "at": entry.at.isoformat(),
            "actor": entry.actor,
            "actor_name": entry.actor_name,
            "source": entry.source,
            "action": actions.get(entry.action, entry.action),
            "action_code": entry.action,
            "object_kind": objects.get(entry.object_type, entry.object_type),
            "object_type": entry.object_type,
            "object_id": entry.object_id,
            "before": _json(entry.before),
            "after": _json(entry.after),
            "digest": entry.digest,
        }


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
