"""The worker's part: variants of pictures, videos made anew, and the sweeps."""

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q

from redleaf.core import clock, ids
from redleaf.core.events import announce
from redleaf.core.jobs import job, periodic
from redleaf.media import store
from redleaf.media.events import PictureReady, VideoFailed, VideoReady
from redleaf.media.models import Asset, AssetKind, AssetState
from redleaf.media.variants import folder, keep_variant
from redleaf.media.videos import running

log = structlog.get_logger(__name__)

LOOSE_FOR = timedelta(hours=48)
RELEASED_FOR = timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(minutes=15)  # without a job, an asset in the making was forgotten
GIVEN_UP_AFTER = timedelta(days=1)
SCRATCH_FOR = timedelta(hours=3)
VIDEO_TYPES = {".mp4": "mp4", ".m3u8": "hls", ".ts": "ts"}


def install() -> None:
    """Importing this module makes its jobs known; this says so where it is imported for that."""


@job(queue="media", retry=3)
def make_variants(asset_id: str) -> None:
    """Make every variant of a picture that is not made yet; repeating changes nothing."""
    from PIL import Image

    from redleaf.media.pictures import making

    asset = Asset.objects.filter(
        id=UUID(asset_id), state=AssetState.PROCESSING, released_at=None
    ).first()
    if asset is None or asset.kind != AssetKind.PICTURE:
        return
    content = io.BytesIO(store.read(asset.source_path))
    with Image.open(content, formats=["WEBP"]) as opened:
        picture = opened.convert("RGB")
    made = {(item["format"], item["width"]): item for item in asset.manifest}
    manifest = [
        made.get((format, width)) or keep_variant(asset.id, making.make(picture, format, width))
        for width in making.widths_for(picture.width)
        for format in ("avif", "webp", "jpeg")
    ]
    with transaction.atomic():
        changed = Asset.objects.filter(id=asset.id, state=AssetState.PROCESSING).update(
            manifest=manifest, state=AssetState.READY, progress=100
        )
        if changed:
            announce(PictureReady(asset.id))


@job(queue="media", retry=2, lock="transcode")
def transcode(asset_id: str) -> None:
    """Make a video anew in a process of its own; one at a time, with progress in its row.

    A video that cannot be made ends as failed, with a code. Repeating begins anew.
    """
    asset = Asset.objects.filter(
        id=UUID(asset_id), kind=AssetKind.VIDEO, state=AssetState.PROCESSING, released_at=None
    ).first()
    if asset is None:
        return
    with _scratch() as place:
        source = place / "source"
        try:
            with source.open("wb") as copy:
                store.copy_to(asset.source_path, copy)
        except FileNotFoundError:
            _fail(asset, "source_lost")
            return
        made = place / "made"
        made.mkdir()
        failure = running.run(source, made, lambda percent: _progress(asset.id, percent))
        if failure:
            _fail(asset, failure)
            return
        _store_made(asset, made)


@contextmanager
def _scratch() -> Iterator[Path]:
    """Give a folder for one video, on the disk that holds the data rather than in memory."""
    place = Path(settings.REDLEAF_DATA_DIR) / "scratch"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="video-", dir=place) as name:
        yield Path(name)


def _progress(asset_id: UUID, percent: int) -> None:
    Asset.objects.filter(id=asset_id, state=AssetState.PROCESSING).update(progress=percent)


def _fail(asset: Asset, code: str) -> None:
    log.warning("video_failed", asset=asset.ref, code=code)
    with transaction.atomic():
        changed = Asset.objects.filter(id=asset.id, state=AssetState.PROCESSING).update(
            state=AssetState.FAILED, failure=code
        )
        if changed:
            announce(VideoFailed(asset.id, asset.owner_id, clock.now()))


