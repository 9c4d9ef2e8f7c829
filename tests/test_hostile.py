"""Whatever is sent, to every address: an answer in words, never a crash, never a script of others.

The addresses are those of the resolver, the fields those that a view is seen to ask for, so what is
added later is tried as well.
"""

import io
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from redleaf.accounts.tests.factories import PASSWORD, sign_in
from redleaf.core import clock, ids
from redleaf.core.paging import encode_cursor
from redleaf.notes.tests.factories import picture_file
from tests.hostile import (
    FEW,
    HOSTILE,
    LONG,
    MARKUP,
    MIXED,
    SCRIPT,
    complaints,
    encoded,
    get,
    listening,
    send,
    told,
)
from tests.routes import Route, all_routes, small_site

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BROKEN_BYTES = {"latin": b"\xff\xfe", "overlong": b"\xc0\xaf", "surrogate": b"\xed\xa0\x80"}
CURSORS = [
    "e30",
    "bnVsbA",
    "W10",
    encode_cursor(1),
    encode_cursor("x", "y"),
    encode_cursor(1e308, ids.new_id()),
    encode_cursor(2**62, ids.new_id()),
    encode_cursor(-(2**62), 2**62, "x"),
    encode_cursor(0, 2**31, "a\u202eb"),
    encode_cursor("0001-01-01T00:00:00+14:00", ids.new_id()),
    encode_cursor("9999-12-31T23:59:59-14:00", ids.new_id()),
    encode_cursor(clock.now(), ids.new_id()),
    encode_cursor(ids.new_id()),
]
EVERY_PAGE = {"lang", "next", "q", "after", "channel", "sort"}  # tried whether asked for or not


@pytest.fixture
def site(cast: SimpleNamespace, settings: Any) -> dict[str, Any]:
    settings.ACCOUNT_RATE_LIMITS = False
    settings.REDLEAF_MAIL_OUTBOX = settings.REDLEAF_OUTBOX_PUBLIC = True
    return small_site(cast)


