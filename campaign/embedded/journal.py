"""What a service says of itself: kept in a file, and quoted when it doesn't start."""

from pathlib import Path
from typing import IO

from campaign.embedded.process import Trouble

LARGEST = 5_000_000
NO_ROOM = "No space left on device"
TELLING = ("FATAL", "PANIC", "ERROR", "error", "Can't", "# ")


class Journal:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.begun = 0

    def open(self) -> IO[bytes]:
        """For the service to write to; from here on counts as this run's. The run before last is forgotten."""
        if self._size() > LARGEST:
            self.path.replace(self.path.with_suffix(".old.log"))
        self.begun = self._size()
        return self.path.open("ab")

    def _size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def said(self) -> str:
        try:
            return self.path.read_bytes()[self.begun :].decode(errors="replace")
        except OSError:
            return ""

    def met_a_full_disk(self) -> bool:
        return NO_ROOM in self.said()

    def trouble(self, what: str) -> Trouble:
        """A sentence of what went wrong, with the service's own last telling line."""
        if self.met_a_full_disk():
            return Trouble(f"The disk is full ({what}): make room and start again.")
        lines = [line.strip() for line in self.said().splitlines() if line.strip()]
        telling = [line for line in lines if any(word in line for word in TELLING)]
        last = (telling or lines or ["it said nothing"])[-1]
        return Trouble(f"{what}: {last} (all of it: {self.path})")
