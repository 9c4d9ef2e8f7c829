"""Topics and mentions of a note, how often a topic is named, and what a curator decides."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from redleaf.accounts.selectors import active_accounts
from redleaf.core import database
from redleaf.core.errors import Invalid
from redleaf.core.events import announce
from redleaf.core.fold import fold
from redleaf.notes import events
from redleaf.notes.models import Note, NoteMention, NoteTopic, Topic, TopicAlias
from redleaf.notes.services.content import handles_in, topics_in

_COUNTED = (
    "(SELECT count(DISTINCT x.note_id) FROM notes_note_topic x"
    " JOIN notes_topic o ON o.id = x.topic_id JOIN notes_note_tally y ON y.note_id = x.note_id"
    " WHERE y.listed AND (o.id = t.id OR o.canonical_id = t.id))"
)


def store_topics(note: Note) -> set[UUID]:
    """Store the topics that the note's words name; return those and the ones it named before.

    A spelling that a curator made an alias, or joined to another topic, counts as the other.
    """
    names = topics_in(note.body)
    aliases = dict(TopicAlias.objects.filter(key__in=names).values_list("key", "topic_id"))
    wanted: set[UUID] = set()
    for key, name in sorted(
        names.items()
    ):  # in one order, so that two authors never lock crosswise
        topic_id = aliases.get(key)
        if topic_id is None:
            topic, _is_new = Topic.objects.get_or_create(key=key, defaults={"name": name})
            topic_id = topic.canonical_id or topic.id
        wanted.add(topic_id)
    present = set(note.note_topics.values_list("topic_id", flat=True))
    note.note_topics.filter(topic_id__in=present - wanted).delete()
    NoteTopic.objects.bulk_create(
        [NoteTopic(note=note, topic_id=topic_id) for topic_id in wanted - present],
        ignore_conflicts=True,
    )
    return present | wanted


def store_mentions(note: Note) -> None:
    """Store whom the note's words mention: open accounts, never its author."""
    found = active_accounts().filter(handle__in=handles_in(note.body)).exclude(id=note.author_id)
    wanted = set(found.values_list("id", flat=True))
    present = set(note.mentions.values_list("account_id", flat=True))
    note.mentions.filter(account_id__in=present - wanted).delete()
    NoteMention.objects.bulk_create(
        [NoteMention(note=note, account_id=account_id) for account_id in wanted - present],
        ignore_conflicts=True,
    )


def count_topics(topic_ids: Iterable[UUID]) -> None:
    """Set these topics' counters, and of those they are joined to, from the notes that everybody
    may see. Locks the topics in the order of their ids."""
    locked = database.values(
        "SELECT id FROM notes_topic WHERE id = ANY(%(ids)s) OR id IN"
        " (SELECT canonical_id FROM notes_topic WHERE id = ANY(%(ids)s))"
        " ORDER BY id FOR NO KEY UPDATE",
        {"ids": list(topic_ids)},
    )
    # Counted by a statement of its own: one that waited for a lock still sees what was before.
    database.execute(
        f"UPDATE notes_topic t SET note_count = {_COUNTED} WHERE t.id = ANY(%s)",
        ([row[0] for row in locked],),
    )


def topics_by(author_id: UUID) -> list[UUID]:
    """Return the ids of the topics that an author's notes name."""
    found = NoteTopic.objects.filter(note__author_id=author_id)
    return list(found.values_list("topic_id", flat=True).distinct())


def recount() -> int:
    """Set every topic's counter to what the tables say; return how many were wrong."""
    return database.execute(
        f"UPDATE notes_topic t SET note_count = {_COUNTED} WHERE note_count <> {_COUNTED}"
    )


def curate(
    topic: Topic,
    *,
    names: Mapping[str, str],
    rules: Mapping[str, str],
    aliases: Iterable[str],
    canonical: Topic | None,
) -> Topic:
    """Give a topic its names and rules by language, its aliases, and the topic that it is part of.

    Topics that were joined to this one go with it to the canonical one, so that there is never a
    chain. Raises Invalid for an alias that is another topic's, or a topic joined to itself.
    """
    if canonical is not None:
        target = canonical.canonical or canonical
        if topic.id in {canonical.id, target.id}:
            raise Invalid(
                "joined_to_itself", _("A topic cannot be joined to itself."), field="canonical"
            )
        canonical = target
    keys = {key for alias in aliases if (key := fold(alias.strip().lstrip("#＃"))[:60])}
    keys.discard(topic.key)
    _refuse_taken(topic, keys)
    with transaction.atomic():
        topic.names = {code: name for code, name in names.items() if name}
        topic.rules = {code: text for code, text in rules.items() if text}
        topic.canonical = canonical
        topic.save(update_fields=["names", "rules", "canonical"])
        topic.aliases.exclude(key__in=keys).delete()
        TopicAlias.objects.bulk_create(
            [TopicAlias(key=key, topic=topic) for key in keys], ignore_conflicts=True
        )
        if canonical is not None:
            topic.joined.update(canonical=canonical)
        count_topics([topic.id])
        announce(events.TopicCurated(topic.id))
    return topic


def _refuse_taken(topic: Topic, keys: set[str]) -> None:
    elsewhere = TopicAlias.objects.filter(key__in=keys).exclude(topic=topic)
    if found := ", ".join(sorted(elsewhere.values_list("key", flat=True))):
        raise Invalid(
            "alias_taken",
            _("Another topic has this spelling already: %(names)s") % {"names": found},
            field="aliases",
        )
    own = Topic.objects.filter(key__in=keys)
    if found := ", ".join(sorted(own.values_list("key", flat=True))):
        raise Invalid(
            "alias_is_topic",
            _("These are topics of their own, join them to this one instead: %(names)s")
            % {"names": found},
            field="aliases",
        )
