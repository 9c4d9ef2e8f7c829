"""The last stage of signing in: somebody who closed their account is asked whether to reopen it."""

from allauth.account.stages import LoginStage
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse


class ReopenStage(LoginStage):  # type: ignore[misc] # allauth carries no types
    """Holds the sign-in, after password and second step, until the answer is yes."""

    key = "reopen"
    urlname = "account_reopen"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is None or user.deleted_at is None:
            return None, True
        return HttpResponseRedirect(reverse(self.urlname)), True
