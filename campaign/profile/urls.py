from django.urls import path

from campaign.profile import views

app_name = "profile"

urlpatterns = [
    path("", views.campaign, name="campaign"),
    path("edit/", views.campaign_edit, name="campaign-edit"),
    path("lawyer-check/", views.lawyer_check, name="lawyer-check"),
]
