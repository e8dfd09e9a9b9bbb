"""Originals, their text, what was read in them: four things kept apart and never overwritten.

StoredFile (bytes) → TextVersion (extracted text) → Reading (what a parser version found) → Document and Finding.
What people accept lives in the ledger.
"""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.documents.states import UNFINISHED, DocumentStatus, FindingStatus, ImportStatus
from luoshi.files.models import StoredFile


class DocumentKind(models.TextChoices):
    """What a document is, in the words of the reading contract."""

    TASK_PLAN = "task_plan", _("Task plan")
    WORK_REPORT = "work_report", _("Work report")
    MEASURES = "measures", _("Measures")
    OPINION = "opinion", _("Opinion")
    PLAN = "plan", _("Implementation plan")
    NOTICE = "notice", _("Notice")
    APPOINTMENT = "appointment", _("Appointment")
    CHRONICLE = "chronicle", _("Chronicle")
    OTHER = "other", _("Other")


class Original(models.Model):
    """One file that was brought in, under the name it came with; its bytes never change."""

    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="original")
    name = models.CharField(max_length=255)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.name


class TextVersion(models.Model):
    """The text that one parser version took out of an original. Every span counts characters of ``text``.

    ``corrected_from`` is the text that people compared with the pictures where this one came of their corrections.
    """

    original = models.ForeignKey(Original, on_delete=models.PROTECT, related_name="texts")
    corrected_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrected")
    method = models.CharField(max_length=16)
    media_type = models.CharField(max_length=128)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    page_starts = models.JSONField(default=list, help_text="offset at which each page begins; empty without pages")
    confidence = models.FloatField(null=True, help_text="mean of the recognised lines, from 0 to 1; null where none is")
    extracted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["original", "sha256"], name="documents_text_once")]

    def __str__(self) -> str:
        return f"{self.original_id}: {self.sha256[:12]}"


class PagePlaces(models.Model):
    """Where the text stands on one page of an original that has pages as pictures.

    ``pieces`` is a list of ``[start, end, left, top, right, bottom, confidence]``: characters of the text, end
    exclusive; shares of the page's width and height from its top left corner; the recogniser's confidence, null where
    the text is the file's own.
    """

    text = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="places")
    page = models.PositiveIntegerField()
    pieces = models.JSONField(default=list)

    class Meta:
        ordering = ["text", "page"]
        constraints = [models.UniqueConstraint(fields=["text", "page"], name="documents_places_once")]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.page}"


class LineReview(models.Model):
    """A line that the recogniser was not sure of, and what a person who saw the picture made of it.

    The characters ``[start, end)`` of the text read ``read_as``; ``corrected`` is what is printed there, the same words
    where they were right, empty where no print is. Nobody has looked at it while ``decided_at`` is null. The sides are
    shares of the page, as in :class:`PagePlaces`.
    """

    text = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="reviews")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    page = models.PositiveIntegerField()
    left = models.FloatField()
    top = models.FloatField()
    right = models.FloatField()
    bottom = models.FloatField()
    confidence = models.FloatField()
    read_as = models.TextField()
    corrected = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["text", "start"]
        constraints = [models.UniqueConstraint(fields=["text", "start", "end"], name="documents_review_once")]
        indexes = [
            # "How many lines of this text wait for somebody?"
            models.Index(fields=["text", "decided_at"], name="documents_lines_open"),
        ]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.read_as[:40]}"

    @property
    def is_decided(self) -> bool:
        """Tell whether a person has looked at it."""
        return self.decided_at is not None

    @property
    def is_correction(self) -> bool:
        """Tell whether a person found other words printed there."""
        return self.is_decided and self.corrected != self.read_as


class Reading(models.Model):
    """What one parser version found in one text, as the reading contract prints it."""

    text = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="readings")
    parser_version = models.CharField(max_length=32)
    result = models.JSONField(help_text="luoshi.reading/1")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "parser_version"], name="documents_reading_once")]

    def __str__(self) -> str:
        return f"{self.text_id}: {self.parser_version}"


class Document(models.Model):
    """One constituent document of a reading: a plan, a notice, an item of a gazette.

    ``family`` is shared by all printings and versions of one document number (or title, where it has none), so that
    they can be laid beside each other; at most one of them is CURRENT.
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="documents")
    key = models.CharField(max_length=64, help_text="the document's id in the reading")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=DocumentKind.choices)
    title = models.CharField(max_length=500)
    doc_number = models.CharField(max_length=64, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField(null=True)
    effective_from = models.DateField(null=True)
    effective_to = models.DateField(null=True, help_text="the last day in force, where the document says it")
    plan_year = models.PositiveIntegerField(null=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    family = models.CharField(max_length=200, db_index=True)
    status = models.CharField(max_length=12, choices=DocumentStatus.choices, default=DocumentStatus.CURRENT)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-imported_at", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "key"], name="documents_document_once"),
            models.UniqueConstraint(
                fields=["family"],
                condition=models.Q(status="CURRENT"),
                name="documents_one_current_of_a_family",
            ),
        ]
        indexes = [
            models.Index(fields=["doc_number"], name="documents_by_number"),
            # The list of documents, newest issue first.
            models.Index(fields=["status", "-issued_on"], name="documents_list"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the page of this document."""
        return reverse("documents:document", args=[self.pk])

    def sentence_url(self, start: int, end: int) -> str:
        """Return the permanent address of the characters ``[start, end)`` of this document's text."""
        return reverse("documents:sentence", args=[self.pk, start, end])


