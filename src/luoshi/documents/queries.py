"""Reads of the documents room for its pages; none of them asks more often because there are more rows."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OrderBy, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from luoshi.documents.force import stands, with_repeal
from luoshi.documents.models import (
    Document,
    Finding,
    ImportJob,
    LineReview,
    Provision,
    Reading,
    Reference,
    SearchEntry,
    Statement,
    TextVersion,
)
from luoshi.documents.recording import SENTENCE
from luoshi.documents.search import matching
from luoshi.documents.states import UNFINISHED, DocumentStatus, FindingStatus, ImportStatus
from luoshi.files.models import StoredFile
from luoshi.reading import PARSER_VERSION
from luoshi.standards.document_numbers import normalise_document_number

RECENT_JOBS = 12

SORTS = {
    "number": ["doc_number", "title"],
    "title": ["title"],
    "kind": ["kind", "title"],
    "issued": ["issued_on", "title"],
    "year": ["year", "issued_on"],
    "status": ["status", "title"],
    "tasks": ["task_count", "title"],
    "pending": ["pending_count", "title"],
    "accepted": ["accepted_count", "title"],
}
DEFAULT_SORT = "-issued"


@dataclass(frozen=True)
class DocumentFilter:
    """What the list of documents is narrowed to; empty values narrow nothing."""

    q: str = ""
    kind: str = ""
    year: int | None = None
    status: str = ""
    force: str = ""
    today: dt.date | None = None

    def condition(self) -> Q:
        """Return the filter as a condition on :func:`list_documents`; ``force`` needs ``today``."""
        condition = Q()
        for word in self.q.split():
            number = normalise_document_number(word) or word
            condition &= (
                Q(title__icontains=word)
                | Q(issuer__icontains=word)
                | Q(doc_number__icontains=word)
                | Q(doc_number__icontains=number)
            )
        if self.kind:
            condition &= Q(kind=self.kind)
        if self.year is not None:
            condition &= Q(year=self.year)
        if self.status:
            condition &= Q(status=self.status)
        if self.force and self.today:
            condition &= stands(self.force, self.today)
        return condition


def list_documents(asked: DocumentFilter | None = None, *, sort: str = DEFAULT_SORT) -> QuerySet[Document]:
    """Return documents with ``year``, ``task_count``, ``pending_count`` and ``accepted_count``, in one query.

    Only a current document has tasks to confirm. An unknown sort is the default one.
    """
    dated = Document.objects.annotate(year=Coalesce("plan_year", ExtractYear("issued_on")))
    documents = _counted(with_repeal(dated))
    return documents.filter((asked or DocumentFilter()).condition()).order_by(*_order(sort))


def list_years() -> list[int]:
    """Return the years that some document is for or of, newest first."""
    years = Document.objects.annotate(year=Coalesce("plan_year", ExtractYear("issued_on")))
    return list(years.exclude(year=None).order_by("-year").values_list("year", flat=True).distinct())


def list_undecided() -> QuerySet[Document]:
    """Return the documents that wait for a decision about the printing."""
    return _counted(Document.objects.filter(status=DocumentStatus.WAITING)).order_by("-imported_at")


def list_recent_jobs() -> list[ImportJob]:
    """Return the newest imports, and all that are still running, with their documents; three queries.

    The files of an archive are listed with it, by :func:`list_members`.
    """
    own = ImportJob.objects.filter(archive=None)
    recent = own.order_by("-requested_at", "-pk").values("pk")[:RECENT_JOBS]
    members = ImportJob.objects.filter(archive=OuterRef("pk"), status__in=UNFINISHED)
    running = Q(status__in=UNFINISHED) | Exists(members)
    jobs = own.filter(running | Q(pk__in=list(recent.values_list("pk", flat=True))))
    return list(_with_documents(jobs).order_by("-requested_at", "-pk")[: RECENT_JOBS * 5])


def list_members(archive: ImportJob, *, statuses: Collection[str] = ()) -> QuerySet[ImportJob]:
    """Return the imports of an archive's files, in the order in which they stand in it."""
    members = archive.members.filter(status__in=statuses) if statuses else archive.members.all()
    return _with_documents(members).order_by("pk")


