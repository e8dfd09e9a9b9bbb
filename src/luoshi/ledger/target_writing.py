"""From drafts of targets to rows, with the indicators they measure; called inside an action."""

import datetime as dt
from collections.abc import Iterable, Sequence

from luoshi.ledger.drafts import TargetDraft
from luoshi.ledger.models import Indicator, IndicatorName, Target, Task


def write_targets(*, targets: Iterable[tuple[Task, Sequence[TargetDraft]]], now: dt.datetime) -> list[Target]:
    """Write the targets of tasks in a constant number of queries; an unknown indicator is made."""
    pairs = [(task, position, draft) for task, drafts in targets for position, draft in enumerate(drafts)]
    names = _names_of([draft for _task, _position, draft in pairs], now)
    rows = [_row(task, position, draft, names[draft.key]) for task, position, draft in pairs]
    return Target.objects.bulk_create(rows, batch_size=500)


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
