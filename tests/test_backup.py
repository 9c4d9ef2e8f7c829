"""`redleaf backup` and `restore`: a round trip, and refusals that change nothing."""

import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from redleaf.ops.launch import environment, postgres
from tests.launching import Site, redleaf

pytestmark = pytest.mark.slow

PASSWORD = "eleven grey geese fly\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("backup")
    yield base
    for data in base.iterdir():
        if data.is_dir():
            postgres.remove(environment.Place(data.resolve()))


@pytest.fixture(scope="module")
def source(folder: Path) -> Path:
    """A data folder with an account and media in it."""
    data = folder / "source"
    assert redleaf("manage", "migrate", "-v", "0", "--data", str(data)).returncode == 0
    done = redleaf(
        *("admin", "create", "--email", "boss@example.org", "--handle", "boss"),
        *("--password-stdin", "--data", str(data)),
        given=PASSWORD,
    )
    assert done.returncode == 0, done.stderr
    for name, content in (("assets/ab/x.jpg", os.urandom(300_000)), ("assets/红/叶.webp", b"x")):
        path = data / "media" / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return data


@pytest.fixture(scope="module")
def file(folder: Path, source: Path) -> Path:
    """A backup that was made while the product ran."""
    path = folder / "redleaf.tar"
    site = Site(source).start()
    try:
        assert site.answers("/") == 200  # which signs the first entry of the ranking
        done = redleaf("backup", str(path), "--data", str(source))
        assert done.returncode == 0, done.stderr
        refused = redleaf("restore", str(path), "--replace", "--data", str(source))
        assert refused.returncode == 1
        assert "already running" in refused.stderr
        assert site.answers("/") == 200
    finally:
        site.stop()
    return path


@pytest.fixture
def empty(folder: Path, tmp_path: Path) -> Path:
    return folder / tmp_path.name


@pytest.fixture(scope="module")
def filled(file: Path, folder: Path) -> Path:
    """A place that was restored once, for tests that leave it as it is."""
    data = folder / "filled"
    done = redleaf("restore", str(file), "--data", str(data))
    assert done.returncode == 0, done.stderr
    assert "counts and checksums are equal" in done.stdout
    return data


def state(data: Path) -> tuple[dict[str, int], dict[str, str]]:
    """Return the rows of each table, and the checksum of each media file."""
    from redleaf.ops.backup import database

    place = environment.prepare(data)
    with (place.logs / "postgresql.log").open("ab") as log:
        server = postgres.start(place, log)
        try:
            counts = database.counts(server.url)
        finally:
            server.stop()
    return counts, sums(data)


def sums(data: Path) -> dict[str, str]:
    media = data / "media"
    return {
        path.relative_to(media).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(media.rglob("*"))
        if path.is_file()
    }


def test_a_round_trip_brings_back_every_row_and_every_file(
    file: Path, source: Path, filled: Path
) -> None:
    with tarfile.open(file) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))
    counts, media = state(filled)
    assert counts == manifest["tables"]
    assert counts["accounts_account"] == 1
    assert media == sums(source)
    for secret in ("secrets/secret-key", "secrets/ranking-key"):
        assert (filled / secret).read_bytes() == (source / secret).read_bytes()
        assert (filled / secret).stat().st_mode & 0o777 == 0o600


def test_a_place_that_is_not_empty_is_left_alone(file: Path, filled: Path) -> None:
    before = state(filled)
    done = redleaf("restore", str(file), "--data", str(filled))
    assert done.returncode == 1
    assert "not empty: 1 accounts" in done.stderr
    assert "--replace" in done.stderr
    assert state(filled) == before


def test_a_damaged_backup_changes_nothing(file: Path, filled: Path, tmp_path: Path) -> None:
    before = state(filled)
    bad = tmp_path / "bad.tar"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    bad.write_bytes(bytes(content))
    done = redleaf("restore", str(bad), "--replace", "--data", str(filled))
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert state(filled) == before


def test_a_dump_that_does_not_fit_changes_nothing(filled: Path, tmp_path: Path) -> None:
    """The sums are right, but PostgreSQL refuses what is in it: the exchange never begins."""
    from redleaf.ops.backup import archive

    before = state(filled)
    out = archive.Writer(tmp_path / "bad.tar")
    out.add_bytes(archive.DUMP, b"PGDMP and then nothing of the kind")
    out.add_bytes("media/other.jpg", b"x")
    out.close()
    done = redleaf("restore", str(tmp_path / "bad.tar"), "--replace", "--data", str(filled))
    assert done.returncode == 1
    assert "pg_restore failed" in done.stderr
    assert state(filled) == before
    assert not (filled / "media-restoring").exists()


