"""Logs are JSON lines without anything personal."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from redleaf.core import logs


@pytest.fixture
def lines() -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Return what reads the lines that were logged since the test began."""
    out = io.StringIO()
    before = structlog.get_config()
    logs.configure(logs.JSON, out)
    structlog.configure(cache_logger_on_first_use=False)
    yield lambda: [json.loads(line) for line in out.getvalue().split("\n") if line]
    logs.configure()
    structlog.configure(**before)


def test_a_line_is_an_object_with_level_and_moment(lines: Any) -> None:
    structlog.get_logger("x").info("it_happened", note="01abc", count=3)
    (line,) = lines()
    assert (line["event"], line["level"], line["note"], line["count"]) == (
        "it_happened",
        "info",
        "01abc",
        3,
    )
    assert line["at"].endswith("Z")


def test_text_that_could_break_a_line_does_not(lines: Any) -> None:
    structlog.get_logger("x").info("it", words='a\nb"}\u2028红叶\x00')
    (line,) = lines()
    assert line["words"] == 'a\nb"}\u2028红叶\x00'


def test_other_libraries_log_in_the_same_form(lines: Any) -> None:
    logging.getLogger("some.library").warning("attention %s", "please")
    (line,) = lines()
    assert (line["event"], line["level"], line["logger"]) == (
        "attention please",
        "warning",
        "some.library",
    )


def test_the_chatter_of_libraries_is_left_out(lines: Any) -> None:
    logging.getLogger("some.library").info("chatter")
    logging.getLogger("django.request").warning("Not Found: /@somebody/")
    assert lines() == []


def test_lines_carry_the_name_of_their_request(lines: Any) -> None:
    with structlog.contextvars.bound_contextvars(request="01name"):
        structlog.get_logger("x").info("one")
        logging.getLogger("y").warning("two")
    assert [line["request"] for line in lines()] == ["01name", "01name"]


def fail(secret: str) -> None:
    hidden = secret
    raise ValueError(f"{hidden}@example.org said no\nDETAIL: Key (email)=({hidden}) exists")


@pytest.mark.parametrize("by", ["structlog", "logging"])
def test_a_failure_says_where_and_what_but_not_whose(lines: Any, by: str) -> None:
    try:
        fail("mei.personal")
    except ValueError:
        if by == "structlog":
            structlog.get_logger("x").exception("it_failed")
        else:
            logging.getLogger("x").exception("it_failed")
    (line,) = lines()
    assert line["event"] == "it_failed"
    assert line["failure"]["kind"] == "builtins.ValueError"
    assert line["failure"]["words"] == "(hidden) said no"
    assert any("test_logs.py" in place and "fail" in place for place in line["failure"]["where"])
    assert "mei.personal" not in json.dumps(line)


def test_a_failed_request_is_named_by_its_route_not_its_path(lines: Any) -> None:
    told = logging.getLogger("django.request")
    told.error("Service Unavailable: %s", "/health/ready")
    try:
        fail("somebody")
    except ValueError:
        told.exception("Server Error: %s", "/@somebody/", extra={"status_code": 500})
    (line,) = lines()
    assert (line["event"], line["status"], line["route"]) == ("request_failed", 500, "unknown")
    assert "somebody" not in json.dumps(line)


def test_setting_up_twice_does_not_say_everything_twice(lines: Any) -> None:
    logs.configure(logs.JSON, io.StringIO())
    logging.getLogger("x").warning("once")
    assert lines() == []
    ours = [kept for kept in logging.getLogger().handlers if hasattr(kept, "redleaf")]
    assert len(ours) == 1
