"""What a person fills in while confirming: the wording of a task, its parties row by row, a reason."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.ledger.confirming import words
from luoshi.ledger.drafts import PartyDraft, TaskDraft
from luoshi.ledger.models import AssignmentRole
from luoshi.ledger.target_rows import TargetEditor

TEXT_CHARACTERS = 5000
NAME_CHARACTERS = 200
MOST_ROWS = 300


class WordingForm(forms.Form):
    """The words of one task."""

    number = forms.CharField(label=gettext_lazy("Number"), max_length=32, required=False)
    section = forms.CharField(label=gettext_lazy("Section"), max_length=300, required=False)
    text = forms.CharField(
        label=gettext_lazy("Task"), max_length=TEXT_CHARACTERS, widget=forms.Textarea(attrs={"rows": 4})
    )
    deadline_text = forms.CharField(label=gettext_lazy("Time limit as printed"), max_length=200, required=False)
    deadline = forms.DateField(
        label=gettext_lazy("Due"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


@dataclass(frozen=True)
class PartyRow:
    """One line of the parties: the printed name, and the name that the registry is asked for where it differs.

    ``origin`` is the place of the party among those that were read, absent on a line that a person added.
    """

    role: str
    name: str
    asked: str = ""
    origin: int | None = None


class DraftEditor:
    """One task as a person corrects it; every button of the form posts all of it and says in ``act`` what to do.

    Acts on the parties are ``add``, ``remove:2``, ``up:2``, ``down:2`` and ``match:2:name``, behind the prefix;
    ``target`` adds a line for a figure.
    """

    def __init__(self, base: TaskDraft, *, data: QueryDict | None = None, prefix: str = "") -> None:
        self.base = base
        self.prefix = prefix
        self.row_errors: dict[int, str] = {}
        self.is_posted = data is not None and f"{self._name('rows')}" in data
        self.targets = TargetEditor.of_drafts(base.targets, data=data, prefix=prefix)
        if data is not None and self.is_posted:
            self.form = WordingForm(data, prefix=prefix or None)
            self.rows = self._posted_rows(data)
        else:
            self.form = WordingForm(initial=_initial(base), prefix=prefix or None)
            self.rows = [_row(index, party) for index, party in enumerate(base.parties)]

    def _name(self, field: str) -> str:
        return f"{self.prefix}-{field}" if self.prefix else field

    def _posted_rows(self, data: QueryDict) -> list[PartyRow]:
        count = data.get(self._name("rows"), "0")
        total = min(int(count), MOST_ROWS) if count.isdecimal() else 0
        return [self._posted_row(data, index) for index in range(total)]

    def _posted_row(self, data: QueryDict, index: int) -> PartyRow:
        def value(field: str) -> str:
            return data.get(self._name(f"{field}-{index}"), "").strip()

        origin = value("origin")
        known = origin.isdecimal() and int(origin) < len(self.base.parties)
        return PartyRow(value("role"), value("name"), value("asked"), int(origin) if known else None)

    def apply(self, act: str) -> bool:
        """Change the rows as a button asked; tell whether the act was one of this editor's."""
        verb, _sep, rest = act.removeprefix(f"{self.prefix}-" if self.prefix else "").partition(":")
        place, _sep, value = rest.partition(":")
        if not act.startswith(self._name(verb)):
            return False
        if verb == "add":
            self.rows.append(PartyRow(AssignmentRole.COOPERATING, ""))
            return True
        if verb == "target":
            self.targets.add()
            return True
        if not place.isdecimal() or int(place) >= len(self.rows):
            return False
        return self._change_row(verb, int(place), value)

    def _change_row(self, verb: str, place: int, value: str) -> bool:
        if verb == "remove":
            del self.rows[place]
        elif verb in {"up", "down"}:
            other = min(max(place + (1 if verb == "down" else -1), 0), len(self.rows) - 1)
            self.rows[place], self.rows[other] = self.rows[other], self.rows[place]
        elif verb == "match":
            self.rows[place] = replace(self.rows[place], asked=value[:NAME_CHARACTERS])
        else:
            return False
        return True

    def is_valid(self) -> bool:
        """Tell whether the draft may be accepted; errors stand at the fields and rows."""
        for index, row in enumerate(self.rows):
            if row.role not in AssignmentRole.values:
                self.row_errors[index] = _("Choose a role.")
            elif max(len(row.name), len(row.asked)) > NAME_CHARACTERS:
                self.row_errors[index] = _("A name has at most %(limit)d characters.") % {"limit": NAME_CHARACTERS}
        # All are asked, so that everything wrong shows at once.
        return all([self.form.is_valid(), self.targets.is_valid(), not self.row_errors])

    def draft(self) -> TaskDraft:
        """Return the task as it stands in the form, also while something in it is still wrong."""
        parties = tuple(self._party(row) for row in self.rows if row.name and row.role in AssignmentRole.values)
        if not self.is_posted:
            return replace(self.base, parties=parties, targets=self.targets.drafts())
        self.form.is_valid()
        given = self.form.cleaned_data
        return replace(
            self.base,
            number=given.get("number", self.base.number),
            section=given.get("section", self.base.section),
            text=_lines(given.get("text", "")),
            deadline=given.get("deadline"),
            deadline_text=given.get("deadline_text", ""),
            parties=parties,
            targets=self.targets.drafts(),
        )

    def _party(self, row: PartyRow) -> PartyDraft:
        role = AssignmentRole(row.role)
        origin = self.base.parties[row.origin] if row.origin is not None else None
        if origin is None or origin.name != row.name:
            # Words that were not printed have no place in the text.
            return PartyDraft(role=role, name=row.name, full_name=row.asked)
        asked = origin.full_name if row.asked in {"", origin.full_name} else row.asked
        return replace(origin, role=role, full_name=asked)


def _initial(draft: TaskDraft) -> dict[str, Any]:
    return {
        "number": draft.number,
        "section": draft.section,
        "text": draft.text,
        "deadline_text": draft.deadline_text,
        "deadline": draft.deadline,
    }


def _row(index: int, party: PartyDraft) -> PartyRow:
    asked = party.full_name if party.full_name != party.name else ""
    return PartyRow(party.role, party.name, asked, index)


def _lines(text: str) -> str:
    """Return the text with the line breaks that it was read with; a form sends others."""
    return text.replace("\r\n", "\n")


class RejectForm(forms.Form):
    """Why a finding is no task: one of the usual reasons, or another in words."""

    usual = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        widget=forms.RadioSelect,
        required=False,
        choices=[(str(place), reason) for place, reason in enumerate(words.REASONS)],
        initial="0",
    )
    other = forms.CharField(label=gettext_lazy("Another reason"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse a rejection that says nothing."""
        given = super().clean() or {}
        if not given.get("usual") and not given.get("other", "").strip():
            self.add_error("other", _("Say why this is no task."))
        return given

    @property
    def reason(self) -> str:
        """The reason in words: the person's own where they wrote one."""
        own = self.cleaned_data.get("other", "").strip()
        return own or str(words.REASONS[int(self.cleaned_data["usual"])])
