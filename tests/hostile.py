"""What hostile and clumsy people send, how to send it, and what is wrong with an answer to it."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.http import QueryDict
from django.test import Client

SCRIPT = "<script>hostile()</script>"
BREAKOUT = "\"'><img src=x onerror=hostile()>{{7*7}}"
MARKUP = SCRIPT + BREAKOUT
LONG = "x" * 100_000
# Short enough for most fields, so that it gets past the check of lengths.
MIXED = (
    f"{MARKUP}' OR 1=1;--\u202e\u2066\u200f\U0001f469\u200d\U0001f467\x01\x1b[31m\x7f\ufeff\uffff"
    "\U0010ffff%s%n%(x)s{0.a}"
)
HOSTILE = {
    "a mixture": MIXED,
    "a scheme": "javascript:hostile()//",
    "a bracket": "//[",
    "10,000 marks": "e" + "\u0301" * 10_000,
    "a number": "9" * 400,
    "a negative": "-1",
    "digits of others": "٣²①",
    "line feeds": "a\r\nSet-Cookie: a=b\r\n\r\n",
    "nothing": "",
    "spaces": " \t\u3000\u00a0\u2003 ",
    "a null": "a\x00b",
    "one mark": "\u202e",
    "length": LONG,
}
FEW = {name: HOSTILE[name] for name in ("a mixture", "a number", "length")}


def send(client: Client, method: str, path: str, body: Any = None, **more: Any) -> Any:
    """Send one request and take back what it changes, so that the next one finds the same site.

    A body that is a dict is a form; bytes are sent as they are.
    """
    cookies = SimpleCookie({name: morsel.value for name, morsel in client.cookies.items()})
    with transaction.atomic():
        if isinstance(body, dict):
            answer = client.post(path, body, **more)
        else:
            answer = client.generic(method, path, body or b"", **more)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def get(client: Client, path: str, query: str = "", **more: Any) -> Any:
    return send(client, "GET", path, QUERY_STRING=query, **more)


@contextmanager
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Give the names of fields and parameters that views ask for meanwhile."""
    asked: set[str] = set()

    def heard(plain: Callable[..., Any]) -> Callable[..., Any]:
        def ask(self: Any, key: Any, *rest: Any, **more: Any) -> Any:
            asked.add(str(key))
            return plain(self, key, *rest, **more)

        return ask

    with monkeypatch.context() as patch:
        for verb in ("__getitem__", "getlist", "__contains__"):
            patch.setattr(QueryDict, verb, heard(getattr(QueryDict, verb)))
        yield asked
    asked.discard("csrfmiddlewaretoken")


def complaints(answer: Any, what: str) -> list[str]:
    """Say what is wrong with an answer to a hostile request."""
    status = answer.status_code
    if status == 503 and "/health/" in what:
        return []  # nothing but the truth: no worker runs beside a test
    if status >= 500:
        return [f"{what}: {status} {getattr(answer, 'exc_info', None) and answer.exc_info[1]!r}"]
    kind = answer.headers.get("Content-Type", "")
    if answer.streaming or status in {204, 304, 416} or kind.startswith("image/"):
        return []
    text = answer.content.decode("utf-8")
    found = []
    if kind.startswith("application/json"):
        if status >= 400 and not _words_of_json(text):
            found.append(f"{what}: {status} as JSON without words")
    elif SCRIPT in text or "<img src=x" in text:
        found.append(f"{what}: its markup comes back as markup")
    elif re.search(r"""(?:href|src|action)=["']?\s*javascript:""", text):
        found.append(f"{what}: its scheme comes back in a link")
    elif status >= 400 and len(re.sub(r"<[^>]*>|\s", "", text)) < 10:
        found.append(f"{what}: {status} without words")
    if "text/html" in kind and "49" in re.findall(r"\}?49\b", text) and "{{7*7}}" in what:
        found.append(f"{what}: its template is run")
    place = answer.headers.get("Location", "")
    if place.startswith("//") or re.match(r"[a-z]+:", place):
        found.append(f"{what}: leads to {place[:80]}")
    if "a" in answer.cookies:
        found.append(f"{what}: sets a cookie of its own")
    return found


def told(found: list[str]) -> str:
    """Return the complaints as a text for whoever reads the failure."""
    return "\n".join([f"{len(found)} complaints", *dict.fromkeys(found)][:60])


def _words_of_json(text: str) -> bool:
    found = json.loads(text)
    if not isinstance(found, dict):
        return False
    error = found.get("error", found.get("form", found.get("detail", found)))
    return bool(error)


def encoded(pairs: dict[str, str]) -> str:
    return "&".join(f"{quote(name)}={quote(value, safe='')}" for name, value in pairs.items())
