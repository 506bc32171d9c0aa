"""The root of the URL map. Apps are included by string, so that nothing here imports upward."""

from allauth.account.views import login, logout
from django.urls import include, path

from campaign.access import Permission, allow

urlpatterns = [
    path("health/", include("campaign.health")),
    path("", include("volunteers.accounts.root_urls")),
    path("sign-in/", allow(Permission.OPEN)(login), name="account_login"),
    path("sign-out/", allow(Permission.OWN_ACCOUNT)(logout), name="account_logout"),
    path("jobs/", include("campaign.jobs.urls")),
    path("files/", include("campaign.files.urls")),
    path("campaign/", include("campaign.profile.urls")),
    path("", include("campaign.territory.urls")),
    path("", include("volunteers.accounts.urls")),
    path("people/", include("volunteers.roster.urls")),
    path("", include("outreach.canvassing.urls")),
    path("", include("outreach.reports.urls")),
]
