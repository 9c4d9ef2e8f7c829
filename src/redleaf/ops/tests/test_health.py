"""Health, metrics and the name of a request."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.utils import OperationalError
from django.test import Client
from structlog.testing import capture_logs

from redleaf.core import clock
from redleaf.core.models import Heartbeat, OutboxEvent
from redleaf.ops import views

pytestmark = pytest.mark.django_db


@pytest.fixture
def working() -> None:
    """A worker that was heard of just now."""
    Heartbeat.objects.create(process="worker", at=clock.now())


def test_live_answers_without_the_database(client: Client) -> None:
    assert client.get("/health/live").content == b"ok\n"


def test_ready_when_everything_is_at_work(client: Client, working: None) -> None:
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "worker": True, "events": True, "jobs": True}
    assert "no-store" in answer["Cache-Control"]


def test_not_ready_without_a_worker(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["worker"]) == (503, False)


def test_not_ready_when_the_worker_was_last_heard_of_long_ago(client: Client) -> None:
    Heartbeat.objects.create(process="worker", at=clock.now() - timedelta(minutes=2))
    assert client.get("/health/ready").status_code == 503


def test_not_ready_when_an_event_is_stuck(client: Client, working: None) -> None:
    OutboxEvent.objects.create(name="x.Y", payload={}, attempts=12)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["events"]) == (503, False)


def test_not_ready_without_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: Any) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(views.metrics, "background", fail)
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


def test_health_says_the_same_for_people(client: Client, working: None) -> None:
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert "The worker is at work." in answer.content.decode()
    Heartbeat.objects.all().delete()
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert "The worker has not been heard of for a minute." in answer.content.decode()


def test_metrics_count_requests_by_route_not_by_address(client: Client) -> None:
    client.get("/@somebody_secret")
    said = client.get("/metrics/", REMOTE_ADDR="127.0.0.1").content.decode()
    assert "# TYPE redleaf_requests_total counter" in said
    assert "redleaf_worker_age_seconds" in said
    assert "somebody_secret" not in said


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "203.0.113.9"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"},
        {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer wrong"},
        {"REMOTE_ADDR": "203.0.113.9", "HTTP_AUTHORIZATION": "Bearer "},
    ],
)
def test_metrics_are_hidden_from_others(
    client: Client, settings: Any, headers: dict[str, str]
) -> None:
    settings.REDLEAF_METRICS_TOKEN = "right"
    assert client.get("/metrics/", **headers).status_code == 404


def test_metrics_are_open_to_whoever_has_the_token(client: Client, settings: Any) -> None:
    settings.REDLEAF_METRICS_TOKEN = "right"
    answer = client.get("/metrics/", REMOTE_ADDR="203.0.113.9", HTTP_AUTHORIZATION="Bearer right")
    assert answer.status_code == 200


def test_every_answer_carries_a_name_of_its_own(client: Client) -> None:
    first, second = client.get("/health/live"), client.get("/nowhere-at-all/")
    assert len(first["X-Request-Id"]) == 26
    assert first["X-Request-Id"] != second["X-Request-Id"]


def test_a_request_that_takes_long_is_logged_without_its_address(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("redleaf.ops.middleware.SLOW_SECONDS", -1.0)
    with capture_logs() as lines:
        client.get("/search/?q=secret-words", REMOTE_ADDR="203.0.113.9")
    line = next(line for line in lines if line["event"] == "request")
    assert line["route"] != ""
    assert "secret" not in str(line)
    assert "203.0.113.9" not in str(line)


def test_a_fast_request_is_not_logged(client: Client) -> None:
    with capture_logs() as lines:
        client.get("/health/live")
    assert [line for line in lines if line["event"] == "request"] == []


def test_the_database_is_asked_once_for_all_figures(
    client: Client, working: None, django_assert_max_num_queries: Any
) -> None:
    assert connection.vendor == "postgresql"
    with django_assert_max_num_queries(3):
        client.get("/health/ready")
