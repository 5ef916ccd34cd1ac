"""The command line: one file a command group; errors become sentences and exit codes here."""

import gc
import sys
from typing import NoReturn

STARTING = 200_000
"""New objects before the garbage collector's first round: what starting makes is no garbage."""


def main() -> NoReturn:
    """Run the command of this process and end it with its exit code."""
    gc.set_threshold(STARTING)
    from nmt_expert.cli.app import run

    sys.exit(run(sys.argv[1:]))
