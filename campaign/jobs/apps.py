from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "campaign.jobs"
