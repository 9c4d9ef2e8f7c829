from django.urls import path

from redleaf.privacy import views

app_name = "privacy"
urlpatterns = [path("settings/privacy/", views.privacy, name="privacy")]
