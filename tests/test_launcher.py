"""`redleaf up` for real: starting, stopping, being killed, and refusing in words."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from redleaf.ops.launch import environment, postgres, preparing
from tests.launching import (
    Site,
    child_of,
    children,
    processes,
    redleaf,
    surroundings,
    until,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder, prepared by the first start of all."""
    data = tmp_path_factory.mktemp("launch") / "var"
    yield data
    for pid in processes(data):
        os.kill(pid, signal.SIGKILL)
    postgres.remove(environment.Place(data.resolve()))


@pytest.fixture(scope="module")
def kept(folder: Path) -> Iterator[Site]:
    """A running site that tests share as long as they leave it running."""
    site = Site(folder).start()
    yield site
    if site.process is not None and site.process.poll() is None:
        site.stop()


@pytest.fixture
def site(kept: Site) -> Site:
    if kept.process is None or kept.process.poll() is not None:
        kept.start()
    until(lambda: kept.answers("/health/ready") == 200)
    return kept


def test_the_first_start_tells_what_it_does_and_where_the_site_is(site: Site) -> None:
    said = "".join(site.lines)
    for words in ("Starting PostgreSQL", "Preparing the database", "Starting the site"):
        assert words in said
    assert "ready in" in said
    assert f"{site.base}/outbox/" in said


def test_secrets_are_for_their_owner_alone(site: Site) -> None:
    secrets = site.data / "secrets"
    assert secrets.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in secrets.iterdir()} == {0o600}


def test_a_second_start_on_one_data_folder_is_refused_in_words(site: Site) -> None:
    done = redleaf("up", "--data", str(site.data), "--no-demo", "--port", "0")
    assert done.returncode == 1
    assert f"already running on the data folder {site.data}, at {site.base}/" in done.stderr
    assert site.answers() == 200


@pytest.mark.parametrize("which", ["web", "web's worker", "worker", "PostgreSQL"])
def test_a_killed_process_loses_nothing_and_comes_back(site: Site, which: str) -> None:
    email = site.sign_up("k_" + which.replace("'s ", "_").lower())
    word = {"worker": "redleaf worker", "PostgreSQL": "postgres"}.get(which, "granian")
    pid = children(site, word)[0]
    if which == "web's worker":
        pid = child_of(pid)
    os.kill(pid, signal.SIGKILL)
    until(lambda: pid not in processes(site.data))
    until(lambda: site.answers("/health/ready") == 200)
    until(lambda: children(site, word) != [])
    assert email in site.accounts()
    assert len(children(site, "granian")) == 1


def test_a_killed_supervisor_leaves_no_process_and_loses_nothing(site: Site) -> None:
    email = site.sign_up("k_supervisor")
    site.stop(signal.SIGKILL)
    until(lambda: processes(site.data) == {})
    assert site.answers() == 0
    site.start()
    assert email in site.accounts()


def test_a_start_right_after_a_killed_supervisor_waits_for_what_it_left(site: Site) -> None:
    port = site.base.rpartition(":")[2]
    site.stop(signal.SIGKILL)
    again = Site(site.data, ("--no-demo", "--port", port)).start()
    assert again.answers("/") == 200
    again.stop()
    until(lambda: processes(site.data) == {})


def test_a_later_start_takes_less_than_four_seconds(site: Site) -> None:
    site.stop()
    assert site.start().ready_after < 4


def test_an_interrupt_ends_everything_cleanly(site: Site) -> None:
    assert site.stop(signal.SIGINT) == 0
    assert processes(site.data) == {}
    assert "Stopping" in "".join(site.lines)
    assert not (site.data / "running.json").exists()


def test_a_port_in_use_is_refused_in_words(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = redleaf("up", "--data", str(folder), "--no-demo", "--port", port)
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 is not free" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    done = redleaf("up", "--data", str(blocked / "var"), "--no-demo", "--port", "0")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[edition\n", "redleaf.toml cannot be used"),
        ('[edition]\nslogan = "x"\n', "has no key 'slogan'"),
        ('[edition]\nlanguages = ["xx"]\n', "language 'xx'"),
        ('[edition]\nnames = "x"\n', "redleaf.toml"),
        ('edition = "x"\n', "redleaf.toml"),
    ],
)
def test_a_broken_redleaf_toml_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "redleaf.toml"
    file.write_text(text)
    done = redleaf("up", "--data", str(tmp_path / "var"), "--port", "0", REDLEAF_CONFIG=str(file))
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "var").exists()