@pytest.fixture
def readers(site: dict[str, Any]) -> dict[str, Client]:
    """A visitor, and mei, who has just typed her password."""
    found = {"visitor": Client(), "member": sign_in(site["accounts"].mei, fresh=True)}
    for client in found.values():
        client.raise_request_exception = False
    return found


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_every_address_survives_hostile_parameters(
    reader: str, site: dict[str, Any], readers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, found = readers[reader], []
    for route in all_routes():
        path = route.path(site)
        with listening(monkeypatch) as asked:
            plain = get(client, path)
        found += complaints(plain, f"GET {path}")
        is_shut = plain.status_code == 405 or "/login/" in plain.headers.get("Location", "")
        for name, value in (FEW if is_shut or reader == "visitor" else HOSTILE).items():
            query = encoded(dict.fromkeys(asked | EVERY_PAGE, value[:2000]))
            found += complaints(get(client, path, query), f"GET {path} with {name}")
        for name in asked - {"lang"}:
            for value in (MIXED, LONG) if name == "q" else (MIXED,):
                answer = get(client, path, encoded({name: value}))
                found += complaints(answer, f"GET {path}?{name}=")
    assert not found, told(found)


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_every_list_survives_hostile_cursors(
    reader: str, site: dict[str, Any], readers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, found, tried = readers[reader], [], 0
    for route in all_routes():
        path = route.path(site)
        with listening(monkeypatch) as asked:
            get(client, path, "q=latte&show=all")
        if "after" not in asked:
            continue
        tried += 1
        for kept in ("q=latte", "sort=new"):
            for cursor in (*CURSORS, MARKUP, "x" * 500):
                query = f"{kept}&after={quote(cursor)}"
                for header in ({}, {"HTTP_HX_REQUEST": "true"}):
                    answer = get(client, path, query, **header)
                    found += complaints(answer, f"GET {path}?{query}")
    assert not found, told(found)
    assert tried > 8


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_every_part_of_an_address_survives_hostile_values(
    reader: str, site: dict[str, Any], readers: dict[str, Client]
) -> None:
    client, found = readers[reader], []
    texts = [
        *(
            quote(value[:3000], safe="")
            for value in (HOSTILE if reader == "member" else FEW).values()
            if value
        ),
        *("%ff%fe", "%ed%a0%80", "..", "%2e%2e%2f%2e%2e%2fsecrets", "%5c", "%"),
    ]
    stranger = ids.encode(ids.new_id())
    for route in all_routes():
        for part in route.parts:
            # A stand-in that is certain to match is replaced by what would not.
            path = route.path(site)
            mark = str(_in_address(site, route, part))
            for text in (*texts, stranger, stranger.upper(), "7" + "z" * 25, "0", stranger[:-1]):
                asked = path.replace(f"/{mark}", f"/{text}", 1).replace(f"@{mark}", f"@{text}", 1)
                answer = get(client, asked)
                found += complaints(answer, f"GET {asked[:120]} for {part}")
                if text == stranger:
                    answer = send(client, "POST", asked)
                    found += complaints(answer, f"POST {asked[:120]} for {part}")
    assert not found, told(found)


def _in_address(site: dict[str, Any], route: Route, part: str) -> object:
    value = site.get(f"{route.name} {part}", site.get(part))
    return ids.encode(value) if hasattr(value, "hex") else value


def test_no_thing_answers_for_another_kind_of_thing(
    site: dict[str, Any], readers: dict[str, Client]
) -> None:
    """A note's id at a board's address, and so on, is nothing; a stranger's id is nothing."""
    kinds = ["note_id", "comment_id", "board_id", "list_id", "draft_id", "asset_id", "mail_id"]
    for route in all_routes():
        for part in set(route.parts) & set(kinds):
            for other in kinds:
                if other == part or (route.name == "notes:draft" and other == "note_id"):
                    continue
                path = route.path({**site, f"{route.name} {part}": site[other]})
                answer = readers["member"].get(path, follow=True)
                assert answer.status_code in {404, 405}, (route.name, other)


def test_every_address_answers_every_method(
    site: dict[str, Any], readers: dict[str, Client]
) -> None:
    client, found = readers["member"], []
    for route in all_routes():
        path = route.path(site)
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "BREW", "POST"):
            answer = send(client, method, path)
            if method == "HEAD" and answer.status_code < 500:
                continue
            found += complaints(answer, f"{method} {path}")
    assert not found, told(found)


def good_forms(site: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return forms that reach deep, by address: each field of them is then made hostile in turn."""
    note = {
        "kind": "words",
        "title": "Tea",
        "body": "A pot of it.",
        "language": "en",
        "audience": "public",
        "reply_policy": "everyone",
    }
    comment = {"body": "Hello", "key": "5f0c1a52-0b3e-4a5e-9a43-0c1f6d6d8f11", "parent": ""}
    return {
        "notes:compose": [{**note, "act": "publish"}, {**note, "act": "preview"}],
        "notes:draft": [{**note, "act": "publish", "revision": "1"}],
        "notes:autosave": [{**note, "draft": "", "revision": "0", "window": ""}],
        "notes:preview": [note],
        "notes:comment": [comment],
        "notes:comment_edit": [{"body": "Better"}],
        "notes:comment_hide": [{"reason": "off topic"}],
        "notes:comment_like": [{"on": "1"}],
        "notes:comment_pin": [{"on": "1"}],
        "notes:reply_rules": [{"reply_policy": "followers", "slow_mode_seconds": "60"}],
        "notes:mark": [{"on": "1", "next": "/"}],
        "notes:schedule": [{"act": "now"}],
        "notes:save": [{"board": "", "shown": "", "title": "New", "visibility": "private"}],
        "notes:boards": [{"title": "Tea", "description": "All", "visibility": "public"}],
        "notes:board_edit": [{"title": "Tea", "description": "All", "visibility": "public"}],
        "notes:board_people": [{"handle": "lin", "act": act} for act in ("invite", "remove")],
        "notes:board_remove": [{"item": ids.encode(ids.new_id())}],
        "graph:relate": [{"days": "7", "next": "/", "as": "row"}],
        "graph:lists": [{"name": "Family"}],
        "graph:list": [
            {"act": act, "name": "Family", "handle": "antoine"} for act in ("rename", "add")
        ],
        "graph:person_lists": [{"list": "", "shown": ""}],
        "discovery:channels": [{"act": act, "slug": "coffee"} for act in ("up", "hide")],
        "inbox:read": [{}],
        "web:set_language": [{"language": "fr", "next": "/"}],
        "web:set_theme": [{"theme": "dark", "next": "/"}],
        "media:upload": [{"kind": "picture", "key": ""}],
        "media:captions": [{"language": "en"}],
        "account_signup": [
            {
                "display_name": "Grace",
                "username": "grace_li",
                "email": "grace@example.net",
                "password1": PASSWORD,
                "age_band": "18_plus",
                "language": "en",
            }
        ],
        "account_login": [{"login": "mei", "password": "wrong", "next": "/"}],
        "settings_profile": [{"display_name": "Mei", "bio": "Tea", "city": "toronto"}],
        "settings_handle": [{"handle": "mei_new"}],
        "settings_appearance": [
            {"language": "en", "time_zone": "America/Toronto", "theme": "dark"}
        ],
        "settings_close": [{"handle": "other"}],
        "welcome": [{"interest": "coffee", "next": "/"}],
    }


@pytest.mark.parametrize("reader", ["visitor", "member"])
def test_every_form_survives_hostile_fields(
    reader: str, site: dict[str, Any], readers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, found, forms, echoes = readers[reader], [], good_forms(site), 0
    for route in all_routes():
        path = route.path(site)
        for turn, good in enumerate(forms.get(route.name, [{}])):
            with listening(monkeypatch) as asked:
                for begun in ({}, good):
                    answer = send(client, "POST", path, begun)
                    found += complaints(answer, f"POST {path}")
            if answer.status_code == 405:
                break
            if "/account/login/" in answer.headers.get("Location", ""):
                answer = send(client, "POST", path, dict.fromkeys(asked | EVERY_PAGE, MARKUP))
                found += complaints(answer, f"POST {path}")
                break
            for field in sorted(asked | set(good)):
                for name, value in (FEW if turn else HOSTILE).items():
                    answer = send(client, "POST", path, {**good, field: value})
                    found += complaints(answer, f"POST {path} with {name} in {field}")
                    echoes += b"&lt;script&gt;hostile" in answer.content
    assert not found, told(found)
    assert echoes > (25 if reader == "member" else 3), "what was typed reaches pages, escaped"


BODIES: dict[str, tuple[str, bytes]] = {
    "json": ("application/json", b'{"title": "\\ud800", "body": ["<script>hostile()</script>"]}'),
    "broken json": ("application/json", b'{"title": '),
    "text": ("text/plain", b"title=Tea"),
    "no type": ("", b"title=Tea"),
    "odd type": ("\xff/;;=", b"title=Tea"),
    "unknown charset": ("application/x-www-form-urlencoded; charset=hostile", b"title=Tea&body=a"),
    "utf-16": ("application/x-www-form-urlencoded; charset=utf-16", b"title=Tea&body=a"),
    "no boundary": ("multipart/form-data", b"--x\r\n"),
    "broken boundary": ("multipart/form-data; boundary=\xff", b"--x\r\n"),
    "cut off": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\nTe',
    ),
    "bad encoding": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--x--\r\n",
    ),
    "file for a field": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="title"; filename="a.svg"\r\n'
        b"Content-Type: image/svg+xml\r\n\r\n<svg onload=hostile()/>\r\n--x--\r\n",
    ),
    "many fields": (
        "application/x-www-form-urlencoded",
        b"&".join(b"f%d=1" % number for number in range(600)),
    ),
    "large": ("application/x-www-form-urlencoded", b"body=" + b"x" * 2_700_000),
    **{
        name: (
            "application/x-www-form-urlencoded",
            b"&".join(field + b"=" + value for field in (b"title", b"body", b"next", b"login")),
        )
        for name, value in BROKEN_BYTES.items()
    },
    "broken escapes": (
        "application/x-www-form-urlencoded",
        b"title=%ff%fe&body=%ed%a0%80&name=%&handle=%u0041&next=%00",
    ),
}


@pytest.mark.parametrize("name", BODIES)
def test_every_form_survives_a_body_that_is_none(
    name: str, site: dict[str, Any], readers: dict[str, Client]
) -> None:
    kind, body = BODIES[name]
    found = []
    for route in all_routes():
        path = route.path(site)
        answer = send(readers["member"], "POST", path, body, content_type=kind)
        found += complaints(answer, f"POST {path} with {name}")
    assert not found, told(found)


def test_broken_bodies_do_not_pass_the_forgery_check(site: dict[str, Any]) -> None:
    """The check reads the body before any view does."""
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    found = []
    for name, (kind, body) in BODIES.items():
        answer = browser.generic("POST", "/account/login/", body, content_type=kind)
        found += complaints(answer, name)
        assert answer.status_code in {400, 403, 413}, name
    assert not found, told(found)


HEADERS: dict[str, dict[str, str]] = {
    "language": {"HTTP_ACCEPT_LANGUAGE": "\x00,;q=x, " + "zh-" * 5000 + MARKUP},
    "referer": {"HTTP_REFERER": "http://[::1/" + MARKUP},
    "htmx": {
        "HTTP_HX_REQUEST": "true",
        "HTTP_HX_CURRENT_URL": "http://[" + MARKUP,
        "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": "true",
        "HTTP_HX_TARGET": "%ff%00" + MARKUP,
        "HTTP_HX_TARGET_URI_AUTOENCODED": "true",
        "HTTP_HX_TRIGGERING_EVENT": "{",
    },
    "cookies": {
        "HTTP_COOKIE": "redleaf_session=\x01" + "x" * 5000 + "; redleaf_csrf=\xff;"
        ' redleaf_language=../../x; redleaf_theme="><script>; messages=W1tdXQ; redleaf_welcomed'
    },
    "cookie of words": {"HTTP_COOKIE": 'redleaf_session=\' OR 1=1; messages="[[\\ud800]]"'},
    "range": {"HTTP_RANGE": "bytes=" + "9" * 15 + "-", "HTTP_IF_NONE_MATCH": '"' * 500},
    "ranges": {"HTTP_RANGE": "bytes=5-1,--,0-0" * 200, "HTTP_IF_RANGE": "\x01"},
    "accept": {"HTTP_ACCEPT": "application/json;;q=\x00" + ",*/*" * 3000},
    "forwarded": {"HTTP_X_FORWARDED_FOR": MARKUP, "HTTP_X_FORWARDED_HOST": "evil.example"},
    "network": {"REMOTE_ADDR": "not an address"},
    "agent": {"HTTP_USER_AGENT": MARKUP * 200 + "\udcff"},
    "dates": {"HTTP_IF_MODIFIED_SINCE": "Thu, 99 Foo 99999 99:99:99 GMT"},
}


@pytest.mark.parametrize("name", HEADERS)
def test_every_address_survives_hostile_headers(
    name: str, site: dict[str, Any], readers: dict[str, Client]
) -> None:
    found = []
    for route in all_routes():
        path = route.path(site)
        answer = get(readers["visitor"], path, **HEADERS[name])
        found += complaints(answer, f"GET {path} with a hostile {name}")
    assert not found, told(found)


def test_sign_in_survives_hostile_headers(site: dict[str, Any]) -> None:
    """Sign-in stores where and with what somebody came; the list of sessions shows it."""
    for name, headers in HEADERS.items():
        browser = Client(raise_request_exception=False, **headers)
        answer = browser.post("/account/login/", {"login": "mei", "password": PASSWORD})
        assert answer.status_code in {302, 200}, name
        page = browser.get("/account/sessions/")
        assert complaints(page, name) == []


NAMES = [
    "<script>hostile()</script>.jpg",
    "../../../etc/passwd",
    "a\x00b.jpg",
    "\u202egpj.exe",
    "x" * 5000 + ".jpg",
    "e" + "\u0301" * 3000,
    ".",
    "con.jpg",
    "a\r\nb.jpg",
]


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_picture_with_a_hostile_name_is_a_picture(
    name: str, site: dict[str, Any], readers: dict[str, Client]
) -> None:
    content = picture_file(5).getvalue()
    file = SimpleUploadedFile("leaf.jpg", content, "image/jpeg")
    file._name = name  # Django cleans a name that is given to it
    answer = readers["member"].post("/media/upload/", {"file": file})
    assert answer.status_code in {201, 400, 422}, name
    for svg in (b"<svg xmlns='http://www.w3.org/2000/svg' onload='hostile()'/>", SCRIPT.encode()):
        hostile = io.BytesIO(svg)
        hostile.name = "leaf.jpg"
        answer = readers["member"].post("/media/upload/", {"file": hostile})
        assert answer.status_code == 422
        assert answer.json()["error"]["message"]


KEPT = [
    ("/publish/", {"kind": "words", "act": "publish"}, "title", "body"),
    ("/settings/profile/", {"city": ""}, "display_name", "bio"),
    ("/boards/", {"visibility": "private"}, "title", "description"),
    ("/me/lists/", {}, "name", ""),
    ("/account/signup/", {"age_band": "18_plus"}, "display_name", "email"),
]


@pytest.mark.parametrize(("path", "rest", "field", "other"), KEPT, ids=[row[0] for row in KEPT])
def test_what_was_typed_is_there_again_after_a_refusal(
    path: str, rest: dict[str, str], field: str, other: str, readers: dict[str, Client]
) -> None:
    browser = readers["visitor" if "signup" in path else "member"]
    typed = {**rest, field: "梅花" * 40, **({other: "still here, 红叶"} if other else {})}
    answer = browser.post(path, typed)
    page = answer.content.decode()
    assert answer.status_code in {200, 422}
    assert "梅花" * 40 in page
    assert not other or "still here, 红叶" in page
