from django.urls import path

from redleaf.media import views

app_name = "media"
urlpatterns = [
    path("media/upload/", views.upload, name="upload"),
    path("media/avatar/", views.avatar, name="avatar"),
    path("media/<ref:asset_id>/state/", views.state, name="state"),
    path("media/<ref:asset_id>/retry/", views.retry, name="retry"),
    path("media/<ref:asset_id>/captions/", views.captions, name="captions"),
    path("media/<ref:asset_id>/<path:name>", views.variant, name="variant"),
    path("avatar/<str:handle>/<str:ref>.webp", views.portrait, name="portrait"),
]
