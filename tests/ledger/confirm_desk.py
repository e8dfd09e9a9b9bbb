"""What the tests of the confirming pages share: a document to confirm, addresses, and what answers say."""

import re
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from tests.ledger.factories import Item, make_document, make_leader, make_unit

from luoshi.access.models import User
from luoshi.documents.models import Document, Finding

HTMX = {"HTTP_HX_REQUEST": "true"}


def make_four_findings(clerk: User) -> Document:
    """Return a document of four findings: clean, clean, doubted by the parser, with an unknown name."""
    make_leader(clerk, "林远")
    for name in ("市教育局", "市财政局", "市水利局"):
        make_unit(clerk, name)
    return make_document(
        clerk,
        [
            Item("新建学校3所。", section="一、教育", lead_leaders=["林远"], lead_units=["市教育局"]),
            Item("整治河道5条；新建泵站2座。", lead_units=["市水利局"], cooperating_units=["市财政局"]),
            Item("推进节水。", lead_units=["市水利局"], doubts=["etc_list"]),
            Item("改造校舍。", lead_units=["市教育委"]),
        ],
    )


def url(name: str, *args: Any, **query: Any) -> str:
    """Return an address of the confirming pages."""
    address = reverse(f"ledger:{name}", args=args)
    return address + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def words(response: HttpResponse) -> str:
    """Return the visible words of an answer."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def shown_finding(response: Any) -> Finding:
    """Return the finding that the answer puts before the person."""
    finding: Finding = response.context["finding"]
    return finding


def findings_of(document: Document) -> list[Finding]:
    """Return the findings as they stand now."""
    return list(document.findings.order_by("position"))
