"""What the codes of readings and imports say to a person, in the person's language.

The codes come from ``luoshi.reading.issues`` and from the actions of this room; a test keeps the English of both alike.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

ISSUE_MESSAGES: Mapping[str, Any] = {
    "empty_file": _("The file is empty: it has no bytes, or nothing but white space."),
    "too_large": _("The file has %(size)s bytes; at most %(limit)s bytes are read. Split it or save it smaller."),
    "too_many_characters": _("The file holds more than %(limit)s characters of text. Split it into parts."),
    "too_many_pages": _("The file has %(pages)s pages; at most %(limit)s pages are read. Split it into parts."),
    "binary_file": _("The file %(name)s is not a document: its bytes are %(found)s. Check that it is the right file."),
    "scanned_pdf": _(
        "The PDF has %(pages)s pages but no text: it is a scan. Add the recognition of scans "
        '(pip install "luoshi[ocr]"), or ask the sender for the electronic original.'
    ),
    "encrypted_pdf": _("The PDF is protected by a password. Remove the password and try again."),
    "broken_pdf": _("The PDF is damaged or cut off and cannot be opened. Get the file again from its source."),
    "broken_docx": _("The Word file is damaged and cannot be opened (%(reason)s). Get it again from its source."),
    "encrypted_docx": _("The Word file is protected by a password. Remove the password and save it again."),
    "zip_bomb": _("The file would unpack to more than %(limit)s bytes and was not opened."),
    "macro_file": _("The file carries macros and was not opened. Save it as .docx without macros."),
    "old_word": _(
        "The file is in the old .doc format. Open it and save it as .docx, or have LibreOffice installed on the server "
        "(Debian package libreoffice-writer-nogui), which reads such files."
    ),
    "broken_doc": _("The old Word file is damaged and could not be converted. Open it and save it as .docx."),
    "old_office": _("The file is in an old Office format (%(found)s). Save it as .docx or as PDF."),
    "workbook": _("The file is a spreadsheet. Save the document as .docx or PDF, or import the sheet as a list."),
    "broken_ofd": _("The OFD file is damaged and cannot be opened (%(reason)s). Get it again from its source."),
    "encrypted_ofd": _("The OFD file is encrypted. Open it with its reader and export it without protection."),
    "scanned_ofd": _(
        "The OFD file has %(pages)s pages but no text: its pages are pictures. Add the recognition of scans "
        '(pip install "luoshi[ocr]"), or ask the sender for the electronic original.'
    ),
    "image_file": _(
        "The file is a picture (%(found)s). Add the recognition of scans "
        '(pip install "luoshi[ocr]"), or ask the sender for the electronic original.'
    ),
    "broken_image": _("The picture is damaged or cut off and cannot be opened (%(reason)s). Get it again."),
    "too_many_pixels": _("The picture has more than %(limit)s pixels and was not opened. Save it smaller."),
    "too_many_scanned_pages": _("%(pages)s pages are scans; at most %(limit)s are recognised. Split the file."),
    "nothing_recognised": _("No print was recognised on the %(pages)s pages. Check that they hold print."),
    "recogniser_broken": _("The recognition of scans is installed but does not work (%(reason)s)."),
    "page_partly_read": _(
        "Page %(page)s: %(lines)s lines were left unread after %(seconds)s seconds. Compare the page."
    ),
    "unreadable_print": _("Page %(page)s: %(places)s places hold print or marks that could not be recognised."),
    "doubtful_line": _("Page %(page)s: print was recognised with only %(confidence)s%% confidence. Compare it."),
    "more_doubtful_lines": _("%(count)s more lines were recognised with little confidence. Compare the whole text."),
    "scan_recognised": _("The text of %(pages)s scanned pages was recognised; compare it with the pictures."),
    "archive_file": _("The file is an archive (%(found)s). Unpack it and choose the documents inside."),
    "broken_archive": _("The archive is damaged and cannot be opened. Get it again from its source."),
    "encrypted_archive": _("The archive is protected by a password. Unpack it and choose the documents inside."),
    "empty_archive": _("The archive holds no documents."),
    "archive_unreadable": _("None of the %(count)s files in the archive could be read."),
    "page_of_frames": _("The page only frames other pages. Open the page inside the frame and save that one."),
    "rtf_file": _("The file is in RTF format. Open it and save it as .docx."),
    "took_too_long": _("Reading was stopped after %(seconds)s seconds. The file may be damaged."),
    "member_unreadable": _("%(member)s was not read: %(reason)s"),
    "tracked_changes": _("%(count)s tracked changes were read as accepted: the text is the final one."),
    "footnotes": _("%(count)s notes stand apart at the end of the text, so that they cut no sentence."),
    "page_unreadable": _("Page %(page)s is missing or damaged and was left out."),
    "lying_type": _("The name ends in %(suffix)s but the content is %(found)s; it was read as what it is."),
    "mixed_encoding": _("Line %(line)s is not %(encoding)s like the rest; it was read as %(other)s. Compare it."),
    "undecodable": _("Line %(line)s holds bytes that are no text in any known encoding; they show as �."),
    "page_without_text": _("Page %(page)s has no text: it may be a scanned page."),
    "furniture_removed": _("%(count)s page numbers and running heads were left out of the text."),
    "table_heads_removed": _("%(count)s heads of tables, printed again on later pages, were left out of the text."),
    "table_without_rules": _(
        "Page %(page)s holds a table without rules: its rows were told apart by their places. "
        "Compare them with the page."
    ),
    "table_unreadable": _(
        "%(title)s: the rows and columns of this table could not be told apart, so nothing in it was read as a task. "
        "Bring it in as a Word file, or enter its tasks by hand."
    ),
    "page_upside_down": _("The words of page %(page)s are turned by %(degrees)s degrees; they were read upright."),
    "watermark_removed": _("%(count)s characters of watermarks were left out of the text."),
    "hidden_text": _("%(count)s characters that nobody can see on the page were left out of the text."),
    "project_table": _("%(title)s: a list of projects, platforms or requests, so its rows were not read as tasks."),
    "front_matter": _("Cover and contents before the first document were left aside."),
    "short_document": _("The text is very short (%(characters)s characters)."),
    "no_tasks": _("No responsibility clause was found, so the file holds no tasks."),
    "continuation_unmatched": _("A continuation (%(mark)s) has no place it continues from."),
    "only_contents": _("The file holds only a cover or contents; the documents that it lists are missing."),
    "continuation_missing": _("The document breaks off (%(mark)s) and the rest of it was not found."),
    "crossed_columns": _("The words %(words)s hang on the salutation; they were read where the letter breaks off."),
    "unclosed_bracket": _("Task %(number)s: the bracket of the responsibility clause is not closed."),
    "mismatched_bracket": _("Task %(number)s: the clause opens with %(opened)s but closes with %(closed)s."),
    "leader_looks_like_unit": _("Task %(number)s: %(name)s is named as a leader but looks like a unit."),
    "unit_looks_like_leader": _("Task %(number)s: %(name)s is named as a unit but looks like a person."),
    "duplicate_party": _("Task %(number)s: %(name)s is named twice in the same role."),
    "same_unit_leads_and_cooperates": _("Task %(number)s: %(name)s both leads and cooperates."),
    "etc_list": _("Task %(number)s: the list ends in 等 after %(name)s, so more may take part."),
    "post_instead_of_name": _("Task %(number)s: %(name)s is a post, not a person's name."),
    "odd_name": _("Task %(number)s: %(name)s does not look like the name of a unit or a person."),
    "long_list": _("Task %(number)s: a list is so long that only its first %(limit)s names were read."),
    "number_gap": _("Number %(number)s follows %(previous)s: an item may be missing or misnumbered."),
    "number_repeated": _("Number %(number)s is used again after %(previous)s."),
    "empty_clause": _("Task %(number)s: %(label)s is followed by no name."),
    "empty_text": _("Task %(number)s: nothing says what is to be done."),
    "text_after_clause": _("Task %(number)s: text follows the responsibility clause."),
    "several_clauses": _("Task %(number)s: the item has several clauses; each was read as a task of its own."),
    "no_lead": _("Task %(number)s: the clause names helpers but nobody who leads or is responsible."),
    "bare_list": _("Task %(number)s: units stand in brackets without a word on what they answer for."),
    "responsibility_unread": _("“%(quote)s” says who answers for something, but no task was read from it."),
    "prose_clause": _("Task %(number)s: who answers was read from a sentence, not from a responsibility clause."),
    "appointment_unclear": _("The appointment of %(name)s is not printed clearly; compare it with the original."),
    "quota_sum": _(
        "%(table)s: the column %(column)s prints %(printed)s as its sum, but its rows add up to %(computed)s."
    ),
    "quota_row_sum": _("%(table)s, %(row)s: %(column)s prints %(printed)s, but its parts add up to %(computed)s."),
    "event_undated": _("A paragraph of the chronicle bears no date; it was read as another event of %(day)s."),
    "event_out_of_order": _("In the chronicle %(day)s follows %(previous)s: a date may be misprinted."),
    "event_month_unknown": _("The chronicle names no year and month, so its events could not be dated."),
}

JOB_MESSAGES: Mapping[str, Any] = {
    "already_here": _("These bytes are already here, as %(name)s. Nothing was written twice."),
    "above_limit": _(
        "The file is larger than the limit of %(limit)s MB and was not taken. Split it or save it smaller."
    ),
    "not_stored": _("The file was not taken: %(reason)s"),
    "read_the_same": _("Read again with parser %(version)s: nothing differs."),
    "cancelled": _("It was cancelled. Nothing of it was written; it can be read later."),
    "failed": _("The program failed on this file (%(reason)s). Nothing of it was written; it can be tried again."),
}

# The stage of recognising says which page it is at, of how many.
_AT_PAGE = re.compile(r"recognise (\d+)/(\d+)")
STAGES: Mapping[str, Any] = {
    "decode": _("Opening the file"),
    "normalise": _("Taking the text out"),
    "blocks": _("Finding documents and parts"),
    "tasks": _("Finding tasks and names"),
    "done": _("Writing it down"),
}


# What the reading room says a file is where a name of a format does not say it.
FOUND_WORDS: Mapping[str, Any] = {
    "a Windows program": _("a Windows program"),
    "a Linux program": _("a Linux program"),
    "a Java program": _("a Java program"),
    "plain text": _("plain text"),
    "no text in any known encoding": _("no text in any known encoding"),
}


def issue_message(issue: Mapping[str, Any]) -> str:
    """Return what an issue of the reading contract says; a code from another parser version speaks English."""
    params = issue.get("params") or {}
    said = _fill(ISSUE_MESSAGES.get(issue["code"]), _with_reason(params)) or str(issue.get("message", ""))
    about = params.get("member")
    return said if about is None or issue["code"] == "member_unreadable" else f"{about}: {said}"


def _with_reason(params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Say in the person's language why a file of an archive was not read: the issue keeps the code of the reason."""
    template = ISSUE_MESSAGES.get(params.get("code", ""))
    return params if template is None else {**params, "reason": _fill(template, params)}


