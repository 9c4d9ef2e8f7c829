"""Who may fetch a file, and how it is served: ranges, tags, caches."""

import io
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import pytest

from redleaf.core import clock, ids
from redleaf.media import guards, services
from redleaf.media.models import Asset
from redleaf.media.tests import samples

THING = ids.new_id()


@pytest.fixture
def allowed() -> Iterator[set[Any]]:
    """The accounts that may see THING; None among them is everybody."""
    who: set[Any] = set()

    def guard(viewer: Any, asked: Iterable[UUID]) -> set[UUID]:
        seen = None in who or getattr(viewer, "id", None) in who
        return {item for item in asked if item == THING and seen}

    guards.register("thing", guard)
    yield who
    del guards._guards["thing"]


@pytest.fixture
def video(mei: Any, run_jobs: Any) -> Asset:
    made = services.receive_video(mei, file=io.BytesIO(samples.video()), name="a.mp4")
    services.add_captions(mei, made, file=io.BytesIO(b"WEBVTT\n"), language="en")
    run_jobs()
    made.refresh_from_db()
    return made


def addresses(asset: Asset) -> list[str]:
    """Return every address under which something of the asset could be fetched."""
    base = f"assets/{asset.ref[-2:]}/{asset.ref}/"
    paths = [item["path"] for item in (*asset.manifest, *asset.captions)]
    return [f"/media/{asset.ref}/{path.removeprefix(base)}" for path in paths]


def answers(browser: Any, asset: Asset) -> set[int]:
    return {browser.get(address).status_code for address in addresses(asset)}


def test_what_belongs_to_nothing_yet_is_for_its_owner_only(
    *, asset: Asset, video: Asset, mei: Any, lin: Any, keeper: Any, client: Any, client_for: Any
) -> None:
    for made in (asset, video):
        assert answers(client_for(mei), made) == {200}
        assert answers(client_for(lin), made) == {404}
        assert answers(client_for(keeper), made) == {404}
        assert answers(client, made) == {404}


def test_what_belongs_to_a_draft_is_for_its_owner_only(
    asset: Asset, mei: Any, lin: Any, client_for: Any
) -> None:
    services.attach([asset.id], kind="draft", id=ids.new_id())
    assert answers(client_for(mei), asset) == {200}
    assert answers(client_for(lin), asset) == {404}


def test_what_belongs_to_a_thing_is_for_those_who_may_see_it(
    *, asset: Asset, video: Asset, allowed: set[Any], mei: Any, lin: Any, wei: Any,
    client: Any, client_for: Any,
) -> None:  # fmt: skip
    services.attach([asset.id, video.id], kind="thing", id=THING)
    allowed.add(lin.id)
    for made in (asset, video):
        assert len(addresses(made)) >= 6
        assert answers(client_for(lin), made) == {200}
        assert answers(client_for(mei), made) == {200}  # the owner
        assert answers(client_for(wei), made) == {404}
        assert answers(client, made) == {404}
    allowed.clear()
    allowed.add(None)
    assert answers(client, video) == {200}


def test_what_was_released_is_for_nobody(
    asset: Asset, allowed: set[Any], mei: Any, client: Any, client_for: Any
) -> None:
    services.attach([asset.id], kind="thing", id=THING)
    allowed.add(None)
    services.release([asset.id], kind="thing", id=THING)
    assert answers(client, asset) == {404}
    assert answers(client_for(mei), asset) == {404}


def test_release_by_something_else_lets_nothing_go(asset: Asset) -> None:
    services.attach([asset.id], kind="thing", id=THING)
    services.release([asset.id], kind="draft", id=THING)
    asset.refresh_from_db()
    assert asset.released_at is None


def test_a_draft_does_not_take_what_a_thing_has(asset: Asset) -> None:
    services.attach([asset.id], kind="thing", id=THING)
    services.attach([asset.id], kind="draft", id=ids.new_id(), only_unattached=True)
    asset.refresh_from_db()
    assert (asset.attached_kind, asset.attached_id) == ("thing", THING)


