"""Sessions in the database, and who a request is from: one query for both.

`SessionStore` is Django's session engine over accounts_session, whose rows also say whose they
are. Loading a session brings its account along, and `Authentication` makes request.user of it
without a further query. Revoking a session deletes its row: the next request finds nothing.
"""

import json
import re
from datetime import datetime, timedelta
from typing import Any, Final, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from redleaf.accounts.models import Account, Session
from redleaf.core import clock, database

SEEN_EVERY: Final = timedelta(minutes=5)
_KEY: Final = re.compile(r"[a-z0-9]{32}")  # what Django's own keys look like
_FIELDS: Final = tuple(field.attname for field in Account._meta.concrete_fields)
_JSON: Final = tuple(
    index
    for index, field in enumerate(Account._meta.concrete_fields)
    if field.get_internal_type() == "JSONField"
)
_LOAD: Final = (
    "SELECT s.session_data, s.seen_at, "
    + ", ".join(f"a.{field.column}" for field in Account._meta.concrete_fields)
    + " FROM accounts_session s LEFT JOIN accounts_account a ON a.id = s.account_id"
    " WHERE s.session_key = %s AND s.expire_date > %s"
)
_SEEN: Final = (
    "WITH seen AS (UPDATE accounts_session SET seen_at = %(now)s"
    " WHERE session_key = %(key)s AND seen_at < %(before)s RETURNING session_key)"
    " UPDATE usersessions_usersession SET last_seen_at = %(now)s"
    " WHERE session_key IN (SELECT session_key FROM seen)"
)


class SessionStore(DatabaseStore):
    """Django's session engine; `account` is the open account of the session that was loaded.

    What is in a session is plain JSON: it never leaves the database, so it is not signed.
    """

    account: Account | None = None
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        key = self.session_key
        found = None
        if key is not None and _KEY.fullmatch(key):
            found = database.values(_LOAD, (key, clock.now()))
        if not found:
            self._session_key = None
            return {}
        data, self.seen_at, *values = found[0]
        self.account = _account(values)
        return self.decode(data)

    def exists(self, session_key: str) -> bool:
        return bool(_KEY.fullmatch(session_key)) and super().exists(session_key)

    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        try:
            return cast("dict[str, Any]", json.loads(session_data))
        except ValueError:
            return {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast("Session", super().create_model_instance(data))
        session.account_id = data.get(SESSION_KEY)
        session.seen_at = clock.now()
        return session

    def flush(self) -> None:
        self.account = None
        super().flush()


def _account(values: list[Any]) -> Account | None:
    if values[0] is None:
        return None
    for index in _JSON:
        if isinstance(values[index], str):
            values[index] = json.loads(values[index])
    return Account.from_db("default", _FIELDS, values)


def account_of(request: HttpRequest) -> Account | AnonymousUser:
    """Return who the request is from, out of its session; note now and then that they are here.

    Somebody suspended, closed or with another password than at sign-in is nobody.
    """
    session = cast("SessionStore", request.session)
    stored = session.get(SESSION_KEY)
    account = session.account
    if stored is None or account is None or str(account.pk) != stored:
        return AnonymousUser()
    if (
        not account.is_open
        or session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS
    ):
        return AnonymousUser()
    if not _password_unchanged(session, account):
        session.flush()
        return AnonymousUser()
    _note_seen(session)
    return account


def _password_unchanged(session: SessionStore, account: Account) -> bool:
    stored = session.get(HASH_SESSION_KEY, "")
    if constant_time_compare(stored, account.get_session_auth_hash()):
        return True
    for fallback in account.get_session_auth_fallback_hash():
        if constant_time_compare(stored, fallback):
            session.cycle_key()
            session[HASH_SESSION_KEY] = account.get_session_auth_hash()
            return True
    return False


def _note_seen(session: SessionStore) -> None:
    now = clock.now()
    if session.seen_at is None or now - session.seen_at < SEEN_EVERY:
        return
    session.seen_at = now
    database.execute(_SEEN, {"now": now, "key": session.session_key, "before": now - SEEN_EVERY})


class Authentication(AuthenticationMiddleware):
    """Sets request.user from the session's own row, when somebody asks for it and not before.

    Once it is known who reads, dates are shown in that member's time zone.
    """

    def process_request(self, request: HttpRequest) -> None:
        timezone.deactivate()

        def load() -> Account | AnonymousUser:
            if not hasattr(request, "_cached_account"):
                account = account_of(request)
                if isinstance(account, Account):
                    timezone.activate(account.zone)
                request._cached_account = account  # type: ignore[attr-defined] # as Django keeps its own
            return cast("Account | AnonymousUser", request._cached_account)  # type: ignore[attr-defined] # set above

        async def load_async() -> Account | AnonymousUser:
            from asgiref.sync import sync_to_async

            return await sync_to_async(load)()

        request.user = cast("Account | AnonymousUser", SimpleLazyObject(load))
        request.auser = load_async
