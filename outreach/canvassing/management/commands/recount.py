from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from outreach.canvassing.counting import differences, rebuild


class Command(BaseCommand):
    help = "Compares maintained states and tallies with a plain count of the visits, and puts right what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; exit with 1 if anything differs")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        found = differences() if check else rebuild()
        for difference in found:
            self.stdout.write(str(difference))
        if found and check:
            raise CommandError(f"{len(found)} rows differ from a plain count; `recount` without --check corrects them.")
        self.stdout.write(f"Corrected {len(found)} rows." if found else "Everything agrees with a plain count.")
