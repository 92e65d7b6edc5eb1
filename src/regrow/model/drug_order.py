"""The parameters of a drug in the body: their names, in the order the engine reads them."""

DRUG = (
    "central_volume_l",
    "first_flow_l_per_h",
    "first_volume_l",
    "second_flow_l_per_h",
    "second_volume_l",
    "liver_flow_l_per_h",
    "liver_volume_l",
    "other_metabolism_per_h",
    "norketamine_formation_per_h",
    "norketamine_volume_l",
    "norketamine_clearance_l_per_h",
    "norketamine_flow_l_per_h",
    "norketamine_second_volume_l",
    "effect_site_per_h",
    "liver_flow_lost_l_per_h_per_year",
    "volume_exponent",
    "flow_exponent",
    "nasal_uptake_logit",
    "nasal_uptake_logit_sd",
    "central_volume_log_sd",
    "peripheral_volume_log_sd",
    "liver_flow_log_sd",
    "liver_volume_log_sd",
    "other_metabolism_log_sd",
    "norketamine_formation_log_sd",
    "norketamine_volume_log_sd",
    "norketamine_clearance_log_sd",
)


def row(name: str) -> int:
    """Return the place of `name` in a vector of drug parameters."""
    return DRUG.index(name)
