from django.urls import path

from redleaf.discovery.views import channels, explore, search, seen

app_name = "discovery"
urlpatterns = [
    path("", explore.explore, name="explore"),
    path("explore/welcomed/", explore.welcomed, name="welcomed"),
    path("following/", explore.following, name="following"),
    path("ranking/", explore.ranking, name="ranking"),
    path("channels/", channels.channels, name="channels"),
    path("seen/", seen.seen, name="seen"),
    path("search/", search.search, name="search"),
    path("search/suggest/", search.suggest, name="suggest"),
]
