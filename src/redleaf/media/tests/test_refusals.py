"""Files that are refused: by name and by rule, with nothing stored."""

import io
import random
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from redleaf.core.errors import Invalid
from redleaf.media import services, store
from redleaf.media.models import Asset
from redleaf.media.pictures import foreign, reading
from redleaf.media.pictures.reading import read_picture, shown_name
from redleaf.media.tests import samples


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("page.html", "<p>hello</p>")
    return buffer.getvalue()


def pdf() -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nxref\ntrailer <<>>\nstartxref\n30\n%%EOF\n"


pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

JPEG = samples.encoded()
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty_file", lambda: b""),
    "a text": ("not_a_picture", lambda: b"Dear diary, this is not a picture."),
    "random bytes": ("not_a_picture", lambda: random.Random(1).randbytes(5000)),
    "a GIF": ("unsupported_type", lambda: samples.animated("GIF")),
    "a TIFF": ("unsupported_type", lambda: samples.encoded("TIFF")),
    "a BMP": ("unsupported_type", lambda: samples.encoded("BMP")),
    "a PDF": ("unsupported_type", pdf),
    "a ZIP": ("unsupported_type", archive),
    "a film": ("unsupported_type", samples.video),
    "an SVG with a script": (
        "unsupported_type",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    ),
    "an SVG behind a declaration": (
        "unsupported_type",
        lambda: b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- x --><svg onload='alert(1)'/>",
    ),
    "a page": ("unsupported_type", lambda: b"  <!DOCTYPE html><html><body>hello"),
    "100 megapixels in 12 kB": ("too_many_pixels", samples.bomb),
    "70 megapixels": ("too_many_pixels", lambda: samples.bomb(10_000, 7000)),
    "63 pixels": ("too_small", lambda: samples.encoded(image=samples.picture(63, 200))),
    "a strip": ("too_narrow", lambda: samples.encoded(image=samples.picture(600, 100))),
    "a picture that moves": ("moving", lambda: samples.animated("WEBP")),
    "a PNG that moves": ("moving", lambda: samples.animated("PNG")),
    "an AVIF that moves": ("moving", lambda: samples.animated("AVIF")),
    "half a JPEG": ("truncated", lambda: JPEG[: len(JPEG) - 900]),
    "half a PNG": ("truncated", lambda: samples.encoded("PNG")[:-120]),
    "half a WebP": ("not_a_picture", lambda: samples.encoded("WEBP")[:-300]),
    "a JPEG that is also a page": (
        "suspicious_file",
        lambda: JPEG + b"<HTML><body><ScRipt>alert(1)</script>",
    ),
    "a JPEG with a page before its end": (
        "suspicious_file",
        lambda: samples.encoded(comment=b"<script>alert(1)</script>", exif=b"", xmp=b""),
    ),
    "a JPEG that is also an archive": ("suspicious_file", lambda: JPEG + archive()),
    "a JPEG that is also a PDF": ("suspicious_file", lambda: JPEG + pdf()),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_is_refused_by_name_and_rule(what: str, mei: Any) -> None:
    code, make = REFUSED[what]
    with pytest.raises(Invalid) as refusal:
        services.receive_picture(mei, file=io.BytesIO(make()), name="holiday.jpg")
    assert refusal.value.code == code
    assert "holiday.jpg" in str(refusal.value.message)
    assert refusal.value.field == "file"
    assert not Asset.objects.exists()


def test_a_refused_file_leaves_no_file_behind(mei: Any) -> None:
    before = store.files("assets")
    with pytest.raises(Invalid):
        services.receive_picture(mei, file=io.BytesIO(samples.bomb()), name="a.png")
    with pytest.raises(Invalid):
        services.receive_avatar(mei, file=io.BytesIO(b"no"), name="a.png")
    assert store.files("assets") == before


