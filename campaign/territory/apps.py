from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "campaign.territory"
