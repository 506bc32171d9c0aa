"""What every page offers, signed in or not; named without the app, as Django names its own view of languages."""

from django.urls import path

from volunteers.accounts import views

urlpatterns = [
    path("language/", views.choose_language, name="set_language"),
    path("theme/", views.choose_theme, name="set_theme"),
]