def test_nobody_attaches_what_is_somebody_elses(asset: Asset, lin: Any) -> None:
    services.attach([asset.id], kind="thing", id=THING, owner=lin)
    asset.refresh_from_db()
    assert asset.attached_kind == ""


def test_the_original_and_other_names_are_not_there(
    asset: Asset, mei: Any, client_for: Any
) -> None:
    browser = client_for(mei)
    for name in ("master.webp", "", "nothing.jpg", f"{asset.ref}/400.jpg", "../400.jpg", "%00.jpg"):
        assert browser.get(f"/media/{asset.ref}/{name}").status_code in {400, 404}
    assert browser.get(f"/media/{ids.encode(ids.new_id())}/400.jpg").status_code == 404


def test_a_video_in_quarantine_cannot_be_fetched(mei: Any, client_for: Any) -> None:
    made = services.receive_video(mei, file=io.BytesIO(samples.video()), name="a.mp4")
    for name in ("source", "video.mp4", "hls/master.m3u8", f"quarantine/{made.ref}"):
        assert client_for(mei).get(f"/media/{made.ref}/{name}").status_code == 404


@pytest.mark.parametrize("act", ["state", "retry", "captions"])
def test_the_owners_acts_are_not_there_for_others(
    act: str, video: Asset, lin: Any, client: Any, client_for: Any
) -> None:
    for browser, status in ((client_for(lin), 404), (client, 302)):
        send = browser.get if act == "state" else browser.post
        assert send(f"/media/{video.ref}/{act}/").status_code == status


