"""Short ways to read invented text in tests."""

from pathlib import Path

from luoshi.reading import Reading, Task, read_bytes
from luoshi.reading.model import ROLES

DOCUMENTS = Path(__file__).parent / "documents"


def read(text: str, name: str = "plan.txt") -> Reading:
    """Read text as the bytes of a UTF-8 file."""
    return read_bytes(text.encode(), name=name)


def tasks_of(reading: Reading) -> list[Task]:
    """All tasks of all documents, in order."""
    return [task for document in reading.documents for task in document.tasks]


def names(task: Task) -> dict[str, list[str]]:
    """Names by role, roles that name nobody left out."""
    found = {role: [party.name for party in getattr(task, role)] for role in ROLES}
    return {role: parties for role, parties in found.items() if parties}


def codes(reading: Reading) -> list[str]:
    """The codes of all issues, in order."""
    return [issue.code for issue in reading.issues]
