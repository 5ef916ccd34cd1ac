"""How long asking takes: an estimate in minutes, so that questions can be compared.

It is a proposal, nobody timed it: a line of about five words is read in a little over a second, a
screen is turned and answered in three, a body chart takes longer to look at. Examining a muscle,
and talking, are not in it.
"""

SECONDS_A_PROMPT = 3.0
SECONDS_A_CHART = 10.0
"""On top of the prompt's; a chart is looked at, and its places are not read one by one."""
SECONDS_AN_ITEM = 1.2


def minutes(prompts: int, items: int, charts: int = 0) -> float:
    """The estimate for so many prompts with so many items to read."""
    seconds = prompts * SECONDS_A_PROMPT + charts * SECONDS_A_CHART + items * SECONDS_AN_ITEM
    return round(seconds / 60, 1)
