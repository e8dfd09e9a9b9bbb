"""How many parties of the real Liaocheng plans the registry settles without asking anybody."""

import datetime as dt
import json
import time
from collections import Counter
from pathlib import Path

import pytest

from luoshi.access.models import User
from luoshi.registry.city_packs import load_city
from luoshi.registry.matching import Matcher, MatchState
from luoshi.registry.models import NameKind

pytestmark = [pytest.mark.django_db, pytest.mark.corpus]
KINDS = {
    "lead_leaders": NameKind.PERSON,
    "lead_units": NameKind.UNIT,
    "responsible_units": NameKind.UNIT,
    "cooperating_units": NameKind.UNIT,
}


@pytest.mark.parametrize(
    ("gold", "states"),
    [
        ("task-plan-2021", {"known": 649, "alias": 2, "group": 257, "group_unknown": 29, "new": 5}),
        ("gazette-2019-04.task-plan", {"known": 306, "alias": 3, "group": 121, "group_unknown": 17, "new": 2}),
    ],
)
def test_the_parties_of_a_plan_are_settled(
    shared: Path, clerk: User, now: dt.datetime, gold: str, states: dict[str, int]
) -> None:
    load_city("liaocheng", acting_user=clerk, now=now)
    tasks = json.loads((shared / "gold" / f"{gold}.json").read_text(encoding="utf-8"))["tasks"]
    named = [(party, kind) for task in tasks for role, kind in KINDS.items() for party in task[role]]
    started = time.perf_counter()
    matcher = Matcher()
    matches = [matcher.match(name, kind) for name, kind in named]
    assert time.perf_counter() - started < 1
    assert Counter(match.state.value for match in matches) == states
    assert all(match.members for match in matches if match.state == MatchState.GROUP)
