"""Print who hears what."""

from typing import Any

from django.core.management.base import BaseCommand

from redleaf.core import events


class Command(BaseCommand):
    help = "Print every event and the handlers that hear it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        for name, handlers in events.subscriptions().items():
            self.stdout.write(name)
            for handler in handlers:
                self.stdout.write(f"  -> {handler}")
            if not handlers:
                self.stdout.write("  (nobody yet)")
