"""What a person should look at before a task is accepted."""

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from luoshi.reading.issues import make_issue
from luoshi.reading.model import ROLES, Issue, Party, Task
from luoshi.reading.responsibilities.clauses import Clause
from luoshi.reading.responsibilities.names import is_odd
from luoshi.reading.responsibilities.parties import MOST_NAMES
from luoshi.reading.view import fold


def doubts_of(task: Task, clause: Clause, *, after: bool, several: bool) -> list[Issue]:
    """Return the doubts about a task as issues, each with its place; an empty list means that it is clean."""
    number = task.number
    issues = [*_about_names(task), *_about_roles(task)]
    for item in clause.fields:
        if item.end <= item.start:
            issues.append(make_issue("empty_clause", number=number, label=item.label, span=task.clause_span))
    if clause.bare:
        issues.append(make_issue("bare_list", number=number, span=task.clause_span))
    if clause.prose:
        issues.append(make_issue("prose_clause", number=number, span=task.clause_span))
    if clause.unclosed:
        issues.append(make_issue("unclosed_bracket", number=number, span=task.clause_span))
    if clause.mismatched is not None:
        opened, closed = clause.mismatched
        issues.append(
            make_issue("mismatched_bracket", number=number, opened=opened, closed=closed, span=task.clause_span)
        )
    if not task.text.strip("。；;.、，, "):
        issues.append(make_issue("empty_text", number=number, span=task.span))
    if after or clause.unread:
        issues.append(make_issue("text_after_clause", number=number, span=task.span))
    if several:
        issues.append(make_issue("several_clauses", number=number, span=task.span))
    return issues


def _about_names(task: Task) -> Iterator[Issue]:
    number = task.number
    for role in ROLES:
        if len(getattr(task, role)) >= MOST_NAMES:
            yield make_issue("long_list", number=number, limit=MOST_NAMES, span=task.clause_span)
    for role, party in task.parties():
        if is_odd(_folded(party.name)):
            yield make_issue("odd_name", number=number, name=party.name, span=party.span)
        if party.etc:
            yield make_issue("etc_list", number=number, name=party.name, span=party.span)
        if role == "lead_leaders" and party.kind == "unit":
            yield make_issue("leader_looks_like_unit", number=number, name=party.name, span=party.span)
        if role == "lead_leaders" and party.kind == "post":
            yield make_issue("post_instead_of_name", number=number, name=party.name, span=party.span)
        if role != "lead_leaders" and party.kind in ("person", "post"):
            yield make_issue("unit_looks_like_leader", number=number, name=party.name, span=party.span)


def _about_roles(task: Task) -> Iterator[Issue]:
    for role in ROLES:
        parties: tuple[Party, ...] = getattr(task, role)
        counts: Counter[str] = Counter()
        for party in parties:
            counts[_folded(party.name)] += 1
            if counts[_folded(party.name)] == 2:
                yield make_issue("duplicate_party", number=task.number, name=party.name, span=party.span)
    leads = {_folded(party.name) for party in (*task.lead_units, *task.responsible_units)}
    for party in task.cooperating_units:
        if _folded(party.name) in leads:
            yield make_issue("same_unit_leads_and_cooperates", number=task.number, name=party.name, span=party.span)
    if task.cooperating_units and not (task.lead_units or task.responsible_units or task.lead_leaders):
        yield make_issue("no_lead", number=task.number, span=task.clause_span)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    return fold(name)
