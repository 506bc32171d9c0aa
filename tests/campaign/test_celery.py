"""What the worker does before its first task."""

import subprocess
import sys

import pytest

from campaign import celery, printing

START = """
import sys
from celery.signals import worker_init
from campaign.celery import app
app.loader.import_default_modules()
assert "weasyprint" not in sys.modules
worker_init.send(sender=None)
print("weasyprint" in sys.modules)
"""


def test_printing_is_loaded_before_the_pool_forks():
    done = subprocess.run([sys.executable, "-c", START], check=True, capture_output=True, text=True)

    assert done.stdout.splitlines()[-1] == "True"


def test_a_worker_starts_without_pango(monkeypatch: pytest.MonkeyPatch):
    asked = []

    def no_pango():
        asked.append("weasyprint")
        raise printing.PrintingUnavailable

    monkeypatch.setattr(printing, "_weasyprint", no_pango)

    celery._load_printing()

    assert asked == ["weasyprint"]
