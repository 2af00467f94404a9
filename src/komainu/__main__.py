"""`python -m komainu` is the same as `komainu`."""

import sys

from komainu.cli import main

sys.exit(main())
