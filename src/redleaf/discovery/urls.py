from django.urls import path

from redleaf.discovery.views import (
    channels,
    explore,
    nearby,
    ranking,
    reach,
    search,
    searches,
    seen,
    steering,
    why,
)

app_name = "discovery"
urlpatterns = [
    path("", explore.explore, name="explore"),
    path("explore/welcomed/", explore.welcomed, name="welcomed"),
    path("explore/personal/", explore.personal, name="personal"),
    path("why/<ref:receipt_id>/<ref:note_id>/", why.why, name="why"),
    path("following/", explore.following, name="following"),
    path("explore/steer/", steering.steer, name="steer"),
    path("explore/steer/preview/", steering.preview, name="steer_preview"),
    path("explore/not-interested/<ref:note_id>/", steering.not_interested, name="not_interested"),
    path(
        "explore/not-interested/<ref:note_id>/undo/",
        steering.undo_not_interested,
        name="undo_not_interested",
    ),
    path("explore/less/<str:kind>/<ref:object_id>/", steering.less, name="less"),
    path("explore/less/<str:kind>/<ref:object_id>/undo/", steering.more_of, name="more_of"),
    path("explore/more-new-voices/", steering.more_new_voices, name="more_new_voices"),
    path("explore/fewer-new-voices/", steering.fewer_new_voices, name="fewer_new_voices"),
    path("ranking/", ranking.ranking, name="ranking"),
    path("ranking/key", ranking.key, name="ranking_key"),
    path("ranking/versions.json", ranking.versions_json, name="ranking_versions"),
    path("nearby/", nearby.nearby, name="nearby"),
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
