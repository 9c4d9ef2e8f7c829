"""Follows, blocks, mutes, lists of people, and the audiences built from them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from redleaf.core import clock
from redleaf.core.models import Identified


class Audience(models.TextChoices):
    """Who may see a thing, besides its author; graph.selectors says what each one means."""

    PUBLIC = "public", _("Everyone")
    FOLLOWERS = "followers", _("My followers")
    MUTUALS = "mutuals", _("People I follow who follow me")
    ONLY_ME = "only_me", _("Only me")
    LIST = "list", _("A list of mine")


class Follow(models.Model):
    follower = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    followed = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "graph_follow"
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="graph_follow_once"),
            models.CheckConstraint(
                condition=~Q(follower=F("followed")), name="graph_follow_another"
            ),
        ]
        indexes = [
            models.Index(fields=["followed", "-created_at"], name="graph_follow_followed"),
            models.Index(fields=["follower", "-created_at"], name="graph_follow_follower"),
        ]


class Block(models.Model):
    blocker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    blocked = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "graph_block"
        constraints = [
            models.UniqueConstraint(fields=["blocker", "blocked"], name="graph_block_once"),
            models.CheckConstraint(condition=~Q(blocker=F("blocked")), name="graph_block_another"),
        ]


class Mute(models.Model):
    """Their notes and comments stay out of my lists until `until`, or for good when it is null."""

    muter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "graph_mute"
        constraints = [
            models.UniqueConstraint(fields=["muter", "muted"], name="graph_mute_once"),
            models.CheckConstraint(condition=~Q(muter=F("muted")), name="graph_mute_another"),
        ]


class PeopleList(Identified):
    """A member's own list of people, never shown to those on it."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="people_lists"
    )
    name = models.CharField(max_length=60)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "graph_people_list"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="graph_people_list_name")
        ]


class PeopleListMember(models.Model):
    people_list = models.ForeignKey(PeopleList, on_delete=models.CASCADE, related_name="members")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    added_at = models.DateTimeField(default=clock.now)

    class Meta:
        db_table = "graph_people_list_member"
        constraints = [
            models.UniqueConstraint(
                fields=["people_list", "account"], name="graph_people_list_member_once"
            )
        ]


class Standing(models.Model):
    """How many follow a member and whom the member follows: counters that equal a recount."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    follower_count = models.PositiveIntegerField(default=0)
    following_count = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "graph_standing"