def test_a_file_over_the_limit_is_refused_before_it_is_read(
    mei: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BYTES_MAXIMUM", 1000)
    with pytest.raises(Invalid) as refusal:
        services.receive_picture(mei, file=io.BytesIO(JPEG), name="a.jpg")
    assert refusal.value.code == "file_too_large"


def test_the_end_mark_of_an_archive_by_chance_is_no_archive() -> None:
    content = JPEG + b"PK\x05\x06" + b"\x07" * 40
    assert not foreign.holds_more(io.BytesIO(content), len(content))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_damaged_bytes_end_in_a_picture_or_a_refusal(format: str) -> None:
    """A decoder may raise anything; a reader never sees it."""
    chance = random.Random(format)
    whole = samples.encoded(format)
    for _try in range(60):
        content = bytearray(whole)
        for _change in range(chance.randint(1, 12)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            read_picture(io.BytesIO(bytes(content)), "a")
        except Invalid as refusal:
            assert refusal.code


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a\u202egpj.exe",
        "x" * 10_000,
        "\ud800.jpg",
        "a\x00b.jpg",
        "",
        "  ",
        "́" * 500,
    ],
)
def test_no_name_breaks_a_message(name: str) -> None:
    shown = shown_name(name)
    assert 0 < len(shown) <= 60
    shown.encode()
    assert not {"/", "\\", "\u202e", "\x00"} & set(shown)


class TestOverHttp:
    """The same through the form."""

    def send(self, browser: Any, content: bytes, name: str = "a.jpg", **more: Any) -> Any:
        file = SimpleUploadedFile(name, content, content_type="image/jpeg")
        return browser.post("/media/upload/", {"file": file, **more})

    def test_a_picture_is_answered_with_what_the_composer_shows(
        self, client_for: Any, mei: Any
    ) -> None:
        answer = self.send(client_for(mei), JPEG)
        assert answer.status_code == 201
        found = answer.json()
        assert found["sources"]["src"].startswith(f"/media/{found['ref']}/")
        assert (found["width"], found["height"]) == (400, 300)

    def test_a_refusal_says_code_words_and_name(self, client_for: Any, grace: Any) -> None:
        answer = self.send(client_for(grace), b"", "empty\u202e.jpg")
        assert answer.status_code == 422
        error = answer.json()["error"]
        assert error["code"] == "empty_file"
        assert "is empty" in error["message"]
        assert error["name"] == "empty.jpg"

    def test_without_a_file_it_says_so(self, client_for: Any, mei: Any) -> None:
        answer = client_for(mei).post("/media/upload/", {})
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "empty_file"

    @pytest.mark.django_db
    def test_a_stranger_cannot_upload(self, client: Any) -> None:
        assert self.send(client, JPEG).status_code == 302
        assert not Asset.objects.exists()

    def test_the_same_key_twice_is_one_picture(self, client_for: Any, mei: Any) -> None:
        key, browser = str(uuid4()), client_for(mei)
        first, second = (self.send(browser, JPEG, key=key).json() for _time in range(2))
        assert first["ref"] == second["ref"]
        assert Asset.objects.count() == 1

    def test_a_key_that_is_no_key_does_not_matter(self, client_for: Any, mei: Any) -> None:
        assert self.send(client_for(mei), JPEG, key="'; DROP TABLE").status_code == 201

    def test_somebody_elses_key_is_not_theirs_to_find(
        self, client_for: Any, mei: Any, lin: Any
    ) -> None:
        key = str(uuid4())
        own = self.send(client_for(mei), JPEG, key=key).json()
        other = self.send(client_for(lin), JPEG, key=key).json()
        assert own["ref"] != other["ref"]

    def test_too_many_uploads_are_told_to_wait(
        self, client_for: Any, mei: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.REDLEAF_RATE_LIMITS = True
        monkeypatch.setattr(services, "UPLOAD_RATE", "2/h")
        browser, key = client_for(mei), str(uuid4())
        assert self.send(browser, JPEG, key=key).status_code == 201
        assert self.send(browser, JPEG).status_code == 201
        refused = self.send(browser, JPEG)
        assert refused.status_code == 429
        assert refused.json()["error"]["code"] == "too_many"
        assert self.send(browser, JPEG, key=key).status_code == 201  # an upload sent again
        assert Asset.objects.count() == 2
