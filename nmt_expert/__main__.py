"""``python -m nmt_expert`` is the same as ``nmt-expert``."""

from nmt_expert.cli import main

if __name__ == "__main__":
    main()
