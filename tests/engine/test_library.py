"""Importing the package leaves the process as it was."""

import subprocess
import sys


def test_importing_the_engine_changes_no_global_state() -> None:
    script = (
        "import collections, logging\n"
        "before = (hasattr(collections, 'Mapping'), list(logging.getLogger().handlers))\n"
        "import nmt_expert.engine\n"
        "after = (hasattr(collections, 'Mapping'), list(logging.getLogger().handlers))\n"
        "assert before == after == (False, []), (before, after)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_log_handler_that_was_there_before_stays() -> None:
    script = (
        "import logging\n"
        "own = logging.NullHandler(); logging.getLogger().addHandler(own)\n"
        "import nmt_expert.engine\n"
        "assert logging.getLogger().handlers == [own]\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
