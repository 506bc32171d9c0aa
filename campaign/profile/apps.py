from django.apps import AppConfig


class ProfileConfig(AppConfig):
    name = "campaign.profile"
