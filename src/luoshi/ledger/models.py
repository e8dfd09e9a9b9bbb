"""Plans, tasks, who answers for them, and what happened."""

import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.documents.models import Document, Finding
from luoshi.files.models import StoredFile
from luoshi.ledger.querysets import ANSWERING, AssignmentQuerySet, TaskQuerySet
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import Group, Organization, Person

TaskManager = models.Manager.from_queryset(TaskQuerySet)
AssignmentManager = models.Manager.from_queryset(AssignmentQuerySet)


class Plan(models.Model):
    """The promises of one document, for one year. Made when the first finding of the document is accepted."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="plan")
    title = models.CharField(max_length=500)
    year = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return self.title


class ConfirmationKind(models.TextChoices):
    """What a person did with findings."""

    ACCEPT = "ACCEPT", _("Accepted")
    EDIT = "EDIT", _("Accepted with changes")
    SPLIT = "SPLIT", _("Split")
    MERGE = "MERGE", _("Merged")
    REJECT = "REJECT", _("Rejected")


class Confirmation(models.Model):
    """One decision of a named person about one finding (several where merged); undoing keeps the row and says so."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="confirmations")
    kind = models.CharField(max_length=8, choices=ConfirmationKind.choices)
    findings = models.ManyToManyField(Finding, related_name="confirmations")
    batch = models.UUIDField(default=uuid.uuid4, db_index=True, help_text="decisions made with one key press")
    reason = models.CharField(max_length=500, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    undone_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}"


class Task(models.Model):
    """One promise that a named person accepted into the ledger.

    ``number`` and ``section`` are as printed; ``deadline_text`` the printed time limit, ``deadline`` the last day,
    empty where the words do not settle it. ``version`` counts changes: a writer must know the version it changes.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="tasks")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    confirmation = models.ForeignKey(Confirmation, on_delete=models.PROTECT, related_name="tasks")
    position = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=32, blank=True)
    section = models.CharField(_("section"), max_length=300, blank=True)
    text = models.TextField(_("task"))
    deadline = models.DateField(_("due"), null=True, blank=True)
    deadline_text = models.CharField(_("time limit as printed"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=16, choices=TaskStatus.choices, default=TaskStatus.NOT_STARTED)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = TaskManager()

    class Meta:
        ordering = ["plan", "position", "pk"]
        indexes = [
            # The ledger in printed order, by status, by date.
            models.Index(fields=["plan", "position"], name="ledger_task_order"),
            models.Index(fields=["status", "deadline"], name="ledger_task_due"),
            models.Index(fields=["-changed_at"], name="ledger_task_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"

    def get_absolute_url(self) -> str:
        """Return the page of this task."""
        return reverse("ledger:task", args=[self.pk])


class TaskSource(models.Model):
    """One stretch of a document that promises the task; a merged task has several."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="sources")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="task_sources")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="task_sources")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "start"]

    def __str__(self) -> str:
        return f"{self.document_id}[{self.start}:{self.end}]"


class AssignmentRole(models.TextChoices):
    """What somebody is to a task. Cooperating never counts as answering for it."""

    LEAD_LEADER = "LEAD_LEADER", _("Lead leader")
    LEAD_UNIT = "LEAD_UNIT", _("Lead unit")
    RESPONSIBLE = "RESPONSIBLE", _("Responsible unit")
    COOPERATING = "COOPERATING", _("Cooperating unit")
    IMPLEMENTING = "IMPLEMENTING", _("Implementing unit")


ANSWERING_ROLES = tuple(AssignmentRole(code) for code in ANSWERING)

ROLE_FIELDS: dict[AssignmentRole, str] = {
    AssignmentRole.LEAD_LEADER: "lead_leaders",
    AssignmentRole.LEAD_UNIT: "lead_units",
    AssignmentRole.RESPONSIBLE: "responsible_units",
    AssignmentRole.COOPERATING: "cooperating_units",
    AssignmentRole.IMPLEMENTING: "implementing_units",
}


