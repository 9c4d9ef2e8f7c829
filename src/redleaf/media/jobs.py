"""The worker's part: variants of pictures, videos made anew, and the sweep."""

import subprocess
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from redleaf.core import clock
from redleaf.core.events import announce
from redleaf.core.jobs import job, periodic
from redleaf.media import store
from redleaf.media.events import PictureReady, VideoFailed, VideoReady
from redleaf.media.models import Asset, AssetKind, AssetState

log = structlog.get_logger(__name__)

LOOSE_FOR = timedelta(hours=48)
RELEASED_FOR = timedelta(minutes=10)
SECONDS_MAXIMUM = 60 * 60  # for one video; after it the process is ended
VIDEO_TYPES = {".mp4": "mp4", ".m3u8": "hls", ".ts": "ts"}


def install() -> None:
    """Importing this module makes its jobs known; this says so where it is imported for that."""


@job(queue="media", retry=3)
def make_variants(asset_id: str) -> None:
    """Make every variant of a picture; repeating makes the same ones again."""
    import io

    from PIL import Image

    from redleaf.media.pictures import making
    from redleaf.media.services import keep_variant

    asset = Asset.objects.filter(id=UUID(asset_id), released_at=None).first()
    if asset is None or asset.state == AssetState.READY:
        return
    with Image.open(io.BytesIO(store.read(asset.source_path)), formats=["WEBP"]) as opened:
        picture = opened.convert("RGB")
    manifest = [
        keep_variant(asset.id, making.make(picture, format, width))
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
    """Make a video anew in a process of its own; one at a time, with progress in its row."""
    asset = Asset.objects.filter(
        id=UUID(asset_id), kind=AssetKind.VIDEO, state=AssetState.PROCESSING, released_at=None
    ).first()
    if asset is None:
        return
    with tempfile.TemporaryDirectory(prefix="redleaf-video-") as name:
        folder = Path(name)
        source = folder / "source"
        with store.store().open(asset.source_path, "rb") as kept, source.open("wb") as copy:
            for chunk in kept.chunks():
                copy.write(chunk)
        made = folder / "made"
        made.mkdir()
        failure = _run(asset.id, source, made)
        if failure:
            _fail(asset, failure)
            return
        _store_made(asset, made)


def _run(asset_id: UUID, source: Path, made: Path) -> str:
    """Run the making; return "" or a code of what went wrong."""
    process = subprocess.Popen(  # noqa: S603 - our own module on files that we named
        [sys.executable, "-m", "redleaf.media.videos.making", str(source), str(made)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    timer = threading.Timer(SECONDS_MAXIMUM, process.kill)
    timer.start()
    shown_at = 0.0
    try:
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        for line in process.stdout:
            if time.monotonic() - shown_at >= 1:
                shown_at = time.monotonic()
                Asset.objects.filter(id=asset_id).update(progress=min(99, int(line)))
        _out, errors = process.communicate()
    finally:
        timer.cancel()
        process.kill()
    if process.returncode:
        log.warning("video_failed", asset=str(asset_id), errors=errors[-500:])
        return "took_too_long" if process.returncode < 0 else "not_readable"
    return ""


def _fail(asset: Asset, code: str) -> None:
    with transaction.atomic():
        Asset.objects.filter(id=asset.id, state=AssetState.PROCESSING).update(
            state=AssetState.FAILED, failure=code
        )
        announce(VideoFailed(asset.id, asset.owner_id))


def _store_made(asset: Asset, made: Path) -> None:
    from PIL import Image

    from redleaf.media.pictures import making
    from redleaf.media.services import folder, keep_variant

    base = folder(asset.id)
    manifest: list[dict[str, Any]] = []
    for file in sorted(path for path in made.rglob("*") if path.suffix in VIDEO_TYPES):
        place = f"{base}/{file.relative_to(made).as_posix()}"
        with file.open("rb") as content:
            store.write_file(place, content)
        kind = VIDEO_TYPES[file.suffix]
        if kind == "hls" and file.name != "master.m3u8":
            kind = "playlist"
        manifest.append(
            {"format": kind, "width": 0, "height": 0, "path": place, "bytes": file.stat().st_size}
        )
    with Image.open(made / "poster.png") as opened:
        poster = opened.convert("RGB")
    for width in making.widths_for(poster.width)[:3]:
        for format in ("webp", "jpeg"):
            manifest.append(keep_variant(asset.id, making.make(poster, format, width)))
    with transaction.atomic():
        Asset.objects.filter(id=asset.id).update(
            state=AssetState.READY,
            progress=100,
            manifest=manifest,
            width=poster.width,
            height=poster.height,
            colour=making.average_colour(poster),
            source_path="",
        )
        announce(VideoReady(asset.id))
    store.remove([asset.source_path])


@periodic("23 * * * *")
def sweep() -> None:
    """Delete what was released, and what nobody attached within two days, with its files."""
    moment = clock.now()
    gone = Asset.objects.filter(
        Q(released_at__lt=moment - RELEASED_FOR)
        | Q(attached_kind="", created_at__lt=moment - LOOSE_FOR)
    )
    for asset in gone[:1000]:
        paths = [item["path"] for item in asset.manifest]
        paths += [track["path"] for track in asset.captions]
        if asset.source_path:
            paths.append(asset.source_path)
        try:
            with transaction.atomic():
                asset.delete()
        except Exception:
            log.exception("sweep_kept_an_asset", asset=asset.ref)
            continue
        store.remove(paths)
