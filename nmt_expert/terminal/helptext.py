"""The pages behind ? and w: how to examine, what may be answered, which rules use it, all keys."""

from nmt_expert.terminal.asking import Row, Screen

KEYS = (
    "Keys: arrows move, digits pick a line; space ticks, again for the other side; r, l: a side.",
    "enter is done once something is ticked; 0 is none of these.",
    "u: not known; on what is ticked: not sure (~), fairly sure (~f), sure again.",
    "x: not examined. k: every way to skip.",
    "b (or ctrl-b): back one question. c: change any answer. n: note on this line.",
    "s: save and leave, or finish now. w: why, and what each answer would do.",
    "!: something is happening now. tab: all of this as a menu. ctrl-c: save and leave at once.",
)
CHART_KEYS = (
    "Keys: type letters of a place, an abbreviation or a muscle; enter marks it.",
    "Then r, l or b for the side. With nothing typed, enter is done; space takes a mark away.",
)
CHIEF_KEYS = (
    "Behind the side, 1 to 10 says how strong it is. *: the place at the cursor is the chief one.",
)
PICTURE_KEYS = (
    "Left and right arrows: head, hands, feet, or the whole body. R and L are the client's own.",
)
MOST_RULES = 12


def help_page(screen: Screen, focus: Row) -> list[str]:
    """What the line in focus means, and the keys."""
    return [*focus.help, "", *_keys(screen)]


def _keys(screen: Screen) -> tuple[str, ...]:
    """What the keys do on this screen; the last lines of KEYS hold everywhere."""
    if screen.prompt.kind != "chart":
        return KEYS
    chief = CHIEF_KEYS if screen.chief else ()
    picture = PICTURE_KEYS if screen.body else ()
    return (*CHART_KEYS, *chief, *picture, *KEYS[-1:])


def why_page(screen: Screen, focus: Row) -> list[str]:
    """Why it is asked, and which rules use the answer to the line in focus."""
    titles = screen.why.rules.get(focus.key, ())
    would = [f"{focus.name}, what each answer would do:", *screen.consequences(focus.key), ""]
    if not titles:
        return [screen.why.sentence, "", *would, "No rule uses it by itself."]
    more = len(titles) - MOST_RULES
    listed = [f"- {title}" for title in titles[:MOST_RULES]]
    rest = [f"and {more} more"] if more > 0 else []
    return [screen.why.sentence, "", *would, "Rules that use it:", *listed, *rest]
