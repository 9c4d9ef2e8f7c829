"""Filling a scratch database: members, notes, marks, follows and comments with realistic skew.

Run as a module in a process of its own: `python -m redleaf.ops.bench.filling PLAN NOTES MEMBERS
INTERACTIONS`. PLAN is the file that says to the driver which addresses and sessions there are.
"""

import json
import random
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import django

from redleaf.ops.bench import filling_personal

SEED = 20_261_124
SESSIONS = 60
NEWEST_DAYS = 365.0
Row = tuple[Any, ...]


def main(arguments: list[str]) -> int:
    """Fill and write the plan."""
    django.setup()
    plan, notes, members, interactions = Path(arguments[0]), *map(int, arguments[1:4])
    source = random.Random(SEED)  # noqa: S311 - a repeatable benchmark, not a secret
    accounts = _accounts(source, members)
    written = _notes(source, accounts, notes)
    _relations(members)
    _interactions(interactions)
    readers = filling_personal.fill(source, _copy, accounts, written)
    _finish()
    made = _plan(source, accounts, written) | {"readers": _sessions(readers)}
    plan.write_text(json.dumps(made), encoding="utf-8")
    return 0


def _copy(statement: str, rows: Any) -> None:
    from django.db import connection

    connection.ensure_connection()
    raw = cast(Any, connection.connection)
    with raw.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _accounts(source: random.Random, count: int) -> list[tuple[UUID, str]]:
    from redleaf.core import clock, ids
    from redleaf.ops.bench import words

    made = [(ids.new_id(), f"member_{number}") for number in range(count)]
    moment = clock.now()
    _copy(
        "COPY accounts_account (id, email, handle, display_name, bio, language, time_zone,"
        " age_band, city, interests, avatar, theme, created_at, confirmed_at, is_active, is_staff,"
        " is_superuser, password) FROM STDIN",
        (
            (
                *(account_id, f"{handle}@example.org", handle, f"Member {handle[7:]}"),
                *(" ".join(source.choices(words.TONGUES["en"], k=6)), "en", "America/Toronto"),
                *("18_plus", "toronto", "[]", "", "auto", moment, moment, True, False, False, "!"),
            )
            for account_id, handle in made
        ),
    )
    return made


def _topics(moment: Any) -> list[tuple[UUID, str]]:
    from redleaf.core import ids
    from redleaf.ops.bench import words

    topics = [
        (ids.new_id(), name)
        for name in dict.fromkeys(words.TONGUES["zh-hans"] + words.TONGUES["en"])
    ]
    _copy(
        "COPY notes_topic (id, key, name, names, rules, note_count, created_at) FROM STDIN",
        ((key, name, name, "{}", "{}", 0, moment) for key, name in topics),
    )
    return topics


