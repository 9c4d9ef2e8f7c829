"""The demo's members, their portraits, and whom they follow."""

import io
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid5

from redleaf.accounts import services as accounts
from redleaf.accounts.models import Account
from redleaf.core import clock, events
from redleaf.demo.art import portraits, raster
from redleaf.demo.loading.reading import Person
from redleaf.graph import services as graph
from redleaf.media import services as media

NAMES = UUID("7ed1eaf0-0000-4000-8000-000000000000")  # the space of the demo's repeatable keys
PASSWORD = "redleaf-demo-2026"  # noqa: S105 - printed for whoever tries the demo
KEEPER = "keeper"
DOMAIN = "demo.invalid"  # RFC 2606: mail to it can never be delivered
SIGN_INS = ("joyce_and_tofu", "melanie_trinh", "mei_toronto", "siuyan_hk")
JOINED_DAYS = (70, 160)
FOLLOWED_DAYS = (2, 65)


def key_of(*parts: object) -> UUID:
    """Return the same key for the same parts, everywhere."""
    return uuid5(NAMES, "/".join(str(part) for part in parts))


def make_people(people: list[Person], now: datetime, random: Random) -> dict[str, Account]:
    """Return the members by handle, made where they are not there yet."""
    made: dict[str, Account] = {}
    for person in people:
        joined = now - timedelta(days=random.uniform(*JOINED_DAYS))
        present = Account.objects.filter(handle=person.handle).first()
        if present is None:
            with clock.frozen(joined):
                present = _member(person)
        made[person.handle] = present
    return made


def make_keeper(now: datetime) -> Account:
    """Return the demo's operator, who was there before everybody else."""
    present = Account.objects.filter(handle=KEEPER).first()
    if present is not None:
        return present
    with clock.frozen(now - timedelta(days=JOINED_DAYS[1] + 1)):
        return accounts.create_operator(
            f"{KEEPER}@{DOMAIN}", PASSWORD, KEEPER, display_name="Keeper", language="en"
        )


def follow_one_another(
    people: list[Person], made: dict[str, Account], now: datetime, random: Random
) -> None:
    """Let people of one circle mostly follow each other, and everybody some from elsewhere."""
    for person in people:
        for other in people:
            if person.handle == other.handle:
                continue
            shared = len(set(person.interests) & set(other.interests))
            near = person.circle == other.circle
            if random.random() < (0.55 if near else 0.08) + 0.08 * shared:
                with clock.frozen(now - timedelta(days=random.uniform(*FOLLOWED_DAYS))):
                    graph.follow(made[person.handle], made[other.handle])
                    events.deliver_due(20)


def _member(person: Person) -> Account:
    account = accounts.create_member(
        email=f"{person.handle}@{DOMAIN}",
        handle=person.handle,
        password=PASSWORD if person.handle in SIGN_INS else None,
        display_name=person.name,
        bio=person.bio,
        language=person.language,
        city=person.city,
        interests=person.interests,
        time_zone=_ZONES.get(person.city, "America/Toronto"),
    )
    file = io.BytesIO(raster.jpeg(portraits.draw(person.look)))
    media.receive_avatar(account, file=file, name=f"{person.handle}.jpg")
    account.refresh_from_db()
    return account


_ZONES = {
    "vancouver": "America/Vancouver",
    "calgary": "America/Edmonton",
    "montreal": "America/Toronto",
}
