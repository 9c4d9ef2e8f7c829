"""Two uploads at once, on two connections."""

import io
import threading
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from redleaf.core import clock, database
from redleaf.core.testing import at_once
from redleaf.media import jobs, services, store
from redleaf.media.models import Asset
from redleaf.media.tests import samples

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def no_jobs_left() -> Iterator[None]:
    """Procrastinate's tables are not emptied after a test with transactions of its own."""
    yield
    database.execute("DELETE FROM procrastinate_jobs")


@pytest.mark.parametrize("kind", ["picture", "video"])
def test_two_uploads_with_one_key_become_one_asset(kind: str, mei: Any) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    key = uuid4()
    content = samples.encoded() if kind == "picture" else samples.video()
    receive = services.receive_picture if kind == "picture" else services.receive_video
    before = len(store.files("assets")) + len(store.files("quarantine"))

    def send() -> Asset:
        return receive(mei, file=io.BytesIO(content), name="a", key=key)

    found = at_once(send, send, send)
    assert len({asset.id for asset in found}) == 1
    assert Asset.objects.count() == 1
    kept = len(store.files("assets")) + len(store.files("quarantine")) - before
    assert kept == (2 if kind == "picture" else 1)
    assert ProcrastinateJob.objects.filter(args__asset_id=str(found[0].id)).count() == 1


def test_two_portraits_at_once_leave_one(mei: Any) -> None:
    from redleaf.accounts.models import Account

    def send() -> Asset:
        account = Account.objects.get(id=mei.id)
        return services.receive_avatar(account, file=io.BytesIO(samples.encoded()), name="a")

    at_once(send, send)
    mei.refresh_from_db()
    held = Asset.objects.filter(kind="avatar", released_at=None)
    assert [asset.ref for asset in held] == [mei.avatar]


def test_the_sweep_leaves_what_is_attached_at_the_same_moment(mei: Any) -> None:
    from datetime import timedelta

    from django.db import transaction

    asset = services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a")
    Asset.objects.update(released_at=clock.now() - timedelta(days=1))
    locked, swept = threading.Event(), threading.Event()

    def attach() -> None:
        with transaction.atomic():
            services.attach([asset.id], kind="thing", id=asset.id)
            locked.set()
            swept.wait(0.3)  # the sweep waits for this transaction in the meantime

    def sweep() -> None:
        locked.wait()
        jobs.sweep()
        swept.set()

    at_once(attach, sweep)
    assert Asset.objects.filter(id=asset.id, released_at=None).exists()
    assert store.size(asset.manifest[0]["path"]) > 0