def doubt_message(code: str) -> str:
    """Return what a doubt says where its particulars are not known."""
    return str(DOUBT_WORDS.get(code, code))


def job_message(code: str, params: Mapping[str, Any]) -> str:
    """Return what became of an import; an empty text while nothing became of it yet."""
    if code == "imported":
        return _imported(int(params.get("documents", 0)), int(params.get("tasks", 0)))
    if code == "unpacked":
        return _unpacked(int(params.get("files", 0)))
    return _fill(JOB_MESSAGES.get(code) or ISSUE_MESSAGES.get(code), params)


def stage_label(stage: str) -> str:
    """Return what the worker is doing, or an empty text for a stage without a name."""
    if at := _AT_PAGE.fullmatch(stage):
        return gettext("Recognising page %(page)s of %(pages)s") % {"page": at[1], "pages": at[2]}
    return str(STAGES.get(stage, ""))


def _imported(documents: int, tasks: int) -> str:
    if not tasks:
        return ngettext(
            "%(documents)s document was read; no tasks were found in it.",
            "%(documents)s documents were read; no tasks were found in them.",
            documents,
        ) % {"documents": documents}
    found = ngettext("%(tasks)s task was found", "%(tasks)s tasks were found", tasks) % {"tasks": tasks}
    where = ngettext("in %(documents)s document", "in %(documents)s documents", documents) % {"documents": documents}
    return gettext("%(found)s %(where)s.") % {"found": found, "where": where}


