"""Settings of the tests: the real ones, in a folder of their own that goes away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

OF_THE_TESTS = {"FILROUGE_SCREENS", "FILROUGE_TEST_CACHE"}
for _name in [name for name in os.environ if name.startswith("FILROUGE_")]:
    if _name not in OF_THE_TESTS:
        del os.environ[_name]
_FOLDER = Path(tempfile.mkdtemp(prefix="filrouge-tests-"))
atexit.register(shutil.rmtree, _FOLDER, ignore_errors=True)
os.environ["FILROUGE_DATA"] = str(_FOLDER)

from filrouge.settings import *  # noqa: E402, F403
from filrouge.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Argon2 is slow on purpose.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: the in-memory database locks by other rules. Only durability goes.
    DATABASES["default"]["TEST"] = {"NAME": str(_FOLDER / "tests.sqlite3")}
    _options = DATABASES["default"]["OPTIONS"]
    _options["init_command"] = _options["init_command"].replace(
        "synchronous=FULL", "synchronous=OFF"
    )
