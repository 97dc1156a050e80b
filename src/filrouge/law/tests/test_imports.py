"""The law stands on its own."""

import subprocess
import sys


def test_importing_the_law_brings_neither_django_nor_another_room() -> None:
    code = (
        "import sys\n"
        "import filrouge.law.ris, filrouge.law.cli, filrouge.law.terms, filrouge.law.population\n"
        "import filrouge.law.eligibility, filrouge.law.category\n"
        "assert 'django' not in sys.modules\n"
        "rooms = {n.split('.')[1] for n in sys.modules if n.startswith('filrouge.')}\n"
        "assert rooms == {'law'}, rooms\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
