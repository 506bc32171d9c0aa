"""Finds a Python that is new enough. Written so that any Python 3 can read it and say what is missing."""

import os
import shutil
import sys

OLDEST = (3, 11)
KNOWN = ("python3.14", "python3.13", "python3.12", "python3.11")


def check():
    if sys.version_info >= OLDEST:
        return
    if not os.environ.get("DAUYS_SEARCHED_PYTHON"):
        os.environ["DAUYS_SEARCHED_PYTHON"] = "1"
        for name in KNOWN:
            found = shutil.which(name)
            if found:
                os.execv(found, [found, *sys.argv])
    sys.exit(
        "dauys: Python {}.{} or newer is needed, and this is {}.{}. Install it (on Debian and Ubuntu: "
        "sudo apt-get install -y python3.11 python3.11-venv) and start again.".format(*OLDEST, *sys.version_info[:2])
    )
