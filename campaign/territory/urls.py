from django.urls import path

from campaign.territory.views import buildings, imports, precincts, streets

app_name = "territory"

urlpatterns = [
    path("buildings/", buildings.building_list, name="building-list"),
    path("buildings/new/", buildings.building_new, name="building-new"),
    path("buildings/import/", imports.import_new, name="import-new"),
    path("buildings/import/<int:pk>/", imports.import_preview, name="import-preview"),
    path("buildings/import/<int:pk>/run/", imports.import_run, name="import-run"),
    path("buildings/import/result/<int:pk>/", imports.import_result, name="import-result"),
    path("buildings/<uuid:pk>/", buildings.building_detail, name="building-detail"),
    path("buildings/<uuid:pk>/edit/", buildings.building_edit, name="building-edit"),
    path("buildings/<uuid:pk>/describe/", buildings.building_describe, name="building-describe"),
    path("buildings/<uuid:pk>/flat/", buildings.building_flat, name="building-flat"),
    path("precincts/", precincts.precinct_list, name="precinct-list"),
    path("precincts/new/", precincts.precinct_new, name="precinct-new"),
    path("precincts/<int:pk>/", precincts.precinct_detail, name="precinct-detail"),
    path("precincts/<int:pk>/edit/", precincts.precinct_edit, name="precinct-edit"),
    path("streets/", streets.street_list, name="street-list"),
    path("streets/new/", streets.street_new, name="street-new"),
    path("streets/<int:pk>/", streets.street_detail, name="street-detail"),
    path("streets/<int:pk>/edit/", streets.street_edit, name="street-edit"),
]