class Provision(models.Model):
    """One numbered part of a document (一、 （二） 3. 第五条), in a tree by ``parent_key``."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="provisions")
    key = models.CharField(max_length=64)
    parent_key = models.CharField(max_length=64, blank=True)
    position = models.PositiveIntegerField()
    label = models.CharField(max_length=32)
    depth = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=300, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="documents_provision_once")]

    def __str__(self) -> str:
        return f"{self.label}{self.heading}"


class Finding(models.Model):
    """One task that a parser found, with its place in the text.

    ``payload`` is the reading contract's ``task``, unchanged.

    Nothing here is a task: a named person accepts it in the ledger, and corrections are made there.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=64)
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=32, blank=True)
    section = models.CharField(max_length=300, blank=True)
    payload = models.JSONField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    doubts = models.JSONField(default=list, help_text="codes of what a person should look at")
    status = models.CharField(max_length=12, choices=FindingStatus.choices, default=FindingStatus.PENDING)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "key"], name="documents_finding_once")]
        indexes = [models.Index(fields=["document", "status", "position"], name="documents_findings_to_do")]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:40]}"

    @property
    def text(self) -> str:
        """The wording of the task as read, without its number and its clause."""
        return str(self.payload.get("text", ""))

    def parties(self, role_field: str) -> list[dict[str, Any]]:
        """Return the parties read under one field of the contract, e.g. ``lead_units``."""
        return list(self.payload.get(role_field) or [])


class StatementKind(models.TextChoices):
    """What a document says besides its tasks, in the words of the reading contract."""

    TARGET = "TARGET", _("Target")
    DUTY = "DUTY", _("Recurring duty")
    APPOINTMENT = "APPOINTMENT", _("Appointment")
    QUOTA = "QUOTA", _("Quota")
    EVENT = "EVENT", _("Event")
    TERM = "TERM", _("Term")
    ITEM = "ITEM", _("List item")


class Statement(models.Model):
    """One thing that a document states besides its tasks: a target, a duty, an appointment, a row of a quota table.

    ``payload`` is what the reading contract says of it, unchanged. ``finding`` is the task whose words hold it. Like a
    finding it is what a parser read, never what anybody decided.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=12, choices=StatementKind.choices)
    position = models.PositiveIntegerField()
    finding = models.ForeignKey(Finding, null=True, on_delete=models.CASCADE, related_name="statements")
    payload = models.JSONField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "kind", "position"], name="documents_statement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.document_id}[{self.start}:{self.end}]"


class ReferenceKind(models.TextChoices):
    """How a document speaks of another one."""

    CITES = "CITES", _("Cites")
    REPEALS = "REPEALS", _("Repeals")


class Reference(models.Model):
    """A place where a document names another one by its number; the other need not be here."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="references")
    kind = models.CharField(max_length=8, choices=ReferenceKind.choices)
    doc_number = models.CharField(max_length=64)
    title = models.CharField(max_length=500, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["document", "start"]
        indexes = [
            # "Who cites or repeals this document?"
            models.Index(fields=["doc_number", "kind"], name="documents_referred_to"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.doc_number}"


class ImportPurpose(models.TextChoices):
    """Why a file is read."""

    FILE = "FILE", _("A file came in")
    AGAIN = "AGAIN", _("Read again with the present parser")
    CORRECTED = "CORRECTED", _("Read again with corrections")


class ImportJob(models.Model):
    """The import of one file from the moment it arrived, with its progress and its outcome in words.

    ``message_code`` and ``message_params`` are translated when shown, so that each reader gets their own language.
    ``archive`` is the import of the archive that the file came in; ``base`` the reading that is read again. ``attempt``
    counts the workers that began it, so that one that was cancelled does not go on when it is tried again.
    """

    name = models.CharField(max_length=255)
    purpose = models.CharField(max_length=12, choices=ImportPurpose.choices, default=ImportPurpose.FILE)
    archive = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="members")
    base = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="read_again")
    attempt = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    plan_year = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=16, choices=ImportStatus.choices, default=ImportStatus.QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=32, blank=True)
    message_code = models.CharField(max_length=64, blank=True)
    message_params = models.JSONField(default=dict)
    reading = models.ForeignKey(Reading, null=True, on_delete=models.PROTECT, related_name="jobs")
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}: {self.status}"

    @property
    def is_finished(self) -> bool:
        """Tell whether nothing will change without a person."""
        return self.status not in UNFINISHED


class SearchEntry(models.Model):
    """One passage that the full-text search finds: a paragraph of a document, or a task of the ledger.

    ``tokens`` holds every Chinese character apart and every Latin word whole, so that any two-character word is found
    as a phrase, without a dictionary that does not know it. The index over it is made per database in migration 0002.
    """

    kind = models.CharField(max_length=16)
    object_id = models.PositiveBigIntegerField()
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    text = models.TextField()
    tokens = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id"], name="documents_search_object")]

    def __str__(self) -> str:
        return self.text[:40]
