"""The whole way of a file through a bucket: stored, served, swept. Against moto's server."""

import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import storages

from redleaf.core import clock
from redleaf.media import guards, jobs, services, store
from redleaf.media.models import Asset, AssetState
from redleaf.media.tests import samples
from redleaf.media.tests.test_access import addresses

BUCKET = "redleaf-media"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Any]:
    """An empty bucket that the settings' own function has configured."""
    from redleaf.config import settings as source

    for name, value in {
        "REDLEAF_S3_BUCKET": BUCKET,
        "REDLEAF_S3_ENDPOINT": server,
        "REDLEAF_S3_REGION": "us-east-1",
        "REDLEAF_S3_ACCESS_KEY": "key",
        "REDLEAF_S3_SECRET_KEY": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    options = source._media_storage()
    settings.STORAGES = {**settings.STORAGES, "media": options}
    place: Any = storages["media"]
    found = place.connection.create_bucket(Bucket=BUCKET)
    yield found
    found.objects.all().delete()
    found.delete()


def keys(bucket: Any) -> list[str]:
    return sorted(item.key for item in bucket.objects.all())


def test_a_picture_is_stored_served_and_swept(
    bucket: Any, mei: Any, lin: Any, client_for: Any, run_jobs: Any
) -> None:
    made = services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a.jpg")
    run_jobs()
    made.refresh_from_db()
    assert made.state == AssetState.READY
    base = f"assets/{made.ref[-2:]}/{made.ref}"
    assert len(keys(bucket)) == 7  # two sizes in three formats, and the master
    assert all(key.startswith(base) for key in keys(bucket))
    browser = client_for(mei)
    for address, item in zip(addresses(made), made.manifest, strict=True):
        answer = browser.get(address)
        assert (answer.status_code, len(answer.content)) == (200, item["bytes"])
        assert client_for(lin).get(address).status_code == 404
    part = browser.get(addresses(made)[0], headers={"Range": "bytes=10-19"})
    assert (part.status_code, len(part.content)) == (206, 10)
    assert part.content == browser.get(addresses(made)[0]).content[10:20]
    services.release([made.id])
    Asset.objects.update(released_at=clock.now() - timedelta(days=1))
    jobs.sweep()
    assert keys(bucket) == []


def test_a_video_is_made_from_a_bucket_and_into_it(
    bucket: Any, mei: Any, client_for: Any, run_jobs: Any
) -> None:
    made = services.receive_video(mei, file=io.BytesIO(samples.video()), name="a.mp4")
    assert keys(bucket) == [f"quarantine/{made.ref}"]
    run_jobs()
    made.refresh_from_db()
    assert made.state == AssetState.READY
    assert f"quarantine/{made.ref}" not in keys(bucket)
    browser = client_for(mei)
    assert {browser.get(address).status_code for address in addresses(made)} == {200}


def test_a_missing_file_is_not_there(bucket: Any, mei: Any, client_for: Any) -> None:
    made = services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a.jpg")
    bucket.objects.all().delete()
    assert client_for(mei).get(addresses(made)[0]).status_code == 404
    with pytest.raises(FileNotFoundError):
        store.size("assets/nothing")
    with pytest.raises(FileNotFoundError):
        store.read("assets/nothing")


def test_nothing_in_the_bucket_is_public(bucket: Any, mei: Any) -> None:
    services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a.jpg")
    grants = [item.Acl().grants for item in bucket.objects.all()]
    assert grants
    assert not [one for found in grants for one in found if "AllUsers" in str(one)]


def test_files_without_an_asset_are_found_in_a_bucket(bucket: Any, mei: Any) -> None:
    from redleaf.media.tests.test_sweeps import old_ref

    old = old_ref(timedelta(days=9))
    store.write(f"assets/{old[-2:]}/{old}/hls/high.ts", b"x")
    store.write(f"quarantine/{old}", b"x")
    kept = services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a.jpg")
    jobs.sweep_files()
    assert {key.split("/")[2] for key in keys(bucket)} == {kept.ref}


def test_the_guard_is_asked_for_a_bucket_too(bucket: Any, mei: Any, client: Any) -> None:
    made = services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a.jpg")
    services.attach([made.id], kind="thing", id=made.id)
    assert client.get(addresses(made)[0]).status_code == 404
    guards.register("thing", lambda _viewer, asked: set(asked))
    try:
        assert client.get(addresses(made)[0]).status_code == 200
    finally:
        del guards._guards["thing"]
