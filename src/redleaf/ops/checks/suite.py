"""`redleaf test`: every check and the whole suite, each by name, to the end even when one fails."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redleaf.ops.checks import browser, documents, leaks, pins, sizes
from redleaf.ops.launch import environment, postgres
from redleaf.ops.messages import checking, files

REPOSITORY = environment.REPOSITORY
WORKERS = 2
SHOWN = 60  # lines of one check's complaints

_SUMMARY = re.compile(r"^=*\s*((?:\d+ \w+(?:, )?)+ in [\d.]+s(?: \([\d:]+\))?)\s*=*$")


@dataclass
class Run:
    """One run of `redleaf test`."""

    variables: dict[str, str]
    database: str | None = None
    last_line: str = ""
    results: list[tuple[str, bool, float]] = field(default_factory=list)


Step = Callable[[Run], bool]


def run(only: list[str]) -> int:
    """Run the steps, or those named; return 1 if any failed."""
    unknown = [name for name in only if name not in STEPS]
    if unknown:
        raise environment.LaunchError(
            f"There is no step {unknown[0]}. The steps are: {', '.join(STEPS)}."
        )
    chosen = only or list(STEPS)
    with _scratch() as folder:
        this = Run(_variables(folder))
        with _database(this, folder, wanted=bool(set(chosen) & NEED_DATABASE)):
            for name in chosen:
                _do(name, this)
    return _tell(this)


def _do(name: str, this: Run) -> None:
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    try:
        good = STEPS[name](this)
    except (OSError, subprocess.SubprocessError, browser.NoBrowser) as error:
        print(error, flush=True)
        good = False
    seconds = time.monotonic() - began
    this.results.append((name, good, seconds))
    print(f"   {'ok' if good else 'FAILED'} in {seconds:.1f} s", flush=True)


def _tell(this: Run) -> int:
    failed = [name for name, good, _seconds in this.results if not good]
    total = sum(seconds for _name, _good, seconds in this.results)
    print("\n== all steps")
    for name, good, seconds in this.results:
        print(f"   {'ok    ' if good else 'FAILED'} {name:<14}{seconds:>7.1f} s")
    print(f"   {len(this.results)} steps in {total:.0f} s; failed: {', '.join(failed) or 'none'}")
    if this.last_line:
        print(this.last_line)
    sys.stdout.flush()
    return 1 if failed else 0


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a folder for this run that PostgreSQL's user may enter, and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="redleaf-test-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(this: Run, folder: Path, *, wanted: bool) -> Iterator[None]:
    """Run a throw-away PostgreSQL beside the steps that need one."""
    if not wanted:
        yield
        return
    place = environment.prepare(folder / "data")
    with (folder / "postgresql.log").open("ab") as log:
        server = postgres.start(place, log, durable=False)
        this.variables["DATABASE_URL"] = server.url
        try:
            yield
        finally:
            server.stop()
            postgres.remove(place)


def _variables(folder: Path) -> dict[str, str]:
    """Return a plain environment: nothing that this machine's own Redleaf is told."""
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("REDLEAF_", "DJANGO_")) or key == browser.VARIABLE
    }
    kept.pop("DATABASE_URL", None)
    plain = folder / "redleaf.toml"
    plain.touch()  # a file that says nothing: the edition as it comes
    return {
        **kept,
        "PYTHONPATH": str(REPOSITORY / "src"),
        "PYTHONUNBUFFERED": "1",
        "DJANGO_SETTINGS_MODULE": "redleaf.config.settings",
        "REDLEAF_DATA": str(folder / "data"),
        "REDLEAF_CONFIG": str(plain),
        "COVERAGE_FILE": str(folder / "coverage"),
        "TMPDIR": str(_made(folder / "tmp")),
    }


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _tool(this: Run, module: str, *arguments: str) -> bool:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=REPOSITORY, env=this.variables, check=False)  # noqa: S603 - ours
    return done.returncode == 0