def _unpacked(files: int) -> str:
    return ngettext(
        "%(files)s file was taken out of the archive and is read on its own; the archive is kept as it came.",
        "%(files)s files were taken out of the archive and are read one by one; the archive is kept as it came.",
        files,
    ) % {"files": files}


class _Params(dict[str, Any]):
    """Leaves the place of a parameter that an older parser did not give visible instead of failing.

    What a file was found to be is said in the person's language.
    """

    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        return FOUND_WORDS.get(value, value) if key == "found" and isinstance(value, str) else value

    def __missing__(self, key: str) -> str:
        return "…"


def _fill(template: Any, params: Mapping[str, Any]) -> str:
    return str(template) % _Params(params) if template else ""


# Doubts as short words, for chips beside a finding.
DOUBT_WORDS: Mapping[str, Any] = {
    "unclosed_bracket": _("bracket not closed"),
    "mismatched_bracket": _("brackets do not match"),
    "leader_looks_like_unit": _("a leader looks like a unit"),
    "unit_looks_like_leader": _("a unit looks like a person"),
    "duplicate_party": _("named twice"),
    "same_unit_leads_and_cooperates": _("leads and cooperates"),
    "etc_list": _("the list goes on"),
    "post_instead_of_name": _("a post, not a name"),
    "odd_name": _("unusual name"),
    "long_list": _("a very long list"),
    "number_gap": _("a number is missing before"),
    "number_repeated": _("number used twice"),
    "empty_clause": _("a role without names"),
    "empty_text": _("no wording"),
    "text_after_clause": _("text after the clause"),
    "several_clauses": _("several clauses"),
    "no_lead": _("nobody leads"),
    "bare_list": _("units in brackets only"),
    "prose_clause": _("read from a sentence"),
}
