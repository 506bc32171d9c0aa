#!/usr/bin/env python3
"""Django's commands, with the embedded database and broker at hand where none is set."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "campaign.settings")
    try:
        from campaign import embedded
        from campaign.env import BadSetting
    except ImportError as error:
        print(f"{error.name} is not installed: run bin/manage, which sets everything up.", file=sys.stderr)
        return 1
    try:
        with embedded.at_hand():
            from django.core.management import execute_from_command_line

            execute_from_command_line(sys.argv)
    except (BadSetting, embedded.Trouble) as trouble:
        print(f"dauys: {trouble}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