def test_an_unknown_command_is_refused_in_words() -> None:
    done = redleaf("upp")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_database_of_ones_own_is_used_and_no_other_is_started(folder: Path) -> None:
    place = environment.prepare(folder.with_name("elsewhere"))
    with (place.logs / "postgresql.log").open("ab") as log:
        server = postgres.start(place, log, durable=False)
        try:
            data = folder.with_name("external")
            site = Site(data, variables={"DATABASE_URL": server.url}).start()
            assert site.answers("/health/live") == 200
            assert children(site, "postgres") == []
            site.stop()
            assert not (data / "postgresql").exists()
        finally:
            server.stop()
            postgres.remove(place)


def test_a_database_that_does_not_answer_is_told_in_words(tmp_path: Path) -> None:
    done = redleaf(
        "up",
        *("--data", str(tmp_path / "var"), "--no-demo", "--port", "0"),
        DATABASE_URL="postgresql://nobody@127.0.0.1:9/none",
    )
    assert done.returncode == 1
    assert "DATABASE_URL does not answer" in done.stderr


def test_a_removed_data_folder_starts_empty_and_a_moved_one_keeps_its_database(
    tmp_path: Path,
) -> None:
    first = environment.prepare(tmp_path / "var")
    secret = environment.secret(first, "database-password")
    home = first.database
    moved = tmp_path / "moved"
    first.data.rename(moved)
    again = environment.prepare(moved)
    assert environment.secret(again, "database-password") == secret
    assert again.database.name == home.name
    shutil.rmtree(moved)
    new = environment.prepare(tmp_path / "var")
    assert environment.secret(new, "database-password") != secret
    assert new.database != home or not home.exists()


def test_every_address_of_the_machine_can_be_listened_on(folder: Path) -> None:
    site = Site(folder, ("--no-demo", "--port", "0", "--host", "0.0.0.0")).start()
    assert site.base.startswith("http://127.0.0.1:")
    assert site.answers("/") == 200
    began = time.monotonic()
    site.stop(signal.SIGTERM)
    assert time.monotonic() - began < 15


def has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.create_server(("::1", 0), family=socket.AF_INET6):
        return True
    return False


@pytest.mark.parametrize("host", ["::", "::1"])
def test_an_ipv6_address_stands_in_brackets_and_is_let_in(folder: Path, host: str) -> None:
    arguments = ("--no-demo", "--port", "0", "--host", host)
    if not has_ipv6():
        done = redleaf("up", "--data", str(folder), *arguments)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False)
        return
    site = Site(folder, arguments).start()
    try:
        assert site.base.startswith("http://[::1]:")
        assert site.answers("/") == 200
        assert json.loads((folder / "running.json").read_text())["base"] == site.base
    finally:
        site.stop()


@pytest.mark.parametrize(
    ("host", "hosts", "public"),
    [
        ("fd00::2", "[fd00::2]", "http://[fd00::2]:8000"),
        ("192.0.2.7", "192.0.2.7", "http://192.0.2.7:8000"),
        ("::", "*", "http://[::1]:8000"),
        ("::1", None, "http://[::1]:8000"),
    ],
)
def test_the_host_that_is_listened_on_is_a_host_that_is_let_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, hosts: str | None, public: str
) -> None:
    for name in ("REDLEAF_HOSTS", "REDLEAF_PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)
    place = environment.prepare(tmp_path / "var")
    told = preparing.variables_for(place, preparing.Options(place.data, host=host))
    assert told.get("REDLEAF_HOSTS") == hosts
    assert told["REDLEAF_PUBLIC_URL"] == public


def test_a_public_address_of_ipv6_is_let_in_as_the_host_header_writes_it() -> None:
    code = "from redleaf.config import settings; print(settings.ALLOWED_HOSTS)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=surroundings(REDLEAF_PUBLIC_URL="http://[fd00::2]:8000"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "[fd00::2]" in done.stdout
