"""A purpose of its own for each test, and what is kept for it."""

from collections.abc import Iterator
from uuid import UUID

import pytest

from redleaf.privacy import forgetting, purposes
from redleaf.privacy.purposes import Past

KEY = "tea"


class Tea:
    """What a room above would keep: the members whose cups it remembers."""

    def __init__(self) -> None:
        self.kept: set[UUID] = set()
        self.begun: list[UUID] = []

    def forget(self, account_id: UUID) -> None:
        self.kept.discard(account_id)


@pytest.fixture
def tea() -> Iterator[Tea]:
    made = Tea()
    past = Past("Begin with the tea I drank", made.begun.append)
    purposes.register(KEY, "Your tea", "We keep how you like your tea.", past=past)
    forgetting.register(KEY, made.forget)
    yield made
    purposes.remove(KEY)
    forgetting.remove(KEY)
