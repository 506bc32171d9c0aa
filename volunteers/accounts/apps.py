from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "volunteers.accounts"

    def ready(self) -> None:
        from campaign import panels
        from volunteers.accounts.badges import waiting_for_review

        panels.register(panels.NAV_BADGES, waiting_for_review)
