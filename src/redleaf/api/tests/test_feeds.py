"""Atom feeds, the sitemap and robots.txt: what everybody may see, and no more."""

from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings

from redleaf.accounts import services as accounts
from redleaf.api import sitemap
from redleaf.core.ids import encode
from redleaf.graph.models import Audience
from redleaf.notes.services import publish

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = f"{{{sitemap.NAMESPACE}}}"


def entries(browser: Any, address: str) -> list[str]:
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    return [str(entry.findtext(f"{ATOM}title")) for entry in root.iter(f"{ATOM}entry")]


def addresses(browser: Any, address: str) -> list[str]:
    answer = browser.get(address)
    assert answer["Content-Type"] == "application/xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    return [
        str(item.text).removeprefix(settings.REDLEAF_PUBLIC_URL) for item in root.iter(f"{MAP}loc")
    ]


def all_addresses(browser: Any) -> set[str]:
    files = addresses(browser, "/sitemap.xml")
    return {item for file in files for item in addresses(browser, file)}


def test_a_members_feed_holds_public_notes_whoever_asks(
    client: Any, cast: Any, share: Any, client_for: Any
) -> None:
    share(cast.mei, "For <all> & more")
    share(cast.mei, "For followers", audience=Audience.FOLLOWERS)
    for browser in (client, client_for(cast.mei), client_for(cast.lin)):
        assert entries(browser, "/@mei/feed.xml") == ["For <all> & more"]


def test_a_topics_feed_holds_public_notes(client: Any, mei: Any, share: Any) -> None:
    share(mei, "On tea", body="#茶")
    share(mei, "Hidden tea", body="#茶", audience=Audience.ONLY_ME)
    assert entries(client, f"/topic/{quote('茶')}/feed.xml") == ["On tea"]
    assert client.get("/topic/nothing/feed.xml").status_code == 404


def test_an_entry_says_who_when_and_where(client: Any, mei: Any, share: Any) -> None:
    made = share(mei, "Tea", body="From Fujian. #tea")
    root = ElementTree.fromstring(client.get("/@mei/feed.xml").content)  # noqa: S314 - ours
    entry = next(root.iter(f"{ATOM}entry"))
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{settings.REDLEAF_PUBLIC_URL}/note/{encode(made.id)}/"
    assert entry.findtext(f"{ATOM}id") == link.get("href")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "美美"
    assert str(entry.findtext(f"{ATOM}published")).startswith(str(made.published_at.year))
    assert [item.get("term") for item in entry.iter(f"{ATOM}category")] == ["tea"]


def test_a_feed_is_not_sent_again_when_nothing_is_new(client: Any, mei: Any, share: Any) -> None:
    share(mei)
    tag = client.get("/@mei/feed.xml")["ETag"]
    again = client.get("/@mei/feed.xml", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_closed_accounts_feed_is_not_there(client: Any, mei: Any, share: Any) -> None:
    share(mei)
    accounts.close_account(mei)
    assert client.get("/@mei/feed.xml").status_code == 404


def test_a_former_handle_leads_to_the_feed(client: Any, mei: Any) -> None:
    accounts.change_handle(mei, handle="meimei")
    assert client.get("/@mei/feed.xml")["Location"] == "/@meimei/feed.xml"


def test_pages_say_where_their_feed_is(client: Any, mei: Any, share: Any) -> None:
    share(mei, body="#tea")
    for page in ("/@mei", "/topic/tea/"):
        content = client.get(page).content.decode()
        at = content.index('type="application/atom+xml"')
        address = content[at:].partition('href="')[2].partition('"')[0]
        assert client.get(address).status_code == 200


def test_the_sitemap_has_what_everybody_may_see_and_no_more(
    client: Any, cast: Any, share: Any
) -> None:
    shown = share(cast.mei, body="#tea", place="toronto")
    hidden = share(cast.lin, body="#secret", audience=Audience.FOLLOWERS, place="vancouver")
    gone = share(cast.mei)
    publish.withdraw_note(cast.mei, gone)
    found = all_addresses(client)
    assert {"/", "/@mei", "/topic/tea/", "/place/toronto/", f"/note/{encode(shown.id)}/"} <= found
    assert (
        not {
            "/@lin",
            "/topic/secret/",
            "/place/vancouver/",
            f"/note/{encode(hidden.id)}/",
            f"/note/{encode(gone.id)}/",
        }
        & found
    )


def test_every_address_of_the_sitemap_answers(client: Any, mei: Any, share: Any) -> None:
    share(mei, body="#茶 #tea", place="toronto")
    for address in all_addresses(client):
        assert client.get(address).status_code == 200, address


def test_a_long_sitemap_comes_in_parts(
    client: Any, mei: Any, share: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "PAGE", 2)
    made = [share(mei, f"Note {number}") for number in range(5)]
    files = [file for file in addresses(client, "/sitemap.xml") if "notes" in file]
    assert files == [f"/sitemap/notes-{number}.xml" for number in (1, 2, 3)]
    found = [item for file in files for item in addresses(client, file)]
    assert found == [f"/note/{encode(note.id)}/" for note in made]


def test_an_account_that_closed_leaves_the_sitemap(
    client: Any, mei: Any, share: Any, deliver_events: Any
) -> None:
    share(mei)
    accounts.close_account(mei)
    deliver_events()
    assert not {item for item in all_addresses(client) if "note" in item or "@" in item}


@pytest.mark.parametrize(
    "address",
    [
        "/sitemap/notes-0.xml",
        "/sitemap/notes-99.xml",
        "/sitemap/drafts-1.xml",
        "/sitemap/notes-999999999999999999999.xml",
        "/sitemap/people-2.xml",
    ],
)
def test_a_part_that_is_not_there(address: str, client: Any) -> None:
    assert client.get(address).status_code == 404


def test_robots_are_told_where_the_sitemap_is(client: Any) -> None:
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.REDLEAF_PUBLIC_URL}/sitemap.xml" in text
    assert "Disallow: /settings/" in text
    assert "Disallow: /\n" not in text
