"""The API described: one table of endpoints, and the objects that they answer, as OpenAPI 3.1."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from redleaf import editions

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
MOMENT: Schema = {"type": "string", "format": "date-time"}


def or_null(schema: Schema) -> Schema:
    if "$ref" in schema:
        return {"oneOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def fixed(**fields: Schema) -> Schema:
    """Return the schema of an object that always has exactly these fields."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def said(description: str, schema: Schema) -> Schema:
    return {**schema, "description": description}


_NOTE: dict[str, Schema] = {
    "id": said("Opaque; ids of later notes sort after those of earlier ones.", TEXT),
    "url": said("The note's page.", ADDRESS),
    "kind": {"type": "string", "enum": ["picture", "video", "words", "long"]},
    "title": TEXT,
    "excerpt": said("The first words, plain, on one line.", TEXT),
    "language": said("BCP 47.", TEXT),
    "audience": {
        "type": "string",
        "enum": ["public", "followers", "mutuals", "only_me", "list"],
    },
    "author": ref("Author"),
    "channel": said("The channel's key.", or_null(TEXT)),
    "place": or_null(ref("Place")),
    "topics": many(ref("Topic")),
    "pictures": many(ref("Picture")),
    "video": or_null(ref("Video")),
    "counts": fixed(likes=NUMBER, saves=NUMBER, helpful=NUMBER, comments=NUMBER, shares=NUMBER),
    "version": said("Grows with each edit of the wording.", NUMBER),
    "published_at": MOMENT,
    "edited_at": or_null(MOMENT),
}
_COMMENT: dict[str, Schema] = {
    "id": TEXT,
    "url": ADDRESS,
    "gone": said("Only its place is left: deleted, hidden or not for this reader.", FLAG),
    "author": or_null(ref("Author")),
    "body": TEXT,
    "pictures": many(ref("Picture")),
    "pinned": FLAG,
    "hidden": said("By the note's author; only the two concerned still see it.", FLAG),
    "likes": NUMBER,
    "created_at": MOMENT,
    "edited_at": or_null(MOMENT),
}
_NEXT = said("Send it as `after` for what follows; null at the end.", or_null(TEXT))

SCHEMAS: dict[str, Schema] = {
    "Note": fixed(**_NOTE),
    "WholeNote": fixed(
        **_NOTE,
        body=said("As written: plain text, or Markdown in a long note.", TEXT),
        place_detail=TEXT,
        who_may_reply={"type": "string", "enum": ["everyone", "followers", "mentioned", "nobody"]},
    ),
    "Author": fixed(handle=TEXT, name=TEXT, url=ADDRESS, avatar=or_null(ADDRESS)),
    "Person": fixed(
        handle=TEXT,
        name=TEXT,
        url=ADDRESS,
        avatar=or_null(ADDRESS),
        bio=TEXT,
        city=said("The place's key.", or_null(TEXT)),
        counts=fixed(
            followers=NUMBER, following=NUMBER, likes=NUMBER, saves=NUMBER, helpful=NUMBER
        ),
    ),
    "Place": fixed(key=TEXT, name=TEXT),
    "Topic": fixed(key=TEXT, name=TEXT, url=ADDRESS),
    "Picture": fixed(
        alt=said("What it shows, in the author's words; may be empty.", TEXT),
        width=NUMBER,
        height=NUMBER,
        colour=said("To stand in until it is loaded, #rrggbb.", TEXT),
        files=many(fixed(url=ADDRESS, type=TEXT, width=NUMBER, height=NUMBER)),
    ),
    "Video": fixed(
        ready=FLAG,
        width=NUMBER,
        height=NUMBER,
        duration=said("Seconds.", or_null({"type": "number"})),
        poster=or_null(ADDRESS),
        mp4=or_null(ADDRESS),
        hls=or_null(ADDRESS),
        captions=many(fixed(language=TEXT, url=ADDRESS)),
    ),
    "Comment": fixed(**_COMMENT),
    "Thread": fixed(**_COMMENT, replies=many(ref("Comment")), replies_left=NUMBER),
    "Notes": fixed(notes=many(ref("Note")), next=_NEXT),
    "FoundNotes": fixed(
        notes=many(ref("Note")),
        next=_NEXT,
        searched=said("What was searched, which may be a better spelling.", TEXT),
        loose=said("Some notes hold only a part of what was asked.", FLAG),
    ),
    "Threads": fixed(comments=many(ref("Thread")), next=_NEXT),
    "OneNote": fixed(note=ref("WholeNote")),
    "OnePerson": fixed(person=ref("Person")),
    "TopicNotes": fixed(topic=ref("Topic"), notes=many(ref("Note")), next=_NEXT),
    "Error": fixed(
        error=fixed(
            code=said("For programs; it does not change with the language.", TEXT),
            message=said("For people, in the language asked for.", TEXT),
        )
    ),
}


