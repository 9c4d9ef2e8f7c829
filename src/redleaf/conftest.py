"""The cast and the helpers of every room's tests."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

PASSWORD = "correct horse battery staple"

PEOPLE: dict[str, dict[str, Any]] = {
    "mei": {"display_name": "美美", "language": "zh-hans", "city": "toronto"},
    "lin": {"display_name": "Lin", "language": "zh-hant", "city": "vancouver"},
    "antoine": {"display_name": "Antoine", "language": "fr", "city": "montreal"},
    "grace": {"display_name": "Grace", "language": "en", "city": "calgary"},
    "wei": {"display_name": "Wei", "language": "zh-hans", "city": "toronto"},
    "bo": {"handle": "bo_chen", "display_name": "Bo", "language": "en", "city": "toronto"},
    "teen": {"display_name": "Teen", "language": "en", "age_band": "14_17"},
    "keeper": {"display_name": "Keeper", "language": "en", "is_staff": True, "is_superuser": True},
}


def _person(handle: str) -> Any:
    from redleaf.accounts.models import Account
    from redleaf.accounts.tests.factories import make_account

    facts = {"handle": handle, **PEOPLE[handle]}
    found = Account.objects.filter(handle=facts["handle"]).first()
    return found or make_account(password=PASSWORD, **facts)


def _fixture(handle: str) -> Any:
    def person(db: None) -> Any:
        return _person(handle)

    person.__name__ = handle
    person.__doc__ = f"The member @{handle} of the cast."
    return pytest.fixture(person)


mei = _fixture("mei")
lin = _fixture("lin")
antoine = _fixture("antoine")
grace = _fixture("grace")
wei = _fixture("wei")
bo = _fixture("bo")
teen = _fixture("teen")
keeper = _fixture("keeper")


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Everybody, and how they stand to one another.

    lin and mei follow each other, antoine follows mei, mei blocked wei, grace muted bo.
    """
    from redleaf.graph import services

    people = SimpleNamespace(**{handle: _person(handle) for handle in PEOPLE})
    services.follow(people.lin, people.mei)
    services.follow(people.mei, people.lin)
    services.follow(people.antoine, people.mei)
    services.block(people.mei, people.wei)
    services.mute(people.grace, people.bo)
    return people


@pytest.fixture
def client_for(db: None) -> Callable[[Any], Client]:
    """Return a browser signed in as this member."""

    def sign_in(account: Any) -> Client:
        browser = Client()
        browser.force_login(account)
        return browser

    return sign_in


@pytest.fixture
def deliver_events(db: None) -> Callable[[], int]:
    """Deliver every pending event, and those announced by their handlers."""
    from redleaf.core import events

    return lambda: events.deliver_due(limit=10_000)


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """Run every job that is due, and those that they defer; return how many ran."""
    from redleaf.core import testing

    return testing.run_due_jobs


@pytest.fixture(autouse=True)
def _test_settings(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No rate limits unless a test asks for them, and no language left from the test before."""
    from django.core.cache import cache
    from django.utils import translation

    settings.REDLEAF_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()
    translation.deactivate()
    yield


@pytest.fixture(scope="session", autouse=True)
def _own_data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep a test run out of the data folder of the product at hand."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("data")
    settings.REDLEAF_DATA_DIR = folder
    settings.MEDIA_ROOT = folder / "media"
    for name in ("default", "media"):
        options = settings.STORAGES[name].get("OPTIONS", {})
        if "location" in options:
            options["location"] = str(folder / "media")
    yield


TRANSACTIONAL = {"transactional_db", "live_server"}
# Tables without a model, which Django does not empty: jobs, and what is recorded by time.
BESIDE_MODELS = (
    "procrastinate_jobs",
    *(f"discovery_{name}" for name in ("impression", "interaction", "receipt", "exposure")),
    *("discovery_seen_digest", "discovery_salt"),
)


def _fill_when_empty() -> None:
    """Put the edition's starting channels and places back where a test has emptied the tables."""
    from importlib import import_module

    from django.apps import apps

    from redleaf.editions import selectors
    from redleaf.editions.models import Channel

    if not Channel.objects.exists():
        for name in ("0002_starting_rows", "0003_place_middles"):
            import_module(f"redleaf.editions.migrations.{name}").fill(apps, None)
    selectors.forget()


def _empty_beside_models() -> None:
    from redleaf.core import database

    for table in BESIDE_MODELS:
        database.execute(f"DELETE FROM {table}")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Begin with the starting rows and no jobs, whatever the run before has left behind."""
    with django_db_blocker.unblock():
        _fill_when_empty()
        _empty_beside_models()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Put the starting rows back after a test with real transactions, which empties the tables.

    What it left in tables without a model goes too.
    """
    from pytest_django.plugin import blocking_manager_key

    yield
    marker = item.get_closest_marker("django_db")
    marked = marker is not None and marker.kwargs.get("transaction")
    if nextitem is None:  # the database is gone by now
        return
    if not marked and not TRANSACTIONAL & set(getattr(item, "fixturenames", ())):
        return
    with item.config.stash[blocking_manager_key].unblock():
        _fill_when_empty()
        _empty_beside_models()
