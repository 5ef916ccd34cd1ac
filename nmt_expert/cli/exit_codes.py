"""How a process ends. Referrals are not failures; only ``--exit-code`` makes them a number."""

from typing import Final

DONE: Final = 0
FAILED: Final = 1
USAGE: Final = 2
"""Wrong usage, a setting that cannot be, or a prompt was needed and there is no terminal."""
KNOWLEDGE_BASE_INVALID: Final = 3
INPUT_INVALID: Final = 4
RECORD_STORE: Final = 5
REFERRAL_LOST: Final = 6
"""A replay found a client who was referred before and no longer is."""
URGENT_REFERRAL: Final = 10
"""An emergency or same-day referral, with ``--exit-code`` only."""
INTERRUPTED: Final = 130
