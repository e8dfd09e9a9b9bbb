"""``luoshi serve`` as an operator runs it: a process of its own, with its worker, on a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SECONDS = 60
Luoshi = Callable[..., "subprocess.Popen[str]"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def luoshi(tmp_path: Path) -> Iterator[Luoshi]:
    """Return a function that starts ``luoshi`` on an installation of the test's own; whatever still runs is ended."""
    started: list[subprocess.Popen[str]] = []
    environment = {**os.environ, "LUOSHI_HOME": str(tmp_path / "home"), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}

    def start(*words: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [sys.executable, "-m", "luoshi.cli", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
            process.wait()


def finished(process: "subprocess.Popen[str]") -> tuple[int, str]:
    shown, _nothing = process.communicate(timeout=SECONDS)
    return process.returncode, shown


def answer(port: int, path: str) -> int:
    """Return the status with which the service answers, once it listens."""
    deadline = time.monotonic() + SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=SECONDS) as response:
                return int(response.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(word) for word in done.stdout.split()]


def is_running(pid: int) -> bool:
    done = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return bool(done.stdout.strip()) and not done.stdout.startswith("Z")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_service_answers_and_ends_with_its_worker(luoshi: Luoshi, number: signal.Signals) -> None:
    port = free_port()
    assert finished(luoshi("migrate"))[0] == 0
    service = luoshi("serve", "--port", str(port))
    assert answer(port, "/account/log-in/") == 200
    wait_until(lambda: len(children_of(service.pid)) >= 2)
    children = children_of(service.pid)
    service.send_signal(number)
    code, shown = finished(service)
    assert code == 0, shown
    assert f"http://127.0.0.1:{port}/" in shown
    wait_until(lambda: not any(is_running(child) for child in children))


def test_a_worker_that_dies_is_started_again(luoshi: Luoshi) -> None:
    port = free_port()
    finished(luoshi("migrate"))
    service = luoshi("serve", "--port", str(port))
    answer(port, "/account/log-in/")
    worker = next(pid for pid in children_of(service.pid) if "worker" in command_of(pid))
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: any("worker" in command_of(pid) and pid != worker for pid in children_of(service.pid)))
    service.send_signal(signal.SIGTERM)
    assert finished(service)[0] == 0


def command_of(pid: int) -> str:
    done = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return done.stdout


def test_a_worker_ends_when_its_parent_is_gone(luoshi: Luoshi) -> None:
    finished(luoshi("migrate"))
    worker = luoshi("worker", "--parent", "1")
    # 130: told to end before it had begun to work.
    assert finished(worker)[0] in {0, 130}


def test_a_taken_port_is_said_in_words(luoshi: Luoshi) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, shown = finished(luoshi("serve", "--port", str(taken.getsockname()[1])))
    assert code == 1
    assert "choose another port with --port or LUOSHI_PORT" in shown
    assert "Traceback" not in shown


def test_a_database_that_is_not_set_up_is_said_in_words(luoshi: Luoshi) -> None:
    code, shown = finished(luoshi("serve", "--port", str(free_port())))
    assert code == 1
    assert shown.strip() == "luoshi serve: the database is not set up for this version; run: luoshi migrate"


@pytest.mark.soak
def test_the_demo_city_is_loaded_once_kept_and_started_over(luoshi: Luoshi) -> None:
    port = free_port()
    service = luoshi("serve", "--port", str(port), "--set-up")
    assert answer(port, "/account/log-in/") == 200
    service.send_signal(signal.SIGTERM)
    code, shown = finished(service)
    assert code == 0
    assert "The demo city is loaded" in shown
    assert "clerk" in shown
    finished(luoshi("user", "add", "extra", "--name", "Extra"))
    again = luoshi("serve", "--port", str(port), "--set-up")
    assert answer(port, "/account/log-in/") == 200
    # Starting over must be safe beside a running service.
    code, output = finished(luoshi("demo", "--yes"))
    assert code == 0, output
    assert answer(port, "/account/log-in/") == 200
    again.send_signal(signal.SIGTERM)
    code, shown = finished(again)
    assert "The demo city is loaded" not in shown
    users = finished(luoshi("user", "list"))[1]
    assert "clerk" in users
    assert "extra" not in users
    assert finished(luoshi("audit", "verify"))[0] == 0