class TestServing:
    """HTTP as players and caches use it."""

    @pytest.fixture
    def address(self, asset: Asset, allowed: set[Any]) -> str:
        allowed.add(None)
        services.attach([asset.id], kind="thing", id=THING)
        return f"/media/{asset.ref}/400.jpg"

    def test_public_files_may_be_kept_and_private_ones_not(
        self, *, address: str, allowed: set[Any], mei: Any, client: Any, client_for: Any
    ) -> None:
        assert client.get(address)["Cache-Control"] == "public, max-age=3600"
        allowed.clear()
        assert client_for(mei).get(address)["Cache-Control"] == "private, no-store"

    def test_a_file_can_do_nothing_in_a_browser(self, address: str, client: Any) -> None:
        answer = client.get(address)
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == "image/jpeg"

    def test_head_says_the_same_without_the_content(self, address: str, client: Any) -> None:
        whole, head = client.get(address), client.head(address)
        assert head.status_code == 200
        assert head.content == b""
        assert head["Content-Length"] == whole["Content-Length"] == str(len(whole.content))
        assert head["ETag"] == whole["ETag"]

    @pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
    def test_a_known_file_is_not_sent_again(self, form: str, address: str, client: Any) -> None:
        tag = client.get(address)["ETag"]
        answer = client.get(address, headers={"If-None-Match": form.format(tag)})
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer["ETag"] == tag
        assert answer["Cache-Control"] == "public, max-age=3600"

    def test_a_stranger_learns_nothing_from_a_tag(
        self, address: str, allowed: set[Any], client: Any
    ) -> None:
        tag = client.get(address)["ETag"]
        allowed.clear()
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 404

    def test_two_files_have_two_tags(self, video: Asset, mei: Any, client_for: Any) -> None:
        browser = client_for(mei)
        tags = [browser.get(address)["ETag"] for address in addresses(video)]
        assert len(set(tags)) == len(tags)

    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [("0-0", 0, 0), ("0-99", 0, 99), ("100-", 100, -1), ("-50", -50, -1), ("5-999999", 5, -1)],
    )
    def test_a_part_is_sent_as_a_part(
        self, asked: str, first: int, last: int, address: str, client: Any
    ) -> None:
        whole = client.get(address).content
        answer = client.get(address, headers={"Range": f"bytes={asked}"})
        first, last = first % len(whole), last % len(whole)
        assert answer.status_code == 206
        assert answer.content == whole[first : last + 1]
        assert answer["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer["Content-Length"] == str(last - first + 1)

    @pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=-0"])
    def test_a_part_that_is_not_there(self, asked: str, address: str, client: Any) -> None:
        answer = client.get(address, headers={"Range": asked})
        assert answer.status_code == 416
        assert answer["Content-Range"].startswith("bytes */")

    @pytest.mark.parametrize(
        "asked", ["bytes=-", "bytes=5-2", "bytes=0-1,3-4", "pages=1-2", "bytes=a-b", "bytes=²-"]
    )
    def test_what_is_no_single_range_gets_the_whole(
        self, asked: str, address: str, client: Any
    ) -> None:
        answer = client.get(address, HTTP_RANGE=asked)
        assert answer.status_code == 200
        assert answer["Accept-Ranges"] == "bytes"

    def test_a_part_of_another_version_gets_the_whole(self, address: str, client: Any) -> None:
        part = {"Range": "bytes=0-9", "If-Range": '"other"'}
        assert client.get(address, headers=part).status_code == 200
        part["If-Range"] = client.get(address)["ETag"]
        assert client.get(address, headers=part).status_code == 206

    def test_a_long_file_goes_in_pieces(
        self, video: Asset, mei: Any, client_for: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from redleaf.media import serving, store

        monkeypatch.setattr(serving, "AT_ONCE", 1000)
        monkeypatch.setattr(store, "PIECE", 1000)
        answer = client_for(mei).get(f"/media/{video.ref}/video.mp4", headers={"Range": "bytes=0-"})
        assert answer.streaming
        pieces = list(answer.streaming_content)
        assert max(map(len, pieces)) == 1000
        assert sum(map(len, pieces)) == int(answer["Content-Length"])

    def test_a_file_that_the_store_lost_is_not_there(
        self, address: str, asset: Asset, client: Any
    ) -> None:
        from redleaf.media import store

        store.remove([item["path"] for item in asset.manifest])
        assert client.get(address).status_code == 404


def portrait_file(content: bytes | None = None) -> io.BytesIO:
    file = io.BytesIO(samples.encoded() if content is None else content)
    file.name = "me.jpg"
    return file


class TestPortraits:
    """A member's face."""

    def send(self, browser: Any, content: bytes) -> Any:
        return browser.post(
            "/media/avatar/",
            {"file": portrait_file(content)},
            headers={"Referer": "http://testserver/settings/profile/"},
        )

    def test_a_portrait_is_square_and_public(self, mei: Any, client: Any, client_for: Any) -> None:
        from PIL import Image

        answer = self.send(client_for(mei), samples.encoded(orientation=6))
        assert answer["Location"] == "http://testserver/settings/profile/"
        mei.refresh_from_db()
        served = client.get(f"/avatar/mei/{mei.avatar}.webp")
        assert served["Content-Type"] == "image/webp"
        assert served["Cache-Control"] == "public, max-age=31536000, immutable"
        with Image.open(io.BytesIO(served.content)) as opened:
            assert opened.size == (256, 256)
        for secret in samples.SECRETS:
            assert secret not in served.content

    def test_a_new_portrait_takes_the_old_one_away(
        self, mei: Any, client: Any, client_for: Any
    ) -> None:
        browser = client_for(mei)
        self.send(browser, samples.encoded())
        mei.refresh_from_db()
        before = mei.avatar
        self.send(browser, samples.encoded("PNG"))
        mei.refresh_from_db()
        assert mei.avatar != before
        assert client.get(f"/avatar/mei/{before}.webp").status_code == 404
        assert client.get(f"/avatar/mei/{mei.avatar}.webp").status_code == 200

    def test_a_refused_portrait_keeps_the_old_one(self, mei: Any, client_for: Any) -> None:
        browser = client_for(mei)
        self.send(browser, samples.encoded())
        mei.refresh_from_db()
        before = mei.avatar
        assert self.send(browser, b"no picture").status_code == 422
        assert browser.post("/media/avatar/", {}).status_code == 422
        mei.refresh_from_db()
        assert mei.avatar == before
        assert Asset.objects.filter(released_at=None).count() == 1

    def test_a_portrait_is_saved_with_the_profile(self, mei: Any, client_for: Any) -> None:
        typed = {"display_name": "Mei Lin", "bio": "Tea", "city": ""}
        answer = client_for(mei).post("/media/avatar/", {**typed, "file": portrait_file()})
        assert answer.status_code == 303 and answer["Location"] == "/settings/profile/"
        mei.refresh_from_db()
        assert mei.avatar and (mei.display_name, mei.bio) == ("Mei Lin", "Tea")

    def test_a_refused_portrait_shows_the_form_with_its_reason_and_what_was_typed(
        self, mei: Any, client_for: Any
    ) -> None:
        typed = {"display_name": "Mei Lin", "bio": "still here", "city": ""}
        hostile = portrait_file(b"no picture")
        answer = client_for(mei).post("/media/avatar/", {**typed, "file": hostile})
        page = answer.content.decode()
        assert answer.status_code == 422 and 'id="error_picture"' in page
        assert "“me.jpg”" in page
        assert 'value="Mei Lin"' in page and "still here" in page
        mei.refresh_from_db()
        assert (mei.avatar, mei.display_name, mei.bio) == ("", "美美", "")

    def test_words_that_are_refused_do_not_lose_the_portrait(
        self, mei: Any, client_for: Any
    ) -> None:
        typed = {"display_name": "梅" * 30, "bio": "still here", "city": ""}
        answer = client_for(mei).post("/media/avatar/", {**typed, "file": portrait_file()})
        assert answer.status_code == 422 and "梅" * 30 in answer.content.decode()
        mei.refresh_from_db()
        assert mei.avatar and mei.display_name == "美美"

    def test_words_alone_leave_the_portrait(self, mei: Any, client_for: Any) -> None:
        browser = client_for(mei)
        self.send(browser, samples.encoded())
        browser.post("/media/avatar/", {"display_name": "Mei", "bio": "Tea", "city": ""})
        mei.refresh_from_db()
        assert mei.avatar and mei.bio == "Tea"

    def test_a_portrait_can_be_taken_away(self, mei: Any, client: Any, client_for: Any) -> None:
        browser = client_for(mei)
        self.send(browser, samples.encoded())
        mei.refresh_from_db()
        address = f"/avatar/mei/{mei.avatar}.webp"
        browser.post("/media/avatar/", {"act": "remove"})
        mei.refresh_from_db()
        assert mei.avatar == ""
        assert client.get(address).status_code == 404

    def test_a_closed_accounts_portrait_is_not_there(
        self, mei: Any, client: Any, client_for: Any
    ) -> None:
        self.send(client_for(mei), samples.encoded())
        mei.refresh_from_db()
        mei.deleted_at = clock.now()
        mei.save(update_fields=["deleted_at"])
        assert client.get(f"/avatar/mei/{mei.avatar}.webp").status_code == 404

    @pytest.mark.django_db
    @pytest.mark.parametrize("ref", ["x", "0" * 26, "%00", "z" * 26, "a" * 500])
    def test_a_broken_address_is_not_there(self, ref: str, client: Any) -> None:
        assert client.get(f"/avatar/mei/{ref}.webp").status_code in {400, 404}

    def test_a_picture_is_no_portrait(self, asset: Asset, client: Any) -> None:
        assert client.get(f"/avatar/mei/{asset.ref}.webp").status_code == 404
