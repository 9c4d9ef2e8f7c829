"""Build the search index anew, or compare it with the database."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from redleaf.core import ids
from redleaf.discovery.search import documents, engine, registry, writing

SHOWN = 20


class Command(BaseCommand):
    help = "rebuild: build the search index anew from the database. check: compare the two."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=["rebuild", "check"])

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            if options["act"] == "rebuild":
                self._rebuild()
            else:
                self._check()
        except engine.Unavailable as failure:
            raise CommandError(
                f"The search index does not open ({failure}). Run: ./redleaf search rebuild"
            ) from failure

    def _rebuild(self) -> None:
        began = time.monotonic()
        name = writing.rebuild(heap_mebibytes=60)
        engine.forget_reader()
        reader = engine.reader()
        counts = ", ".join(f"{len(reader.keys(kind))} × {kind}" for kind in registry.KINDS)
        self.stdout.write(f"{name}: {counts} in {time.monotonic() - began:.1f} s")

    def _check(self) -> None:
        reader = engine.reader()
        differing = 0
        for kind, present in documents.present_ids().items():
            indexed = reader.keys(kind)
            self.stdout.write(f"{kind}: {len(present)} in the database, {len(indexed)} indexed")
            for words, found in (
                ("not indexed", present - indexed),
                ("indexed, but not to be found", indexed - present),
            ):
                differing += len(found)
                for id in sorted(found)[:SHOWN]:
                    self.stdout.write(f"  {words}: {kind} {ids.encode(id)}")
                if len(found) > SHOWN:
                    self.stdout.write(f"  … and {len(found) - SHOWN} more")
        if differing:
            raise CommandError(f"{differing} differences. Run: ./redleaf search rebuild")
