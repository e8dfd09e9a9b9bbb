"""``luoshi reread``: read again, with the present parser, what an older one has read."""

import argparse
import time
from collections import Counter
from typing import TYPE_CHECKING

from luoshi.commands.installation import current_time, find_user, open_installation, system_account

if TYPE_CHECKING:
    from luoshi.access.models import User
    from luoshi.documents.models import Document, ImportJob

# What became of a file, in the order in which the summary says it.
OUTCOMES = {
    "same": "found what was found before",
    "new": "read differently and replaced",
    "decide": "read differently and wait for a decision",
    "queued": "put into the queue of the worker",
    "skipped": "being read already",
    "failed": "could not be read",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--all", action="store_true", help="read them again; without it they are only listed")
    parser.add_argument("--queue", action="store_true", help="leave the reading to the worker of a running service")
    parser.add_argument("--user", metavar="NAME", help="the account that asks for it; without it, the commands' own")


def run(args: argparse.Namespace) -> int:
    """List or read again every file that counts and that only an older parser has read; 1 where one failed."""
    open_installation()
    from luoshi.access.audit import audit_source
    from luoshi.documents.queries import list_outdated
    from luoshi.reading import PARSER_VERSION

    documents = list_outdated()
    if not documents:
        print(f"Every file was read with parser {PARSER_VERSION}; there is nothing to read again.")
        return 0
    if not args.all:
        return _list(documents, PARSER_VERSION)
    user = find_user(args.user) if args.user else system_account()
    with audit_source("luoshi reread"):
        outcomes = _read_all(documents, user, queue=args.queue)
    print(_summary(outcomes, PARSER_VERSION))
    return 1 if outcomes["failed"] else 0


def _list(documents: list["Document"], version: str) -> int:
    for document in documents:
        print(f"{_name_of(document)} (parser {document.reading.parser_version})")
    print(f"{_files(len(documents))} would be read again with parser {version}; add --all to do it.")
    return 0


def _read_all(documents: list["Document"], user: "User", *, queue: bool) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    for number, document in enumerate(documents, start=1):
        print(f"{number}/{len(documents)} {_name_of(document)}: ", end="", flush=True)
        started = time.monotonic()
        outcome, words = _read(document, user, queue=queue)
        outcomes[outcome] += 1
        print(f"{words} ({time.monotonic() - started:.1f} s)")
    return outcomes


def _read(document: "Document", user: "User", *, queue: bool) -> tuple[str, str]:
    """Read the file of one document again and return what became of it, as a code and in words."""
    from luoshi.access.permissions import UnableToAct
    from luoshi.commands.failure import CommandFailed
    from luoshi.documents.jobs import enqueue_import, read_job
    from luoshi.documents.messages import job_message
    from luoshi.documents.review_actions import UnableToReview, ask_for_newer_reading

    try:
        job = ask_for_newer_reading(acting_user=user, document=document, now=current_time())
    except UnableToReview as error:
        return "skipped", str(error)
    except UnableToAct as error:
        # The same for every file that would follow.
        print("not read")
        raise CommandFailed(error) from error
    if queue:
        enqueue_import(job)
        return "queued", "queued"
    job = read_job(job)
    message = job_message(job.message_code, job.message_params)
    return _outcome(job), f"{job.get_status_display()}. {message}".strip()


def _outcome(job: "ImportJob") -> str:
    from luoshi.documents.states import ImportStatus

    if job.status == ImportStatus.NEEDS_DECISION:
        return "decide"
    if job.status == ImportStatus.KNOWN or job.message_code == "read_the_same":
        return "same"
    return "new" if job.status == ImportStatus.DONE else "failed"


def _summary(outcomes: Counter[str], version: str) -> str:
    said = ", ".join(f"{outcomes[code]} {words}" for code, words in OUTCOMES.items() if outcomes[code])
    return f"Parser {version}, {_files(outcomes.total())}: {said}."


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _name_of(document: "Document") -> str:
    return document.reading.text.original.name
