"""What the tests of targets share: documents whose items promise figures with true places in the text."""

from collections.abc import Sequence
from typing import Any

from tests.ledger.factories import NOW, Item, make_document, make_unit

from luoshi.access.models import User
from luoshi.documents.models import Document, Finding, Statement
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.models import Task
from luoshi.registry.models import Organization
from luoshi.standards.indicators import indicator_key


def stated(finding: Finding, quote: str, indicator: str, value: float | None, unit: str, **more: Any) -> dict[str, Any]:
    """Return a target of the reading contract that stands in the words of the finding."""
    start = finding.payload["text_span"]["start"] + finding.text.index(quote)
    return {
        "indicator": indicator,
        "key": indicator_key(indicator),
        "quote": quote,
        "comparator": ">=",
        "value": value,
        "value_high": None,
        "unit": unit,
        "change": None,
        "reference": None,
        "due": None,
        "role": "promise",
        "span": {"start": start, "end": start + len(quote)},
        **more,
    }


def promise(finding: Finding, *targets: dict[str, Any]) -> Finding:
    """Let the finding state these targets."""
    finding.payload["targets"] = list(targets)
    finding.save(update_fields=["payload"])
    return finding


def make_promises(clerk: User, *said: tuple[str, str, str, float, str], **document: Any) -> list[Finding]:
    """Make a document with one finding for each (text, quote, indicator, value, unit)."""
    if not Organization.objects.filter(key="jobs").exists():
        make_unit(clerk, "市人社局", key="jobs")
    made = make_document(clerk, [Item(text, lead_units=["市人社局"]) for text, *_target in said], **document)
    findings: Sequence[Finding] = list(made.findings.order_by("position"))
    return [
        promise(finding, stated(finding, *target)) for finding, (_text, *target) in zip(findings, said, strict=True)
    ]


def accepted(clerk: User, *said: tuple[str, str, str, float, str], **document: Any) -> list[Task]:
    """Return the tasks that such a document becomes."""
    findings = make_promises(clerk, *said, **document)
    for finding in findings:
        accept_finding(acting_user=clerk, finding=finding, now=NOW)
    return list(Task.objects.filter(plan__document=findings[0].document).order_by("position"))


def claim(
    document: Document, indicator: str, value: float, unit: str, *, year: int, quote: str, since: int | None = None
) -> Statement:
    """Let the document claim a result, as a work report does."""
    payload = {
        "indicator": indicator,
        "key": indicator_key(indicator),
        "quote": quote,
        "comparator": "=",
        "value": value,
        "unit": unit,
        "role": "result",
        "since": since or year,
        "until": year,
    }
    return Statement.objects.create(
        document=document, kind="TARGET", position=document.statements.count(), payload=payload, start=0, end=2
    )
