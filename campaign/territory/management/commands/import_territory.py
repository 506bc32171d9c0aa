import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError

from campaign.territory import importing
from campaign.territory.importing import Line, Plan, Status
from campaign.territory.rows import FileRefused

TOLD = (Status.CHANGED, Status.QUESTION, Status.ERROR)


class Command(BaseCommand):
    help = "Import a table of houses or dwellings (XLSX or CSV). The good rows are written without the bad."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--preview", action="store_true", help="say what would happen, and write nothing")
        parser.add_argument("--json", action="store_true", help="a line for each row of the file, then the sums")

    def handle(self, *args: Any, file: Path, preview: bool, json: bool, **options: Any) -> None:
        plan = self._plan(file, importing.preview if preview else importing.apply)
        sums = plan.sums() | {"written": not preview}
        if json:
            self._print_json(plan, sums)
        else:
            self._print(plan, sums)

    def _plan(self, file: Path, act: Any) -> Plan:
        try:
            with file.open("rb") as stream:
                return act(stream, file.name)
        except FileRefused as refused:
            raise CommandError(str(refused.sentence)) from refused
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except IntegrityError as error:
            raise CommandError(
                "Somebody changed the same houses meanwhile; nothing was written. Run it again."
            ) from error

    def _print_json(self, plan: Plan, sums: dict[str, Any]) -> None:
        for each in [*(line.as_json() for line in plan.lines), {"sums": sums}]:
            self.stdout.write(json.dumps(each, ensure_ascii=False))

    def _print(self, plan: Plan, sums: dict[str, Any]) -> None:
        for line in plan.lines:
            if line.status in TOLD:
                self.stdout.write(told(line))
        for address in plan.absent:
            self.stdout.write(f"not in the file: {address}")
        self.stdout.write(", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in sums.items()))


def told(line: Line) -> str:
    where = f"{line.sheet}!{line.row}" if line.sheet else f"row {line.row}"
    about = f"{line.column}: {line.message}" if line.column else line.message
    return f"{where} · {line.status} · {line.street or '—'}, {line.house or '—'} · {about}"