class Assignment(models.Model):
    """One party of a task in one role, with the name as printed and what the registry knows under it.

    A group term is one row with ``group`` and no organization, and one row more for each member with ``via`` to it.
    A name that the registry does not know yet has neither; ``scope_key`` is empty until it is settled.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=16, choices=AssignmentRole.choices)
    position = models.PositiveIntegerField()
    printed_name = models.CharField(max_length=200)
    full_name = models.CharField(
        max_length=200, blank=True, help_text="what the registry is asked for, where it is not the printed name"
    )
    organization = models.ForeignKey(Organization, null=True, on_delete=models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="assignments")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="assignments")
    via = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="expanded")
    scope_key = models.CharField(max_length=200, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    open_list = models.BooleanField(default=False, help_text="the printed list ended in 等")

    objects = AssignmentManager()

    class Meta:
        ordering = ["task", "role", "position", "pk"]
        indexes = [
            # "Which tasks are mine?", by prefix of the scope key; and the parties of a page of tasks.
            models.Index(fields=["scope_key", "role", "task"], name="ledger_assignment_scope"),
            models.Index(fields=["task", "role", "position"], name="ledger_assignment_task"),
        ]
        constraints = [
            # A unit named twice in one role, or named and also member of a named group, answers once.
            models.UniqueConstraint(
                fields=["task", "role", "scope_key"],
                condition=~models.Q(scope_key=""),
                name="ledger_assignment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.printed_name}"

    @property
    def is_answering(self) -> bool:
        """Tell whether this party answers for the task."""
        return self.role in ANSWERING


class Indicator(models.Model):
    """What targets measure, under one name however often it is worded otherwise (DHIS2: indicator)."""

    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=32, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class IndicatorName(models.Model):
    """One normalised wording of an indicator. ``joined_by`` is the person who said that it means the same."""

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="names")
    key = models.CharField(max_length=200, unique=True, help_text="see luoshi.standards.indicators")
    printed = models.CharField(max_length=200)
    joined_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["indicator", "pk"]

    def __str__(self) -> str:
        return self.printed


class IndicatorDifference(models.Model):
    """Two wordings that a person said are not the same; they are not suggested again."""

    one = models.ForeignKey(IndicatorName, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(IndicatorName, on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="ledger_indicators_differ_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="ledger_indicators_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


class Comparator(models.TextChoices):
    """How a value is to stand to the target."""

    AT_LEAST = ">=", _("at least")
    AT_MOST = "<=", _("at most")
    MORE = ">", _("more than")
    LESS = "<", _("less than")
    EXACTLY = "=", _("exactly")
    ABOUT = "~", _("about")


class Target(models.Model):
    """One figure that a task promises, in the base unit: 4万人 is 40000 人.

    ``value`` is empty for a threshold relative to ``reference`` (全省平均水平). ``change`` tells a growth from a level.
    ``start`` and ``end`` are its place in ``document``, absent where a person added it. What a unit reports against it
    is an observation, kept elsewhere.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="targets")
    indicator_name = models.ForeignKey(IndicatorName, on_delete=models.PROTECT, related_name="targets")
    position = models.PositiveIntegerField()
    printed = models.CharField(_("indicator"), max_length=200)
    quote = models.CharField(_("words"), max_length=500, blank=True)
    comparator = models.CharField(_("comparison"), max_length=2, choices=Comparator.choices)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    value_high = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    unit = models.CharField(_("unit of measure"), max_length=32, blank=True)
    change = models.CharField(max_length=8, blank=True, help_text="increase, decrease or nothing")
    reference = models.CharField(_("measured against"), max_length=200, blank=True)
    due = models.DateField(_("due"), null=True, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ["task", "position", "pk"]

    def __str__(self) -> str:
        return f"{self.printed} {self.comparator} {self.value} {self.unit}"


class TaskNote(models.Model):
    """What somebody wrote about the progress of a task; kept as written."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    status_before = models.CharField(max_length=16, choices=TaskStatus.choices, blank=True)
    status_after = models.CharField(max_length=16, choices=TaskStatus.choices, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at", "-pk"]

    def __str__(self) -> str:
        return self.text[:40]


class TaskAttachment(models.Model):
    """A file of evidence for a task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="attachments")
    note = models.ForeignKey(TaskNote, null=True, on_delete=models.SET_NULL, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.name


class SentForm(models.Model):
    """A form that was sent once; sent again by a second click or a reload it changes nothing.

    Rows are kept for some days only: nobody sends an older page again.
    """

    token = models.UUIDField(primary_key=True)
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.token)


class SavedView(models.Model):
    """A filter of the ledger that somebody gave a name; shared ones are seen by everybody who sees the ledger."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=64)
    query = models.CharField(max_length=1000, help_text="the query string of the list")
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="ledger_view_once")]

    def __str__(self) -> str:
        return self.name


class PrintingChoiceKind(models.TextChoices):
    """What a person decided about one difference between a task and another printing of it."""

    KEEP = "KEEP", _("Kept as it is")
    WORDING = "WORDING", _("Other wording adopted")
    PARTIES = "PARTIES", _("Other parties adopted")
    BOTH = "BOTH", _("Other wording and parties adopted")


class PrintingChoice(models.Model):
    """One decision about what another printing says of a task; made once, since it changes the promise."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="printing_choices")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="printing_choices")
    choice = models.CharField(max_length=8, choices=PrintingChoiceKind.choices)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at"]
        constraints = [models.UniqueConstraint(fields=["task", "finding"], name="ledger_printing_choice_once")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.choice}"
