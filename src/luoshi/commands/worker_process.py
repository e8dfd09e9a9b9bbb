"""The worker as a child process of ``luoshi serve``: started again when it dies, ended when the service ends."""

import os
import signal
import subprocess
import sys
import threading

# A long reading may end; what is cut off is read again by the next worker.
PATIENCE_SECONDS = 10
RESTART_AFTER_SECONDS = 2.0


class WorkerProcess:
    """Keeps one ``luoshi worker`` running between ``start`` and ``stop``."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep_running, daemon=True)

    def start(self) -> None:
        """Start the worker and the thread that watches it."""
        self._spawn()
        self._keeper.start()

    def stop(self) -> None:
        """End the worker: first so that it may finish its job, then without asking."""
        self._stopping.set()
        with self._lock:
            child = self._child
        if child is None:
            return
        for number, seconds in ((signal.SIGINT, PATIENCE_SECONDS), (signal.SIGTERM, 3), (signal.SIGKILL, 3)):
            if child.poll() is None:
                child.send_signal(number)
            try:
                child.wait(seconds)
            except subprocess.TimeoutExpired:
                continue
            return

    def _spawn(self) -> None:
        command = [sys.executable, "-m", "luoshi.cli", "worker", "--parent", str(os.getpid())]
        with self._lock:
            if not self._stopping.is_set():
                # In a session of its own, Ctrl-C reaches the worker through ``stop`` only, once and in order.
                self._child = subprocess.Popen(command, start_new_session=True)  # noqa: S603

    def _keep_running(self) -> None:
        while not self._stopping.is_set():
            child = self._child
            code = child.wait() if child else 0
            if self._stopping.is_set():
                return
            print(f"luoshi serve: the worker ended with code {code}; starting it again", file=sys.stderr)
            if not self._stopping.wait(RESTART_AFTER_SECONDS):
                self._spawn()
