"""What somebody searched for is in no log."""

import io
import json
from typing import Any

import pytest
from django.test import Client

from redleaf.core import logs
from redleaf.discovery.search import engine

pytestmark = pytest.mark.django_db
SECRET = "unmistakable-illness"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Log every request as servers do, to memory."""
    monkeypatch.setenv("REDLEAF_LOG_REQUESTS", "1")
    out = io.StringIO()
    logs.configure("json", out)
    yield out
    logs.configure()


def test_a_query_is_in_no_line_of_the_log(written: Any, mei: Any, take_in: Any) -> None:
    take_in()
    browser = Client()
    browser.force_login(mei)
    browser.get("/search/", {"q": SECRET})
    browser.get("/search/suggest/", {"q": SECRET})
    browser.post("/search/own/", {"act": "remove", "q": SECRET})
    lines = written.getvalue()
    routes = [json.loads(line).get("route") for line in lines.splitlines()]
    assert "discovery:search" in routes
    assert SECRET not in lines


def test_a_failing_engine_is_logged_without_the_query(
    written: Any, client: Client, take_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in()

    def fail(_reader: object, *_given: object, **_named: object) -> None:
        with engine.guarded():
            raise RuntimeError(f"cannot parse {SECRET}")

    kind = type(engine.reader())
    for name in ("texts", "named", "beginning"):
        monkeypatch.setattr(kind, name, fail)
    assert client.get("/search/", {"q": SECRET}).status_code == 200
    assert client.get("/search/suggest/", {"q": SECRET}).status_code == 200
    lines = written.getvalue()
    assert "search_engine_failed" in lines
    assert SECRET not in lines
