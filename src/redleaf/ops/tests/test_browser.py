"""The operator's pages in a real browser."""

from typing import Any

import pytest

from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock
from redleaf.core.models import Heartbeat
from tests.browsing import PHONE, assert_accessible

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_the_admin_works_under_the_strict_policy(visit: Any, tmp_path: Any) -> None:
    keeper = make_account("keeper", is_staff=True, is_superuser=True)
    mei = make_account("mei")
    page = visit(keeper)
    page.goto("/admin/")
    page.get_by_role("link", name="Accounts", exact=True).last.click()
    page.fill("#searchbar", "mei")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="mei", exact=True).click()
    assert page.locator(".field-handle .readonly").inner_text() == mei.handle
    page.screenshot(path=str(tmp_path / "admin.png"))


def test_the_health_page_can_be_read_by_everyone(visit: Any, tmp_path: Any) -> None:
    Heartbeat.objects.create(process="worker", at=clock.now())
    page = visit(viewport=PHONE)
    page.goto("/health/")
    assert page.get_by_text("The worker is at work.").is_visible()
    assert_accessible(page)
    page.screenshot(path=str(tmp_path / "health.png"))