def _complaints(found: Iterator[str] | list[str]) -> bool:
    lines = list(found)
    for line in lines[:SHOWN]:
        print(f"   {line}")
    if len(lines) > SHOWN:
        print(f"   and {len(lines) - SHOWN} more")
    return not lines


def tracked(repository: Path = REPOSITORY) -> list[str]:
    """Return the files that are or would be under version control, sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=repository, capture_output=True, check=True)  # noqa: S603 - fixed
    except (OSError, subprocess.CalledProcessError):
        return _all_files(repository)  # a copy without its history
    return sorted(name for name in done.stdout.decode().split("\0") if name)


def _all_files(repository: Path) -> list[str]:
    found = []
    for folder, folders, names in os.walk(repository):
        folders[:] = [name for name in folders if name != "var" and not _is_made(name)]
        found += [str((Path(folder) / name).relative_to(repository)) for name in names]
    return sorted(found)


def _is_made(name: str) -> bool:
    return (name.startswith(".") and name != ".ci") or name == "__pycache__"


def _ruff(this: Run) -> bool:
    return _tool(this, "ruff", "check", "--output-format", "concise", ".")


def _format(this: Run) -> bool:
    return _tool(this, "ruff", "format", "--check", "--output-format", "concise", ".")


def _types(this: Run) -> bool:
    return _tool(this, "mypy")


def _layers(this: Run) -> bool:
    code = "import sys; from importlinter.cli import lint_imports_command as c; c()"
    command = [sys.executable, "-c", code, "--no-logo"]
    done = subprocess.run(command, cwd=REPOSITORY, env=this.variables, check=False)  # noqa: S603 - ours
    return done.returncode == 0


def _sizes(_this: Run) -> bool:
    return _complaints(sizes.offenders(REPOSITORY, tracked()))


def _migrations(this: Run) -> bool:
    return _tool(this, "django", "makemigrations", "--check", "--dry-run")


def _translations(_this: Run) -> bool:
    return _complaints(checking.check())


def _documents(_this: Run) -> bool:
    return _complaints(documents.offenders(REPOSITORY, tracked()))


def _leaks(_this: Run) -> bool:
    return _complaints(leaks.offenders(REPOSITORY, tracked()))


def _pins(_this: Run) -> bool:
    return _complaints(pins.offenders(REPOSITORY))


def _tests(this: Run) -> bool:
    found = browser.get()
    browser.ensure_chinese_font()
    print(f"   browser: {found}", flush=True)
    files.compile_stale()
    this.variables[browser.VARIABLE] = str(found)
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-n", str(WORKERS), "--dist", "loadfile"),
        *("--cov", "--cov-report", "term:skip-covered", "--durations", "10"),
        *("-p", "no:cacheprovider"),
    ]
    process = subprocess.Popen(  # noqa: S603 - ours
        command,
        cwd=REPOSITORY,
        env=this.variables,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None  # noqa: S101 - asked for above
    said = _pass_on(process.stdout.fileno())
    for line in said.decode("utf-8", "replace").splitlines()[-40:]:
        found_line = _SUMMARY.match(line.strip())
        if found_line:
            this.last_line = found_line[1]
    return process.wait() == 0


def _pass_on(handle: int) -> bytes:
    """Show what comes as it comes; return the last of it."""
    said = b""
    while part := os.read(handle, 65536):
        sys.stdout.buffer.write(part)
        sys.stdout.flush()
        said = (said + part)[-20_000:]
    return said


STEPS: dict[str, Step] = {
    "ruff": _ruff,
    "format": _format,
    "types": _types,
    "layers": _layers,
    "sizes": _sizes,
    "migrations": _migrations,
    "translations": _translations,
    "documents": _documents,
    "leaks": _leaks,
    "pins": _pins,
    "tests": _tests,
}
NEED_DATABASE = {"migrations", "tests"}
