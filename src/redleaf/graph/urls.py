from django.urls import path, re_path

from redleaf.graph import views

app_name = "graph"
urlpatterns = [
    path("@<str:handle>/do/<str:act>/", views.relate, name="relate"),
    path("@<str:handle>/lists/", views.person_lists, name="person_lists"),
    re_path(
        r"^@(?P<handle>[^/]{1,40})/(?P<which>followers|following)/$", views.people, name="people"
    ),
    path("me/followers/", views.own_followers, name="own_followers"),
    path("me/blocked/", views.quieted, name="quieted"),
    path("me/lists/", views.lists, name="lists"),
    path("me/lists/<ref:list_id>/", views.people_list, name="list"),
]
