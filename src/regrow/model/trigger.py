r"""The trigger: how much plasticity one visit sets off, one number per dose.

    x = Ce / Ce_best          Ce_best = Ki o_best / fu
    w = 4 x^2 / (1 + x^2)^2   q = (1 / w_ref) * integral of w over the visit

`w` is a bell over receptor block: it rises with the block, is 1 at the best block
`o_best / (1 + o_best)`, and falls again, since anaesthetic doses do not help. `w_ref` is the same
integral for the reference infusion (racemic 0.5 mg/kg over 40 min, 70 kg), so that its q is 1.
The shape is an assumption; its parameters are in `evidence/parameters/acute.toml`.
"""

from regrow.model.equation import equation


@equation
def weight(effect_site_ng_per_ml: float, best_ng_per_ml: float) -> float:
    """Return how strongly this effect-site concentration triggers plasticity, 0 to 1."""
    x2 = (effect_site_ng_per_ml / best_ng_per_ml) ** 2
    fall = 1.0 / (1.0 + x2)
    return 4.0 * x2 * fall * fall
