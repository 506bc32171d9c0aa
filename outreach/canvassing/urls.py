from django.urls import path

from outreach.canvassing import phone_views, turf_views, views

app_name = "canvassing"

urlpatterns = [
    path("rounds/", views.round_list, name="round-list"),
    path("rounds/new/", views.round_new, name="round-new"),
    path("rounds/<int:pk>/", views.round_detail, name="round-detail"),
    path("rounds/<int:pk>/buildings/", views.round_buildings, name="round-buildings"),
    path("rounds/<int:pk>/people/", views.round_people, name="round-people"),
    path("rounds/<int:pk>/crossed/", views.round_crossed, name="round-crossed"),
    path("rounds/<int:pk>/edit/", views.round_edit, name="round-edit"),
    path("turfs/", turf_views.turf_list, name="turf-list"),
    path("turfs/new/", turf_views.turf_new, name="turf-new"),
    path("turfs/<int:pk>/", turf_views.turf_detail, name="turf-detail"),
    path("turfs/<int:pk>/edit/", turf_views.turf_edit, name="turf-edit"),
    path("turfs/<int:pk>/assign/", turf_views.turf_assign, name="turf-assign"),
    path("assignments/<int:pk>/end/", turf_views.assignment_end, name="assignment-end"),
    path("buildings/<uuid:building_id>/hand-out/", turf_views.hand_out, name="hand-out"),
    path("doors/<uuid:pk>/", views.door_detail, name="door-detail"),
    path("phone/", phone_views.phone, name="phone"),
    path("api/pack/", phone_views.pack, name="pack"),
    path("sw.js", phone_views.service_worker, name="service-worker"),
    path("manifest.webmanifest", phone_views.manifest, name="manifest"),
]
