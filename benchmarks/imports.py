"""What a command imports, and how long each library and each of our rooms takes of it.

python benchmarks/run.py --only imports
"""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \|\s+([\w.]+)$")
_OURS = "nmt_expert"


def imported(words: list[str], folder: Path) -> dict[str, int]:
    """The modules that a command imports, and the microseconds of each by itself."""
    command = [sys.executable, "-X", "importtime", "-m", _OURS, *words]
    told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    lines = (_LINE.match(line) for line in told.stderr.splitlines())
    return {line[2]: int(line[1]) for line in lines if line}


def by_owner(modules: dict[str, int]) -> Counter[str]:
    """The same by library, and by room for what is ours."""
    owners: Counter[str] = Counter()
    for name, took in modules.items():
        owners[_owner(name)] += took
    return owners


def _owner(name: str) -> str:
    first, *rest = name.split(".")
    if first in sys.stdlib_module_names:
        return "Python's own"
    return f"{first}.{rest[0]}" if first == _OURS and rest else first
