from django.apps import AppConfig


class CampaignConfig(AppConfig):
    """The roof itself: no models, only the checks of the installation and the queue."""

    name = "campaign"

    def ready(self) -> None:
        from campaign import celery, checks  # noqa: F401
