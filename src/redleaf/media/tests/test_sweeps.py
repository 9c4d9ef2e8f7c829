"""What is deleted, when, and what never is."""

import io
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from redleaf.core import clock, ids
from redleaf.core.ids import ALPHABET
from redleaf.media import jobs, services, store
from redleaf.media.models import Asset
from redleaf.media.tests import samples


def folder(asset: Asset) -> str:
    return f"assets/{asset.ref[-2:]}/{asset.ref}"


def old_ref(age: timedelta) -> str:
    """Return the ref of an asset that would have been stored so long ago."""
    moment = int((clock.now() - age).timestamp() * 1000)
    made = ids.new_id()
    from uuid import UUID

    return ids.encode(UUID(int=(moment << 80) | (made.int & ((1 << 80) - 1))))


def test_what_was_released_is_deleted_with_its_files(asset: Asset) -> None:
    services.attach([asset.id], kind="thing", id=ids.new_id())
    services.release([asset.id])
    jobs.sweep()
    assert Asset.objects.filter(id=asset.id).exists()  # a page may still be open
    Asset.objects.update(released_at=clock.now() - timedelta(minutes=11))
    jobs.sweep()
    assert not Asset.objects.filter(id=asset.id).exists()
    assert store.files(folder(asset)) == []
    assert asset.ref not in store.folders(f"assets/{asset.ref[-2:]}")


def test_what_nobody_used_is_deleted_after_two_days(asset: Asset) -> None:
    Asset.objects.update(created_at=clock.now() - timedelta(hours=47))
    jobs.sweep()
    assert Asset.objects.filter(id=asset.id).exists()
    Asset.objects.update(created_at=clock.now() - timedelta(hours=49))
    jobs.sweep()
    assert not Asset.objects.filter(id=asset.id).exists()


def test_what_is_in_use_stays(asset: Asset) -> None:
    services.attach([asset.id], kind="thing", id=ids.new_id())
    Asset.objects.update(created_at=clock.now() - timedelta(days=900))
    before = store.files(folder(asset))
    jobs.sweep()
    assert Asset.objects.filter(id=asset.id).exists()
    assert store.files(folder(asset)) == before


def test_what_is_used_again_is_held_again(asset: Asset) -> None:
    services.release([asset.id])
    services.attach([asset.id], kind="thing", id=ids.new_id())
    Asset.objects.filter(released_at__isnull=False).update(released_at=clock.now())
    asset.refresh_from_db()
    assert asset.released_at is None


def test_an_upload_sent_again_after_it_was_let_go_is_held_again(mei: Any) -> None:
    from uuid import uuid4

    key = uuid4()
    content = samples.encoded()
    first = services.receive_picture(mei, file=io.BytesIO(content), name="a", key=key)
    services.release([first.id])
    again = services.receive_picture(mei, file=io.BytesIO(content), name="a", key=key)
    assert (again.id, again.released_at, again.attached_kind) == (first.id, None, "")


def test_a_failed_delete_keeps_the_files(asset: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    Asset.objects.update(released_at=clock.now() - timedelta(days=1))

    def protected(_asset: Asset) -> None:
        raise RuntimeError("something still names it")

    monkeypatch.setattr(Asset, "delete", protected)
    before = store.files(folder(asset))
    jobs.sweep()
    assert Asset.objects.filter(id=asset.id).exists()
    assert store.files(folder(asset)) == before


@pytest.mark.django_db
def test_files_that_no_asset_knows_are_deleted_after_two_days() -> None:
    old, new = old_ref(timedelta(days=3)), old_ref(timedelta(hours=1))
    for ref in (old, new):
        store.write(f"assets/{ref[-2:]}/{ref}/720.jpg", b"x")
        store.write(f"assets/{ref[-2:]}/{ref}/hls/high.m3u8", b"x")
        store.write(f"quarantine/{ref}", b"x")
    store.write("assets/README", b"somebody else's")
    jobs.sweep_files()
    assert store.files(f"assets/{old[-2:]}/{old}") == []
    assert len(store.files(f"assets/{new[-2:]}/{new}")) == 2
    assert f"quarantine/{old}" not in store.files("quarantine")
    assert f"quarantine/{new}" in store.files("quarantine")
    assert store.read("assets/README") == b"somebody else's"


def test_files_of_an_asset_are_never_deleted_by_the_walk(mei: Any) -> None:
    ref = old_ref(timedelta(days=30))
    Asset.objects.create(id=ids.decode(ref), owner=mei, kind="picture")
    store.write(f"assets/{ref[-2:]}/{ref}/720.jpg", b"x")
    jobs.sweep_files()
    assert store.files(f"assets/{ref[-2:]}/{ref}") != []


@pytest.mark.django_db
def test_the_folders_of_killed_workers_are_cleared() -> None:
    place = Path(settings.REDLEAF_DATA_DIR) / "scratch"
    old, new = place / "video-old", place / "video-new"
    for folder_path in (old, new):
        folder_path.mkdir(parents=True, exist_ok=True)
        (folder_path / "source").write_bytes(b"x")
    long_ago = (clock.now() - timedelta(hours=4)).timestamp()
    os.utime(old, (long_ago, long_ago))
    jobs.sweep()
    assert (old.exists(), new.exists()) == (False, True)


def test_a_failure_between_file_and_row_leaves_no_file(
    mei: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redleaf.media.pictures import making

    def broken(_picture: Any) -> str:
        raise RuntimeError("the machine is on fire")

    monkeypatch.setattr(making, "average_colour", broken)
    before = store.files("assets")
    with pytest.raises(RuntimeError):
        services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a")
    with pytest.raises(RuntimeError):
        services.receive_avatar(mei, file=io.BytesIO(samples.encoded()), name="a")
    assert store.files("assets") == before


def test_an_assets_shelf_is_spread_evenly() -> None:
    shelves = {ids.encode(ids.new_id())[-2:] for _number in range(2000)}
    assert len(shelves) > 500
    assert all(set(shelf) <= set(ALPHABET) for shelf in shelves)