def parameter(name: str, description: str, *, path: bool = False, **schema: Any) -> Schema:
    return {
        "name": name,
        "in": "path" if path else "query",
        "required": path or name == "q",
        "description": description,
        "schema": {"type": "string", **schema},
    }


AFTER = parameter("after", "The `next` of the page before.", maxLength=400)
REF = parameter("id", "The note's id.", path=True)
HANDLE = parameter("handle", "Without @.", path=True)


@dataclass(frozen=True)
class Described:
    """An endpoint: its path, name, what it gives, and the name of the object that it answers."""

    path: str
    name: str
    summary: str
    answer: str
    parameters: tuple[Schema, ...] = ()
    refusals: tuple[int, ...] = (404, 422, 429)


ENDPOINTS: tuple[Described, ...] = (
    Described(
        "/api/v1/notes/",
        "notes",
        "Notes that everybody may see, by Explore's published formula or the newest first.",
        "Notes",
        (
            parameter("channel", "Only one channel, by its key."),
            parameter("sort", "By the formula, or the newest first.", enum=["best", "new"]),
            AFTER,
        ),
    ),
    Described("/api/v1/notes/{id}/", "note", "One note with its words.", "OneNote", (REF,)),
    Described(
        "/api/v1/notes/{id}/comments/",
        "comments",
        "What was said under a note, in threads with their first replies.",
        "Threads",
        (
            REF,
            parameter("sort", "By likes, or the newest first.", enum=["best", "newest"]),
            AFTER,
        ),
    ),
    Described("/api/v1/people/{handle}/", "person", "A member.", "OnePerson", (HANDLE,)),
    Described(
        "/api/v1/people/{handle}/notes/",
        "notes_of",
        "A member's notes that the reader may see, the newest first.",
        "Notes",
        (HANDLE, AFTER),
    ),
    Described(
        "/api/v1/topics/{key}/notes/",
        "notes_on",
        "The notes on a topic that the reader may see, the newest first.",
        "TopicNotes",
        (parameter("key", "The topic, in any of its spellings.", path=True), AFTER),
    ),
    Described(
        "/api/v1/search/",
        "search",
        "Notes that everybody may see, by their words.",
        "FoundNotes",
        (
            parameter("q", "What to look for.", maxLength=120),
            parameter(
                "sort",
                "The best first, the newest or the most saved.",
                enum=["best", "new", "saved"],
            ),
            parameter("language", "Only notes in this language."),
            parameter("channel", "Only one channel, by its key."),
            AFTER,
        ),
        (422, 429),
    ),
    Described(
        "/api/v1/me/following/",
        "following",
        "Everything by those whom the signed-in member follows, strictly by time.",
        "Notes",
        (AFTER,),
        (401, 422, 429),
    ),
)

_REFUSALS = {
    401: "Nobody is signed in.",
    404: "There is no such thing, or not for this reader: the two are never told apart.",
    422: "Something asked for breaks a rule.",
    429: "Too often; Retry-After says for how many seconds to wait.",
}


def document() -> dict[str, Any]:
    """Return the whole description, an OpenAPI 3.1 document."""
    name = editions.current().name_in("en")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{name}: public API",
            "version": "1.0.0",
            "summary": "What everybody, or the signed-in member, may read.",
            "description": (
                "Read only. A reader sees here what the same reader sees on the pages: without a"
                " session what is public, with a member's session cookie also what that member may"
                " see. Fields are never taken away within v1; new ones may come."
            ),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": settings.REDLEAF_PUBLIC_URL}],
        "paths": {item.path: {"get": _operation(item)} for item in ENDPOINTS},
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": settings.SESSION_COOKIE_NAME,
                }
            },
        },
    }


def _operation(item: Described) -> Schema:
    answers: dict[str, Any] = {
        "200": {
            "description": item.summary,
            "headers": {"ETag": {"schema": TEXT}},
            "content": {"application/json": {"schema": ref(item.answer)}},
        },
        "304": {"description": "As If-None-Match has it."},
    }
    for status in item.refusals:
        answers[str(status)] = {
            "description": _REFUSALS[status],
            "content": {"application/json": {"schema": ref("Error")}},
        }
    signed_in: list[dict[str, list[str]]] = [{"session": []}]
    return {
        "operationId": item.name,
        "summary": item.summary,
        "parameters": list(item.parameters),
        "responses": answers,
        "security": signed_in if 401 in item.refusals else [{}, *signed_in],
    }
