#!/usr/bin/env python
"""The commands of Thi Đua: `manage.py help` lists them."""

import os
import sys

from django.core.management import execute_from_command_line

from config import database

# They read code, templates and static files only.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "help",
    "makemessages",
    "makemigrations",
    "version",
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] not in WITHOUT_DATABASE and "--help" not in sys.argv:
        database.ensure()
    execute_from_command_line(sys.argv)
