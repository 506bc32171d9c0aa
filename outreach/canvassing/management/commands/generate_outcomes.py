"""Write the phone's copy of the outcomes."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from outreach.canvassing.phonecopy import phone_copy

TARGET = Path("static") / "phone" / "outcomes.ts"


class Command(BaseCommand):
    help = "Write static/phone/outcomes.ts from outreach/canvassing/outcomes.py."

    def handle(self, *args: Any, **options: Any) -> None:
        (settings.BASE_DIR / TARGET).write_text(phone_copy(), encoding="utf-8")
        self.stdout.write(f"{TARGET} written")
