from django.urls import path

from campaign.files import views

app_name = "files"

urlpatterns = [path("<int:pk>/", views.file_download, name="file-download")]
