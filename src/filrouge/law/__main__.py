"""`python -m filrouge.law`: the law on the command line, without Django."""

import sys

from filrouge.law.cli import main

sys.exit(main())
