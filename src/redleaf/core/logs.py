"""Logs: one JSON object a line from servers, plain warnings for a person at a terminal.

Nothing personal goes into a log: no network address, no query text, no local variables, no values
that a database reports with its refusals. Accounts and notes appear by id, pages by their route.
"""

import json
import logging
import os
import re
import sys
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO

JSON = "json"
FRAMES = 12  # of a failure, the innermost
LONGEST = 300  # characters of a failure's own words

_MAIL = re.compile(r"[^\s@<>\"'(]+@[^\s@<>\"')]+")
_SOURCE = str(Path(__file__).resolve().parents[2]) + os.sep
_Failure = tuple[type[BaseException], BaseException, TracebackType | None]


def configure(kind: str | None = None, out: TextIO | None = None) -> None:
    """Set up logging for this process: JSON when `kind` or REDLEAF_LOGS says so.

    JSON goes to standard output, words for people to standard error, both to `out` when given.
    """
    import structlog

    as_json = (kind or os.environ.get("REDLEAF_LOGS", "")) == JSON
    out = out or (sys.stdout if as_json else sys.stderr)
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        JsonFormatter() if as_json else logging.Formatter("%(levelname)s %(name)s: %(message)s")
    )
    root = logging.getLogger()
    for ours in [kept for kept in root.handlers if getattr(kept, "redleaf", False)]:
        root.removeHandler(ours)
    handler.redleaf = True  # type: ignore[attr-defined] # marks it, for the next call
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    requests = logging.getLogger("django.request")
    requests.setLevel(logging.ERROR)  # a 404 is nothing to look at
    if _is_failure not in requests.filters:
        requests.addFilter(_is_failure)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
    ]
    if as_json:
        structlog.configure(
            processors=[
                *shared,
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
                failure_in_words,
                structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
            ],
            wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
            logger_factory=structlog.WriteLoggerFactory(file=out),
            cache_logger_on_first_use=True,
        )
    else:
        structlog.configure(
            processors=[*shared, structlog.dev.ConsoleRenderer(colors=out.isatty())],
            wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
            logger_factory=structlog.WriteLoggerFactory(file=out),
            cache_logger_on_first_use=False,
        )


def _is_failure(record: logging.LogRecord) -> bool:
    """A 503 without an exception is an answer, which redleaf.ops.middleware tells."""
    return bool(record.exc_info)


class JsonFormatter(logging.Formatter):
    """What other libraries log, in the same form. Also named by granian's logging file."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "event": clean(record.getMessage()),
            "level": record.levelname.lower(),
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "logger": record.name,
        }
        if record.name == "django.request":
            # Its message names the path, and a path may name a person.
            line["event"] = "request_failed"
            line["status"] = getattr(record, "status_code", None)
            match = getattr(getattr(record, "request", None), "resolver_match", None)
            line["route"] = match.view_name if match is not None else "unknown"
        line |= _context()
        if record.exc_info and record.exc_info[0] is not None:
            line["failure"] = describe(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def failure_in_words(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put a failure into a log line: its kind, its cleaned words, where it happened."""
    given = event.pop("exc_info", None)
    if isinstance(given, BaseException):
        given = (type(given), given, given.__traceback__)
    elif given and not isinstance(given, tuple):
        given = sys.exc_info()
    if given and given[0] is not None:
        event["failure"] = describe(given)
    return event


def describe(failure: _Failure) -> dict[str, Any]:
    """Return a failure as plain values, without anything that could be somebody's."""
    kind, error, trace = failure
    frames = traceback.extract_tb(trace)[-FRAMES:]
    found: dict[str, Any] = {
        "kind": f"{kind.__module__}.{kind.__qualname__}",
        "words": clean(str(error)),
        "where": [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames],
    }
    cause = error.__cause__
    if cause is not None:
        found["cause"] = f"{type(cause).__module__}.{type(cause).__qualname__}"
    return found


def _short(path: str) -> str:
    return path.removeprefix(_SOURCE).rpartition("site-packages/")[2]


def clean(words: str) -> str:
    """Return the first line, shortened, with mail addresses hidden.

    What PostgreSQL says of a refused row ("DETAIL: Key (email)=…") stands in later lines.
    """
    first = words.strip().partition("\n")[0]
    return _MAIL.sub("(hidden)", first)[:LONGEST]


def _context() -> dict[str, Any]:
    structlog = sys.modules.get("structlog")
    return dict(structlog.contextvars.get_contextvars()) if structlog is not None else {}
