from django.urls import path

from volunteers.roster import people, views

app_name = "roster"

urlpatterns = [
    path("", people.person_list, name="person-list"),
    path("new/", views.person_new, name="person-new"),
    path("<int:pk>/", views.person_detail, name="person-detail"),
    path("<int:pk>/edit/", views.person_edit, name="person-edit"),
    path("<int:pk>/phone-link/", views.person_phone_link, name="person-phone-link"),
    path("<int:pk>/desk-access/", views.person_desk_access, name="person-desk-access"),
]
