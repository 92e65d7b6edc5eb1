"""The parameters of the days: their names, in the order in which the engine reads them.

Each is a number in `evidence/parameters/slow.toml`, `acute.toml` or `contexts.toml`, or follows
from one by the formula beside it in `regrow.model.theta`.
"""

COURSE = (
    "window_gain",
    "formation_per_day",
    "labile_loss_per_day",
    "consolidation_per_day",
    "consolidated_loss_per_day",
    "fast_effect_points",
    "structural_effect_points",
    "skill_effect_points",
    "skill_gain_per_session",
    "skill_window_gain",
    "tone_effect_points",
    "best_effect_site_ng_per_ml",
    "reference_trigger_h",
    "expectancy_points_per_visit",
    "expectancy_carry",
    "background_points",
    "background_log_sd",
    "weight_log_mean_over_70",
    "weight_log_sd",
    "age_mean_years",
    "age_sd_years",
    "baseline_mean_points",
    "baseline_sd_points",
    "stress_log_sd",
    "resistance_effect",
    "sensitivity_log_sd",
    "synapse_loss_log_sd",
    "expectancy_log_sd",
    "adherence_sd",
    "natural_course_sd_points",
    "dropout_per_day",
)


def row(name: str) -> int:
    """Return the place of `name` in a vector of course parameters."""
    return COURSE.index(name)
