"""Running the making of a video in a process of its own, from the worker."""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from django.utils.translation import gettext_lazy as _

from redleaf.media.videos.containers import FAILURES

log = structlog.get_logger(__name__)

SECONDS_MAXIMUM = 60 * 60  # for one video; after it the process is ended
MAKING = "redleaf.media.videos.making"
SOURCE = Path(__file__).resolve().parents[3]

WORDS = {
    "not_readable": _("We could not read all of this video. Please export it again and resend."),
    "too_long": _("This video is longer than 15 minutes. Please cut it first."),
    "no_picture": _("This video has no moving picture in it."),
    "no_room": _("There was not enough room to prepare this video. Please try again later."),
    "took_too_long": _("Preparing this video took too long. Please send a shorter or smaller one."),
    "source_lost": _("This video is no longer there. Please send it again."),
}


def failure_words(code: str) -> str:
    """Return what to tell the owner of a video that failed; "" for none."""
    if not code:
        return ""
    return str(WORDS.get(code) or _("This video could not be prepared."))


def run(source: Path, made: Path, progress: Callable[[int], None]) -> str:
    """Make a video anew, telling its progress each second; return "" or a failure's code."""
    paths = os.pathsep.join(filter(None, (str(SOURCE), os.environ.get("PYTHONPATH", ""))))
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(  # noqa: S603 - our own module on files that we named
            [sys.executable, "-m", MAKING, str(source), str(made), str(os.getpid())],
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "PYTHONPATH": paths},
            text=True,
        )
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(SECONDS_MAXIMUM, end)
        timer.start()
        try:
            _follow(process, progress)
        finally:
            timer.cancel()
            process.kill()
            process.wait()
        if process.returncode == 0:
            return ""
        errors.seek(0, os.SEEK_END)
        errors.seek(max(0, errors.tell() - 2000))
        said = errors.read().decode("utf-8", "replace")
        log.warning("video_not_made", status=process.returncode, errors=said)
        return (
            "took_too_long" if late.is_set() else FAILURES.get(process.returncode, "not_readable")
        )


def facts(made: Path) -> dict[str, Any]:
    """Return width, height and duration of what was made."""
    found: dict[str, Any] = json.loads((made / "facts.json").read_text(encoding="ascii"))
    return found


def _follow(process: "subprocess.Popen[str]", progress: Callable[[int], None]) -> None:
    shown_at = 0.0
    assert process.stdout is not None  # noqa: S101 - it is a pipe
    with process.stdout:
        for line in process.stdout:
            if line.strip().isdigit() and time.monotonic() - shown_at >= 1:
                shown_at = time.monotonic()
                progress(min(99, int(line)))
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=30)
