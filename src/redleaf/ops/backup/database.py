"""The database's part: dumping one snapshot, counting it, and putting another in its place."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from redleaf.ops.launch import postgres
from redleaf.ops.launch.environment import LaunchError

_TABLES = (
    "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND c.relpersistence = 'p'"
    " AND NOT c.relispartition ORDER BY c.relname"
)


@contextmanager
def snapshot(url: str) -> Iterator[tuple[str, dict[str, int], dict[str, Any]]]:
    """Hold one state of the database; give its name, the rows of each table, and facts of it."""
    with psycopg.connect(url) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        found = connection.execute("SELECT pg_export_snapshot()").fetchone()
        assert found is not None  # noqa: S101 - a query without FROM has one row
        facts = {
            "postgresql": connection.info.server_version,
            "migrations": [
                f"{app}.{name}"
                for app, name in connection.execute(
                    "SELECT app, name FROM django_migrations ORDER BY app, name"
                )
            ],
        }
        yield str(found[0]), _counts(connection), facts


def counts(url: str) -> dict[str, int]:
    """Return the number of rows of each table that outlives a crash."""
    with psycopg.connect(url) as connection:
        return _counts(connection)


def _counts(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    found = {}
    for (name,) in connection.execute(_TABLES).fetchall():
        row = connection.execute(
            sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier("public", name))
        ).fetchone()
        found[str(name)] = int(row[0]) if row else 0
    return found


def dump(url: str, name: str, into: Path) -> None:
    """Write the snapshot `name` into a file. Raises LaunchError."""
    _run(
        "pg_dump",
        url,
        *("--format=custom", "--no-owner", "--no-privileges", "--no-unlogged-table-data"),
        *("--snapshot", name, "--file", str(into)),
    )


def members_there(url: str) -> int:
    """Return how many accounts the database has; 0 for one that was never prepared."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT to_regclass('accounts_account')").fetchone()
        if found is None or found[0] is None:
            return 0
        row = connection.execute("SELECT count(*) FROM accounts_account").fetchone()
        return int(row[0]) if row else 0


def others_connected(url: str) -> int:
    """Return how many other sessions use the database."""
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        ).fetchone()
        return int(row[0]) if row else 0


class Replacement:
    """A database filled beside the present one, which takes its place when told to."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.name = str(conninfo_to_dict(url).get("dbname") or "redleaf")
        self.draft, self.old = f"{self.name}_restoring", f"{self.name}_replaced"
        self.draft_url = make_conninfo(url, dbname=self.draft)
        self._admin_url = make_conninfo(url, dbname="postgres")

    def fill(self, dumped: Path) -> dict[str, int]:
        """Fill the draft from a dump and return its counts. Raises LaunchError."""
        self._administer(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.draft)),
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(self.draft)),
        )
        _run(
            "pg_restore",
            self.draft_url,
            *("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"),
            *("--dbname", self.draft, str(dumped)),
        )
        return counts(self.draft_url)

    def take_place(self) -> None:
        """Give the draft the name of the present database, which is dropped."""
        old, name, draft = (sql.Identifier(word) for word in (self.old, self.name, self.draft))
        self._administer(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(old),
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(name, old),
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(draft, name),
        )

    def put_back(self) -> None:
        """Undo `take_place`."""
        old, name, draft = (sql.Identifier(word) for word in (self.old, self.name, self.draft))
        self._administer(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(name, draft),
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(old, name),
        )

    def forget(self) -> None:
        """Drop whatever is not in place: the draft, and what was replaced."""
        self._administer(
            *(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(word))
                for word in (self.draft, self.old)
            )
        )

    def _administer(self, *statements: sql.Composed) -> None:
        try:
            with psycopg.connect(self._admin_url, autocommit=True) as connection:
                for statement in statements:
                    connection.execute(statement)
        except psycopg.Error as error:
            raise LaunchError(
                f"The database could not be put in place: {str(error).strip()}\n"
                "The user of DATABASE_URL has to be allowed to create databases, and nobody else "
                "may be connected."
            ) from error


def _run(program: str, url: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password goes by the environment, where ps is blind."""
    parts = conninfo_to_dict(url)
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE",
    }
    told = {names[key]: str(value) for key, value in parts.items() if key in names and value}
    command = [str(postgres.program(program)), *arguments]
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", **told}
    done = subprocess.run(  # noqa: S603 - a program of the wheel
        command, capture_output=True, text=True, env=environment, check=False
    )
    if done.returncode:
        raise LaunchError(f"{program} failed: {done.stderr.strip()[-800:]}")
