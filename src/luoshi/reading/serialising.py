"""Write a reading as the JSON of the contract `luoshi.reading/1`."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, Final

from luoshi.reading.findings import Appointment, Duty, Event, ListItem, Quota, Target, Term
from luoshi.reading.model import ROLES, Citation, Document, Issue, Party, Provision, Reading, Repeal, Span, Task
from luoshi.reading.version import PARSER_VERSION

SCHEMA: Final = "luoshi.reading/1"


def to_json(reading: Reading) -> dict[str, Any]:
    """Return the reading as plain lists, dicts and strings; pages of spans count from 1."""
    return _Writer(reading).write()


class _Writer:
    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def write(self) -> dict[str, Any]:
        source = self._reading.source
        return {
            "schema": SCHEMA,
            "source": {
                "name": source.name,
                "sha256": source.sha256,
                "media_type": source.media_type,
                "method": source.method,
                "pages": source.pages,
                "characters": source.characters,
                "text_sha256": source.text_sha256,
                "parser_version": PARSER_VERSION,
                "page_starts": list(self._reading.page_starts),
            },
            "documents": [self._document(document) for document in self._reading.documents],
            "issues": [self._issue(issue) for issue in self._reading.issues],
        }

    def _span(self, span: Span) -> dict[str, Any]:
        starts = self._reading.page_starts
        return {"start": span.start, "end": span.end, "page": bisect_right(starts, span.start) if starts else None}

    def _document(self, document: Document) -> dict[str, Any]:
        return {
            "id": document.id,
            **({} if document.member is None else {"member": document.member}),
            "kind": document.kind,
            "title": document.title,
            "doc_number": document.doc_number,
            "issuer": document.issuer,
            "issued_on": _date(document.issued_on),
            "effective_from": _date(document.effective_from),
            "effective_to": _date(document.effective_to),
            "span": self._span(document.span),
            "continuations": [self._span(span) for span in document.continuations],
            "parts": [{"title": part.title, "span": self._span(part.span)} for part in document.parts],
            "provisions": [self._provision(provision) for provision in document.provisions],
            "tasks": [self._task(task, document) for task in document.tasks],
            "targets": [self._target(target) for target in document.targets],
            "duties": [self._duty(duty) for duty in document.duties],
            "appointments": [self._plain(each) for each in document.appointments],
            "quotas": [self._plain(each) for each in document.quotas],
            "events": [self._plain(each) for each in document.events],
            "terms": [self._plain(each) for each in document.terms],
            "items": [self._item(item) for item in document.items],
            "citations": [self._citation(citation) for citation in document.citations],
            "repeals": [self._repeal(repeal) for repeal in document.repeals],
        }

    def _provision(self, provision: Provision) -> dict[str, Any]:
        return {
            "id": provision.id,
            "parent": provision.parent,
            "label": provision.label,
            "depth": provision.depth,
            "heading": provision.heading,
            "text": provision.text,
            "span": self._span(provision.span),
            **self._paragraphs(provision),
        }

    def _paragraphs(self, provision: Provision) -> dict[str, Any]:
        found = provision.paragraphs
        written = [
            {"id": each.id, "text": each.text, "below_points": each.is_trailing, "span": self._span(each.span)}
            for each in found
        ]
        return {"paragraphs": written} if written else {}

    def _task(self, task: Task, document: Document) -> dict[str, Any]:
        deadline = task.deadline
        return {
            "id": task.id,
            "number": task.number,
            "section": task.section,
            "section_path": list(task.section_path),
            "text": task.text,
            "span": self._span(task.span),
            "text_span": self._span(task.text_span),
            "clause_span": self._span(task.clause_span),
            **{role: [self._party(party) for party in getattr(task, role)] for role in ROLES},
            "implied_units": [self._party(party) for party in task.implied_units],
            "deadline": None
            if deadline is None
            else {"text": deadline.text, "date": _date(deadline.date), "span": self._span(deadline.span)},
            "targets": [self._target(target) for target in document.targets if target.task == task.id],
            "doubts": list(task.doubts),
            "clean": task.clean,
        }

    def _plain(self, finding: Appointment | Quota | Event | Term) -> dict[str, Any]:
        """Write a finding whose fields are figures, words, dates and its span."""
        written = {each.name: getattr(finding, each.name) for each in fields(finding)}
        return {name: self._value(value) for name, value in written.items()}

    def _value(self, value: Any) -> Any:
        if isinstance(value, Span):
            return self._span(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Mapping):
            return dict(value)
        return list(value) if isinstance(value, tuple) else value

    def _target(self, target: Target) -> dict[str, Any]:
        return {each.name: self._value(getattr(target, each.name)) for each in fields(target)}

    def _duty(self, duty: Duty) -> dict[str, Any]:
        return {
            "quote": duty.quote,
            "rrule": duty.rrule,
            "parties": [self._party(party) for party in duty.parties],
            "task": duty.task,
            "span": self._span(duty.span),
        }

    def _item(self, item: ListItem) -> dict[str, Any]:
        return {
            "list": item.list,
            "kind": item.kind,
            "number": item.number,
            "name": item.name,
            "text": item.text,
            "units": [self._party(party) for party in item.units],
            "span": self._span(item.span),
        }

    def _party(self, party: Party) -> dict[str, Any]:
        return {
            "name": party.name,
            "full_name": party.full_name or party.name,
            "kind": party.kind,
            "etc": party.etc,
            "span": self._span(party.span),
        }

    def _citation(self, citation: Citation) -> dict[str, Any]:
        return {"doc_number": citation.doc_number, "title": citation.title, "span": self._span(citation.span)}

    def _repeal(self, repeal: Repeal) -> dict[str, Any]:
        return {"doc_number": repeal.doc_number, "title": repeal.title, "span": self._span(repeal.span)}

    def _issue(self, issue: Issue) -> dict[str, Any]:
        written: dict[str, Any] = {
            "code": issue.code,
            "severity": issue.severity,
            "message": issue.message,
            "params": _params(issue.params),
        }
        if issue.span is not None:
            written["span"] = self._span(issue.span)
        return written


def _params(params: Mapping[str, str | int]) -> dict[str, str | int]:
    return dict(params)


def _date(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
