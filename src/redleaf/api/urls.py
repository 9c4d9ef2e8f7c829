from django.urls import path, re_path

from redleaf.api import feeds, sitemap, views

app_name = "api"
urlpatterns = [
    path("api/v1/openapi.json", views.openapi, name="openapi"),
    path("api/v1/notes/", views.notes, name="notes"),
    path("api/v1/notes/<ref:note_id>/", views.note, name="note"),
    path("api/v1/notes/<ref:note_id>/comments/", views.comments, name="comments"),
    path("api/v1/people/<str:handle>/", views.person, name="person"),
    path("api/v1/people/<str:handle>/notes/", views.notes_of, name="notes_of"),
    path("api/v1/topics/<str:key>/notes/", views.notes_on, name="notes_on"),
    path("api/v1/search/", views.search, name="search"),
    path("api/v1/me/following/", views.following, name="following"),
    re_path(r"^api/(?P<rest>.*)$", views.nothing, name="nothing"),
    path("topic/<str:key>/feed.xml", feeds.topic, name="topic_feed"),
    re_path(r"^@(?P<handle>[^/]{1,40})/feed\.xml$", feeds.person, name="person_feed"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap/<slug:kind>-<int:number>.xml", sitemap.part, name="sitemap_part"),
    path("robots.txt", sitemap.robots, name="robots"),
]
