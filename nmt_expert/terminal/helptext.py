"""The pages behind ? and w: how to examine, what may be answered, which rules use it, all keys."""

from nmt_expert.terminal.asking import Row, Screen

KEYS = (
    "Keys: arrows move, digits pick a line; space ticks, again for the other side; r, l: a side.",
    "enter is done once something is ticked; 0 is none of these.",
    "u: not known, or not sure about what is ticked. x: not examined. k: every way to skip.",
    "b (or ctrl-b): back one question. n: note on this line. s: save and leave, or finish now.",
    "!: something is happening now. tab: all of this as a menu. ctrl-c: save and leave at once.",
)
MOST_RULES = 12


def help_page(screen: Screen, focus: Row) -> list[str]:
    """What the line in focus means, and the keys."""
    return [*focus.help, "", *KEYS]


def why_page(screen: Screen, focus: Row) -> list[str]:
    """Why it is asked, and which rules use the answer to the line in focus."""
    titles = screen.why.rules.get(focus.key, ())
    if not titles:
        return [screen.why.sentence, "", "No rule uses it by itself."]
    more = len(titles) - MOST_RULES
    listed = [f"- {title}" for title in titles[:MOST_RULES]]
    rest = [f"and {more} more"] if more > 0 else []
    return [screen.why.sentence, "", f"Rules that use it ({focus.name}):", *listed, *rest]
