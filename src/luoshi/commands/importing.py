"""``luoshi import``: documents taken in from the command line, exactly as the page takes them in."""

import argparse
import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from luoshi.commands.failure import CommandFailed
from luoshi.commands.installation import current_time, find_user, open_installation, system_account

if TYPE_CHECKING:
    from luoshi.access.models import User
    from luoshi.documents.models import ImportJob

CHUNK_BYTES = 1024 * 1024
FILES = "PDF, OFD, Word (.docx, .doc, .wps), text, web page, a picture of a scan, or a ZIP of several"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=FILES)
    parser.add_argument("--plan-year", type=int, metavar="YEAR", help="the year whose plan the documents are")
    parser.add_argument("--user", metavar="NAME", help="the account that imports; without it, the commands' own")


def run(args: argparse.Namespace) -> int:
    """Import the files one by one, those of an archive too; exit code 1 where any was refused."""
    open_installation()
    from luoshi.access.audit import audit_source

    user = find_user(args.user) if args.user else system_account()
    outcomes: list[bool] = []
    with audit_source("luoshi import"):
        for path in args.files:
            outcomes += _import(path, user, args.plan_year)
    if len(outcomes) > 1:
        print(f"{sum(outcomes)} files taken in, {len(outcomes) - sum(outcomes)} refused.")
    return 0 if all(outcomes) else 1


def _import(path: Path, user: "User", plan_year: int | None) -> list[bool]:
    """Import one file, print what came of it and tell whether it was taken in, for each file of an archive."""
    from luoshi.documents.jobs import read_job, waiting_members
    from luoshi.files.names import harmless_name

    print(f"{harmless_name(path.name)}: ", end="", flush=True)
    started = time.monotonic()
    try:
        job = _receive_and_read(path, user, plan_year, current_time())
    except OSError as error:
        print(f"cannot be opened: {error.strerror or error}")
        return [False]
    print(_said(job, started))
    refused = [each for each in job.members.all() if each.is_finished]
    for each in refused:
        print(f"  {each.name}: {_outcome(each)}")
    outcomes = [_is_taken_in(each) for each in refused]
    for member in waiting_members(job):
        print(f"  {member.name}: ", end="", flush=True)
        started = time.monotonic()
        read_job(member)
        print(_said(member, started))
        outcomes.append(_is_taken_in(member))
    return outcomes or [_is_taken_in(job)]


def _said(job: "ImportJob", started: float) -> str:
    return f"{_outcome(job)} ({time.monotonic() - started:.1f} s)"


def _is_taken_in(job: "ImportJob") -> bool:
    from luoshi.documents.states import ImportStatus

    return job.status not in {ImportStatus.REFUSED, ImportStatus.FAILED, ImportStatus.CANCELLED}


def _receive_and_read(path: Path, user: "User", plan_year: int | None, now: dt.datetime) -> "ImportJob":
    from luoshi.access.permissions import UnableToAct
    from luoshi.documents.actions import UnableToImport, receive_file
    from luoshi.documents.jobs import read_job

    try:
        job = receive_file(acting_user=user, name=path.name, chunks=_chunks(path), now=now, plan_year=plan_year)
    except (UnableToImport, UnableToAct) as error:
        # The same for every file that would follow.
        print("not taken in")
        raise CommandFailed(error) from error
    return job if job.is_finished else read_job(job)


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while chunk := source.read(CHUNK_BYTES):
            yield chunk


def _outcome(job: "ImportJob") -> str:
    """Return where the import stands and what became of it, in words."""
    from luoshi.documents.messages import job_message

    message = job_message(job.message_code, job.message_params)
    return f"{job.get_status_display()}. {message}".strip()
