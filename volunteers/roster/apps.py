from django.apps import AppConfig


class RosterConfig(AppConfig):
    name = "volunteers.roster"

    def ready(self) -> None:
        from volunteers.roster import panels

        panels.register()
