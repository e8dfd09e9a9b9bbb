"""``luoshi serve``: the pages and the worker, in one command."""

import argparse
import os
import socket
from typing import Any

from luoshi.commands.failure import CommandFailed
from luoshi.commands.installation import is_new_database, migrate, open_installation, start_django
from luoshi.commands.worker_process import WorkerProcess

# Requests wait for the database most of the time, so that a process answers several at once.
THREADS = 8


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default=os.environ.get("LUOSHI_HOST", "127.0.0.1"), help="address to listen at")
    parser.add_argument(
        "--port", type=int, default=_port_from_environment(), help="port to listen at (LUOSHI_PORT, else 8000)"
    )
    parser.add_argument(
        "--set-up", action="store_true", help="first update the database, and load the demo city where it is new"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until SIGINT or SIGTERM, then end the worker too."""
    _refuse_taken_address(args.host, args.port)
    if args.set_up:
        _set_up()
    else:
        open_installation()
    greeting = _greeting(args.host, args.port)
    worker = WorkerProcess()
    worker.start()
    try:
        _serve(args.host, args.port, greeting)
    finally:
        worker.stop()
    return 0


def _port_from_environment() -> int:
    given = os.environ.get("LUOSHI_PORT", "8000")
    if not given.isdecimal():
        raise CommandFailed(f"LUOSHI_PORT is not a number: {given}", code=2)
    return int(given)


def _refuse_taken_address(host: str, port: int) -> None:
    """Try to listen, since the server would share the port with whoever has it."""
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except (OSError, OverflowError) as error:
        raise CommandFailed(
            f"cannot listen at {host} port {port}: {error}. Another program, or another Luoshi, may be there; "
            "choose another port with --port or LUOSHI_PORT."
        ) from error


def _set_up() -> None:
    from luoshi.commands.demo import load

    start_django()
    is_new = is_new_database()
    migrate()
    if is_new:
        load()


def _serve(host: str, port: int, greeting: str) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    server = Granian(
        "luoshi.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=_workers(),
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        log_level=LogLevels.error,
    )
    server.on_startup(lambda: print(greeting, flush=True))
    _let_go_of_database()
    server.serve()


def _let_go_of_database() -> None:
    """Close what is open: the processes that answer are forks of this one and must not share a connection."""
    from django.db import connections

    connection: Any
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()


def _workers() -> int:
    """Return how many processes answer: one for the embedded database, which has one writer, else LUOSHI_WORKERS."""
    from django.db import connection

    given = os.environ.get("LUOSHI_WORKERS", "1" if connection.vendor == "sqlite" else "2")
    if not given.isdecimal() or not int(given):
        raise CommandFailed(f"LUOSHI_WORKERS is not a number of processes: {given}", code=2)
    return int(given)


def _greeting(host: str, port: int) -> str:
    """Say where the pages are and, in the demo city, who can log in."""
    from luoshi.commands.demo import accounts_table

    name = f"[{host}]" if ":" in host else host
    return f"\nLuoshi is at http://{name}:{port}/  (Ctrl-C ends it)\n{accounts_table()}"
