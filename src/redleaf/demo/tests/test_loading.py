"""Loading: what is written becomes members, notes and talk, each at its time, and only once."""

import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.management import CommandError, call_command

from redleaf.accounts.models import Account
from redleaf.accounts.tests.factories import make_account
from redleaf.core import clock, database
from redleaf.core.errors import NotFound
from redleaf.demo import art
from redleaf.demo.loading import acts, demo, people, pictures, reading
from redleaf.graph import selectors as graph
from redleaf.graph import services as graph_services
from redleaf.inbox.models import Notice
from redleaf.media.models import Asset
from redleaf.notes.models import Board, Comment, Mark, Note, NoteTally
from redleaf.notes.selectors import note_for
from redleaf.notes.services import comment_counts, marks

PEOPLE = """
[[person]]
handle = "mei_toronto"
name = "梅子"
bio = "喝汤的人"
language = "zh-hans"
city = "toronto"
interests = ["food"]
circle = "toronto"
look = 3

[[person]]
handle = "siuyan_hk"
name = "小欣"
bio = ""
language = "zh-hant"
city = "toronto"
interests = ["food", "home"]
circle = "toronto"
look = 0

[[person]]
handle = "kev"
name = "Kev"
bio = "Eats east"
language = "en"
city = "vancouver"
interests = ["food"]
circle = "toronto"
look = 28
"""

NOTES = """
[[note]]
key = "soup"
author = "mei_toronto"
kind = "picture"
language = "zh-hans"
title = "冬天的汤"
body = "喝三碗。#煲汤 @siuyan_hk"
channel = "food"
place = "toronto"
place_detail = "厨房"
days_ago = 6.5
warmth = 1.0
pictures = [{scene = "congee", alt = "一碗粥"}, {scene = "hotpot", alt = "火锅", tone = "dusk"}]
comment = [
  {author = "kev", body = "Looks good", hours_after = 2.0},
  {author = "mei_toronto", body = "好喝", hours_after = 3.5, reply_to = 0},
]

[[note]]
key = "words"
author = "kev"
kind = "words"
language = "en"
title = "No sign on the door"
body = "Ask for the noodles. #noodles"
channel = "food"
place = ""
cover_design = "ink"
days_ago = 0.5
warmth = 0.8

[[note]]
key = "close"
author = "siuyan_hk"
kind = "words"
language = "zh-hant"
title = "只給跟住我嘅人睇"
body = "今晚飲湯。#日記"
channel = "home"
place = ""
days_ago = 2
warmth = 1.0
audience = "followers"

[[note]]
key = "few"
author = "siuyan_hk"
kind = "words"
language = "zh-hant"
title = "只得幾個人知"
body = "星期六飲茶。#飲茶"
channel = "food"
place = ""
days_ago = 1
warmth = 1.0
audience = "list"
people_list = "飲茶"
"""

BOARDS = """
[[board]]
owner = "siuyan_hk"
title = "湯水"
description = ""
visibility = "shared"
members = ["kev"]
notes = ["soup", "words"]
"""


