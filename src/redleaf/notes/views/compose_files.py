"""What the composer's buttons do to pictures and video in a form sent without JavaScript."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from redleaf.accounts.models import Account
from redleaf.core import ids
from redleaf.core.errors import Refusal
from redleaf.media import services as media
from redleaf.media.selectors import own_asset
from redleaf.notes.composer import Typed, renumber
from redleaf.notes.services.content import PICTURES_MAXIMUM

Errors = dict[str, str]


def receive(request: HttpRequest, account: Account, content: Typed, errors: Errors) -> None:
    """Take the files of the form; each refusal names its file and rule, and the others stay."""
    refused: list[str] = []
    for file in request.FILES.getlist("new_pictures"):
        if len(content["pictures"]) >= PICTURES_MAXIMUM:
            refused.append(
                _("A note holds at most %(count)d pictures.") % {"count": PICTURES_MAXIMUM}
            )
            break
        try:
            asset = media.receive_picture(account, file=file, name=file.name or "")
        except Refusal as refusal:
            refused.append(str(refusal.message))
        else:
            content["pictures"].append({"ref": asset.ref, "alt": ""})
    if refused:
        errors["pictures"] = " ".join(refused)
    video = request.FILES.get("new_video")
    if video is not None:
        try:
            asset = media.receive_video(account, file=video, name=video.name or "")
        except Refusal as refusal:
            errors["video"] = str(refusal.message)
        else:
            content["video"] = asset.ref
    _receive_captions(request, account, content, errors)


def _receive_captions(
    request: HttpRequest, account: Account, content: Typed, errors: Errors
) -> None:
    file = request.FILES.get("new_captions")
    if file is None:
        return
    language = request.POST.get("captions_language", "")
    if language not in dict(settings.LANGUAGES):
        errors["captions"] = _("Choose a WebVTT file and its language.")
        return
    try:
        asset = own_asset(account, ids.decode(content["video"]))
        media.add_captions(account, asset, file=file, language=language)
    except ValueError:
        errors["captions"] = _("Add a video first.")
    except Refusal as refusal:
        errors["captions"] = str(refusal.message) or _("Add a video first.")


def arrange(account: Account, content: Typed, act: str, errors: Errors) -> str:
    """Do what a picture's own button asks (earlier:2, later:2, cover:2, remove:2), or the video's
    (remove_video, retry_video), and return "arrange"; return any other act as it is.

    The numbers of picture blocks in the text go with their pictures.
    """
    name, _colon, index_text = act.partition(":")
    if name == "remove_video":
        content["video"] = ""
        return "arrange"
    if name == "retry_video":
        _retry(account, content, errors)
        return "arrange"
    pictures = content["pictures"]
    if not index_text.isdecimal() or len(index_text) > 3 or int(index_text) >= len(pictures):
        return act
    index = int(index_text)
    before = [item["ref"] for item in pictures]
    if name == "remove":
        pictures.pop(index)
    elif name == "earlier" and index > 0:
        pictures.insert(index - 1, pictures.pop(index))
    elif name == "later":
        pictures.insert(index + 1, pictures.pop(index))
    elif name == "cover":
        pictures.insert(0, pictures.pop(index))
    content["body"] = renumber(content["body"], before, [item["ref"] for item in pictures])
    return "arrange"


def _retry(account: Account, content: Typed, errors: Errors) -> None:
    try:
        media.retry_video(account, own_asset(account, ids.decode(content["video"])))
    except ValueError:
        errors["video"] = _("Add a video first.")
    except Refusal as refusal:
        errors["video"] = str(refusal.message) or _(
            "The video is no longer there. Please add it again."
        )
