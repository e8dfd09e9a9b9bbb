"""Names of a document that the registry does not know are put before the office as soon as they are read."""

import datetime as dt
from collections.abc import Iterable, Iterator

from luoshi.documents.models import Document
from luoshi.reading.model import ROLES
from luoshi.registry.actions import propose_names
from luoshi.registry.matching import Matcher, MatchState
from luoshi.registry.models import NameKind


def propose_unknown_names(documents: Iterable[Document], *, now: dt.datetime) -> int:
    """Propose every party's name that stands for nothing known, once a document; return how many are new."""
    matcher = Matcher()
    made = 0
    for document in documents:
        unknown = {(name, kind) for name, kind in _names(document) if matcher.match(name, kind).state == MatchState.NEW}
        made += propose_names(names=sorted(unknown), seen_in=document.doc_number or document.title, now=now)
    return made


def _names(document: Document) -> Iterator[tuple[str, NameKind]]:
    for finding in document.findings.all():
        for role in ROLES:
            kind = NameKind.PERSON if role == "lead_leaders" else NameKind.UNIT
            for party in finding.parties(role):
                yield str(party.get("full_name") or party["name"]), kind