def quietly(_what: str, _done: int, _of: int) -> None:
    """Say nothing."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "people.toml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "notes" / "all.toml").write_text(NOTES, encoding="utf-8")
    (tmp_path / "boards.toml").write_text(BOARDS, encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def _small_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(wanted: list[Any]) -> Iterator[bytes]:
        return (art.painted("keys", "", 1, "portrait", 72) for _ in wanted)

    monkeypatch.setattr(pictures, "_drawn", drawn)


@pytest.fixture
def load(db: None, folder: Path) -> Callable[[], None]:
    return lambda: demo.load(quietly, folder=folder)


def counts() -> dict[str, int]:
    models = (Account, Note, Comment, Board, Mark, Asset, Notice)
    found = {model.__name__: model.objects.count() for model in models}
    follows = database.values("SELECT count(*) FROM graph_follow")
    return {**found, "follows": follows[0][0]}


def test_everything_that_is_written_is_there(load: Callable[[], None]) -> None:
    load()
    found = counts()
    assert (found["Account"], found["Note"], found["Comment"], found["Board"]) == (4, 4, 2, 1)
    soup = Note.objects.get(title="冬天的汤")
    assert [picture.alt for picture in soup.pictures.all()] == ["一碗粥", "火锅"]
    assert soup.place is not None
    assert (soup.place.slug, soup.place_detail) == ("toronto", "厨房")
    assert Comment.objects.get(body="好喝").parent_id == Comment.objects.get(body="Looks good").id


def test_notes_and_comments_happened_when_they_say(load: Callable[[], None]) -> None:
    began = clock.now()
    load()
    for title, days in (("冬天的汤", 6.5), ("No sign on the door", 0.5)):
        published = Note.objects.get(title=title).published_at
        assert published is not None
        assert abs(published - (began - timedelta(days=days))) < timedelta(minutes=2)
    said = Comment.objects.get(body="Looks good").created_at
    assert abs(said - (began - timedelta(days=6.5, hours=-2))) < timedelta(minutes=2)
    assert not Mark.objects.filter(created_at__gt=clock.now()).exists()


def test_members_joined_before_they_wrote(load: Callable[[], None]) -> None:
    load()
    for note in Note.objects.select_related("author"):
        assert note.published_at is not None
        assert note.author.created_at < note.published_at


def test_members_have_a_confirmed_address_and_a_portrait(load: Callable[[], None]) -> None:
    load()
    addresses = EmailAddress.objects.all()
    assert addresses.count() == 4
    assert all(address.verified and address.primary for address in addresses)
    for person in Account.objects.exclude(handle=people.KEEPER):
        assert person.is_confirmed
        assert person.avatar


def test_the_named_members_and_the_keeper_can_sign_in_and_nobody_else(
    load: Callable[[], None],
) -> None:
    load()
    for handle in ("mei_toronto", "siuyan_hk", people.KEEPER):
        assert Account.objects.get(handle=handle).check_password(people.PASSWORD)
    assert not Account.objects.get(handle="kev").has_usable_password()
    keeper = Account.objects.get(handle=people.KEEPER)
    assert keeper.is_staff
    assert keeper.is_superuser
    assert not Account.objects.exclude(handle=people.KEEPER).filter(is_staff=True).exists()


def test_sign_ins_are_written_for_the_operator_alone(load: Callable[[], None]) -> None:
    load()
    path = Path(settings.REDLEAF_DATA_DIR) / demo.SIGN_INS_FILE
    text = path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(name in text for name in ("mei_toronto", "siuyan_hk", "keeper", people.PASSWORD))
    assert "kev" not in text


def test_counters_equal_a_recount(load: Callable[[], None]) -> None:
    load()
    assert NoteTally.objects.filter(like_count__gt=0).exists()
    assert (marks.recount(), graph_services.recount(), comment_counts.recount()) == (0, 0, 0)


def test_a_note_for_followers_stays_among_them(load: Callable[[], None]) -> None:
    load()
    close = Note.objects.get(title="只給跟住我嘅人睇")
    stranger = make_account("stranger")
    with pytest.raises(NotFound):
        note_for(stranger, close.id)
    markers = set(Mark.objects.filter(note=close).values_list("account_id", flat=True))
    author = Account.objects.get(handle="siuyan_hk")
    for member in Account.objects.filter(id__in=markers):
        assert graph.relation(member, author).follows


def test_a_note_for_a_list_is_seen_by_those_on_it(load: Callable[[], None]) -> None:
    load()
    few = Note.objects.get(title="只得幾個人知")
    author = Account.objects.get(handle="siuyan_hk")
    people_list = graph.people_lists(author).get(name="飲茶")
    assert few.audience_list_id == people_list.id
    on_it = set(people_list.members.values_list("account_id", flat=True))
    assert on_it
    assert on_it <= set(graph.followed_ids(author))


def test_a_board_holds_its_notes_in_order_and_its_people(load: Callable[[], None]) -> None:
    load()
    board = Board.objects.get(title="湯水")
    assert set(board.items.values_list("note__title", flat=True)) == {
        "冬天的汤",
        "No sign on the door",
    }
    assert list(board.members.values_list("account__handle", flat=True)) == ["kev"]


def test_everybody_heard_at_that_time_and_nothing_waits(load: Callable[[], None]) -> None:
    load()
    waiting = database.values("SELECT count(*) FROM core_outbox")
    assert waiting[0][0] == 0
    mei = Account.objects.get(handle="mei_toronto")
    notices = Notice.objects.filter(account=mei)
    assert notices.exists()
    assert not notices.filter(updated_at__gt=clock.now()).exists()
    assert not notices.filter(read_at=None, updated_at__lt=clock.now() - timedelta(days=2)).exists()


def test_loading_twice_changes_nothing(load: Callable[[], None]) -> None:
    load()
    before = counts()
    load()
    assert counts() == before


def test_a_load_that_broke_off_goes_on_where_it_was(
    load: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any) -> None:
        raise RuntimeError("the light went out")

    with monkeypatch.context() as patch:
        patch.setattr(acts, "perform", fail)
        with pytest.raises(RuntimeError):
            load()
    assert not demo.is_loaded()
    assert demo.may_load()
    load()
    assert demo.is_loaded()
    assert (counts()["Account"], counts()["Note"]) == (4, 4)


def test_rate_limits_hold_again_afterwards_even_after_a_failure(
    load: Callable[[], None], monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def fail(*_arguments: Any) -> None:
        raise RuntimeError("the light went out")

    settings.REDLEAF_RATE_LIMITS = True
    monkeypatch.setattr(acts, "perform", fail)
    with pytest.raises(RuntimeError):
        load()
    assert settings.REDLEAF_RATE_LIMITS is True


@pytest.mark.django_db
def test_an_edition_that_has_members_is_left_alone() -> None:
    make_account("somebody")
    call_command("demo", if_empty=True)
    assert Account.objects.count() == 1
    with pytest.raises(CommandError, match="members already"):
        call_command("demo")
    assert Account.objects.count() == 1


def test_a_loaded_demo_is_not_loaded_again_at_the_next_start(load: Callable[[], None]) -> None:
    load()
    before = counts()
    call_command("demo", if_empty=True)
    assert counts() == before


@pytest.mark.django_db
def test_a_note_of_moving_pictures_gets_a_film(folder: Path) -> None:
    content = reading.read(folder)
    note = next(note for note in content.notes if note.key == "soup")
    made = people.make_people(content.people, clock.now(), demo.Random(1))
    moving = reading.Note(**{**vars(note), "kind": "video"})
    films = pictures.upload_films([moving], made)
    again = pictures.upload_films([moving], made)
    assert films == again
    assert Asset.objects.get(id=films["soup"]).kind == "video"
    assert pictures.upload_pictures([moving], made, lambda _done, _of: None) == {}


def test_notes_are_read_in_the_order_in_which_they_were_published(folder: Path) -> None:
    content = reading.read(folder)
    assert [note.key for note in content.notes] == ["soup", "close", "few", "words"]
