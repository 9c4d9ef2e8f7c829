"""Uploading for the composer, and the checked addresses from which files are fetched."""

import mimetypes
import re
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from redleaf.accounts.people import signed_in, viewer
from redleaf.core import database, ids
from redleaf.core.errors import Invalid, NotFound, Refusal
from redleaf.media import guards, services, store
from redleaf.media.models import Asset, AssetKind
from redleaf.media.selectors import own_asset, picture_sources, video_sources

PUBLIC_SECONDS = 3600
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
mimetypes.add_type("image/avif", ".avif")
mimetypes.add_type("image/webp", ".webp")
mimetypes.add_type("application/vnd.apple.mpegurl", ".m3u8")
mimetypes.add_type("video/mp2t", ".ts")
mimetypes.add_type("text/vtt", ".vtt")


@require_POST
@login_required
def upload(request: HttpRequest) -> JsonResponse:
    """Receive one picture or video (field `file`); answers what the composer shows."""
    file = request.FILES.get("file")
    if file is None:
        return _refused(Invalid("empty_file", _("Choose a file first."), field="file"), "")
    kind = request.POST.get("kind", "picture")
    try:
        receive = services.receive_video if kind == "video" else services.receive_picture
        asset = receive(signed_in(request), file=file, name=file.name or "", key=_key(request))
    except Refusal as refusal:
        return _refused(refusal, file.name or "")
    return JsonResponse(_described(asset), status=201)


@require_GET
@login_required
def state(request: HttpRequest, asset_id: UUID) -> JsonResponse:
    """Answer how far an own upload is."""
    response = JsonResponse(_described(own_asset(signed_in(request), asset_id)))
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
def retry(request: HttpRequest, asset_id: UUID) -> HttpResponse:
    """Try a failed video again."""
    account = signed_in(request)
    asset = own_asset(account, asset_id)
    services.retry_video(account, asset)
    asset.refresh_from_db()
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(_described(asset))
    return redirect(request.headers.get("Referer") or "/drafts/")


@require_POST
@login_required
def captions(request: HttpRequest, asset_id: UUID) -> JsonResponse:
    """Put captions (WebVTT) to an own video."""
    account = signed_in(request)
    asset = own_asset(account, asset_id)
    file = request.FILES.get("file")
    language = request.POST.get("language", "")
    if file is None or language not in dict(settings.LANGUAGES):
        return _refused(Invalid("captions", _("Choose a WebVTT file and its language.")), "")
    try:
        services.add_captions(account, asset, file=file, language=language)
    except Refusal as refusal:
        return _refused(refusal, file.name or "")
    asset.refresh_from_db()
    return JsonResponse(_described(asset))


@require_POST
@login_required
def avatar(request: HttpRequest) -> HttpResponse:
    """Give oneself a portrait."""
    file = request.FILES.get("file")
    if file is None:
        raise Invalid("empty_file", _("Choose a picture first."), field="file")
    services.receive_avatar(signed_in(request), file=file, name=file.name or "")
    return redirect("/settings/")


@require_safe
def portrait(request: HttpRequest, handle: str, ref: str) -> HttpResponseBase:
    """Serve a portrait; its address changes with it, so it may be kept for long."""
    del handle
    try:
        asset_id = ids.decode(ref)
    except ValueError:
        raise NotFound() from None
    asset = Asset.objects.filter(id=asset_id, kind=AssetKind.AVATAR).first()
    if asset is None:
        raise NotFound()
    return _file(request, asset.manifest[0]["path"], "public, max-age=31536000, immutable")


@require_safe
def variant(request: HttpRequest, asset_id: UUID, name: str) -> HttpResponseBase:
    """Serve a variant to whoever may see the thing it belongs to; to others it does not exist."""
    found = database.row(
        "SELECT owner_id, kind, attached_kind, attached_id, manifest, captions, released_at"
        " FROM media_asset WHERE id = %s",
        (asset_id,),
    )
    if found is None or found["released_at"] is not None:
        raise NotFound()
    path = next(
        (
            item["path"]
            for item in [*found["manifest"], *found["captions"]]
            if item["path"].endswith(f"/{name}")
        ),
        None,
    )
    if path is None:
        raise NotFound()
    kind, attached_id = found["attached_kind"], found["attached_id"]
    if kind and guards.may_see(None, kind, attached_id):
        return _file(request, path, f"public, max-age={PUBLIC_SECONDS}")
    reader = viewer(request)
    is_owner = reader is not None and reader.id == found["owner_id"]
    if not is_owner and not (reader and kind and guards.may_see(reader, kind, attached_id)):
        raise NotFound()
    return _file(request, path, "private, no-store")


def _file(request: HttpRequest, path: str, caching: str) -> HttpResponseBase:
    """Answer a stored file, whole or the asked-for range; files never change, so the path is enough
    for an entity tag."""
    tag = f'"{path.rsplit("/", 2)[-2][-12:]}-{path.rsplit("/", 1)[-1]}"'
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponseBase = HttpResponse(status=304)
    else:
        try:
            response = _content(request, path)
        except FileNotFoundError:
            raise NotFound() from None
    response["ETag"] = tag
    response["Cache-Control"] = caching
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _content(request: HttpRequest, path: str) -> HttpResponseBase:
    size = store.store().size(path)
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    match = RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or (not match[1] and not match[2]):
        response: HttpResponseBase = FileResponse(
            store.store().open(path, "rb"), content_type=content_type
        )
        response["Content-Length"] = str(size)
        response["Accept-Ranges"] = "bytes"
        return response
    first = int(match[1]) if match[1] else max(0, size - int(match[2]))
    last = min(int(match[2]) if match[1] and match[2] else size - 1, size - 1)
    if first > last:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    with store.store().open(path, "rb") as file:
        file.seek(first)
        content = file.read(last - first + 1)
    response = HttpResponse(content, status=206, content_type=content_type)
    response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _described(asset: Asset) -> dict[str, object]:
    description: dict[str, object] = {
        "ref": asset.ref,
        "kind": asset.kind,
        "state": asset.state,
        "progress": asset.progress,
        "name": asset.name,
        "width": asset.width,
        "height": asset.height,
        "colour": asset.colour,
        "failure": asset.failure,
    }
    if asset.kind == AssetKind.VIDEO:
        description["video"] = video_sources(asset)
    else:
        description["sources"] = picture_sources(asset)
    return description


def _refused(refusal: Refusal, name: str) -> JsonResponse:
    error = {"code": refusal.code, "message": str(refusal.message), "name": name[:120]}
    return JsonResponse({"error": error}, status=refusal.status)


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
