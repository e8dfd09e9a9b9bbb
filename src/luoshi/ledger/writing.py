"""From drafts to rows, in a constant number of queries; called inside an action."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from luoshi.documents.models import Document, SearchEntry
from luoshi.documents.search import make_entry
from luoshi.ledger.drafts import PartyDraft, TaskDraft
from luoshi.ledger.models import ANSWERING_ROLES, Assignment, AssignmentRole, Confirmation, Plan, Task, TaskSource
from luoshi.ledger.target_writing import write_targets
from luoshi.registry.matching import Match, Matcher, MatchState
from luoshi.registry.models import NameKind, Organization

TASK_ENTRY = "task"


def plan_of(document: Document) -> Plan:
    """Return the plan of a document, made where it does not exist yet."""
    year = document.plan_year or (document.issued_on.year if document.issued_on else None)
    plan, _made = Plan.objects.get_or_create(document=document, defaults={"title": document.title, "year": year})
    return plan


def write_tasks(
    *, drafts: Iterable[tuple[TaskDraft, Confirmation]], plan: Plan, matcher: Matcher, now: dt.datetime
) -> list[Task]:
    """Write tasks with their sources, parties and search entries and return them in order."""
    pairs = list(drafts)
    tasks = Task.objects.bulk_create([_task(draft, made, plan, now) for draft, made in pairs], batch_size=200)
    TaskSource.objects.bulk_create(
        [
            TaskSource(
                task=task,
                document_id=source.document_id,
                finding_id=source.finding_id,
                start=source.start,
                end=source.end,
            )
            for task, (draft, _made) in zip(tasks, pairs, strict=True)
            for source in draft.sources
        ],
        batch_size=500,
    )
    write_assignments(
        parties=[(task, draft.parties) for task, (draft, _made) in zip(tasks, pairs, strict=True)], matcher=matcher
    )
    write_targets(targets=[(task, draft.targets) for task, (draft, _made) in zip(tasks, pairs, strict=True)], now=now)
    index_tasks(tasks)
    return tasks


def index_tasks(tasks: Iterable[Task]) -> None:
    """Let the search find the tasks under their present wording."""
    listed = list(tasks)
    SearchEntry.objects.filter(kind=TASK_ENTRY, object_id__in=[task.pk for task in listed]).delete()
    SearchEntry.objects.bulk_create(
        [make_entry(kind=TASK_ENTRY, object_id=task.pk, text=task.text) for task in listed], batch_size=500
    )


def unindex_tasks(task_pks: Iterable[int]) -> None:
    """Take tasks out of the search."""
    SearchEntry.objects.filter(kind=TASK_ENTRY, object_id__in=list(task_pks)).delete()


def write_assignments(
    *, parties: Iterable[tuple[Task, Iterable[PartyDraft]]], matcher: Matcher, first_position: int = 0
) -> None:
    """Write the parties of tasks: first as printed, then the members that group terms stand for."""
    printed: list[Assignment] = []
    matches: list[Match] = []
    for task, drafts in parties:
        named: set[tuple[str, str]] = set()
        for position, party in enumerate(drafts, start=first_position):
            match = party.matched(matcher)
            assignment = _assignment(task, party, match, position)
            if assignment.scope_key and (party.role, assignment.scope_key) in named:
                continue
            named.add((party.role, assignment.scope_key))
            printed.append(assignment)
            matches.append(match)
    Assignment.objects.bulk_create(printed, batch_size=500)
    _expand(printed, matches)


def _expand(printed: list[Assignment], matches: list[Match]) -> None:
    """Write one row for each member of each group term that is not named in the task anyway."""
    taken = {(row.task_id, row.role, row.scope_key) for row in printed if row.scope_key}
    answering = {(row.task_id, row.scope_key) for row in printed if row.role in ANSWERING_ROLES and row.scope_key}
    members: list[Assignment] = []
    # Those who answer come first: who leads through one group does not help through another.
    pairs = sorted(zip(printed, matches, strict=True), key=lambda pair: pair[0].role not in ANSWERING_ROLES)
    for row, match in pairs:
        for organization in match.members:
            key = (row.task_id, row.role, organization.scope_key)
            leads = row.role == AssignmentRole.COOPERATING and (row.task_id, organization.scope_key) in answering
            # Whoever leads a task does not also help itself because "all departments" do.
            if key not in taken and not leads:
                taken.add(key)
                members.append(_member(row, organization))
                if row.role in ANSWERING_ROLES:
                    answering.add((row.task_id, organization.scope_key))
    Assignment.objects.bulk_create(members, batch_size=500)


def expand_group(row: Assignment, organizations: Iterable[Organization]) -> int:
    """Write the members of one group term that was accepted before they were known; return how many are new."""
    task_rows = Assignment.objects.filter(task=row.task_id).exclude(scope_key="")
    taken = {(each.role, each.scope_key) for each in task_rows}
    answering = {key for role, key in taken if role in ANSWERING_ROLES}
    members = [
        _member(row, each)
        for each in organizations
        if (row.role, each.scope_key) not in taken
        and not (row.role == AssignmentRole.COOPERATING and each.scope_key in answering)
    ]
    Assignment.objects.bulk_create(members)
    return len(members)


def copy_parts(parent: Task, child: Task) -> None:
    """Write the sources and parties of a task for a part of it too, in a constant number of queries."""
    sources = list(parent.sources.all())
    for source in sources:
        source.pk, source.task = None, child
    TaskSource.objects.bulk_create(sources)
    rows = list(parent.assignments.all())
    old_keys = [row.pk for row in rows if row.via_id is None]
    printed = [row for row in rows if row.via_id is None]
    for row in printed:
        row.pk, row.task = None, child
    copies = dict(zip(old_keys, Assignment.objects.bulk_create(printed), strict=True))
    members = [row for row in rows if row.via_id is not None]
    for row in members:
        row.pk, row.task, row.via = None, child, copies[row.via_id or 0]
    Assignment.objects.bulk_create(members)


def link(row: Assignment, matcher: Matcher, now: dt.datetime) -> bool:
    """Settle one open party if the registry knows its name by now; return whether anything changed."""
    kind = NameKind.PERSON if row.role == AssignmentRole.LEAD_LEADER else NameKind.UNIT
    match = matcher.match(row.full_name or row.printed_name, kind)
    if match.state in {MatchState.NEW, MatchState.AMBIGUOUS} or (match.group and not match.members):
        return False
    holder = match.organization or match.person
    if holder and not _make_room(row, holder.scope_key):
        row.delete()
        return True
    row.organization, row.person, row.group = match.organization, match.person, match.group
    row.scope_key = holder.scope_key if holder else ""
    row.save(update_fields=["organization", "person", "group", "scope_key"])
    if match.group and not expand_group(row, match.members):
        return False
    Task.objects.filter(pk=row.task_id).update(changed_at=now)
    return True


def _make_room(row: Assignment, scope_key: str) -> bool:
    """Take away what the settled name makes superfluous; return whether the name itself still says something new.

    Who is printed by name is not also there as a member of a group, and who leads does not help through one. A second
    printing of a unit that holds the role already says nothing new, as when a task is accepted.
    """
    same = Assignment.objects.filter(task=row.task_id, scope_key=scope_key)
    if same.filter(role=row.role, via=None).exists():
        return False
    superfluous = Q(role=row.role)
    if row.is_answering:
        superfluous |= Q(role=AssignmentRole.COOPERATING)
    same.filter(superfluous, via__isnull=False).delete()
    return True


def _member(row: Assignment, organization: Organization) -> Assignment:
    return Assignment(
        task_id=row.task_id,
        role=row.role,
        position=row.position,
        printed_name=row.printed_name,
        organization=organization,
        scope_key=organization.scope_key,
        via=row,
    )


def _task(draft: TaskDraft, confirmation: Confirmation, plan: Plan, now: dt.datetime) -> Task:
    return Task(
        plan=plan,
        confirmation=confirmation,
        position=draft.position,
        number=draft.number[:32],
        section=draft.section[:300],
        text=draft.text,
        deadline=draft.deadline,
        deadline_text=draft.deadline_text,
        created_at=now,
        changed_at=now,
    )


def _assignment(task: Task, party: PartyDraft, match: Match, position: int) -> Assignment:
    holder = match.organization or match.person
    return Assignment(
        task=task,
        role=party.role,
        position=position,
        printed_name=party.name,
        full_name=party.full_name[:200] if party.full_name != party.name else "",
        organization=match.organization,
        person=match.person,
        group=match.group,
        scope_key=holder.scope_key if holder else "",
        start=party.start,
        end=party.end,
        open_list=party.open_list,
    )
