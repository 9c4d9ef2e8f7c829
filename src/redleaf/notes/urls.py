from django.urls import path, re_path

from redleaf.notes.views import compose, lists, note

app_name = "notes"
urlpatterns = [
    path("publish/", compose.compose, name="compose"),
    path("publish/save/", compose.autosave, name="autosave"),
    path("publish/<ref:draft_id>/", compose.compose, name="draft"),
    path("publish/<ref:draft_id>/delete/", compose.delete_draft, name="delete_draft"),
    path("drafts/", compose.draft_list, name="drafts"),
    path("note/<ref:note_id>/", note.note, name="note"),
    path("note/<ref:note_id>/edit/", compose.edit, name="edit"),
    path("note/<ref:note_id>/history/", note.note_history, name="history"),
    path("note/<ref:note_id>/mark/<str:kind>/", note.mark, name="mark"),
    path("note/<ref:note_id>/withdraw/", note.withdraw, name="withdraw"),
    path("note/<ref:note_id>/schedule/", note.schedule, name="schedule"),
    path("topic/<str:key>/", lists.topic, name="topic"),
    path("place/<slug:slug>/", lists.place, name="place"),
    path("me/", lists.me, name="me"),
    path("me/saved/", lists.marked, {"kind": "save"}, name="saved"),
    path("me/liked/", lists.marked, {"kind": "like"}, name="liked"),
    re_path(r"^@(?P<handle>[^/]{1,40})/?$", lists.profile, name="profile"),
]
