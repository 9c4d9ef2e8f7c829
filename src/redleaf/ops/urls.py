from django.urls import path

from redleaf.ops import views

app_name = "ops"
urlpatterns = [
    path("health/", views.health, name="health"),
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("metrics/", views.figures, name="metrics"),
]
