"""What becomes of a video: checked, made anew by the worker, playable, without what it carried."""

import io
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import av
import pytest
from PIL import Image

from redleaf.core import clock
from redleaf.core.errors import Conflict, Invalid, NotFound
from redleaf.media import jobs, services, store
from redleaf.media.models import Asset, AssetState
from redleaf.media.selectors import video_sources
from redleaf.media.tests import samples
from redleaf.media.tests.test_pictures import red_corner
from redleaf.media.videos import containers, encoding, making, probing, running


def receive(account: Any, content: bytes, name: str = "film.mp4", **more: Any) -> Asset:
    return services.receive_video(account, file=io.BytesIO(content), name=name, **more)


def make(content: bytes, folder: Path) -> Path:
    """Make a video in this process and return its folder."""
    source = folder / "source"
    source.write_bytes(content)
    made = folder / "made"
    made.mkdir()
    making.make_all(source, made, lambda _percent: None)
    return made


def facts(file: Path) -> tuple[int, int, set[str], float]:
    with av.open(str(file)) as container:
        codecs = {stream.codec_context.name for stream in container.streams}
        picture = container.streams.video[0]
        return picture.width, picture.height, codecs, float(container.duration or 0) / 1e6


INPUTS: dict[str, dict[str, Any]] = {
    "MP4": {},
    "MOV": {"format": "mov"},
    "WebM": {"format": "webm", "codec": "libvpx-vp9", "sound": "libopus"},
    "WebM with sound first": {
        "format": "webm",
        "codec": "libvpx-vp9",
        "sound": "libopus",
        "sound_first": True,
    },
    "HEVC": {"codec": "libx265"},
    "AV1": {"codec": "libsvtav1"},
    "without sound": {"sound": None},
    "odd sizes": {"width": 321, "height": 181},
}


@pytest.mark.parametrize("name", INPUTS)
def test_every_kind_becomes_h264_and_aac(name: str, tmp_path: Path) -> None:
    made = make(samples.video(**INPUTS[name]), tmp_path)
    width, height, codecs, seconds = facts(made / "video.mp4")
    assert codecs == ({"h264"} if name == "without sound" else {"h264", "aac"})
    assert (width, height) == (320, 180)
    assert 0.8 < seconds < 1.3
    with Image.open(made / "poster.png") as poster:
        assert poster.size == (320, 180)
        assert red_corner(poster) == "upper left"


@pytest.mark.parametrize(
    ("turn", "size", "corner"),
    [
        (-90, (180, 320), "upper right"),
        (90, (180, 320), "lower left"),
        (180, (320, 180), "lower right"),
    ],
)
def test_a_turned_film_stands_upright(
    turn: int, size: tuple[int, int], corner: str, tmp_path: Path
) -> None:
    content = samples.video(format="mov", turn=turn)
    told = probing.probe(io.BytesIO(content), "a.mov")
    assert (told.width, told.height) == size
    made = make(content, tmp_path)
    assert facts(made / "video.mp4")[:2] == size
    with Image.open(made / "poster.png") as poster:
        assert red_corner(poster) == corner


def test_frames_at_uneven_moments_keep_their_moments(tmp_path: Path) -> None:
    times = (0.0, 0.01, 0.02, 0.5, 0.51, 1.4)
    made = make(samples.video(sound=None, times=times), tmp_path)
    with av.open(str(made / "video.mp4")) as container:
        shown = [float(frame.time or 0) for frame in container.decode(video=0)]
    assert shown == pytest.approx(times, abs=0.002)


def test_a_film_of_many_frames_a_second_is_thinned(tmp_path: Path) -> None:
    made = make(samples.video(sound=None, rate=120), tmp_path)
    with av.open(str(made / "video.mp4")) as container:
        assert sum(1 for _frame in container.decode(video=0)) == pytest.approx(30, abs=2)


def test_a_large_film_becomes_1080_lines_and_a_smaller_one_beside_it(tmp_path: Path) -> None:
    made = make(samples.video(width=1280, height=2272, seconds=0.2, sound=None), tmp_path)
    assert facts(made / "video.mp4")[:2] == (1080, 1916)
    master = (made / "hls" / "master.m3u8").read_text()
    assert "RESOLUTION=1080x1916\nhigh.m3u8" in master
    assert "RESOLUTION=480x852\nlow.m3u8" in master
    assert not (made / "low.mp4").exists()


