"""The command line: one file a command group; errors become sentences and exit codes here."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command of this process and end it with its exit code."""
    from nmt_expert.cli.app import run

    sys.exit(run(sys.argv[1:]))
