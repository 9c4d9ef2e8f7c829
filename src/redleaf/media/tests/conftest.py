"""A picture that is ready, for the tests of what becomes of it."""

import io
from typing import Any

import pytest

from redleaf.media import services
from redleaf.media.models import Asset
from redleaf.media.tests import samples


@pytest.fixture
def asset(mei: Any, run_jobs: Any) -> Asset:
    made = services.receive_picture(mei, file=io.BytesIO(samples.encoded()), name="a.jpg")
    run_jobs()
    made.refresh_from_db()
    return made
