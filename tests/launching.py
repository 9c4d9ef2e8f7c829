"""Driving the real `redleaf up` from tests: start, look at its processes, kill, stop."""

import contextlib
import http.cookiejar
import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
READY = "Redleaf is ready"
PATIENCE = 60.0


def surroundings(**more: str) -> dict[str, str]:
    """Return an environment for the command line, free of what this test run set for itself."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("REDLEAF_", "DJANGO_", "COV_", "PYTEST_")) and key != "DATABASE_URL"
    }
    return {**kept, "PYTHONPATH": str(REPOSITORY / "src"), "PYTHONUNBUFFERED": "1", **more}


def redleaf(*arguments: str, given: str = "", **more: str) -> "subprocess.CompletedProcess[str]":
    """Run one command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "redleaf", *arguments],
        env=surroundings(**more),
        input=given,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@dataclass
class Site:
    """A `redleaf up` in a data folder of its own."""

    data: Path
    arguments: tuple[str, ...] = ("--no-demo", "--port", "0")
    variables: dict[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[str] | None" = None
    lines: list[str] = field(default_factory=list)
    base: str = ""
    ready_after: float = 0.0

    def start(self) -> "Site":
        began = time.monotonic()
        self.lines = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "redleaf", "up", "--data", str(self.data), *self.arguments],
            env=surroundings(**self.variables),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        arrived: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(self.process, arrived), daemon=True).start()
        while READY not in (line := arrived.get(timeout=PATIENCE)):
            assert line, "".join(self.lines)
        self.ready_after = time.monotonic() - began
        self.base = re.findall(r"http://\S+?(?=/\s)", line)[0]
        return self

    def _read(self, process: "subprocess.Popen[str]", arrived: "queue.Queue[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.lines.append(line)
            arrived.put(line)
        arrived.put("")

    def stop(self, number: int = signal.SIGINT) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)

    def answers(self, path: str = "/health/live") -> int:
        """Return the status of one request; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.base + path, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def sign_up(self, handle: str) -> str:
        """Sign up by the real form and return the e-mail address that was acknowledged."""
        browser = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
        address = f"{self.base}/account/signup/"
        page = browser.open(address, timeout=10).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        email = f"{handle}@example.org"
        fields = {
            "csrfmiddlewaretoken": token[1],
            "display_name": handle,
            "username": handle,
            "email": email,
            "password1": "eleven grey geese fly",
            "age_band": "18_plus",
            "language": "en",
        }
        answer = browser.open(address, urllib.parse.urlencode(fields).encode(), timeout=20)
        assert "confirm-email" in answer.url, answer.read().decode()[:2000]
        return email

    def accounts(self) -> set[str]:
        """Return the e-mail addresses in the database, asked for beside the product."""
        import psycopg

        url = self.variables.get("DATABASE_URL") or address_of(self.data)
        with psycopg.connect(url, connect_timeout=5) as connection:
            return {row[0] for row in connection.execute("SELECT email FROM accounts_account")}


def address_of(data: Path) -> str:
    from redleaf.ops.launch import environment, postgres

    return postgres.address(environment.Place(data.resolve()))


def until(condition: Any, seconds: float = 30.0) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(OSError):
            if condition():
                return
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def processes(data: Path) -> dict[int, str]:
    """Return every living process that belongs to a data folder: pid to command line."""
    from redleaf.ops.launch.environment import Place

    place = Place(data.resolve())
    mark = f"REDLEAF_DATA={place.data}\0".encode()
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            inside = (entry / "cwd").readlink().is_relative_to(place.database)
            ours = inside or mark in (entry / "environ").read_bytes()
        except OSError:
            continue
        if ours and command:
            found[int(entry.name)] = command
    return found


def children(site: Site, word: str) -> list[int]:
    """Return the direct children of the supervisor whose command line has this word."""
    assert site.process is not None
    return [
        pid
        for pid, command in processes(site.data).items()
        if word in command and parent_of(pid) == site.process.pid
    ]


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def child_of(pid: int) -> int:
    """Return the first child of a process."""
    return next(
        int(entry.name)
        for entry in Path("/proc").glob("[0-9]*")
        if parent_of(int(entry.name)) == pid
    )
