"""Published settings: signed, chained, never changed, and in force."""

import base64
import json
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, transaction
from django.test import Client

from redleaf.core.errors import Denied, Invalid
from redleaf.discovery.models import RankingVersion
from redleaf.discovery.ranking import signing, versions
from redleaf.discovery.ranking.settings import DEFAULTS, Settings

pytestmark = pytest.mark.django_db

FRESHER = replace(DEFAULTS, author_gap=6, weights={**DEFAULTS.weights, "age": -2.5})


@pytest.fixture(autouse=True)
def _own_key(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.REDLEAF_DATA_DIR = tmp_path
    signing._key.cache_clear()
    versions.forget()
    yield
    signing._key.cache_clear()
    versions.forget()


def tamper(sql: str, *values: Any) -> None:
    """Change a row as somebody with the whole database could: with the trigger off."""
    from redleaf.core import database

    table = "ALTER TABLE discovery_ranking_version"
    database.execute(f"{table} DISABLE TRIGGER discovery_ranking_version_stays")
    database.execute(sql, values)
    database.execute(f"{table} ENABLE TRIGGER discovery_ranking_version_stays")


def test_the_first_entry_writes_itself() -> None:
    assert versions.current() == (1, DEFAULTS)
    row = RankingVersion.objects.get()
    assert (row.number, row.decided_by) == (1, "Redleaf")
    assert versions.verify_all() is None


def test_the_key_is_for_its_owner_alone(tmp_path: Path) -> None:
    versions.current()
    path = tmp_path / "secrets" / "ranking-key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in path.parent.iterdir()] == ["ranking-key"]


def test_what_an_operator_publishes_is_in_force(keeper: Any) -> None:
    row = versions.publish(keeper, FRESHER, "Old notes stood first.", "N@10 .051 to .056.")
    assert (row.number, row.decided_by) == (2, "Keeper")
    assert versions.current() == (2, FRESHER)
    assert versions.verify_all() is None


def test_an_entry_says_what_it_changed(keeper: Any) -> None:
    versions.publish(keeper, FRESHER, "why", "what")
    newest, first = versions.entries()
    assert {change.name: (change.before, change.after) for change in newest.changes} == {
        "weights.age": (DEFAULTS.weights["age"], -2.5),
        "author_gap": (DEFAULTS.author_gap, 6),
    }
    assert all(change.before is None for change in first.changes)


@pytest.mark.parametrize(
    ("reason", "effect", "field"),
    [
        ("", "what", "reason"),
        ("  \n", "what", "reason"),
        ("why", "", "effect"),
        ("x" * 5000, "y", "reason"),
    ],
)
def test_without_reason_or_effect_nothing_is_published(
    keeper: Any, reason: str, effect: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        versions.publish(keeper, FRESHER, reason, effect)
    assert refusal.value.field == field
    assert versions.current() == (1, DEFAULTS)


def test_only_operators_publish(mei: Any) -> None:
    with pytest.raises(Denied):
        versions.publish(mei, FRESHER, "why", "what")
    assert versions.current() == (1, DEFAULTS)


def test_publishing_what_is_in_force_is_refused(keeper: Any) -> None:
    with pytest.raises(Invalid):
        versions.publish(keeper, DEFAULTS, "why", "what")
    assert RankingVersion.objects.count() == 1


def test_settings_out_of_bounds_are_refused(keeper: Any) -> None:
    with pytest.raises(Invalid):
        versions.publish(keeper, replace(DEFAULTS, balance=7.0), "why", "what")
    assert not RankingVersion.objects.exists()


@pytest.mark.parametrize("act", ["UPDATE {} SET reason = 'other'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_an_entry(act: str) -> None:
    from redleaf.core import database

    versions.current()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        database.execute(act.format("discovery_ranking_version"))
    assert RankingVersion.objects.get().reason == versions.FIRST_REASON


@pytest.mark.parametrize(
    ("sql", "values", "found"),
    [
        ("UPDATE discovery_ranking_version SET reason = %s WHERE number = 2", ["other"], 2),
        ("UPDATE discovery_ranking_version SET signature = %s WHERE number = 1", ["AAAA"], 1),
        ("UPDATE discovery_ranking_version SET settings = %s WHERE number = 2", ["{}"], 2),
        ("DELETE FROM discovery_ranking_version WHERE number = 2", [], 2),
    ],
)
def test_tampering_is_found(keeper: Any, sql: str, values: list[Any], found: int) -> None:
    versions.publish(keeper, FRESHER, "why", "what")
    versions.publish(keeper, DEFAULTS, "back", "as before")
    tamper(sql, *values)
    assert versions.verify_all() == found


def test_settings_that_cannot_be_read_fall_back_and_say_so(caplog: Any) -> None:
    versions.current()
    tamper("UPDATE discovery_ranking_version SET settings = %s", '{"unknown": 1}')
    versions.forget()
    assert versions.current() == (1, DEFAULTS)
    assert "cannot be used" in caplog.text


def test_what_is_in_force_is_asked_for_once_in_five_seconds(monkeypatch: Any) -> None:
    versions.current()
    monkeypatch.setattr(versions, "_newest", lambda: pytest.fail("asked again"))
    assert versions.current() == (1, DEFAULTS)


def test_everybody_can_check_the_entries(keeper: Any) -> None:
    versions.publish(keeper, FRESHER, "为什么", "N@10 .051 → .056")
    visitor = Client()
    key = visitor.get("/ranking/key")
    assert key["Content-Type"].startswith("text/plain")
    public = serialization.load_pem_public_key(key.content)
    assert isinstance(public, Ed25519PublicKey)
    entries = json.loads(visitor.get("/ranking/versions.json").content)["versions"]
    previous = ""
    for entry in entries:
        public.verify(base64.b64decode(entry["signature"]), entry["signed"].encode())
        said = json.loads(entry["signed"])
        assert said["previous"] == previous
        assert said.items() <= entry.items()
        previous = entry["signature"]
    assert [entry["number"] for entry in entries] == [1, 2]
    with pytest.raises(InvalidSignature):
        public.verify(base64.b64decode(previous), entries[0]["signed"].encode())


def test_the_page_lists_entries_with_reason_effect_and_change(
    keeper: Any, client_for: Callable[[Any], Client]
) -> None:
    versions.publish(keeper, FRESHER, "Old notes <b>stood</b> first.", "N@10 .051 to .056.")
    for browser in (Client(), client_for(keeper)):
        page = browser.get("/ranking/").content.decode()
        assert "Old notes &lt;b&gt;stood&lt;/b&gt; first." in page
        assert "N@10 .051 to .056." in page
        assert "-1.543" in page
        assert "-2.5" in page


def test_an_entry_that_was_tampered_with_is_marked_on_the_page(keeper: Any) -> None:
    versions.publish(keeper, FRESHER, "why", "what")
    assert "does not fit" not in Client().get("/ranking/").content.decode()
    tamper("UPDATE discovery_ranking_version SET reason = 'other' WHERE number = 2")
    assert "does not fit" in Client().get("/ranking/").content.decode()


def test_the_command_sets_shows_and_verifies(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(FRESHER.to_json()))
    call_command("ranking", "set", str(file), reason="why", effect="what", by="Ann")
    assert versions.current() == (2, FRESHER)
    assert RankingVersion.objects.get(number=2).decided_by == "Ann"
    capsys.readouterr()
    call_command("ranking", "show")
    assert Settings.from_json(json.loads(capsys.readouterr().out)) == FRESHER
    call_command("ranking", "verify")
    assert "2" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("{}", {"reason": "why"}),
        ("{}", {"effect": "what"}),
        ("not json", {"reason": "why", "effect": "what"}),
        ("[]", {"reason": "why", "effect": "what"}),
        ('{"balance": 9}', {"reason": "why", "effect": "what"}),
        ("{}", {"reason": "why", "effect": "what"}),
    ],
)
def test_the_command_refuses_in_words(tmp_path: Path, text: str, options: dict[str, str]) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text)
    with pytest.raises(CommandError):
        call_command("ranking", "set", str(file), **options)
    assert versions.current() == (1, DEFAULTS)


def test_the_command_says_which_entry_does_not_fit(keeper: Any) -> None:
    versions.publish(keeper, FRESHER, "why", "what")
    tamper("UPDATE discovery_ranking_version SET effect = 'other' WHERE number = 2")
    with pytest.raises(CommandError, match="2"):
        call_command("ranking", "verify")
