"""The whole of it: `load` puts the demo into an edition that has nobody yet."""

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

from django.conf import settings

from redleaf.accounts.models import Account
from redleaf.core import audit, clock
from redleaf.core.models import AuditEntry
from redleaf.demo.loading import acts, people, pictures, reading
from redleaf.graph import services as graph
from redleaf.notes.services import marks

SEED = 2026
LOADED = "demo.loaded"
SIGN_INS_FILE = "demo-sign-ins.txt"

Say = Callable[[str, int, int], None]


def is_loaded() -> bool:
    """Return whether the demo was loaded to its end."""
    return AuditEntry.objects.filter(action=LOADED).exists()


def may_load() -> bool:
    """Return whether the edition has nobody but the demo's own people, of a load that broke off."""
    others = Account.objects.exclude(email__endswith=f"@{people.DOMAIN}")
    return not is_loaded() and not others.exists()


def load(say: Say, *, folder: Path = reading.CONTENT) -> None:
    """Load everything. Repeating adds what is missing, so a load that broke off can go on.

    Uses the product's own verbs, with their events delivered at the moment of each act, so that
    notices, counters and search are as if it had happened.
    """
    content = reading.read(folder)
    now = clock.now()
    before = settings.REDLEAF_RATE_LIMITS
    settings.REDLEAF_RATE_LIMITS = False
    try:
        keeper = people.make_keeper(now)
        random = Random(SEED)
        made = people.make_people(content.people, now, random)
        people.follow_one_another(content.people, made, now, random)
        films = pictures.upload_films(content.notes, made)  # first: they take longest to prepare
        assets = pictures.upload_pictures(
            content.notes, made, lambda done, of: say("pictures", done, of)
        )
        world = acts.World(made, assets, now, random, {}, films)
        todo = acts.acts_of(content, world)
        acts.perform(todo, world, lambda done, of: say("notes, comments, likes", done, of))
        marks.recount()
        graph.recount()
        audit.record(keeper, LOADED, subject_kind="demo", subject_id=str(SEED))
    finally:
        settings.REDLEAF_RATE_LIMITS = before
    write_sign_ins(made)


def write_sign_ins(made: dict[str, Account]) -> Path:
    """Write down as whom one can sign in, readable by the operator alone; return the file."""
    languages = dict(settings.LANGUAGES)
    lines = [f"Sign in with any of these names and the password {people.PASSWORD}", ""]
    for handle in people.SIGN_INS:
        person = made.get(handle)
        if person is not None:
            lines.append(f"  {handle:<16} {languages.get(person.language, '')}")
    lines.append(f"  {people.KEEPER:<16} the operator: /admin/ too")
    path = Path(settings.REDLEAF_DATA_DIR) / SIGN_INS_FILE
    path.unlink(missing_ok=True)
    handle_ = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle_, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return path
