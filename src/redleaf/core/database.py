"""Hot reads and single statements straight through psycopg, on Django's own connection.

Django's cursors bind on the client and are never prepared; these bind on the server, and psycopg
prepares a statement that comes back. Same connection, same transaction. Columns of json and jsonb
come as Python values, which on Django's own cursors they do not.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import psycopg
from django.db import connection
from django.db.utils import DatabaseErrorWrapper
from psycopg.rows import RowFactory, dict_row, tuple_row
from psycopg.types.json import JsonbLoader, JsonLoader

Parameters = Sequence[Any] | Mapping[str, Any] | None


def _raw() -> psycopg.Connection[Any]:
    connection.ensure_connection()
    return cast("psycopg.Connection[Any]", connection.connection)


def _cursor(row_factory: RowFactory[Any]) -> psycopg.Cursor[Any]:
    cursor = psycopg.Cursor(_raw(), row_factory=row_factory)
    cursor.adapters.register_loader("json", JsonLoader)
    cursor.adapters.register_loader("jsonb", JsonbLoader)
    return cursor


def rows(sql: str, params: Parameters = None) -> list[dict[str, Any]]:
    """Return every row as a dict by column name."""
    with DatabaseErrorWrapper(connection), _cursor(dict_row) as cursor:
        cursor.execute(cast("Any", sql), params, prepare=True)
        return cursor.fetchall()


def row(sql: str, params: Parameters = None) -> dict[str, Any] | None:
    """Return the first row as a dict, or None."""
    with DatabaseErrorWrapper(connection), _cursor(dict_row) as cursor:
        cursor.execute(cast("Any", sql), params, prepare=True)
        return cursor.fetchone()


def values(sql: str, params: Parameters = None) -> list[tuple[Any, ...]]:
    """Return every row as a tuple: the cheapest form."""
    with DatabaseErrorWrapper(connection), _cursor(tuple_row) as cursor:
        cursor.execute(cast("Any", sql), params, prepare=True)
        return cursor.fetchall()


def execute(sql: str, params: Parameters = None) -> int:
    """Run one statement and return the number of rows it touched."""
    with DatabaseErrorWrapper(connection), _cursor(tuple_row) as cursor:
        cursor.execute(cast("Any", sql), params, prepare=True)
        return cursor.rowcount


def listen_parameters() -> dict[str, Any]:
    """Return what a connection of its own needs, to wait for notifications beside Django's."""
    parameters = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port", "sslmode")
    return {key: parameters[key] for key in wanted if parameters.get(key)}
