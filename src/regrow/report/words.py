"""The sentences that stand on every output, said once."""

HOW_SURE = (
    "Mood is calibrated on sixteen published studies and has not been tested on trials outside "
    "them. Read the bands, not the means: trials of the same plan differ by several points."
)
NOT_ADVICE = (
    "regrow informs clinicians. It is not a medical device, not advice and not a dose, and it must "
    "never be used to judge the risk of suicide."
)
BAND = "The band holds 90 of 100 virtual patients."
KNOWLEDGE = {
    "posterior": "numbers drawn from the posterior of the calibration; bands are people and our "
    "ignorance together",
    "centre": "every number in the middle of the posterior; bands are differences between people",
    "prior": "numbers drawn from their priors, as if no trial were known; bands are people and our "
    "ignorance together",
}
SEVERITY = "MADRS points"
DASH = "–"
MINUS = "−"


def signed(value: float, digits: int = 1) -> str:
    """Write a change with its sign; what rounds to zero has none."""
    text = f"{value:+.{digits}f}"
    if float(text) == 0.0:
        return text[1:]
    return text.replace("-", MINUS)


def plain(value: float, digits: int = 0) -> str:
    """Write a number; a negative one with a real minus sign."""
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0.0 else text.replace("-", MINUS)


def spanned(low: float, high: float, digits: int = 0) -> str:
    """Write a range; with "to" where a sign would be read as a dash."""
    joint = " to " if low < 0.0 or high < 0.0 else DASH
    return f"{plain(low, digits)}{joint}{plain(high, digits)}"


def percent(share: float | None) -> str:
    """Write a share in per cent, or a dash where there is none."""
    return DASH if share is None else f"{100.0 * share:.0f} %"
