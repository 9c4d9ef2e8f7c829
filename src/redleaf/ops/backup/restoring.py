"""`redleaf restore FILE`."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from redleaf.ops.backup import archive, bucket, database, media
from redleaf.ops.backup.archive import Manifest
from redleaf.ops.backup.making import prepare_django
from redleaf.ops.launch import environment
from redleaf.ops.launch.environment import LaunchError, Place
from redleaf.ops.launch.preparing import forget_stamps, progress, run_with_database

Files = media.FolderReplacement | bucket.Replacement


def restore(data: Path, file: Path, *, replace: bool = False) -> int:
    """Bring back what a backup holds; return the exit code.

    Everything is checked first, and filled beside what is there; only then is it exchanged. Raises
    LaunchError in words, and then nothing has changed.
    """
    source = file.resolve()
    with progress("Checking the backup"):
        manifest = archive.verify(source)
    place = environment.prepare(data)
    with environment.hold(place):
        try:
            return run_with_database(
                data,
                lambda variables: _restore(place, source, manifest, variables, replace=replace),
            )
        except OSError as error:
            raise LaunchError(f"The restore did not succeed: {error}. Nothing is lost.") from error


def _restore(
    place: Place, source: Path, manifest: Manifest, variables: dict[str, str], *, replace: bool
) -> int:
    url = variables["DATABASE_URL"]
    prepare_django(variables)
    _refuse_newer(manifest)
    if database.others_connected(url):
        raise LaunchError("Something is still connected to the database. Stop Redleaf first.")
    there, empty = database.members_there(url), media.is_empty()
    if (there or not empty) and not replace:
        raise LaunchError(
            f"This place is not empty: {there} accounts"
            + ("" if empty else ", and media files")
            + ". To give them up for the backup, say --replace."
        )
    tables = database.Replacement(url)
    files = media.replacement()
    try:
        with tempfile.TemporaryDirectory(prefix="restore-", dir=place.data) as folder:
            dumped = _unpack(source, manifest, files, Path(folder))
            with progress("Filling the database"):
                counted = tables.fill(dumped / archive.DUMP)
            _refuse_unequal(manifest, counted)
            with _both_or_neither(tables, files):
                _put_secret(place, dumped / archive.SECRET)
                _put_secret(place, dumped / archive.RANKING_KEY)
            words = _put_config(dumped / archive.CONFIG)
        _drop_derived(place)
    finally:
        tables.forget()
        files.forget()
    _tell(manifest, database.counts(url), words)
    return 0


def _refuse_newer(manifest: Manifest) -> None:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    apps = {app for app, _name in loader.disk_migrations}
    for name in manifest.facts.get("migrations", []):
        if name not in known and str(name).partition(".")[0] in apps:
            raise LaunchError(
                f"The backup was made by a newer Redleaf ({manifest.facts.get('version')}): this "
                f"one does not know {name}. Take that version first. Nothing was changed."
            )


def _unpack(source: Path, manifest: Manifest, files: Files, folder: Path) -> Path:
    """Put media beside the store and the rest into the folder; sums are compared once more."""
    files.begin()
    (folder / "secrets").mkdir(mode=0o700)
    with progress("Unpacking"):
        for name, file, _size in archive.members(source):
            if name == archive.MANIFEST:
                continue
            if name.startswith(archive.MEDIA):
                found = files.add(name.removeprefix(archive.MEDIA), file)
            else:
                found = _copy(file, folder / name)
            if found != manifest.files[name]["sha256"]:
                raise LaunchError(f"{name} did not arrive as it was. Nothing was changed.")
    return folder


def _copy(file: IO[bytes], path: Path) -> str:
    summed = archive.Summed(file)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        while part := summed.read(archive.PIECE):
            out.write(part)
    return summed.sum.hexdigest()


def _refuse_unequal(manifest: Manifest, counted: dict[str, int]) -> None:
    for name in sorted(set(manifest.tables) | set(counted)):
        wanted, found = manifest.tables.get(name), counted.get(name)
        if wanted != found:
            raise LaunchError(
                f"Table {name} has {found} rows where the backup had {wanted}. Nothing was changed."
            )


@contextmanager
def _both_or_neither(tables: database.Replacement, files: Files) -> Iterator[None]:
    """Exchange database and media; what fails on the way is undone."""
    tables.take_place()
    try:
        files.take_place()
        try:
            yield
        except BaseException:
            files.put_back()
            raise
    except BaseException:
        tables.put_back()
        raise


def _put_secret(place: Place, found: Path) -> None:
    """Put a key in place: with another secret key nobody's second step could be read, with another
    ranking key the public entries would not fit."""
    if found.exists():
        draft = place.secrets / f".{found.name}-restoring"
        shutil.copyfile(found, draft)
        draft.chmod(0o600)
        draft.replace(place.secrets / found.name)


def _put_config(found: Path) -> str:
    """Put redleaf.toml in place unless there is another; return what is to be said of it."""
    if not found.exists():
        return ""
    present = environment.config_file()
    if not present.exists():
        shutil.copyfile(found, present)
        return f"redleaf.toml is in place: {present}"
    if present.read_bytes() == found.read_bytes():
        return "redleaf.toml is the same."
    beside = present.with_name(f"{present.name}.from-backup")
    shutil.copyfile(found, beside)
    return f"redleaf.toml here differs and was kept; the backup's is beside it: {beside}"


def _drop_derived(place: Place) -> None:
    """Delete what is made from the database: the search index, and what starts remembered."""
    shutil.rmtree(place.data / "search", ignore_errors=True)
    forget_stamps(place, "migrations")


def _tell(manifest: Manifest, counted: dict[str, int], words: str) -> None:
    print()
    for name, count in manifest.tables.items():
        if count or counted.get(name):
            print(f"  {name:<44}{count:>9} rows in the backup, {counted.get(name, 0):>9} now")
    print(
        f"\nRestored the backup of {manifest.facts.get('made_at')}: {sum(counted.values())} rows"
        f" of {len(counted)} tables, {len(manifest.media)} media files; counts and checksums are"
        " equal."
    )
    if words:
        print(words)
    print("The search index is built anew at the next start.")
