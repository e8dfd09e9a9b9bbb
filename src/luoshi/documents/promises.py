"""Items of attached lists that promise something but name nobody (民生实事): put before a person beside the tasks.

The reading contract calls only what carries its own responsibility a task. A livelihood item is a promise all the
same; the ledger doubts it because nobody answers for it yet, and the person who confirms it says who does.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from luoshi.reading.model import ROLES

_KINDS: Final = frozenset({"livelihood", "actions"})


def promised_items(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return what list items would be as tasks of the contract; items that were read as tasks are left out."""
    taken = [(task["span"]["start"], task["span"]["end"]) for task in payload.get("tasks") or []]
    targets = payload.get("targets") or []
    return [
        _as_task(item, position, _within(targets, item["span"]))
        for position, item in enumerate(payload.get("items") or [], start=1)
        if item["kind"] in _KINDS and not item["units"] and not _is_taken(item["span"], taken)
    ]


def _is_taken(span: Mapping[str, int], taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < span["end"] and span["start"] < end for start, end in taken)


def _within(targets: Iterable[Mapping[str, Any]], span: Mapping[str, int]) -> list[Mapping[str, Any]]:
    return [each for each in targets if span["start"] <= each["span"]["start"] and each["span"]["end"] <= span["end"]]


def _as_task(item: Mapping[str, Any], position: int, targets: list[Mapping[str, Any]]) -> dict[str, Any]:
    name, text = item["name"], item["text"]
    return {
        "id": f"list-{position}",
        "number": item["number"],
        "section": item["list"],
        "text": f"{name}：{text}" if name and not text.startswith(name) else text,
        "span": item["span"],
        "text_span": item["span"],
        **{role: [] for role in ROLES},
        "deadline": None,
        "targets": targets,
        "doubts": [],
        "clean": False,
    }
