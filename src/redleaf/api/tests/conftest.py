"""A few notes of the cast for the API's tests."""

from collections.abc import Callable
from typing import Any

import pytest

from redleaf.notes.models import Note
from redleaf.notes.services import publish
from redleaf.notes.services.content import Content


@pytest.fixture
def share(db: None) -> Callable[..., Note]:
    """Publish a note of words."""

    def act(author: Any, title: str = "A quiet café", **fields: Any) -> Note:
        fields.setdefault("kind", "words")
        fields.setdefault("body", "Tea from Fujian. #tea")
        return publish.publish_note(author, content=Content(title=title, **fields))

    return act
