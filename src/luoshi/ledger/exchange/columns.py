"""The columns of an exported list of tasks, with titles in the reader's language; the import reads the same."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.ledger.models import AssignmentRole
from luoshi.workbooks import Column, Kind, Sheet

VERSION = 1
# What a workbook may change; everything else in it is for reading.
EDITABLE = ("section", "text", "deadline", "deadline_text")
PARTY_KEYS: dict[str, AssignmentRole] = {
    "lead_leaders": AssignmentRole.LEAD_LEADER,
    "lead_units": AssignmentRole.LEAD_UNIT,
    "responsible_units": AssignmentRole.RESPONSIBLE,
    "implementing_units": AssignmentRole.IMPLEMENTING,
    "cooperating_units": AssignmentRole.COOPERATING,
}


def task_sheet() -> Sheet:
    """Return the sheet of tasks, its titles in the language that is active now."""
    separator = pgettext("between names", ", ")
    return Sheet(
        name="ledger.tasks",
        title=_("Tasks"),
        version=VERSION,
        frozen_columns=4,
        columns=(
            Column(key="task", title=_("Task id"), kind=Kind.INTEGER, required=True, editable=False, width=8),
            Column(key="version", title=_("Version"), kind=Kind.INTEGER, required=True, editable=False, width=8),
            Column(key="number", title=_("No."), editable=False, width=8),
            Column(key="text", title=_("Task"), required=True, width=60, max_length=20_000),
            Column(key="section", title=_("Section"), width=24, max_length=300),
            Column(key="deadline", title=_("Due"), kind=Kind.DATE, width=12),
            Column(key="deadline_text", title=_("Time limit as printed"), width=18, max_length=200),
            # Plain words, not choices: the import does not read them, so those of another language are no error.
            Column(key="status", title=_("Status"), editable=False, width=12),
            *(
                Column(key=key, title=str(role.label), editable=False, width=24, kind=Kind.LIST, separator=separator)
                for key, role in PARTY_KEYS.items()
            ),
            # One language for all: figures of another one would look changed.
            Column(key="targets", title=_("Targets"), editable=False, width=40),
            Column(key="plan", title=_("Plan"), editable=False, width=30),
            Column(key="doc_number", title=_("Document number"), editable=False, width=18),
            Column(key="changed", title=_("Last change"), kind=Kind.DATE, editable=False, width=12),
        ),
    )
