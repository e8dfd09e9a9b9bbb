"""``luoshi worker``: the background process that reads what was imported."""

import argparse
import os
import signal
import threading
import time

from luoshi.commands.installation import current_time, open_installation, system_account

AGAIN_AFTER_SECONDS = 15


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--parent", type=int, metavar="PID", help="end when this process is no longer the parent")


def run(args: argparse.Namespace) -> int:
    """Work through the queue until told to stop: SIGINT lets the job at hand end, SIGTERM does not."""
    open_installation()
    if args.parent:
        threading.Thread(target=_end_with, args=(args.parent,), daemon=True).start()
    _queue_what_waits()
    _consume()
    return 0


def _queue_what_waits() -> None:
    """Put into the queue what a worker before this one did not finish."""
    from luoshi.access.audit import audit_source
    from luoshi.documents.actions import requeue_interrupted
    from luoshi.documents.jobs import enqueue_import

    with audit_source("luoshi worker"):
        for job in requeue_interrupted(acting_user=system_account(), now=current_time()):
            enqueue_import(job)


def _consume() -> None:
    from django.conf import settings
    from django.utils.module_loading import autodiscover_modules
    from huey.consumer_options import ConsumerConfig
    from huey.contrib.djhuey import HUEY

    # A room names its background work ``jobs.py``; importing it tells the queue what there is.
    autodiscover_modules("jobs")
    config = ConsumerConfig(**settings.HUEY["consumer"])
    config.validate()
    HUEY.create_consumer(**config.values).run()


def _end_with(parent: int) -> None:
    """End this process in an orderly way once its parent is gone, so that no worker is left behind."""
    while os.getppid() == parent:
        time.sleep(1)
    # A signal that comes while the queue is being opened may be lost in it, so it is sent again.
    while True:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(AGAIN_AFTER_SECONDS)
