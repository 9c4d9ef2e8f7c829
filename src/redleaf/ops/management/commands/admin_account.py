"""`redleaf admin`: operators' accounts, from the machine itself."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from redleaf.accounts import operators
from redleaf.accounts.models import Account
from redleaf.core.errors import NotFound, Refusal


class Command(BaseCommand):
    """Make an operator's account, list them, reset a password or the second step."""

    help = "Operators' accounts: create, list, reset-password HANDLE, reset-two-step HANDLE."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        create = actions.add_parser("create", help="make an operator's account")
        create.add_argument("--email", default="")
        create.add_argument("--handle", default="", help="3 to 20 letters, digits or _")
        create.add_argument("--name", default="", help="the name that others see")
        actions.add_parser("list", help="show who may enter /admin/")
        password = actions.add_parser("reset-password", help="give an account a new password")
        password.add_argument("handle")
        two_step = actions.add_parser(
            "reset-two-step", help="for somebody who lost the second step"
        )
        two_step.add_argument("handle")
        for one in (create, password):
            one.add_argument(
                "--password-stdin",
                action="store_true",
                help="read the password from standard input, so that it stands in no history",
            )

    def handle(self, *_args: Any, **options: Any) -> None:
        act = getattr(self, "_" + options["action"].replace("-", "_"))
        try:
            act(options)
        except NotFound as refusal:
            raise CommandError(f"There is no account @{options['handle']}.") from refusal
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal

    def _create(self, options: dict[str, Any]) -> None:
        email = options["email"] or self._ask("E-mail address")
        handle = options["handle"] or self._ask("Handle, such as maple_keeper")
        password = self._password(options)
        account = operators.create(
            email=email, handle=handle, password=password, display_name=options["name"]
        )
        self.stdout.write(f"@{account.handle} may sign in now, and enter /admin/.")

    def _list(self, _options: dict[str, Any]) -> None:
        for account in operators.operators():
            self.stdout.write(self._line(account))

    def _reset_password(self, options: dict[str, Any]) -> None:
        account = operators.by_handle(options["handle"])
        operators.reset_password(account, password=self._password(options))
        self.stdout.write(f"@{account.handle} has a new password and is signed out everywhere.")

    def _reset_two_step(self, options: dict[str, Any]) -> None:
        account = operators.by_handle(options["handle"])
        count = operators.reset_two_step(account)
        self.stdout.write(
            f"@{account.handle} signs in with the password alone now; removed: {count}."
        )

    def _line(self, account: Account) -> str:
        kind = "everything" if account.is_superuser else "some permissions"
        state = "" if account.is_active and account.deleted_at is None else ", closed"
        return f"@{account.handle}  {account.email}  {kind}{state}"

    def _password(self, options: dict[str, Any]) -> str:
        if options["password_stdin"]:
            return sys.stdin.readline().rstrip("\r\n")
        self._need_terminal("the password", "--password-stdin")
        first = getpass.getpass("Password: ")
        if getpass.getpass("The same again: ") != first:
            raise CommandError("The two are not the same. Nothing was changed.")
        return first

    def _ask(self, words: str) -> str:
        self._need_terminal(words.partition(",")[0].lower(), "--email and --handle")
        return input(f"{words}: ").strip()

    def _need_terminal(self, what: str, option: str) -> None:
        if not sys.stdin.isatty():
            raise CommandError(f"Nobody is there to ask for {what}; give it by {option}.")
