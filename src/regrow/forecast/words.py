"""Days of a plan as a piece of a sentence."""

from collections.abc import Sequence

MOST_NAMED = 6


def days_in_words(days: Sequence[int]) -> str:
    """Return "day 3", "days 3, 5 and 7", or where there are many how many and from when to when."""
    each = sorted(set(days))
    if len(each) == 1:
        return f"day {each[0]}"
    if len(each) > MOST_NAMED:
        return f"{len(each)} days from day {each[0]} to day {each[-1]}"
    return f"days {', '.join(str(day) for day in each[:-1])} and {each[-1]}"
