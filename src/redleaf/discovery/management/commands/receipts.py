"""`redleaf receipts replay ID`: make a list again from its receipt and compare."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from redleaf.core import ids
from redleaf.core.errors import NotFound
from redleaf.discovery.ranking import receipts


class Command(BaseCommand):
    help = "Make a served list again from its receipt and compare it byte for byte."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["replay"])
        parser.add_argument("receipt", help="as the page 'Why this note' shows it")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the order that came out again; exit with 1 where it is not the one served."""
        try:
            served, again = receipts.replay(ids.decode(options["receipt"].strip().lower()))
        except (ValueError, NotFound):
            raise CommandError("There is no such receipt. Receipts are kept for 30 days.") from None
        self.stdout.write(again.decode())
        if served == again:
            self.stderr.write(f"The same {again.count(10) + 1} notes in the same order as served.")
            return
        self.stderr.write("This is not the order that was served.")
        sys.exit(1)
