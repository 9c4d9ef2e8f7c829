"""What our policy allows on a page, and what of an answer breaks it."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit


class Page(HTMLParser):
    """What of a page our policy has an opinion about."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[dict[str, str | None]] = []
        self.handlers: list[str] = []
        self.styles: list[dict[str, str | None]] = []
        self.links: list[tuple[str, str]] = []
        self.methods: list[tuple[str, str]] = []
        self.tokens = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "script":
            self.scripts.append(found)
        if tag == "style":
            self.styles.append(found)
        if tag == "form":
            self.methods.append(
                (str(found.get("method", "get")).lower(), found.get("action") or "")
            )
        if found.get("name") == "csrfmiddlewaretoken":
            self.tokens += 1
        self.handlers += [f"<{tag} {name}>" for name in found if name.startswith("on")]
        if found.get("name") in {"session", "id", "pk", "item"}:
            self.links.append((tag, f"?id={found.get('value')}"))
        for name in ("href", "src", "action", "poster", "formaction", "data", "srcset"):
            if found.get(name):
                self.links.append((tag, str(found[name])))


def breaches(answer: Any, *, ours: bool = True) -> list[str]:
    """Say where an answer breaks our policy or could not be read under it.

    Pages that are not ours have no nonce for their scripts; the policy takes files of this host.
    """
    policy = answer.headers.get("Content-Security-Policy", "")
    page = Page(answer.content.decode())
    nonce = re.search(r"script-src 'self' 'nonce-([\w-]{20,})'", policy)
    if nonce is None:
        return ["no policy with a nonce"]
    found = []
    for script in page.scripts:
        data = script.get("type") in {"application/json", "application/ld+json"}
        named = script.get("nonce") == nonce[1] if ours else True
        if not data and not (named and script.get("src")):
            found.append(f"script {script}")
    found += [f"style {style}" for style in page.styles if style.get("nonce") != nonce[1]]
    found += page.handlers
    for tag, link in page.links:
        parts = urlsplit(link)
        if parts.scheme not in {"", "http", "https", "mailto"} and not link.startswith(
            "data:image/"
        ):
            found.append(f"<{tag}> leads to {link[:60]}")
        if parts.netloc not in {"", "testserver", "127.0.0.1:8000"} and tag not in {"a"}:
            found.append(f"<{tag}> comes from {parts.netloc}")
    if page.tokens < sum(method == "post" for method, _action in page.methods):
        found.append("a form without its token")
    return found
