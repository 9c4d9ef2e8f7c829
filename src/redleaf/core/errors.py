"""Refusals that a reader may see: a code for machines, words for people, a status for HTTP."""

from contextvars import ContextVar
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
# Seconds that this request has been told to wait. A form that shows a TooMany beside what was typed
# is still an answer to it: web.middleware gives it the status and Retry-After.
pause: ContextVar[int] = ContextVar("pause", default=0)


class Refusal(Exception):
    """The asked-for act was not done, nothing changed, and `message` says why and what to do."""

    status = 400
    code = "refused"

    def __init__(
        self,
        code: str | None = None,
        message: Text = "",
        *,
        status: int | None = None,
        field: str | None = None,
        **detail: Any,
    ) -> None:
        super().__init__(code or self.code)
        self.code = code or self.code
        self.message = message
        self.status = status or self.status
        self.field = field
        self.detail = detail

    def __str__(self) -> str:
        return str(self.message) or self.code


class Invalid(Refusal):
    """What was sent breaks a rule; `field` names the input."""

    status = 422
    code = "invalid"


class NotFound(Refusal):
    """There is no such thing, or not for this reader: the two are never told apart."""

    status = 404
    code = "not_found"


class Denied(Refusal):
    """The reader knows of the thing but may not do this to it."""

    status = 403
    code = "denied"


class Conflict(Refusal):
    """Somebody else changed the thing first, or it is not in the state that this act needs."""

    status = 409
    code = "conflict"


class TooMany(Refusal):
    """Too often; `retry_after` is in seconds."""

    status = 429
    code = "too_many"

    def __init__(self, message: Text = "", *, retry_after: int = 60) -> None:
        super().__init__("too_many", message)
        self.retry_after = retry_after
        pause.set(retry_after)
