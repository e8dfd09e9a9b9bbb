"""From drafts of targets to rows, with the indicators they measure; called inside an action."""

import datetime as dt
from collections.abc import Iterable, Sequence

from luoshi.ledger.drafts import TargetDraft, target_in_ledger
from luoshi.ledger.models import Indicator, IndicatorName, Target, Task
from luoshi.ledger.target_words import line_of

Lines = dict[str, list[str]]
_FIELDS = [each.attname for each in Target._meta.fields if each.attname not in {"id", "task_id"}]


def write_targets(*, targets: Iterable[tuple[Task, Sequence[TargetDraft]]], now: dt.datetime) -> list[Target]:
    """Write the targets of tasks in a constant number of queries; an unknown indicator is made."""
    pairs = [(task, position, draft) for task, drafts in targets for position, draft in enumerate(drafts)]
    names = _names_of([draft for _task, _position, draft in pairs], now)
    rows = [_row(task, position, draft, names[draft.key]) for task, position, draft in pairs]
    return Target.objects.bulk_create(rows, batch_size=500)


def replace_targets(*, task: Task, drafts: Sequence[TargetDraft], now: dt.datetime) -> tuple[Lines, Lines]:
    """Make the targets of a task those of the drafts; a corrected one stays the same row, so that reports keep it.

    Return what they were and what they are as the trail says it, under ``targets``; both empty where nothing changed.
    """
    rows = {row.pk: row for row in task.targets.select_related("indicator_name")}
    before = [line_of(row) for row in rows.values()]
    if list(drafts) == [target_in_ledger(row) for row in rows.values()]:
        return {}, {}
    names = _names_of(drafts, now)
    made = [_row(task, position, draft, names[draft.key]) for position, draft in enumerate(drafts)]
    for row, draft in zip(made, drafts, strict=True):
        row.pk = draft.pk if draft.pk in rows else None
    task.targets.exclude(pk__in=[row.pk for row in made if row.pk]).delete()
    Target.objects.bulk_update([row for row in made if row.pk], _FIELDS, batch_size=100)
    Target.objects.bulk_create([row for row in made if not row.pk], batch_size=500)
    return {"targets": before}, {"targets": [line_of(draft) for draft in drafts]}


def _names_of(drafts: Sequence[TargetDraft], now: dt.datetime) -> dict[str, IndicatorName]:
    """Return the wording of each draft by its key."""
    first = {draft.key: draft for draft in reversed(drafts)}
    known = _known(first)
    missing = [draft for key, draft in first.items() if key not in known]
    made = Indicator.objects.bulk_create(
        [Indicator(name=draft.printed, unit=draft.unit, created_at=now) for draft in missing]
    )
    IndicatorName.objects.bulk_create(
        [
            IndicatorName(indicator=indicator, key=draft.key, printed=draft.printed)
            for indicator, draft in zip(made, missing, strict=True)
        ],
        ignore_conflicts=True,
    )
    # Somebody else may have made the same one at the same moment; theirs stays.
    Indicator.objects.filter(pk__in=[each.pk for each in made], names=None).delete()
    return _known(first) if missing else known


def _known(keys: Iterable[str]) -> dict[str, IndicatorName]:
    return {each.key: each for each in IndicatorName.objects.filter(key__in=list(keys))}


def _row(task: Task, position: int, draft: TargetDraft, name: IndicatorName) -> Target:
    return Target(
        task=task,
        indicator_name=name,
        position=position,
        printed=draft.printed,
        quote=draft.quote,
        comparator=draft.comparator,
        value=draft.value,
        value_high=draft.value_high,
        unit=draft.unit,
        change=draft.change,
        reference=draft.reference,
        due=draft.due,
        document_id=draft.document_id,
        start=draft.start,
        end=draft.end,
    )
