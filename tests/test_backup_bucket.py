"""`redleaf backup` and `restore` where media lie in a bucket. Against moto's server."""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from redleaf.ops.launch import environment, postgres
from tests.launching import redleaf
from tests.test_backup import PASSWORD, sums

pytestmark = pytest.mark.slow

FILES = {
    "assets/ab/picture.jpg": os.urandom(300_000),
    "assets/ab/film.mp4": os.urandom(9 * 1024 * 1024),  # longer than one part of an upload
    "assets/红/叶 1.webp": b"RIFF",
    "assets/cd/nothing.bin": b"",
}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture(scope="module")
def client(server: str) -> Any:
    import boto3

    return boto3.resource("s3", endpoint_url=server, **KEYS, region_name="us-east-1")


KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("bucket")
    yield base
    for data in base.iterdir():
        if data.is_dir():
            postgres.remove(environment.Place(data.resolve()))


def told(server: str, bucket: str) -> dict[str, str]:
    """Return what the environment says of a bucket."""
    return {
        "REDLEAF_S3_BUCKET": bucket,
        "REDLEAF_S3_ENDPOINT": server,
        "REDLEAF_S3_REGION": "us-east-1",
        "REDLEAF_S3_ACCESS_KEY": "key",
        "REDLEAF_S3_SECRET_KEY": "secret",
    }


def held(bucket: Any) -> dict[str, str]:
    """Return the checksum of everything in a bucket."""
    return {
        item.key: hashlib.sha256(item.get()["Body"].read()).hexdigest()
        for item in bucket.objects.all()
    }


def wanted() -> dict[str, str]:
    return {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}


@pytest.fixture(scope="module")
def file(folder: Path, server: str, client: Any) -> Path:
    """A backup of a database with one account and a bucket with FILES."""
    data, path = folder / "source", folder / "redleaf.tar"
    assert redleaf("manage", "migrate", "-v", "0", "--data", str(data)).returncode == 0
    made = redleaf(
        *("admin", "create", "--email", "boss@example.org", "--handle", "boss"),
        *("--password-stdin", "--data", str(data)),
        given=PASSWORD,
    )
    assert made.returncode == 0, made.stderr
    bucket = client.create_bucket(Bucket="source")
    for name, content in FILES.items():
        bucket.put_object(Key=name, Body=content)
    done = redleaf("backup", str(path), "--data", str(data), **told(server, "source"))
    assert done.returncode == 0, done.stderr
    assert f"{len(FILES)} media files" in done.stdout
    return path


def test_a_round_trip_from_bucket_to_bucket_brings_back_every_row_and_file(
    file: Path, folder: Path, server: str, client: Any
) -> None:
    target = client.create_bucket(Bucket="target")
    data = folder / "target"
    done = redleaf("restore", str(file), "--data", str(data), **told(server, "target"))
    assert done.returncode == 0, done.stderr
    assert "counts and checksums are equal" in done.stdout
    assert held(target) == wanted() == held(client.Bucket("source"))
    assert not (data / "media").exists() or not any((data / "media").iterdir())
    again = folder / "again.tar"
    made = redleaf("backup", str(again), "--data", str(data), **told(server, "target"))
    assert made.returncode == 0, made.stderr
    assert manifest(again)["tables"] == manifest(file)["tables"]
    assert manifest(again)["tables"]["accounts_account"] == 1
    assert media_of(again) == media_of(file)


def manifest(path: Path) -> dict[str, Any]:
    with tarfile.open(path) as tar:
        return dict(json.load(tar.extractfile("manifest.json")))


def media_of(path: Path) -> dict[str, Any]:
    files = manifest(path)["files"]
    return {name: facts for name, facts in files.items() if name.startswith("media/")}


def test_from_a_bucket_into_a_folder(file: Path, folder: Path) -> None:
    data = folder / "local"
    done = redleaf("restore", str(file), "--data", str(data))
    assert done.returncode == 0, done.stderr
    assert sums(data) == wanted()


def test_a_bucket_that_is_not_empty_is_left_alone_unless_told_to_replace(
    file: Path, folder: Path, server: str, client: Any
) -> None:
    full = client.create_bucket(Bucket="full")
    full.put_object(Key="assets/zz/other.jpg", Body=b"other")
    before, data = held(full), folder / "full"
    done = redleaf("restore", str(file), "--data", str(data), **told(server, "full"))
    assert done.returncode == 1
    assert "not empty: 0 accounts, and media files" in done.stderr
    assert held(full) == before
    done = redleaf("restore", str(file), "--replace", "--data", str(data), **told(server, "full"))
    assert done.returncode == 0, done.stderr
    assert held(full) == wanted()


def test_a_restore_that_fails_leaves_the_bucket_as_it_was(
    folder: Path, server: str, client: Any, tmp_path: Path
) -> None:
    """The sums are right, but PostgreSQL refuses the dump after the media have been unpacked."""
    from redleaf.ops.backup import archive

    kept = client.create_bucket(Bucket="kept")
    kept.put_object(Key="assets/ab/mine.jpg", Body=b"mine")
    kept.put_object(Key="assets/ab/same.jpg", Body=b"before")
    before = held(kept)
    out = archive.Writer(tmp_path / "bad.tar")
    out.add_bytes("media/assets/ab/new.jpg", b"new")
    out.add_bytes("media/assets/ab/same.jpg", b"after")
    out.add_bytes(archive.DUMP, b"PGDMP and then nothing of the kind")
    out.close()
    done = redleaf(
        *("restore", str(tmp_path / "bad.tar"), "--replace", "--data", str(folder / "kept")),
        **told(server, "kept"),
    )
    assert done.returncode == 1
    assert "pg_restore failed" in done.stderr
    assert held(kept) == before


@pytest.mark.parametrize("act", ["backup", "restore"])
def test_a_bucket_that_is_not_there_is_told_in_words(
    file: Path, folder: Path, server: str, tmp_path: Path, act: str
) -> None:
    path = file if act == "restore" else tmp_path / "b.tar"
    data = folder / ("none" if act == "restore" else "source")
    done = redleaf(act, str(path), "--data", str(data), **told(server, "nowhere"))
    assert done.returncode == 1
    assert "The media store" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
