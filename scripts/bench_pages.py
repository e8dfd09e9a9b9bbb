"""Times the main pages on the demo city: median milliseconds of the server and queries a page, in a temporary home."""

import os
import statistics
import tempfile
import time
from typing import Any

ROUNDS = 15
PAGES = {
    "today": "/",
    "task list": "/tasks/",
    "task list, one unit": "/tasks/?unit=housing",
    "task": "/tasks/{task}/",
    "overview by unit": "/overview/?by=unit",
    "document of 67 tasks": "/documents/{document}/",
    "confirming": "/confirm/{document}/",
    "search, two characters": "/documents/search?q=%E5%BB%BA%E8%AE%BE",
}


def main() -> None:
    """Load the demo city and print one line a page."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"LUOSHI_HOME": home, "DATABASE_URL": "", "LUOSHI_HOSTS": "testserver"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.config.settings"
        import django

        django.setup()
        _load()
        _measure()


def _load() -> None:
    from django.core.management import call_command
    from django.utils import timezone

    from luoshi.demo.loader import load_demo

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    load_demo(now=timezone.now(), say=lambda _line: None)
    print(f"demo city loaded through the real actions: {time.perf_counter() - started:.1f} s")


def _measure() -> None:
    from django.db import connection
    from django.test import Client

    from luoshi.access.models import User
    from luoshi.ledger.models import Task

    client = Client()
    client.force_login(User.objects.get(username="clerk"))
    task = Task.objects.filter(plan__year=2026).first()
    if task is None:
        raise SystemExit("the demo city has no task of 2026")
    for name, address in PAGES.items():
        url = address.format(task=task.pk, document=task.plan.document_id)
        queries: list[str] = []

        def count(execute: Any, sql: str, *rest: Any, seen: list[str] = queries) -> Any:
            seen.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(count):
            answer = client.get(url)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}")
        times = []
        for _round in range(ROUNDS):
            started = time.perf_counter()
            client.get(url)
            times.append((time.perf_counter() - started) * 1000)
        line = f"{name:24s} {statistics.median(times):6.0f} ms  {len(queries):3d} queries"
        print(f"{line}  {len(answer.content) // 1024:5d} kB")


if __name__ == "__main__":
    main()
