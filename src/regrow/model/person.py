r"""How people differ: each trait is a standard normal draw `z` turned into a quantity.

Skewed, positive quantities are log-normal. `around_one` has median 1, `averaging_one` has mean 1:
the second is used where a published arm mean must stay the mean of a simulated arm.
"""

from regrow.model.elementary import exponential
from regrow.model.equation import equation


@equation
def around_one(z: float, log_sd: float) -> float:
    """Return a positive factor with median 1."""
    return exponential(log_sd * z)


@equation
def averaging_one(z: float, log_sd: float) -> float:
    """Return a positive factor with mean 1."""
    return exponential(log_sd * z - 0.5 * log_sd * log_sd)


@equation
def share(z: float, typical_logit: float, logit_sd: float) -> float:
    """Return a share between 0 and 1 whose logit is normal."""
    return 1.0 / (1.0 + exponential(-(typical_logit + logit_sd * z)))


@equation
def follows_the_plan(z: float, sd: float) -> float:
    """Return how much of the planned practice this person does (1 = as planned, 0 to 1.25)."""
    return max(0.0, min(1.25, 1.0 + sd * z))


@equation
def older_than_sixty(age_years: float) -> float:
    """Return the years above sixty, over which liver blood flow falls (Perez-Ruixo 2021)."""
    return max(0.0, age_years - 60.0)
