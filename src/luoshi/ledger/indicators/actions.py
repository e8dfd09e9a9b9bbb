"""What people decide about indicators: two wordings are the same, or not; each can be taken back."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.ledger.models import Indicator, IndicatorDifference, IndicatorName, Target
from luoshi.standards.indicators import indicator_key


class UnableToChangeIndicator(Exception):
    """The indicators were left as they were; the message says why."""


@transaction.atomic
def join_indicators(*, acting_user: User, kept: Indicator, joined: Indicator, now: dt.datetime) -> Indicator:
    """Say that two indicators are one: the wordings of ``joined`` go over to ``kept``, and their targets with them.

    :raises UnableToChangeIndicator: where both are one already, or somebody was faster.
    """
    acting_user.must_be_allowed(Action.CONFIRM_FINDINGS)
    if kept.pk == joined.pk:
        raise UnableToChangeIndicator(_("These wordings count as one indicator already."))
    present = _hold(kept.pk, joined.pk)
    kept, joined = present[kept.pk], present[joined.pk]
    wordings = list(joined.names.values_list("printed", flat=True))
    before = {"kept": kept.name, "joined": joined.name, "unit": joined.unit, "wordings": wordings}
    IndicatorDifference.objects.filter(_between(kept.pk, joined.pk)).delete()
    IndicatorName.objects.filter(indicator=joined).update(indicator=kept, joined_by=acting_user, joined_at=now)
    record(
        acting_user=acting_user,
        action="ledger.join_indicators",
        subject=kept,
        now=now,
        before=before,
        after={"wordings": list(kept.names.values_list("printed", flat=True))},
    )
    Indicator.objects.filter(pk=joined.pk).delete()
    return kept


@transaction.atomic
def part_wording(*, acting_user: User, name: IndicatorName, now: dt.datetime) -> Indicator:
    """Take a wording away from its indicator, with its targets, and make it an indicator by itself.

    :raises UnableToChangeIndicator: for the only wording of an indicator, or where somebody was faster.
    """
    acting_user.must_be_allowed(Action.CONFIRM_FINDINGS)
    left = _hold(name.indicator_id)[name.indicator_id]
    others = list(IndicatorName.objects.filter(indicator=left).exclude(pk=name.pk).order_by("pk"))
    if not IndicatorName.objects.filter(pk=name.pk, indicator=left).exists():
        raise _somebody_was_faster()
    if not others:
        raise UnableToChangeIndicator(_("An indicator keeps at least one wording."))
    first = Target.objects.filter(indicator_name=name).order_by("pk").first()
    made = Indicator.objects.create(name=name.printed, unit=first.unit if first else "", created_at=now)
    IndicatorName.objects.filter(pk=name.pk).update(indicator=made, joined_by=None, joined_at=None)
    before: dict[str, Any] = {"indicator": left.pk, "name": left.name, "wording": name.printed}
    if left.name == name.printed:
        # The name went with its wording; what stays is called by the oldest wording that stays.
        Indicator.objects.filter(pk=left.pk).update(name=others[0].printed)
    record(
        acting_user=acting_user,
        action="ledger.part_wording",
        subject=made,
        now=now,
        before=before,
        after={"name": made.name},
    )
    return made


@transaction.atomic
def say_different(*, acting_user: User, one: IndicatorName, other: IndicatorName, now: dt.datetime) -> bool:
    """Say that two wordings mean different things, so that nobody is asked again; tell whether that is new.

    :raises UnableToChangeIndicator: where they count as one by now.
    """
    acting_user.must_be_allowed(Action.CONFIRM_FINDINGS)
    _hold(one.indicator_id, other.indicator_id)
    present = {each.pk: each for each in IndicatorName.objects.filter(pk__in=[one.pk, other.pk])}
    if len({each.indicator_id for each in present.values()}) < 2:
        raise UnableToChangeIndicator(_("These wordings count as one indicator; part them first."))
    first, second = sorted(present)
    row, is_new = IndicatorDifference.objects.get_or_create(
        one_id=first, other_id=second, defaults={"said_by": acting_user, "said_at": now}
    )
    if is_new:
        record(
            acting_user=acting_user,
            action="ledger.say_different",
            subject=row,
            now=now,
            after={"wordings": [present[first].printed, present[second].printed]},
        )
    return is_new


@transaction.atomic
def withdraw_difference(*, acting_user: User, difference: IndicatorDifference, now: dt.datetime) -> None:
    """Take back that two wordings are different; they may be suggested again.

    :raises UnableToChangeIndicator: where somebody was faster.
    """
    acting_user.must_be_allowed(Action.CONFIRM_FINDINGS)
    before = {"wordings": [difference.one.printed, difference.other.printed]}
    deleted, _rows = IndicatorDifference.objects.filter(pk=difference.pk).delete()
    if not deleted:
        raise _somebody_was_faster()
    record(acting_user=acting_user, action="ledger.withdraw_difference", subject=difference, now=now, before=before)


@transaction.atomic
def rename_indicator(*, acting_user: User, indicator: Indicator, name: str, unit: str, now: dt.datetime) -> Indicator:
    """Give an indicator another name or unit, where it still has those that the person saw; wordings stay as printed.

    :raises UnableToChangeIndicator: for a name without words, one that another indicator has, or a stale page.
    """
    acting_user.must_be_allowed(Action.CONFIRM_FINDINGS)
    name, unit = name.strip(), unit.strip()
    if not indicator_key(name) or len(name) > 200 or len(unit) > 32:
        raise UnableToChangeIndicator(_("An indicator needs a name of at most 200 characters."))
    if Indicator.objects.filter(name=name).exclude(pk=indicator.pk).exists():
        raise UnableToChangeIndicator(_("Another indicator is called “%(name)s”; join the two.") % {"name": name})
    before = {"name": indicator.name, "unit": indicator.unit}
    after = {"name": name, "unit": unit}
    if before == after:
        return indicator
    if not Indicator.objects.filter(pk=indicator.pk, **before).update(**after):
        raise _somebody_was_faster()
    record(
        acting_user=acting_user,
        action="ledger.rename_indicator",
        subject=indicator,
        now=now,
        before=before,
        after=after,
    )
    indicator.refresh_from_db()
    return indicator


def _hold(*pks: int) -> dict[int, Indicator]:
    """Wait for whoever is changing the indicators, and hold them until the end of the transaction.

    :raises UnableToChangeIndicator: where one is gone.
    """
    rows = Indicator.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    present = {row.pk: row for row in rows}
    if len(present) < len(set(pks)):
        raise _somebody_was_faster()
    return present


def _between(one: int, other: int) -> Q:
    return Q(one__indicator=one, other__indicator=other) | Q(one__indicator=other, other__indicator=one)


def _somebody_was_faster() -> UnableToChangeIndicator:
    return UnableToChangeIndicator(_("Somebody else has changed this indicator meanwhile; look at it again."))
