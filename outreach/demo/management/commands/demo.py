"""`demo` loads the lived-in campaign into an empty database; `demo --sign-ins` says how to come in."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from outreach.demo.people import SIGN_INS
from outreach.demo.services import NotEmpty, load_demo
from volunteers.accounts.models import User


class Command(BaseCommand):
    help = "Loads the demo's campaign into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="first remove everything that is there")
        parser.add_argument("--sign-ins", action="store_true", help="only print the sign-ins of a loaded demo")

    def handle(self, **options: Any) -> None:
        if options["sign_ins"]:
            self.print_sign_ins()
            return
        if settings.DAUYS_ENV == "production":
            raise CommandError("The demo has well-known passwords: it is not loaded in production.")
        try:
            load_demo(over_what_is_there=options["reset"])
        except NotEmpty as error:
            raise CommandError("There is a campaign already. `demo --reset` removes it, all of it.") from error
        self.print_sign_ins()

    def print_sign_ins(self) -> None:
        """Nothing where the demo's accounts are not."""
        here = set(User.objects.filter(email__in=[each.email for each in SIGN_INS]).values_list("email", flat=True))
        for each in SIGN_INS:
            if each.email in here:
                self.stdout.write(f"  {each.role.value:<12} {each.email:<28} {each.password}")