def count_members(archives: Collection[int]) -> dict[int, Counter[str]]:
    """Return how many files of each archive stand where, by the key of the archive; one query."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    rows = ImportJob.objects.filter(archive__in=archives).values_list("archive", "status").annotate(Count("pk"))
    for archive, status, count in rows.order_by("archive", "status"):
        counted[archive][status] = count
    return counted


def list_members_at_work(archives: Collection[int]) -> list[ImportJob]:
    """Return the files of archives that are being read at this moment."""
    running = ImportJob.objects.filter(archive__in=archives, status=ImportStatus.RUNNING)
    return list(running.order_by("pk"))


def _with_documents(jobs: QuerySet[ImportJob]) -> QuerySet[ImportJob]:
    documents = _counted(Document.objects.order_by("position"))
    return (
        jobs.select_related("requested_by", "file", "reading", "archive")
        .annotate(open_lines=_open_lines("reading__text"))
        .defer("reading__result")
        .prefetch_related(Prefetch("reading__documents", queryset=documents))
    )


def _open_lines(text: str) -> Coalesce:
    """Return how many lines of a text wait for somebody, as an expression; none where a corrected text followed it."""
    waiting = LineReview.objects.filter(text=OuterRef(text), text__corrected=None, decided_at=None).order_by()
    return Coalesce(Subquery(waiting.values("text").annotate(count=Count("pk")).values("count")), 0)


# What the lines of a text can be narrowed to.
LINES: dict[str, Q] = {
    "open": Q(decided_at=None),
    "corrected": Q(decided_at__isnull=False) & ~Q(corrected=F("read_as")),
    "right": Q(decided_at__isnull=False, corrected=F("read_as")),
    "all": Q(),
}


def list_lines(text: TextVersion, show: str = "all") -> QuerySet[LineReview]:
    """Return the lines of a text that the recogniser was not sure of, in order of the text; ``show`` is of LINES."""
    return LineReview.objects.filter(LINES[show], text=text).select_related("decided_by").order_by("start", "pk")


def count_lines(text: TextVersion) -> dict[str, int]:
    """Return how many lines of a text there are of each kind of LINES; one query."""
    # The counts may not be called as the columns are.
    counts = {f"{name}_lines": Count("pk", filter=condition) for name, condition in LINES.items()}
    found = LineReview.objects.filter(text=text).aggregate(**counts)
    return {name: found[f"{name}_lines"] for name in LINES}


def place_of_line(text: TextVersion, pk: int, show: str) -> int:
    """Return how many lines stand before one in the list of them."""
    line = LineReview.objects.filter(text=text, pk=pk).values_list("start", flat=True).first()
    return 0 if line is None else LineReview.objects.filter(LINES[show], text=text, start__lt=line).count()


def archive_of(file: StoredFile) -> ImportJob | None:
    """Return the import of the archive that a file came in, or None where it came by itself."""
    member = ImportJob.objects.filter(file=file).exclude(archive=None).select_related("archive").order_by("pk").first()
    return member.archive if member else None


def newest_corrected(text: TextVersion) -> Document | None:
    """Return the first document of the newest reading that came of corrections of a text."""
    made = Document.objects.filter(reading__text__corrected_from=text)
    return made.order_by("-reading__pk", "position").first()


def get_job(pk: int) -> ImportJob | None:
    """Return an import, or None where there is none."""
    return ImportJob.objects.select_related("file", "requested_by").filter(pk=pk).first()


def list_outdated() -> list[Document]:
    """Return the first document of each file that only an older parser has read, the oldest file first; one query.

    Files of which no document counts or waits any more are left out: reading them again would only ask for decisions
    that were made.
    """
    of_file = Reading.objects.filter(text__original=OuterRef("text__original"))
    last = of_file.filter(Exists(Document.objects.filter(reading=OuterRef("pk")))).order_by("-pk").values("pk")[:1]
    alive = Document.objects.filter(reading=OuterRef("pk"), status__in=(DocumentStatus.CURRENT, DocumentStatus.WAITING))
    outdated = Reading.objects.filter(Exists(alive), pk=Subquery(last)).exclude(
        Exists(of_file.filter(parser_version=PARSER_VERSION))
    )
    first = Document.objects.filter(reading__in=outdated, position=0).select_related("reading__text__original__file")
    return list(first.defer("reading__result", "reading__text__text").order_by("reading_id"))


def get_document(pk: int) -> Document | None:
    """Return a document with its reading, text and original, or None where there is none."""
    return (
        Document.objects.select_related("reading__text__original__file", "reading__text__original__received_by")
        .filter(pk=pk)
        .first()
    )


def list_findings(document: Document) -> list[Finding]:
    """Return the findings of a document in printed order."""
    return list(document.findings.order_by("position"))


def list_statements(document: Document) -> list[Statement]:
    """Return what a document states besides tasks, in printed order."""
    return list(document.statements.order_by("start", "position"))


def count_statements(document_pk: int | None = None) -> dict[str, int]:
    """Return how many statements of each kind the current documents hold, or one document."""
    of = Q(document__status=DocumentStatus.CURRENT) if document_pk is None else Q(document=document_pk)
    counted = Statement.objects.filter(of).values_list("kind").annotate(count=Count("pk")).order_by("kind")
    return dict(counted)


def list_cited(document: Document) -> list[tuple[Reference, Document | None]]:
    """Return the documents that a document names by number, each once, with the current one where it is here.

    One that it repeals is not listed as cited too.
    """
    # The kinds come in this order of the alphabet: what is cited is overwritten by what is repealed.
    named = {each.doc_number: each for each in document.references.order_by("kind", "-start")}
    here = Document.objects.filter(doc_number__in=named, status=DocumentStatus.CURRENT)
    by_number = {each.doc_number: each for each in here.only("pk", "doc_number", "title")}
    return [(each, by_number.get(each.doc_number)) for each in sorted(named.values(), key=lambda each: each.start)]


def list_referring(document: Document) -> list[Reference]:
    """Return where other current documents cite or repeal this one, once a document and kind."""
    if not document.doc_number:
        return []
    found = (
        Reference.objects.filter(doc_number=document.doc_number, document__status=DocumentStatus.CURRENT)
        .exclude(document__family=document.family)
        .select_related("document")
        .order_by("-kind", "document__issued_on", "start")
    )
    return list({(each.kind, each.document_id): each for each in reversed(found)}.values())[::-1]


def list_provisions(document: Document) -> list[Provision]:
    """Return the numbered parts of a document in printed order."""
    return list(document.provisions.order_by("position"))


def list_family(document: Document) -> list[Document]:
    """Return the other printings and versions of a document, the current one first."""
    others = _counted(Document.objects.filter(family=document.family).exclude(pk=document.pk))
    listed = others.select_related("reading__text__original").defer("reading__result", "reading__text__text")
    return sorted(listed, key=lambda other: (other.status != DocumentStatus.CURRENT, other.imported_at))


def has_accepted_tasks(document: Document) -> bool:
    """Tell whether findings of the current printing of a document are tasks already; then no other replaces it."""
    accepted = Finding.objects.filter(status=FindingStatus.ACCEPTED, document__status=DocumentStatus.CURRENT)
    return accepted.filter(document__family=document.family).exclude(document=document.pk).exists()


def list_constituents(document: Document) -> list[Document]:
    """Return the documents of the same file, in printed order, this one among them."""
    return list(Document.objects.filter(reading=document.reading_id).order_by("position"))


def search_passages(query: str) -> QuerySet[SearchEntry]:
    """Return the passages of documents that hold every phrase of the query: current documents and new ones first."""
    owner = Document.objects.filter(pk=OuterRef("object_id"))
    is_other = owner.exclude(status=DocumentStatus.CURRENT)
    return (
        matching(query, kind=SENTENCE)
        .annotate(is_other=Exists(is_other), issued_on=Subquery(owner.values("issued_on")))
        .order_by("is_other", F("issued_on").desc(nulls_last=True), "object_id", "start")
    )


def documents_of(passages: Iterable[SearchEntry]) -> dict[int, Document]:
    """Return the documents that passages stand in, by key, in one query."""
    keys = {passage.object_id for passage in passages}
    return Document.objects.in_bulk(list(keys))


def _counted(documents: QuerySet[Document]) -> QuerySet[Document]:
    current = Q(status=DocumentStatus.CURRENT)
    return documents.annotate(
        task_count=Count("findings"),
        pending_count=Count("findings", filter=current & Q(findings__status=FindingStatus.PENDING)),
        accepted_count=Count("findings", filter=Q(findings__status=FindingStatus.ACCEPTED)),
    )


def _order(sort: str) -> list[str | OrderBy]:
    fields = SORTS.get(sort.removeprefix("-"))
    if fields is None:
        return _order(DEFAULT_SORT)
    first, *rest = fields
    if sort.startswith("-"):
        return [F(first).desc(nulls_last=True), *rest, "pk"]
    return [F(first).asc(nulls_last=True), *rest, "pk"]
