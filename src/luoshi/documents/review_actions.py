"""Lines that the recogniser was not sure of: what people saw on the picture, and reading a text again."""

import datetime as dt
import unicodedata
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, ImportJob, ImportPurpose, LineReview, Reading
from luoshi.documents.states import UNFINISHED
from luoshi.reading import PARSER_VERSION

LONGEST_LINE: Final = 500
# The text of a line of a table keeps its tabs in other places: a cell is corrected without them.
_NOT_IN_A_LINE: Final = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})


class UnableToReview(Exception):
    """The words cannot stand in a line, or there is nothing to read again; the message says why."""


@transaction.atomic
def decide_line(*, acting_user: User, line: LineReview, words: str, now: dt.datetime) -> LineReview:
    """Write what a person saw printed there: the same words where they were right, none where no print is.

    :raises UnableToReview: for words that are no single line.
    """
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    words = words.strip() if words != line.read_as else words
    if len(words) > LONGEST_LINE:
        raise UnableToReview(_("A line has at most %(limit)s characters.") % {"limit": LONGEST_LINE})
    if words != line.read_as and any(unicodedata.category(char) in _NOT_IN_A_LINE for char in words):
        raise UnableToReview(_("A line holds no line breaks and no invisible characters."))
    return _write(acting_user, line, words, now)


@transaction.atomic
def reopen_line(*, acting_user: User, line: LineReview, now: dt.datetime) -> LineReview:
    """Take back what was decided about a line, so that it waits again."""
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    return _write(acting_user, line, None, now)


def _write(acting_user: User, line: LineReview, words: str | None, now: dt.datetime) -> LineReview:
    """Write the words, or with None that nobody has looked at the line."""
    before = _said(line)
    line.corrected = words or ""
    line.decided_by, line.decided_at = (None, None) if words is None else (acting_user, now)
    line.save(update_fields=["corrected", "decided_by", "decided_at"])
    record(
        acting_user=acting_user,
        action="documents.reopen_line" if words is None else "documents.decide_line",
        subject=line,
        now=now,
        before=before,
        after=_said(line),
    )
    return line


def _said(line: LineReview) -> dict[str, str | None]:
    return {"read_as": line.read_as, "corrected": line.corrected if line.is_decided else None}


@transaction.atomic
def ask_for_corrected_reading(*, acting_user: User, document: Document, now: dt.datetime) -> ImportJob:
    """Return the import that reads the text of a document again with its corrections; the old text stays.

    :raises UnableToReview: where nobody corrected a line, or the text is being read again already.
    """
    reading = document.reading
    if not any(line.is_correction for line in reading.text.reviews.exclude(decided_at=None)):
        raise UnableToReview(_("No line was corrected, so there is nothing to read again."))
    return _ask(acting_user, document, ImportPurpose.CORRECTED, now)


@transaction.atomic
def ask_for_newer_reading(*, acting_user: User, document: Document, now: dt.datetime) -> ImportJob:
    """Return the import that reads the file of a document again with the parser of this version.

    :raises UnableToReview: where this version has read it already, or it is being read again.
    """
    if not may_be_read_again(document.reading):
        raise UnableToReview(_("The present parser has read this file already."))
    return _ask(acting_user, document, ImportPurpose.AGAIN, now)


def may_be_read_again(reading: Reading) -> bool:
    """Tell whether an older parser version read a file that the present one has not read."""
    if reading.parser_version == PARSER_VERSION:
        return False
    newer = Reading.objects.filter(text__original=reading.text.original_id, parser_version=PARSER_VERSION)
    return not newer.exists()


def _ask(acting_user: User, document: Document, purpose: ImportPurpose, now: dt.datetime) -> ImportJob:
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    reading = document.reading
    original = reading.text.original
    if ImportJob.objects.filter(base=reading, status__in=UNFINISHED).exists():
        raise UnableToReview(_("The file is being read again at this moment."))
    job = ImportJob.objects.create(
        name=original.name,
        purpose=purpose,
        base=reading,
        file=original.file,
        plan_year=document.plan_year,
        requested_by=acting_user,
        requested_at=now,
    )
    after = {"name": job.name, "purpose": purpose.value, "reading": reading.pk}
    record(acting_user=acting_user, action="documents.read_again", subject=job, now=now, after=after)
    return job