def _store_made(asset: Asset, made: Path) -> None:
    from PIL import Image

    from redleaf.media.pictures import making

    base = folder(asset.id)
    facts = running.facts(made)
    manifest: list[dict[str, Any]] = []
    for file in sorted(path for path in made.rglob("*") if path.suffix in VIDEO_TYPES):
        place = f"{base}/{file.relative_to(made).as_posix()}"
        with file.open("rb") as content:
            store.write_file(place, content)
        kind = VIDEO_TYPES[file.suffix]
        if kind == "hls" and file.name != "master.m3u8":
            kind = "playlist"
        size = (facts["width"], facts["height"]) if kind == "mp4" else (0, 0)
        manifest.append(
            {
                "format": kind,
                "width": size[0],
                "height": size[1],
                "path": place,
                "bytes": file.stat().st_size,
            }
        )
    with Image.open(made / "poster.png") as opened:
        poster = opened.convert("RGB")
    for width in making.widths_for(poster.width)[:3]:
        for format in ("webp", "jpeg"):
            manifest.append(keep_variant(asset.id, making.make(poster, format, width)))
    with transaction.atomic():
        changed = Asset.objects.filter(id=asset.id, state=AssetState.PROCESSING).update(
            state=AssetState.READY,
            progress=100,
            manifest=manifest,
            width=facts["width"],
            height=facts["height"],
            duration=facts["duration"],
            colour=making.average_colour(poster),
            source_path="",
        )
        if changed:
            announce(VideoReady(asset.id))
    if changed:
        store.remove([asset.source_path])
    elif not Asset.objects.filter(id=asset.id).exists():
        store.remove([item["path"] for item in manifest])


@periodic("*/10 * * * *")
def take_up_again() -> None:
    """Begin again what is still in the making but has no job left, as when the store was away
    longer than a job is repeated; after a day a video has failed."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    waiting = Asset.objects.filter(
        state=AssetState.PROCESSING,
        released_at=None,
        created_at__lt=clock.now() - FORGOTTEN_AFTER,
    )
    alive = set(
        ProcrastinateJob.objects.filter(
            queue_name="media", status__in=["todo", "doing"]
        ).values_list("args__asset_id", flat=True)
    )
    for asset in waiting.order_by("-id")[:200]:
        if str(asset.id) in alive:
            continue
        if asset.created_at < clock.now() - GIVEN_UP_AFTER:
            if asset.kind == AssetKind.VIDEO:
                _fail(asset, "took_too_long")
        else:
            log.warning("asset_taken_up_again", asset=asset.ref)
            work = transcode if asset.kind == AssetKind.VIDEO else make_variants
            with transaction.atomic():
                work.defer(asset_id=str(asset.id))


@periodic("23 * * * *")
def sweep() -> None:
    """Delete what was released, and what nobody attached within two days, with its files."""
    moment = clock.now()
    gone = Asset.objects.filter(
        Q(released_at__lt=moment - RELEASED_FOR)
        | Q(attached_kind="", created_at__lt=moment - LOOSE_FOR)
    )
    for asset_id in gone.order_by("id").values_list("id", flat=True)[:1000]:
        try:
            with transaction.atomic():
                # Locked and asked again: it may have been attached in the meantime.
                asset = gone.select_for_update().filter(id=asset_id).first()
                if asset is None:
                    continue
                paths = _paths(asset)
                asset.delete()
        except Exception:
            log.exception("sweep_kept_an_asset", asset=ids.encode(asset_id))
            continue
        store.remove(paths)
    _clear_scratch()


@periodic("41 3 * * 0")
def sweep_files() -> None:
    """Delete files older than two days that no asset knows, as a process leaves them that is killed
    between storing a file and its row."""
    for shelf in store.folders("assets"):
        names = store.folders(f"assets/{shelf}")
        for number in range(0, len(names), 500):
            for name in _unknown(names[number : number + 500]):
                store.remove(store.files(f"assets/{shelf}/{name}"))
    quarantine = {path.rpartition("/")[2]: path for path in store.files("quarantine")}
    store.remove([quarantine[name] for name in _unknown(list(quarantine))])


def _unknown(refs: list[str]) -> list[str]:
    """Return those of these refs that no asset has, and that were given out two days ago."""
    given: dict[UUID, str] = {}
    for ref in refs:
        try:
            given[ids.decode(ref)] = ref
        except ValueError:
            continue  # not ours
    before = (clock.now() - LOOSE_FOR).timestamp() * 1000
    known = set(Asset.objects.filter(id__in=list(given)).values_list("id", flat=True))
    return [ref for key, ref in given.items() if key not in known and key.int >> 80 < before]


def _paths(asset: Asset) -> list[str]:
    paths = [item["path"] for item in (*asset.manifest, *asset.captions)]
    return [*paths, asset.source_path] if asset.source_path else paths


def _clear_scratch() -> None:
    """Delete the folders of workers that were killed in the middle of a video."""
    import shutil

    before = (clock.now() - SCRATCH_FOR).timestamp()
    for place in (Path(settings.REDLEAF_DATA_DIR) / "scratch").glob("video-*"):
        if place.stat().st_mtime < before:
            shutil.rmtree(place, ignore_errors=True)
