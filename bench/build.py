# ruff: noqa: E402
"""Write the large centre into the empty, migrated database of the environment."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filrouge.settings")
import django

django.setup()

from django.utils import timezone

from bench.crowd import build
from filrouge.base import statistics

build(int(sys.argv[1]), timezone.localdate())
statistics.refresh()