def _notes(source: random.Random, accounts: list[tuple[UUID, str]], count: int) -> list[UUID]:
    from redleaf.core import clock, database, ids
    from redleaf.ops.bench import words

    channels = [row[0] for row in database.values("SELECT id FROM editions_channel ORDER BY id")]
    places = [row[0] for row in database.values("SELECT id FROM editions_place ORDER BY id")]
    moment = clock.now()
    topics = _topics(moment)
    notes: list[Row] = []
    tallies: list[Row] = []
    links: list[Row] = []
    assets: list[Row] = []
    pictures: list[Row] = []
    for number in range(count):
        note_id = ids.new_id()
        author_id, _handle = accounts[int(len(accounts) * source.random() ** 2)]
        published = moment - timedelta(days=NEWEST_DAYS * (count - number) / count)
        tongue = words.language(source)
        chosen = source.sample(topics, k=source.randint(1, 3))
        channel = channels[int(len(channels) * source.random() ** 1.5)]
        body = words.body(source, tongue, [name for _key, name in chosen])
        kind = "picture" if source.random() < 0.75 else "words"
        notes.append(
            (
                *(note_id, kind, "published", words.title(source, tongue), body, tongue, "public"),
                *("", "everyone", 0, "ruled", 1, published, published, author_id, channel),
                source.choice(places),
            )
        )
        tallies.append((note_id, author_id, channel, True, published, 1, 0, 0, 0, 0, 0))
        links.extend((note_id, key) for key, _name in chosen)
        if kind == "picture":
            for position in range(source.randint(1, 4)):
                asset_id = ids.new_id()
                assets.append(_asset(asset_id, author_id, note_id, moment))
                pictures.append((note_id, asset_id, position, ""))
    _copy(
        "COPY notes_note (id, kind, state, title, body, language, audience, place_detail,"
        " reply_policy, slow_mode_seconds, cover_design, number, created_at, published_at,"
        " author_id, channel_id, place_id) FROM STDIN",
        notes,
    )
    _copy(
        "COPY notes_note_tally (note_id, author_id, channel_id, listed, published_at, card,"
        " like_count, helpful_count, save_count, share_count, comment_count) FROM STDIN",
        tallies,
    )
    _copy("COPY notes_note_topic (note_id, topic_id) FROM STDIN", links)
    _copy(
        "COPY media_asset (id, owner_id, kind, state, width, height, colour, manifest, captions,"
        " progress, failure, source_path, name, attached_kind, attached_id, created_at)"
        " FROM STDIN",
        assets,
    )
    _copy("COPY notes_note_picture (note_id, asset_id, position, alt) FROM STDIN", pictures)
    return [row[0] for row in notes]


def _asset(asset_id: UUID, owner_id: UUID, note_id: UUID, moment: Any) -> tuple[Any, ...]:
    from redleaf.core import ids

    ref = ids.encode(asset_id)
    manifest = [
        {
            "format": format,
            "width": width,
            "height": width * 4 // 3,
            "path": f"assets/{ref[-2:]}/{ref}/{width}.{'jpg' if format == 'jpeg' else format}",
            "bytes": 40_000,
        }
        for width in (360, 720, 1080)
        for format in ("avif", "webp", "jpeg")
    ]
    return (
        *(asset_id, owner_id, "picture", "ready", 1080, 1440, "#d9c8b8", json.dumps(manifest)),
        *("[]", 100, "", "", "picture.jpg", "note", note_id, moment),
    )


def _relations(members: int) -> None:
    """Follows: about twelve for each member, mostly of the well-known ones."""
    from redleaf.core import database

    database.execute(
        "WITH person AS (SELECT id, row_number() OVER (ORDER BY id) AS number"
        " FROM accounts_account WHERE handle LIKE 'member_%%'),"
        " pair AS (SELECT DISTINCT 1 + floor(%(m)s * random())::int AS a,"
        "  1 + floor(%(m)s * power(random(), 3))::int AS b"
        "  FROM generate_series(1, %(m)s * 12))"
        " INSERT INTO graph_follow (follower_id, followed_id, created_at)"
        " SELECT x.id, y.id, now() FROM pair JOIN person x ON x.number = pair.a"
        " JOIN person y ON y.number = pair.b WHERE a <> b",
        {"m": members},
    )


