from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from volunteers.accounts.services import CannotDo, invite_coordinator


class Command(BaseCommand):
    help = "Print a one-time code, and the page on which it makes the first coordinator of an empty installation."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = invite_coordinator()
        except CannotDo as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Open {settings.DAUYS_URL.rstrip('/')}{reverse('accounts:set-up')}")
        self.stdout.write(f"One-time code: {code}")