def test_told_to_replace_it_gives_up_what_was_there_and_the_site_starts(
    file: Path, filled: Path
) -> None:
    (filled / "media" / "later.jpg").write_bytes(b"later")
    done = redleaf("restore", str(file), "--replace", "--data", str(filled))
    assert done.returncode == 0, done.stderr
    assert "later.jpg" not in sums(filled)
    site = Site(filled).start()
    try:
        assert site.answers("/") == 200
        assert "@boss" in redleaf("admin", "list", "--data", str(filled)).stdout
        examined = redleaf("doctor", "--data", str(filled))
        assert examined.returncode == 0, examined.stdout
        assert f"runs at {site.base}/" in examined.stdout
    finally:
        site.stop()


def test_a_backup_by_a_newer_version_changes_nothing(
    file: Path, empty: Path, tmp_path: Path
) -> None:
    from redleaf.ops.backup import archive

    out = archive.Writer(tmp_path / "new.tar")
    for name, content, size in archive.members(file):
        if name == archive.MANIFEST:
            found = json.load(content)
            out.manifest.tables = found["tables"]
            out.manifest.facts = {
                "migrations": [*found["migrations"], "accounts.9999_from_tomorrow"],
                "version": "99",
            }
        else:
            out.add(name, content, size)
    out.close()
    done = redleaf("restore", str(tmp_path / "new.tar"), "--data", str(empty))
    assert done.returncode == 1
    assert "newer Redleaf" in done.stderr
    assert sums(empty) == {}


def test_a_backup_is_not_written_over_and_needs_a_folder(file: Path, source: Path) -> None:
    before = file.read_bytes()
    done = redleaf("backup", str(file), "--data", str(source))
    assert done.returncode == 1
    assert "exists already" in done.stderr
    assert file.read_bytes() == before
    done = redleaf("backup", str(file.parent / "none" / "b.tar"), "--data", str(source))
    assert done.returncode == 1
    assert "There is no folder" in done.stderr


def test_a_place_that_was_never_started_has_nothing_to_back_up(empty: Path, tmp_path: Path) -> None:
    done = redleaf("backup", str(tmp_path / "b.tar"), "--data", str(empty))
    assert done.returncode == 1
    assert "nothing to back up" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_differing_redleaf_toml_is_kept_and_the_backups_laid_beside_it(
    folder: Path, source: Path, empty: Path, tmp_path: Path
) -> None:
    config = tmp_path / "redleaf.toml"
    config.write_text('[edition]\noperator_name = "Then"\n')
    path = tmp_path / "with.tar"
    made = redleaf("backup", str(path), "--data", str(source), REDLEAF_CONFIG=str(config))
    assert made.returncode == 0, made.stderr
    config.write_text('[edition]\noperator_name = "Now"\n')
    done = redleaf("restore", str(path), "--data", str(empty), REDLEAF_CONFIG=str(config))
    assert done.returncode == 0, done.stderr
    assert "Now" in config.read_text()
    assert "Then" in config.with_name("redleaf.toml.from-backup").read_text()


def test_with_a_database_of_ones_own_the_round_trip_is_the_same(
    file: Path, folder: Path, empty: Path
) -> None:
    place = environment.prepare(folder / "server")
    with (place.logs / "postgresql.log").open("ab") as log:
        server = postgres.start(place, log, durable=False)
        try:
            with psycopg.connect(server.url, autocommit=True) as connection:
                connection.execute("CREATE DATABASE mine")
            url = server.url.replace("/redleaf?", "/mine?")
            done = redleaf("restore", str(file), "--data", str(empty), DATABASE_URL=url)
            assert done.returncode == 0, done.stderr
            again = empty.with_suffix(".tar")
            made = redleaf("backup", str(again), "--data", str(empty), DATABASE_URL=url)
            assert made.returncode == 0, made.stderr
        finally:
            server.stop()
    with tarfile.open(again) as one, tarfile.open(file) as other:
        assert one.getnames() == other.getnames()
    shutil.rmtree(empty)