def _interactions(count: int) -> None:
    """Marks and comments by power laws: few notes and few members have most of them."""
    from redleaf.core import database

    database.execute(
        "CREATE TEMPORARY TABLE bench_note AS SELECT id, row_number() OVER"
        " (ORDER BY md5(id::text)) AS number FROM notes_note;"
    )
    database.execute("CREATE UNIQUE INDEX ON bench_note (number)")
    database.execute(
        "CREATE TEMPORARY TABLE bench_person AS SELECT id,"
        " row_number() OVER (ORDER BY id) AS number FROM accounts_account"
        " WHERE handle LIKE 'member_%%'"
    )
    database.execute("CREATE UNIQUE INDEX ON bench_person (number)")
    database.execute("ANALYZE bench_note")
    database.execute("ANALYZE bench_person")
    database.execute(
        "WITH size AS (SELECT (SELECT count(*) FROM bench_note) AS n,"
        "  (SELECT count(*) FROM bench_person) AS m),"
        " drawn AS (SELECT 1 + floor(m * power(random(), 1.6))::bigint AS person,"
        "  1 + floor(n * power(random(), 2.2))::bigint AS note,"
        "  CASE WHEN random() < 0.62 THEN 'like' WHEN random() < 0.75 THEN 'save'"
        "   WHEN random() < 0.8 THEN 'helpful' ELSE 'share' END AS kind"
        "  FROM size, generate_series(1, %(count)s))"
        " INSERT INTO notes_mark (account_id, note_id, kind, created_at)"
        " SELECT DISTINCT p.id, x.id, kind, now() FROM drawn"
        " JOIN bench_person p ON p.number = drawn.person"
        " JOIN bench_note x ON x.number = drawn.note",
        {"count": round(count * 1.08)},
    )
    database.execute(
        "WITH size AS (SELECT (SELECT count(*) FROM bench_note) AS n,"
        "  (SELECT count(*) FROM bench_person) AS m),"
        " drawn AS (SELECT 1 + floor(m * random())::bigint AS person,"
        "  1 + floor(n * power(random(), 2.2))::bigint AS note, number"
        "  FROM size, generate_series(1, n * 2) AS number)"
        " INSERT INTO notes_comment (id, body, state, hidden_reason, like_count, reply_count,"
        "  created_at, author_id, note_id)"
        " SELECT uuidv7(), '谢谢分享, this helped me a lot (' || drawn.number || ')', 'shown',"
        "  '', 0, 0, now(), p.id, x.id FROM drawn JOIN bench_person p ON p.number = drawn.person"
        " JOIN bench_note x ON x.number = drawn.note"
    )


def _finish() -> None:
    """Set every counter from the tables, as the nightly recount does, and let PostgreSQL look."""
    from django.db import connection

    from redleaf.core import database
    from redleaf.graph import services as graph
    from redleaf.notes.services import marks

    marks.recount()
    graph.recount()
    database.execute(
        "UPDATE notes_topic t SET note_count = (SELECT count(*) FROM notes_note_topic x"
        " WHERE x.topic_id = t.id)"
    )
    connection.ensure_connection()
    raw = cast(Any, connection.connection)
    raw.autocommit = True
    raw.execute("VACUUM (ANALYZE)")


def _plan(
    source: random.Random, accounts: list[tuple[UUID, str]], notes: list[UUID]
) -> dict[str, Any]:
    """Return what the driver asks for: well-known things more often, as on a real evening."""
    from redleaf.core import database, ids
    from redleaf.ops.bench import words

    slugs = [row[0] for row in database.values("SELECT slug FROM editions_channel ORDER BY id")]
    count = 4000
    return {
        "channels": slugs,
        "notes": [
            ids.encode(notes[int(len(notes) * (1 - source.random() ** 2) * 0.999999)])
            for _ in range(count)
        ],
        "handles": [accounts[int(len(accounts) * source.random() ** 2)][1] for _ in range(count)],
        "queries": [
            " ".join(source.choices(words.TONGUES[words.language(source)], k=source.randint(1, 2)))
            for _ in range(count)
        ],
        "sessions": _sessions([account_id for account_id, _h in accounts[:SESSIONS]]),
        "marks": database.values("SELECT count(*) FROM notes_mark")[0][0],
    }


def _sessions(account_ids: list[UUID]) -> list[str]:
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from redleaf.accounts.models import Account
    from redleaf.accounts.sessions import SessionStore

    keys = []
    for account in Account.objects.filter(id__in=account_ids):
        session = SessionStore()
        session[SESSION_KEY] = str(account.id)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        keys.append(str(session.session_key))
    return keys


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
