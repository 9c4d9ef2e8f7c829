"""`redleaf backup FILE`."""

import os
import tempfile
import tomllib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redleaf.ops.backup import archive, database, media
from redleaf.ops.launch import environment
from redleaf.ops.launch.environment import LaunchError, Place
from redleaf.ops.launch.preparing import has_tables, run_with_database


def write(data: Path, file: Path) -> int:
    """Write everything that is not derived into a new file, of mode 600; return the exit code.

    Works while the product runs: the database is one state of it, and what comes afterwards is not
    in the file. Raises LaunchError in words, and then leaves no file.
    """
    target = file.resolve()
    if target.exists():
        raise LaunchError(f"{target} exists already. Choose another name; nothing was written.")
    if not target.parent.is_dir():
        raise LaunchError(f"There is no folder {target.parent}. Make it first.")
    # A key that comes from the environment is kept wherever that comes from.
    with_secret = "REDLEAF_SECRET_KEY" not in os.environ
    return run_with_database(
        data, lambda variables: _write(data, target, variables, with_secret=with_secret)
    )


def _write(data: Path, target: Path, variables: dict[str, str], *, with_secret: bool) -> int:
    place = Place(data.resolve())
    prepare_django(variables)
    if not has_tables(variables["DATABASE_URL"]):
        raise LaunchError(f"There is nothing to back up: {data} has never been started.")
    draft = target.with_name(f"{target.name}.part")
    try:
        out = archive.Writer(draft)
    except FileExistsError as error:
        raise LaunchError(
            f"{draft} exists: another backup is being made, or was broken off."
        ) from error
    except OSError as error:
        raise LaunchError(f"{target} cannot be written ({error.strerror}).") from error
    try:
        _fill(out, place, variables)
        if with_secret:
            out.add_bytes(archive.SECRET, environment.secret(place, "secret-key").encode())
        ranking_key = place.secrets / "ranking-key"
        if ranking_key.exists():  # made when the first public entry of the ranking is signed
            out.add_bytes(archive.RANKING_KEY, ranking_key.read_bytes())
        out.close()
        draft.rename(target)
    except OSError as error:
        out.abandon()
        raise LaunchError(
            f"The backup could not be written ({error.strerror or error})."
        ) from error
    except BaseException:
        out.abandon()
        raise
    _tell(target, out.manifest)
    return 0


def prepare_django(variables: dict[str, str]) -> None:
    """Let this process know the media store as the product does."""
    import django

    os.environ.update(variables)
    django.setup()


def _fill(out: archive.Writer, place: Place, variables: dict[str, str]) -> None:
    url = variables["DATABASE_URL"]
    with tempfile.TemporaryDirectory(prefix="backup-", dir=place.data) as folder:
        dumped = Path(folder) / archive.DUMP
        with database.snapshot(url) as (name, tables, facts):
            _said("Reading the database", lambda: database.dump(url, name, dumped))
        out.manifest.tables = tables
        out.manifest.facts = {
            "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": _version(),
            **facts,
        }
        with dumped.open("rb") as file:
            out.add(archive.DUMP, file, dumped.stat().st_size)
    _said("Reading media", lambda: _add_media(out))
    config = environment.config_file()
    if config.exists():
        out.add_bytes(archive.CONFIG, config.read_bytes())


def _version() -> str:
    text = (environment.REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def _add_media(out: archive.Writer) -> None:
    for path, size in media.files():
        name = archive.MEDIA + path
        if not archive.is_ours(name):
            raise LaunchError(f"The media store holds a file that cannot be named: {path!r}.")
        file = media.open_file(path)
        if file is not None:
            with file:
                out.add(name, file, size)


def _said(words: str, act: Callable[[], Any]) -> None:
    from redleaf.ops.launch.preparing import progress

    with progress(words):
        act()


def _tell(target: Path, manifest: archive.Manifest) -> None:
    secret = " and the secret key" if archive.SECRET in manifest.files else ""
    size = target.stat().st_size / 1024 / 1024
    print(
        f"\n{target}: {size:.1f} MiB, {manifest.rows} rows of {len(manifest.tables)} tables, "
        f"{len(manifest.media)} media files."
    )
    print(
        f"It holds members' data{secret}: keep it as carefully as this machine. "
        "Only its owner may read it (mode 600)."
    )
