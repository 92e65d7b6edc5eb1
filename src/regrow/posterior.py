"""What is known of the model's numbers after calibration: sets of values that agree with trials."""

from regrow.model.values import Values, drawn


def sets(count: int) -> tuple[Values, ...]:
    """Return `count` sets of values, spread over what is not known."""
    return drawn(count, seed=0)
