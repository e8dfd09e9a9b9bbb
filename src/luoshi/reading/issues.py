"""Every issue code of the reading room with its severity and English message.

Messages name their parameters, so that the web layer can translate by code and fill in the same parameters.
"""

from typing import Final

from luoshi.reading.model import Issue, Severity, Span

_E: Final[Severity] = "error"
_W: Final[Severity] = "warning"
_I: Final[Severity] = "info"

ISSUES: Final[dict[str, tuple[Severity, str]]] = {
    # The file cannot be read.
    "empty_file": (_E, "The file is empty: it has no bytes, or nothing but white space."),
    "too_large": (_E, "The file has {size} bytes; at most {limit} bytes are read. Split it or save it smaller."),
    "too_many_characters": (_E, "The file holds more than {limit} characters of text. Split it into parts."),
    "too_many_pages": (_E, "The file has {pages} pages; at most {limit} pages are read. Split it into parts."),
    "binary_file": (_E, "The file {name} is not a document: its bytes are {found}. Check that it is the right file."),
    "scanned_pdf": (
        _E,
        "The PDF has {pages} pages but no text: it is a scan. Add the recognition of scans "
        '(pip install "luoshi[ocr]"), or ask the sender for the electronic original.',
    ),
    "encrypted_pdf": (_E, "The PDF is protected by a password. Remove the password and try again."),
    "broken_pdf": (_E, "The PDF is damaged or cut off and cannot be opened. Get the file again from its source."),
    "broken_docx": (_E, "The Word file is damaged and cannot be opened ({reason}). Get it again from its source."),
    "encrypted_docx": (_E, "The Word file is protected by a password. Remove the password and save it again."),
    "zip_bomb": (_E, "The file would unpack to more than {limit} bytes and was not opened."),
    "macro_file": (_E, "The file carries macros and was not opened. Save it as .docx without macros."),
    "old_word": (
        _E,
        "The file is in the old .doc format. Open it and save it as .docx, or have LibreOffice installed on the server "
        "(Debian package libreoffice-writer-nogui), which reads such files.",
    ),
    "broken_doc": (_E, "The old Word file is damaged and could not be converted. Open it and save it as .docx."),
    "old_office": (_E, "The file is in an old Office format ({found}). Save it as .docx or as PDF."),
    "workbook": (_E, "The file is a spreadsheet. Save the document as .docx or PDF, or import the sheet as a list."),
    "broken_ofd": (_E, "The OFD file is damaged and cannot be opened ({reason}). Get it again from its source."),
    "encrypted_ofd": (_E, "The OFD file is encrypted. Open it with its reader and export it without protection."),
    "scanned_ofd": (
        _E,
        "The OFD file has {pages} pages but no text: its pages are pictures. Add the recognition of scans "
        '(pip install "luoshi[ocr]"), or ask the sender for the electronic original.',
    ),
    "image_file": (
        _E,
        "The file is a picture ({found}). Add the recognition of scans "
        '(pip install "luoshi[ocr]"), or ask the sender for the electronic original.',
    ),
    "broken_image": (_E, "The picture is damaged or cut off and cannot be opened ({reason}). Get it again."),
    "too_many_pixels": (_E, "The picture has more than {limit} pixels and was not opened. Save it smaller."),
    "too_many_scanned_pages": (_E, "{pages} pages are scans; at most {limit} are recognised. Split the file."),
    "nothing_recognised": (_E, "No print was recognised on the {pages} pages. Check that they hold print."),
    "recogniser_broken": (_E, "The recognition of scans is installed but does not work ({reason})."),
    "archive_file": (_E, "The file is an archive ({found}). Unpack it and choose the documents inside."),
    "broken_archive": (_E, "The archive is damaged and cannot be opened. Get it again from its source."),
    "encrypted_archive": (_E, "The archive is protected by a password. Unpack it and choose the documents inside."),
    "empty_archive": (_E, "The archive holds no documents."),
    "archive_unreadable": (_E, "None of the {count} files in the archive could be read."),
    "page_of_frames": (_E, "The page only frames other pages. Open the page inside the frame and save that one."),
    "rtf_file": (_E, "The file is in RTF format. Open it and save it as .docx."),
    "took_too_long": (_E, "Reading was stopped after {seconds} seconds. The file may be damaged."),
    # The file was read, with reservations.
    "member_unreadable": (_W, "{member} was not read: {reason}"),
    "tracked_changes": (_I, "{count} tracked changes were read as accepted: the text is the final one."),
    "footnotes": (_I, "{count} notes stand apart at the end of the text, so that they cut no sentence."),
    "lying_type": (_W, "The name ends in {suffix} but the content is {found}; it was read as what it is."),
    "mixed_encoding": (_W, "Line {line} is not {encoding} like the rest; it was read as {other}. Compare it."),
    "undecodable": (_W, "Line {line} holds bytes that are no text in any known encoding; they show as �."),
    "page_without_text": (_W, "Page {page} has no text: it may be a scanned page."),
    "page_partly_read": (_W, "Page {page}: {lines} lines were left unread after {seconds} seconds. Compare the page."),
    "unreadable_print": (_W, "Page {page}: {places} places hold print or marks that could not be recognised."),
    "doubtful_line": (_W, "Page {page}: print was recognised with only {confidence}% confidence. Compare it."),
    "more_doubtful_lines": (_W, "{count} more lines were recognised with little confidence. Compare the whole text."),
    "scan_recognised": (_I, "The text of {pages} scanned pages was recognised; compare it with the pictures."),
    "page_unreadable": (_W, "Page {page} is missing or damaged and was left out."),
    "furniture_removed": (_I, "{count} page numbers and running heads were left out of the text."),
    "table_heads_removed": (_I, "{count} heads of tables, printed again on later pages, were left out of the text."),
    "table_without_rules": (
        _W,
        "Page {page} holds a table without rules: its rows were told apart by their places. "
        "Compare them with the page.",
    ),
    "table_unreadable": (
        _W,
        "{title}: the rows and columns of this table could not be told apart, so nothing in it was read as a task. "
        "Bring it in as a Word file, or enter its tasks by hand.",
    ),
    "page_upside_down": (_W, "The words of page {page} are turned by {degrees} degrees; they were read upright."),
    "watermark_removed": (_I, "{count} characters of watermarks were left out of the text."),
    "hidden_text": (_W, "{count} characters that nobody can see on the page were left out of the text."),
    "project_table": (_I, "{title}: a list of projects, platforms or requests, so its rows were not read as tasks."),
    "front_matter": (_I, "Cover and contents before the first document were left aside."),
    "short_document": (_I, "The text is very short ({characters} characters)."),
    "no_tasks": (_I, "No responsibility clause was found, so the file holds no tasks."),
    "continuation_unmatched": (_W, "A continuation ({mark}) has no place it continues from."),
    "only_contents": (_W, "The file holds only a cover or contents; the documents that it lists are missing."),
    "continuation_missing": (_W, "The document breaks off ({mark}) and the rest of it was not found."),
    "crossed_columns": (_W, "The words {words} hang on the salutation; they were read where the letter breaks off."),
    # Doubts about one task: a person settles them.
    "unclosed_bracket": (_W, "Task {number}: the bracket of the responsibility clause is not closed."),
    "mismatched_bracket": (_I, "Task {number}: the clause opens with {opened} but closes with {closed}."),
    "leader_looks_like_unit": (_W, "Task {number}: {name} is named as a leader but looks like a unit."),
    "unit_looks_like_leader": (_W, "Task {number}: {name} is named as a unit but looks like a person."),
    "duplicate_party": (_W, "Task {number}: {name} is named twice in the same role."),
    "same_unit_leads_and_cooperates": (_W, "Task {number}: {name} both leads and cooperates."),
    "etc_list": (_I, "Task {number}: the list ends in 等 after {name}, so more may take part."),
    "post_instead_of_name": (_I, "Task {number}: {name} is a post, not a person's name."),
    "odd_name": (_W, "Task {number}: {name} does not look like the name of a unit or a person."),
    "long_list": (_W, "Task {number}: a list is so long that only its first {limit} names were read."),
    "number_gap": (_W, "Number {number} follows {previous}: an item may be missing or misnumbered."),
    "number_repeated": (_W, "Number {number} is used again after {previous}."),
    "empty_clause": (_W, "Task {number}: {label} is followed by no name."),
    "empty_text": (_W, "Task {number}: nothing says what is to be done."),
    "text_after_clause": (_I, "Task {number}: text follows the responsibility clause."),
    "several_clauses": (_I, "Task {number}: the item has several clauses; each was read as a task of its own."),
    "no_lead": (_I, "Task {number}: the clause names helpers but nobody who leads or is responsible."),
    "bare_list": (_I, "Task {number}: units stand in brackets without a word on what they answer for."),
    "responsibility_unread": (_W, "“{quote}” says who answers for something, but no task was read from it."),
    "prose_clause": (_I, "Task {number}: who answers was read from a sentence, not from a responsibility clause."),
    # Findings beside the tasks.
    "appointment_unclear": (_W, "The appointment of {name} is not printed clearly; compare it with the original."),
    "quota_sum": (
        _W,
        "{table}: the column {column} prints {printed} as its sum, but its rows add up to {computed}.",
    ),
    "quota_row_sum": (_W, "{table}, {row}: {column} prints {printed}, but its parts add up to {computed}."),
    "event_undated": (_I, "A paragraph of the chronicle bears no date; it was read as another event of {day}."),
    "event_out_of_order": (_W, "In the chronicle {day} follows {previous}: a date may be misprinted."),
    "event_month_unknown": (_W, "The chronicle names no year and month, so its events could not be dated."),
}

_SHOWN: Final = 60


def make_issue(code: str, *, span: Span | None = None, **params: str | int) -> Issue:
    """Return the issue of that code with its message filled in; long parameters are shortened.

    :raises KeyError: for a code that is not in ISSUES.
    """
    severity, template = ISSUES[code]
    shown = {key: _shorten(value) for key, value in params.items()}
    return Issue(code=code, severity=severity, message=template.format(**shown), params=shown, span=span)


def _shorten(value: str | int) -> str | int:
    if isinstance(value, str) and len(value) > _SHOWN:
        return value[: _SHOWN - 1] + "…"
    return value
