"""A PostgreSQL server of the tests' own, in a temporary folder, reachable on this machine only, gone afterwards."""

import contextlib
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

USER = "luoshi"
START_SECONDS = 60
STOP_SECONDS = 20
ATTEMPTS = 3
# The data live for minutes: nothing need survive a crash of the machine.
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100")


class UnableToStartPostgres(Exception):
    """No server could be started; the message says what is missing."""


@dataclass(frozen=True)
class Server:
    """A running server: its process, its folder and how to reach it."""

    process: subprocess.Popen[bytes]
    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """Return the DATABASE_URL of the server; the tests make their own databases beside this one."""
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """End the server and remove its folder."""
        # SIGINT is PostgreSQL's fast shutdown: it does not wait for those who are still connected.
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def find_binaries() -> Path | None:
    """Return the folder with ``initdb`` and ``postgres`` of the newest version here, or None."""
    folders = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if folders:
        return max(folders, key=lambda path: float(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def start() -> Server:
    """Start a server on a free port.

    :raises UnableToStartPostgres: where PostgreSQL is not installed or does not start.
    """
    binaries = find_binaries()
    if binaries is None:
        raise UnableToStartPostgres("PostgreSQL is not installed (Debian package: postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="luoshi-postgres-"))
    try:
        password = _make_cluster(binaries, folder)
        for _attempt in range(ATTEMPTS):
            server = _try_to_start(binaries, folder, password)
            if server:
                return server
        raise UnableToStartPostgres((folder / "log").read_text(errors="replace")[-2000:])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make_cluster(binaries: Path, folder: Path) -> str:
    password = secrets.token_hex(16)
    password_file = folder / "password"
    password_file.write_text(password)
    _give_away(folder, password_file)
    command = [binaries / "initdb", "-D", folder / "data", "-U", USER, "-E", "UTF8", "--locale=C.UTF-8"]
    command += ["--auth=scram-sha-256", f"--pwfile={password_file}", "--no-sync"]
    done = subprocess.run([*_as_plain_user(), *command], capture_output=True, text=True, cwd=folder, check=False)
    if done.returncode:
        raise UnableToStartPostgres(f"initdb failed: {done.stderr.strip()}")
    return password


def _try_to_start(binaries: Path, folder: Path, password: str) -> Server | None:
    """Start on a port that is free now; None where somebody took it in between or the server ended."""
    port = _free_port()
    settings = [*SPEED, "listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}"]
    command = [*_as_plain_user(), binaries / "postgres", "-D", folder / "data"]
    for setting in settings:
        command += ["-c", setting]
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True)
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if _is_ready(binaries, port):
            return Server(process, folder, port, password)
        time.sleep(0.05)
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    process.wait()
    return None


def _is_ready(binaries: Path, port: int) -> bool:
    command = [binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(command, check=False).returncode == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _plain_user() -> pwd.struct_passwd | None:
    """Return the account to run the server as, where we are root: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise UnableToStartPostgres("neither the account postgres nor nobody exists to run the server as")


def _give_away(*paths: Path) -> None:
    user = _plain_user()
    for path in paths:
        path.chmod(0o700 if path.is_dir() else 0o600)
        if user:
            os.chown(path, user.pw_uid, user.pw_gid)


def _as_plain_user() -> list[str]:
    """Return the beginning of a command that runs as a plain user and ends with us, however we end."""
    if not shutil.which("setpriv"):
        return []
    command = ["setpriv", "--pdeathsig=INT"]
    user = _plain_user()
    if user:
        command += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    return [*command, "--"]