def test_a_film_starts_before_all_of_it_is_there(tmp_path: Path) -> None:
    content = (make(samples.video(), tmp_path) / "video.mp4").read_bytes()
    assert 0 < content.find(b"moov") < content.find(b"mdat")


def test_place_and_camera_are_gone(tmp_path: Path) -> None:
    content = samples.video(format="mov")
    assert samples.PLACE.encode() in content
    made = make(content, tmp_path)
    for file in made.rglob("*.*"):
        stored = file.read_bytes()
        assert samples.PLACE.encode() not in stored
        assert samples.CAMERA.encode() not in stored


def test_a_dark_beginning_is_not_the_poster(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as out:
        stream: Any = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for number in range(30):
            image = samples.picture(320, 180) if number > 14 else Image.new("RGB", (320, 180))
            out.mux(stream.encode(av.VideoFrame.from_image(image)))
        out.mux(stream.encode(None))
    made = make(buffer.getvalue(), tmp_path)
    with Image.open(made / "poster.png") as poster:
        assert red_corner(poster) == "upper left"


REFUSED: dict[str, tuple[str, Any]] = {
    "nothing": ("empty_file", lambda: b""),
    "a picture": ("unsupported_type", samples.encoded),
    "a HEIC picture": ("unsupported_type", lambda: samples.encoded("HEIF")),
    "a text": ("unsupported_type", lambda: b"#EXTM3U\nfile:///etc/passwd\n"),
    "a list of other files": (
        "unsupported_type",
        lambda: b"ffconcat version 1.0\nfile /etc/passwd\n",
    ),
    "an AVI": ("unsupported_type", lambda: b"RIFF\x00\x10\x00\x00AVI LIST" + b"\x00" * 4096),
    "a transport stream": ("unsupported_type", lambda: samples.video(format="mpegts")),
    "four hours": ("too_long", lambda: samples.video(sound=None, times=(0.0, 4 * 3600.0))),
    "sound only": ("no_picture", samples.sound_only),
    "half an MP4": ("truncated", lambda: samples.video()[:9000]),
    "half an MP4 that starts at once": ("truncated", lambda: samples.video(faststart=True)[:-300]),
    "half a WebM": (
        "truncated",
        lambda: samples.video(format="webm", codec="libvpx-vp9", sound="libopus")[:-4000],
    ),
    "a WebM of noise": ("truncated", lambda: b"\x1aE\xdf\xa3" + b"\xff" * 400),
    "an MP4 of noise": (
        "no_picture",
        lambda: b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + b"\0\0\0\x10moov" + b"\xff" * 8,
    ),
    "a few pixels": ("too_small", lambda: samples.video(width=32, height=32, sound=None)),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_file_is_refused_by_name_and_rule(what: str, mei: Any) -> None:
    code, content = REFUSED[what]
    before = store.files("quarantine")
    with pytest.raises(Invalid) as refusal:
        receive(mei, content(), "holiday.mp4")
    assert refusal.value.code == code
    assert "holiday.mp4" in str(refusal.value.message)
    assert not Asset.objects.exists()
    assert store.files("quarantine") == before


def test_a_film_over_the_limits_is_refused(mei: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "BYTES_MAXIMUM", 1000)
    with pytest.raises(Invalid) as refusal:
        receive(mei, samples.video())
    assert refusal.value.code == "file_too_large"
    monkeypatch.undo()
    monkeypatch.setattr(probing, "SIDE_MAXIMUM", 300)
    with pytest.raises(Invalid) as refusal:
        receive(mei, samples.video())
    assert refusal.value.code == "too_large"
    assert not Asset.objects.exists()


def test_a_film_that_hides_its_length_fails_when_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "SECONDS_MAXIMUM", -5)
    with pytest.raises(encoding.TooLong):
        make(samples.video(), tmp_path)


def test_a_browsers_recording_without_a_length_is_taken(mei: Any) -> None:
    content = samples.video(format="webm", codec="libvpx-vp9", sound="libopus")
    at = content.index(b"\x18S\x80g") + 4
    unknown = content[:at] + b"\x01" + b"\xff" * 7 + content[at + 8 :]
    assert containers.is_complete(io.BytesIO(unknown), containers.MATROSKA, len(unknown))
    assert receive(mei, unknown).width == 320


def test_the_worker_makes_all_that_a_page_shows(
    mei: Any, run_jobs: Any, client_for: Any, deliver_events: Any
) -> None:
    asset = receive(mei, samples.video(), "film.mp4")
    assert asset.state == AssetState.PROCESSING
    quarantine = asset.source_path
    run_jobs()
    asset.refresh_from_db()
    assert (asset.state, asset.progress, asset.failure) == (AssetState.READY, 100, "")
    assert 0.8 < (asset.duration or 0) < 1.3
    assert asset.colour != "#d9d2c8"
    with pytest.raises(FileNotFoundError):
        store.size(quarantine)
    browser = client_for(mei)
    sources = video_sources(asset)
    playlist = browser.get(sources["hls"])
    assert playlist["Content-Type"] == "application/vnd.apple.mpegurl"
    inner = _lines(playlist)
    assert inner == ["high.m3u8"]
    segments = _lines(browser.get(f"/media/{asset.ref}/hls/{inner[0]}"))
    assert segments == ["high-000.ts"]
    for name in segments:
        answer = browser.get(f"/media/{asset.ref}/hls/{name}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "video/mp2t")
    assert browser.get(sources["poster"])["Content-Type"] == "image/jpeg"
    film = browser.get(sources["mp4"])
    assert film["Content-Type"] == "video/mp4"
    content = film.content if not film.streaming else b"".join(film.streaming_content)
    with av.open(io.BytesIO(content)) as container:
        assert container.streams.video[0].codec_context.name == "h264"


def _lines(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [line for line in answer.content.decode().splitlines() if line and line[0] != "#"]


def test_progress_grows_and_can_be_asked_for(
    mei: Any, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = receive(mei, samples.video())
    browser, seen = client_for(mei), []

    def slow(_source: Path, _made: Path, progress: Any) -> str:
        for percent in (10, 55, 99):
            progress(percent)
            seen.append(browser.get(f"/media/{asset.ref}/state/").json()["progress"])
        return "no_room"

    monkeypatch.setattr(running, "run", slow)
    jobs.transcode(asset_id=str(asset.id))
    assert seen == [10, 55, 99]


def test_the_making_tells_its_progress(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running.time, "monotonic", iter(range(10_000)).__next__)
    (tmp_path / "source").write_bytes(samples.video())
    (tmp_path / "made").mkdir()
    told: list[int] = []
    assert running.run(tmp_path / "source", tmp_path / "made", told.append) == ""
    assert told == sorted(told)
    assert len(told) > 3
    assert told[-1] == 99


def test_a_broken_film_ends_as_failed_with_words(grace: Any, client_for: Any) -> None:
    asset = receive(grace, samples.video())
    store.write(asset.source_path, samples.video()[:2000] + b"\0" * 3000)
    jobs.transcode(asset_id=str(asset.id))
    state = client_for(grace).get(f"/media/{asset.ref}/state/").json()
    assert (state["state"], state["failure"]) == ("failed", "not_readable")
    assert "export it again" in state["failure_words"]


@pytest.mark.parametrize("code", [*containers.FAILURES.values(), "took_too_long", "source_lost"])
def test_every_failure_has_words(code: str) -> None:
    assert running.failure_words(code) != running.failure_words("something unknown")


def test_a_failed_film_can_be_tried_again_without_script(
    mei: Any, run_jobs: Any, client_for: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = receive(mei, samples.video())
    monkeypatch.setattr(running, "run", lambda *_arguments: "no_room")
    run_jobs()
    asset.refresh_from_db()
    assert asset.state == AssetState.FAILED
    monkeypatch.undo()
    address = f"/media/{asset.ref}/retry/"
    answer = client_for(mei).post(address, headers={"Referer": "http://testserver/drafts/"})
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/drafts/")
    asset.refresh_from_db()
    assert (asset.state, asset.progress, asset.failure) == (AssetState.PROCESSING, 0, "")
    run_jobs()
    asset.refresh_from_db()
    assert asset.state == AssetState.READY


def test_retry_never_leads_to_another_site(mei: Any, client_for: Any) -> None:
    asset = receive(mei, samples.video())
    Asset.objects.filter(id=asset.id).update(state="failed", failure="no_room")
    answer = client_for(mei).post(
        f"/media/{asset.ref}/retry/", headers={"Referer": "https://evil.example/"}
    )
    assert answer["Location"] == "/drafts/"


def test_only_what_failed_is_tried_again_and_only_by_its_owner(mei: Any, lin: Any) -> None:
    asset = receive(mei, samples.video())
    with pytest.raises(Conflict):
        services.retry_video(mei, asset)
    Asset.objects.filter(id=asset.id).update(state="failed", failure="no_room")
    with pytest.raises(NotFound):
        services.retry_video(lin, asset)
    asset.refresh_from_db()
    assert asset.state == AssetState.FAILED


def test_a_killed_worker_loses_nothing(
    mei: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stalled job comes back by the sweep of core; here the same job begins a second time."""
    asset = receive(mei, samples.video())

    def killed(*_arguments: Any) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(running, "run", killed)
    with pytest.raises(KeyboardInterrupt):
        jobs.transcode(asset_id=str(asset.id))
    monkeypatch.undo()
    asset.refresh_from_db()
    assert asset.state == AssetState.PROCESSING
    run_jobs()
    asset.refresh_from_db()
    assert asset.state == AssetState.READY


def test_the_making_ends_with_its_worker(tmp_path: Path) -> None:
    """A process whose parent was killed does not go on for an hour."""
    (tmp_path / "source").write_bytes(samples.video(seconds=20, sound=None))
    (tmp_path / "made").mkdir()
    script = (
        "import os, subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-m', 'redleaf.media.videos.making', *sys.argv[1:],"
        " str(os.getpid())], stdout=subprocess.DEVNULL)\n"
    )
    worker = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "source"), str(tmp_path / "made")],
        check=True,
        env={**os.environ, "PYTHONPATH": str(running.SOURCE)},
    )
    assert worker.returncode == 0
    time.sleep(1.5)  # the whole of it would take less
    assert not (tmp_path / "made" / "facts.json").exists()


def test_what_was_forgotten_is_taken_up_again(mei: Any, run_jobs: Any) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    asset = receive(mei, samples.video())
    picture = services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a")
    jobs.take_up_again()
    assert ProcrastinateJob.objects.filter(queue_name="media").count() == 2  # both have their job
    Asset.objects.update(created_at=clock.now() - timedelta(hours=1))
    jobs.take_up_again()
    assert ProcrastinateJob.objects.filter(queue_name="media").count() == 2
    from redleaf.core import database

    database.execute("DELETE FROM procrastinate_jobs")
    jobs.take_up_again()
    run_jobs()
    for made in (asset, picture):
        made.refresh_from_db()
        assert made.state == AssetState.READY


def test_after_a_day_a_forgotten_video_has_failed(mei: Any) -> None:
    from redleaf.core import database

    asset = receive(mei, samples.video())
    database.execute("DELETE FROM procrastinate_jobs")
    Asset.objects.update(created_at=clock.now() - timedelta(days=2))
    jobs.take_up_again()
    asset.refresh_from_db()
    assert (asset.state, asset.failure) == (AssetState.FAILED, "took_too_long")


def test_a_video_that_was_taken_away_meanwhile_stays_away(
    mei: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asset = receive(mei, samples.video())
    real = running.run

    def taken_away(source: Path, made: Path, progress: Any) -> str:
        Asset.objects.filter(id=asset.id).delete()
        return real(source, made, progress)

    monkeypatch.setattr(running, "run", taken_away)
    run_jobs()
    assert not Asset.objects.filter(id=asset.id).exists()
    assert store.files(f"assets/{asset.ref[-2:]}/{asset.ref}") == []


def test_the_same_key_twice_is_one_video(mei: Any) -> None:
    key = uuid4()
    first, second = (receive(mei, samples.video(), key=key) for _time in range(2))
    assert first.id == second.id
