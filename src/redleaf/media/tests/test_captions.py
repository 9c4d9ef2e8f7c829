"""Words to read along with a video."""

import io
from typing import Any

import pytest

from redleaf.media.models import Asset
from redleaf.media.tests import samples
from redleaf.media.tests.test_videos import receive

GOOD = b"\xef\xbb\xbfWEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"


def send(browser: Any, asset: Asset, content: bytes, language: str = "en") -> Any:
    file = io.BytesIO(content)
    file.name = "words.vtt"
    return browser.post(f"/media/{asset.ref}/captions/", {"file": file, "language": language})


def test_a_track_is_stored_and_served(mei: Any, client_for: Any) -> None:
    asset, browser = receive(mei, samples.video()), client_for(mei)
    answer = send(browser, asset, GOOD, "zh-hans")
    track = answer.json()["video"]["captions"][0]
    assert track["language"] == "zh-Hans"
    served = browser.get(track["src"])
    assert served["Content-Type"] == "text/vtt; charset=utf-8"
    assert served.content == GOOD[3:]


def test_a_second_one_in_a_language_replaces_the_first(mei: Any, client_for: Any) -> None:
    asset, browser = receive(mei, samples.video()), client_for(mei)
    first = send(browser, asset, GOOD).json()["video"]["captions"][0]
    second = send(browser, asset, GOOD + b"\nBye").json()["video"]["captions"]
    assert len(second) == 1
    assert second[0]["src"] != first["src"]
    assert browser.get(first["src"]).status_code == 404


@pytest.mark.parametrize(
    "content",
    [b"", b"WEBVTTX", b"1\n00:00 --> 00:01\nsrt", b"WEBVTT\n\x00", b"WEBVTT \xff\xfe"],
)
def test_what_is_no_webvtt_is_refused(content: bytes, mei: Any, client_for: Any) -> None:
    asset = receive(mei, samples.video())
    assert send(client_for(mei), asset, content).status_code == 422
    asset.refresh_from_db()
    assert asset.captions == []


def test_too_much_or_an_unknown_language_is_refused(mei: Any, client_for: Any) -> None:
    asset, browser = receive(mei, samples.video()), client_for(mei)
    assert send(browser, asset, b"WEBVTT\n" + b"x" * 600_000).status_code == 422
    assert send(browser, asset, GOOD, "../../x").status_code == 422


def test_nobody_else_adds_captions(mei: Any, lin: Any, client_for: Any) -> None:
    asset = receive(mei, samples.video())
    assert send(client_for(lin), asset, GOOD).status_code == 404
    asset.refresh_from_db()
    assert asset.captions == []
