"""The API's answers: as the description says, to whom they may go, page by page."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from redleaf.accounts import services as accounts
from redleaf.api import schema
from redleaf.core.ids import encode, new_id
from redleaf.graph import services as graph
from redleaf.graph.models import Audience
from redleaf.media import services as media
from redleaf.media.tests import samples
from redleaf.notes.services import comments, publish
from redleaf.notes.services.content import PictureChoice

REPOSITORY = Path(__file__).resolve().parents[4]

pytestmark = pytest.mark.django_db


def get(browser: Any, address: str, status: int = 200, **headers: str) -> Any:
    """Fetch an endpoint, hold the answer against the description, and return it."""
    answer = browser.get(address, headers=headers or None)
    assert answer.status_code == status, answer.content[:300]
    found = json.loads(answer.content)
    hold(found, _answer_name(address) if status == 200 else "Error")
    return found


def hold(found: Any, name: str) -> None:
    whole = {"$id": "urn:api", "components": {"schemas": schema.SCHEMAS}}
    registry: Registry[Any] = Registry().with_resource(
        "urn:api", Resource.from_contents(whole, default_specification=DRAFT202012)
    )
    one = {"$ref": f"urn:api#/components/schemas/{name}"}
    errors = list(OAS31Validator(one, registry=registry).iter_errors(found))
    assert not errors, errors[0]


def _answer_name(address: str) -> str:
    parts = address.partition("?")[0].strip("/").split("/")
    for item in schema.ENDPOINTS:
        pattern = item.path.strip("/").split("/")
        if len(pattern) == len(parts) and all(
            one == other or one.startswith("{") for one, other in zip(pattern, parts, strict=True)
        ):
            return item.answer
    raise AssertionError(f"{address} is not described")


def titles(found: Any) -> list[str]:
    return [note["title"] for note in found["notes"]]


def test_the_description_is_valid_openapi(client: Any) -> None:
    found = client.get("/api/v1/openapi.json").json()
    validate(found)
    assert found["openapi"] == "3.1.0"


def test_every_endpoint_is_described_and_every_description_answers() -> None:
    from redleaf.api import urls

    routes = {
        "/"
        + str(item.pattern).replace("<ref:note_id>", "{id}").replace("<str:", "{").replace(">", "}")
        for item in urls.urlpatterns
        if str(item.pattern).startswith("api/v1/") and item.name != "openapi"
    }
    assert routes == {item.path for item in schema.ENDPOINTS}


def test_the_page_for_people_names_every_address() -> None:
    page = (REPOSITORY / "docs" / "api.md").read_text(encoding="utf-8")
    for item in schema.ENDPOINTS:
        assert f"`{item.path}`" in page


def test_notes_come_in_explores_order(client: Any, mei: Any, share: Any) -> None:
    first, second = share(mei, "First"), share(mei, "Second")
    from redleaf.notes.services import marks

    marks.mark(mei, first.id, kind="save", on=True)
    assert titles(get(client, "/api/v1/notes/")) == ["First", "Second"]
    assert titles(get(client, "/api/v1/notes/?sort=new")) == ["Second", "First"]
    assert second.id > first.id


def test_a_channel_holds_its_own(client: Any, mei: Any, share: Any) -> None:
    from redleaf.editions.selectors import channels

    slug = channels()[0].slug
    share(mei, "Inside", channel=slug)
    share(mei, "Outside")
    found = get(client, f"/api/v1/notes/?channel={slug}")
    assert titles(found) == ["Inside"]
    assert found["notes"][0]["channel"] == slug
    get(client, "/api/v1/notes/?channel=nothing-like-it", 404)


def test_pages_follow_one_another_without_gap_or_repeat(client: Any, mei: Any, share: Any) -> None:
    for number in range(50):
        share(mei, f"Note {number}")
    seen: list[str] = []
    after = ""
    for _page in range(5):
        found = get(client, f"/api/v1/notes/?sort=new&after={after}")
        seen += titles(found)
        after = found["next"]
        if after is None:
            break
    assert seen == [f"Note {number}" for number in reversed(range(50))]


def test_a_note_has_its_words(client: Any, mei: Any, share: Any) -> None:
    made = share(mei, "Tea", body="Tea from Fujian.\n\n#tea #茶", language="en")
    note = get(client, f"/api/v1/notes/{encode(made.id)}/")["note"]
    assert note["body"] == "Tea from Fujian.\n\n#tea #茶"
    assert [topic["name"] for topic in note["topics"]] == ["tea", "茶"]
    assert note["author"]["handle"] == "mei"
    assert note["url"] == f"{settings.REDLEAF_PUBLIC_URL}/note/{encode(made.id)}/"
    assert note["published_at"].endswith("Z")


def test_a_note_has_its_pictures_and_their_files(
    client: Any, mei: Any, share: Any, run_jobs: Any
) -> None:
    asset = media.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a.jpg")
    run_jobs()
    made = share(mei, kind="picture", pictures=(PictureChoice(asset.id, "A red square"),))
    picture = get(client, f"/api/v1/notes/{encode(made.id)}/")["note"]["pictures"][0]
    assert picture["alt"] == "A red square"
    assert {file["type"] for file in picture["files"]} == {"image/avif", "image/webp", "image/jpeg"}
    for file in picture["files"]:
        assert client.get(file["url"].removeprefix(settings.REDLEAF_PUBLIC_URL)).status_code == 200


def test_a_note_has_its_video_when_it_is_ready(
    client: Any, mei: Any, share: Any, run_jobs: Any
) -> None:
    asset = media.receive_video(mei, file=io.BytesIO(samples.video()), name="a.mp4")
    made = share(mei, kind="video", video_id=asset.id)
    address = f"/api/v1/notes/{encode(made.id)}/"
    assert get(client, address)["note"]["video"]["ready"] is False
    run_jobs()
    video = get(client, address)["note"]["video"]
    assert video["ready"] is True
    for name in ("mp4", "hls", "poster"):
        path = video[name].removeprefix(settings.REDLEAF_PUBLIC_URL)
        assert client.get(path).status_code == 200


def test_comments_come_in_threads(client: Any, cast: Any, share: Any) -> None:
    made = share(cast.mei)
    top = comments.post_comment(cast.lin, made.id, body="Where is it?")
    comments.post_comment(cast.mei, made.id, body="In Toronto.", parent_id=top.id)
    found = get(client, f"/api/v1/notes/{encode(made.id)}/comments/")["comments"]
    assert [thread["body"] for thread in found] == ["Where is it?"]
    assert [reply["body"] for reply in found[0]["replies"]] == ["In Toronto."]


def test_a_deleted_comment_with_answers_keeps_only_its_place(
    client: Any, cast: Any, share: Any
) -> None:
    made = share(cast.mei)
    top = comments.post_comment(cast.lin, made.id, body="A secret")
    comments.post_comment(cast.mei, made.id, body="An answer", parent_id=top.id)
    comments.withdraw_comment(cast.lin, top.id)
    answer = client.get(f"/api/v1/notes/{encode(made.id)}/comments/")
    assert b"A secret" not in answer.content
    found = answer.json()["comments"][0]
    assert (found["gone"], found["author"], found["body"]) == (True, None, "")


def test_a_member_is_shown_as_on_the_profile(client: Any, cast: Any) -> None:
    person = get(client, "/api/v1/people/mei/")["person"]
    assert (person["name"], person["city"]) == ("美美", "toronto")
    assert (person["counts"]["followers"], person["counts"]["following"]) == (2, 1)


def test_a_members_notes_are_those_that_the_reader_may_see(
    client: Any, cast: Any, share: Any, client_for: Any
) -> None:
    share(cast.mei, "For all")
    share(cast.mei, "For followers", audience=Audience.FOLLOWERS)
    share(cast.mei, "For me", audience=Audience.ONLY_ME)
    address = "/api/v1/people/mei/notes/"
    assert titles(get(client, address)) == ["For all"]
    assert titles(get(client_for(cast.lin), address)) == ["For followers", "For all"]
    assert titles(get(client_for(cast.mei), address)) == ["For me", "For followers", "For all"]


def test_a_block_hides_the_member(client: Any, cast: Any, share: Any, client_for: Any) -> None:
    made = share(cast.mei, "For all")
    browser = client_for(cast.wei)
    get(browser, "/api/v1/people/mei/", 404)
    get(browser, "/api/v1/people/mei/notes/", 404)
    get(browser, f"/api/v1/notes/{encode(made.id)}/", 404)
    get(browser, f"/api/v1/notes/{encode(made.id)}/comments/", 404)
    assert titles(get(browser, "/api/v1/notes/")) == []
    share(cast.wei, "By Wei")
    assert titles(get(client_for(cast.mei), "/api/v1/people/wei/notes/")) == []


def test_a_mute_keeps_out_of_the_lists_for_all(
    client: Any, cast: Any, share: Any, client_for: Any
) -> None:
    share(cast.bo, "By Bo")
    assert titles(get(client_for(cast.grace), "/api/v1/notes/")) == []
    assert titles(get(client_for(cast.grace), "/api/v1/people/bo_chen/notes/")) == ["By Bo"]
    assert titles(get(client, "/api/v1/notes/")) == ["By Bo"]


def test_a_topic_in_any_spelling(client: Any, mei: Any, share: Any) -> None:
    share(mei, "On tea", body="#Tea")
    found = get(client, "/api/v1/topics/TEA/notes/")
    assert (found["topic"]["key"], titles(found)) == ("tea", ["On tea"])
    get(client, "/api/v1/topics/nothing/notes/", 404)


def test_search_finds_by_words(client: Any, mei: Any, share: Any, deliver_events: Any) -> None:
    share(mei, "Fermented tofu")
    deliver_events()
    found = get(client, "/api/v1/search/?q=tofu")
    assert titles(found) == ["Fermented tofu"]
    assert found["searched"] == "tofu"
    get(client, "/api/v1/search/", 422)
    get(client, "/api/v1/search/?q=%20", 422)
    get(client, "/api/v1/search/?q=tofu&sort=cheapest", 422)
    get(client, "/api/v1/search/?q=tofu&after=nonsense", 422)


def test_following_is_the_signed_in_members(
    client: Any, cast: Any, share: Any, client_for: Any
) -> None:
    share(cast.mei, "By Mei", audience=Audience.MUTUALS)
    share(cast.grace, "By Grace")
    assert titles(get(client_for(cast.lin), "/api/v1/me/following/")) == ["By Mei"]
    assert titles(get(client_for(cast.antoine), "/api/v1/me/following/")) == []
    assert get(client, "/api/v1/me/following/", 401)["error"]["code"] == "sign_in"


def test_what_is_not_out_is_not_there(client_for: Any, mei: Any, share: Any) -> None:
    from datetime import timedelta

    from redleaf.core import clock

    waiting = share(mei, scheduled_at=clock.now() + timedelta(days=1))
    gone = share(mei)
    publish.withdraw_note(mei, gone)
    for made in (waiting, gone):
        get(client_for(mei), f"/api/v1/notes/{encode(made.id)}/", 404)
        get(client_for(mei), f"/api/v1/notes/{encode(made.id)}/comments/", 404)


def test_a_closed_account_is_not_there(client: Any, mei: Any, share: Any) -> None:
    made = share(mei)
    accounts.close_account(mei)
    get(client, "/api/v1/people/mei/", 404)
    get(client, f"/api/v1/notes/{encode(made.id)}/", 404)


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v1/",
        "/api/v1/notes",
        "/api/v2/notes/",
        "/api/v1/notes/not-an-id/",
        "/api/v1/notes/" + "0" * 26 + "/",
        "/api/v1/people/no body/",
        "/api/v1/people/" + "x" * 3000 + "/",
        "/api/v1/topics/" + "é" * 1000 + "/notes/",
    ],
)
def test_an_address_that_is_not_there_is_answered_in_json(address: str, client: Any) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    hold(answer.json(), "Error")


@pytest.mark.parametrize(
    "address", ["/api/v1/notes/?after=%00", "/api/v1/search/?q=%ff", "/api/v1/people/%00/"]
)
def test_a_broken_address_is_answered_in_json(address: str, client: Any) -> None:
    answer = client.get(address)
    assert answer.status_code in {400, 404}
    hold(answer.json(), "Error")


@pytest.mark.parametrize("after", ["x", "W10", "WzEsMl0", "bnVsbA", "A" * 500, "%E2%80%AE"])
def test_a_broken_cursor_is_refused(after: str, client: Any) -> None:
    for address in ("/api/v1/notes/", f"/api/v1/notes/?sort=new&x={encode(new_id())}"):
        glue = "&" if "?" in address else "?"
        get(client, f"{address}{glue}after={after}", 422)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(method: str, client_for: Any, mei: Any, share: Any) -> None:
    made = share(mei)
    answer = getattr(client_for(mei), method)(f"/api/v1/notes/{encode(made.id)}/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    hold(answer.json(), "Error")


def test_an_unchanged_answer_is_not_sent_again(client: Any, mei: Any, share: Any) -> None:
    share(mei)
    tag = client.get("/api/v1/notes/")["ETag"]
    again = client.get("/api/v1/notes/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    share(mei, "Another")
    assert client.get("/api/v1/notes/", headers={"If-None-Match": tag}).status_code == 200


def test_every_origin_may_read_what_everybody_may_read(client: Any) -> None:
    answer = client.get("/api/v1/notes/", headers={"Origin": "https://elsewhere.example"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert client.options("/api/v1/notes/").status_code == 204


def test_too_many_requests_are_told_to_wait(
    client: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from redleaf.core import limits

    settings.REDLEAF_RATE_LIMITS = True
    real = limits.hit
    monkeypatch.setattr(limits, "hit", lambda name, key, **_rate: real(name, key, rate="2/h"))
    for _time in range(2):
        assert client.get("/api/v1/notes/").status_code == 200
    answer = client.get("/api/v1/notes/")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    hold(answer.json(), "Error")


def test_errors_speak_the_readers_language(client: Any) -> None:
    english = get(client, "/api/v1/people/nobody-here/", 404)["error"]
    assert english["code"] == "not_found"
    assert english["message"]


def test_a_page_of_notes_costs_few_queries(
    client: Any, mei: Any, share: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(10):
        share(mei, f"Note {number}")
    with django_assert_max_num_queries(4):
        get(client, "/api/v1/notes/")


def test_who_is_blocked_learns_nothing_from_a_comment(
    cast: Any, share: Any, client_for: Any
) -> None:
    made = share(cast.grace)
    comments.post_comment(cast.mei, made.id, body="Words of Mei")
    graph.block(cast.mei, cast.bo)
    address = f"/api/v1/notes/{encode(made.id)}/comments/"
    assert b"Words of Mei" in client_for(cast.lin).get(address).content
    assert b"Words of Mei" not in client_for(cast.bo).get(address).content
