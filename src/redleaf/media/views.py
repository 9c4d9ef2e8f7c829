"""Uploading for the composer, and the checked addresses from which files are fetched."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from redleaf.accounts.people import signed_in, viewer
from redleaf.accounts.views import settings as settings_pages
from redleaf.core import database, ids
from redleaf.core.errors import Invalid, NotFound, Refusal
from redleaf.media import guards, services
from redleaf.media.models import Asset, AssetKind
from redleaf.media.pictures.reading import shown_name
from redleaf.media.selectors import own_asset, picture_sources, video_sources
from redleaf.media.serving import serve
from redleaf.media.variants import folder
from redleaf.media.videos.running import failure_words

PUBLIC = "public, max-age=3600"
PORTRAIT_SECONDS = 60 * 60 * 24 * 365


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


@require_safe
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
    return _back(request, "/drafts/")


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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def avatar(request: HttpRequest) -> HttpResponse:
    """Give oneself a portrait or take it away, alone or with the form of the profile page.

    A picture that is refused leaves the profile as it was and shows the form with what was typed.
    """
    if request.method != "POST":  # a refused form that is asked for again, as by another language
        return redirect("settings_profile")
    account = signed_in(request)
    file = request.FILES.get("file")
    with_profile = "display_name" in request.POST
    try:
        if file is not None:
            services.receive_avatar(account, file=file, name=file.name or "")
        elif request.POST.get("act") == "remove":
            services.remove_avatar(account)
        elif not with_profile:
            raise Invalid("empty_file", _("Choose a picture first."), field="file")
    except Refusal as refusal:
        if with_profile:
            return settings_pages.picture_refused(request, refusal)
        raise
    return settings_pages.profile(request) if with_profile else _back(request, "/settings/")


@require_safe
def portrait(request: HttpRequest, handle: str, ref: str) -> HttpResponseBase:
    """Serve an open account's portrait; its address changes with it, so it may be kept for long."""
    del handle
    try:
        asset_id = ids.decode(ref)
    except ValueError:
        raise NotFound() from None
    found = database.row(
        "SELECT m.manifest FROM media_asset m JOIN accounts_account a ON a.id = m.owner_id"
        " WHERE m.id = %s AND m.kind = 'avatar' AND m.released_at IS NULL"
        " AND a.is_active AND a.deleted_at IS NULL",
        (asset_id,),
    )
    if found is None:
        raise NotFound()
    path = found["manifest"][0]["path"]
    return serve(request, path, f"public, max-age={PORTRAIT_SECONDS}, immutable")


@require_safe
def variant(request: HttpRequest, asset_id: UUID, name: str) -> HttpResponseBase:
    """Serve a variant to whoever may see the thing it belongs to; to others it does not exist."""
    found = database.row(
        "SELECT owner_id, attached_kind, attached_id, manifest, captions, released_at"
        " FROM media_asset WHERE id = %s",
        (asset_id,),
    )
    if found is None or found["released_at"] is not None:
        raise NotFound()
    wanted = f"{folder(asset_id)}/{name}"
    if wanted not in (item["path"] for item in (*found["manifest"], *found["captions"])):
        raise NotFound()
    kind, attached_id = found["attached_kind"], found["attached_id"]
    is_public = bool(kind) and guards.may_see(None, kind, attached_id)
    reader = viewer(request)
    if reader is None:
        allowed = is_public
    else:  # somebody whom a block keeps from a public thing is kept from its files too
        is_owner = reader.id == found["owner_id"]
        allowed = is_owner or (bool(kind) and guards.may_see(reader, kind, attached_id))
    if not allowed:
        raise NotFound()
    return serve(request, wanted, PUBLIC if is_public else "private, no-store")


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
        "failure_words": failure_words(asset.failure),
    }
    if asset.kind == AssetKind.VIDEO:
        description["video"] = video_sources(asset)
    else:
        description["sources"] = picture_sources(asset)
    return description


def _refused(refusal: Refusal, name: str) -> JsonResponse:
    error = {"code": refusal.code, "message": str(refusal.message), "name": shown_name(name)}
    return JsonResponse({"error": error}, status=refusal.status)


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Return to the page that a form came from, if it is one of ours."""
    target = request.POST.get("next", "") or request.headers.get("Referer", "")
    allowed = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return redirect(target if allowed else otherwise)
