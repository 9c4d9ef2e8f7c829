"""Reads of topics: by any of their spellings, with those that a curator joined."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from redleaf.core import database
from redleaf.core.errors import NotFound
from redleaf.core.fold import fold
from redleaf.notes.models import Topic, TopicAlias


def topic_by_key(text: str) -> Topic:
    """Return the canonical topic of this spelling, alias or joined name. Raises NotFound."""
    key = fold(text.strip())[:60]
    if "\x00" in key:
        raise NotFound()
    found = Topic.objects.filter(key=key).select_related("canonical").first()
    if found is None:
        alias = TopicAlias.objects.filter(key=key).select_related("topic__canonical").first()
        if alias is None:
            raise NotFound()
        found = alias.topic
    return found.canonical or found


def joined_ids(topic: Topic) -> list[UUID]:
    """Return the ids of a topic and of those joined with it."""
    return [topic.id, *topic.joined.values_list("id", flat=True)]


def keys_of(topic_ids: Sequence[UUID]) -> frozenset[str]:
    """Return the keys of these topics and of all that belong together with one of them."""
    found = database.values(
        "SELECT o.key FROM notes_topic o WHERE coalesce(o.canonical_id, o.id) IN"
        " (SELECT coalesce(canonical_id, id) FROM notes_topic WHERE id = ANY(%s))",
        (list(topic_ids),),
    )
    return frozenset(row[0] for row in found)


def names_of(topic_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of those of these topics that there are."""
    found = database.values(
        "SELECT id, name FROM notes_topic WHERE id = ANY(%s)", (list(topic_ids),)
    )
    return {row[0]: row[1] for row in found}


def other_names(topic: Topic) -> list[str]:
    """Return the other spellings under which the topic is found."""
    names = [*topic.names.values(), *topic.joined.values_list("name", flat=True)]
    names.extend(topic.aliases.values_list("key", flat=True))
    return [name for name in dict.fromkeys(names) if name != topic.name]


def rules_in(topic: Topic, language: str) -> str:
    """Return what a curator asks of those who write on a topic, in this language, else in another;
    nothing when nobody asks anything."""
    rules: dict[str, str] = topic.rules
    return rules.get(language) or rules.get("en") or next(iter(rules.values()), "")


def popular_topics(limit: int = 12) -> list[dict[str, Any]]:
    """Return the topics that most public notes name: key, name, names, note_count."""
    return database.rows(
        "SELECT key, name, names, note_count FROM notes_topic"
        " WHERE canonical_id IS NULL AND note_count > 0 ORDER BY note_count DESC, key LIMIT %s",
        (limit,),
    )
