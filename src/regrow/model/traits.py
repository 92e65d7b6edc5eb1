"""In what people differ: the order of the draws that describe one virtual patient.

Every trait is a standard normal number. The order is part of what a seed means: add new traits at
the end, never in the middle, or every seed gives other people.
"""

TRAITS = (
    "weight",
    "age",
    "sex",
    "baseline_severity",
    "stress",
    "treatment_resistance",
    "sensitivity",
    "synapse_loss",
    "expectancy",
    "adherence",
    "attendance",
    "natural_course",
    "dropout",
    "nasal_uptake",
    "fast_absorption",
    "swallowed_absorption",
    "central_volume",
    "peripheral_volume",
    "liver_flow",
    "liver_volume",
    "other_metabolism",
    "norketamine_formation",
    "norketamine_volume",
    "norketamine_clearance",
    "dissociation",
    "pressor",
    "background_response",
)
"""Names of the traits, in the order of the rows of a draw."""


def row(trait: str) -> int:
    """Return the row of `trait` in a draw."""
    return TRAITS.index(trait)
