from django.urls import path

from redleaf.discovery.views import channels, explore, reach, search, searches, seen

app_name = "discovery"
urlpatterns = [
    path("", explore.explore, name="explore"),
    path("explore/welcomed/", explore.welcomed, name="welcomed"),
    path("following/", explore.following, name="following"),
    path("ranking/", explore.ranking, name="ranking"),
    path("ranking/reach/", reach.chart, name="reach"),
    path("ranking/reach.csv", reach.download, name="reach_csv"),
    path("me/reach/", reach.own, name="own_reach"),
    path("channels/", channels.channels, name="channels"),
    path("seen/", seen.seen, name="seen"),
    path("search/", search.search, name="search"),
    path("search/suggest/", searches.suggest, name="suggest"),
    path("search/hot/", searches.hot_rule, name="hot"),
    path("search/own/", searches.own_searches, name="own_searches"),
]
