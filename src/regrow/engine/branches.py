"""By which ways a dose enters, solved: how much of each mode 1 mg into a branch makes.

Partial fractions of `regrow.model.kinetics`, for thirty-two patients at a time.
"""

from regrow.engine import slots as s
from regrow.engine.compiled import part
from regrow.model.disposition import apart
from regrow.model.kinetics import (
    at_effect_site,
    central_per_liver_input,
    central_transfer,
    liver_per_central,
    norketamine_on,
    norketamine_share,
    separated,
    through_depot,
)
from regrow.model.person import around_one

LANES = s.LANES
MODES = s.MODES
NO_DEPOT = 1e9


@part
def solve_branch(w, z, first, ka0, sd, trait, through_liver):
    """Write, into the slots of the newest branch, how much of each mode 1 mg into it makes.

    A branch with `ka0` 0 has no depot: the vein. `through_liver` is 1 where the branch empties
    into the liver (what is swallowed) and 0 where it empties into the centre.
    """
    has_depot = ka0 > 0.0
    for i in range(LANES):
        k = w[s.K * LANES + i]
        b3 = (w[s.B3 * LANES + i], w[(s.B3 + 1) * LANES + i], w[(s.B3 + 2) * LANES + i])
        d3 = (w[s.D3 * LANES + i], w[(s.D3 + 1) * LANES + i], w[(s.D3 + 2) * LANES + i])
        lam = (
            w[(s.RATE + 0) * LANES + i],
            w[(s.RATE + 1) * LANES + i],
            w[(s.RATE + 2) * LANES + i],
            w[(s.RATE + 3) * LANES + i],
        )
        ke0 = w[(s.RATE + 4) * LANES + i]
        mu1 = w[(s.RATE + 5) * LANES + i]
        mu2 = w[(s.RATE + 6) * LANES + i]
        out_h = w[s.OUT_H * LANES + i]
        back_h = w[s.BACK_H * LANES + i]
        formed = w[s.FORMED * LANES + i]
        ka = ka0 * around_one(z[trait, first + i], sd) if has_depot else NO_DEPOT
        ka = apart(apart(apart(apart(separated(ka, lam), ke0), mu1), mu2), d3[2])
        entry0 = through_depot(lam[0], ka) if has_depot else 1.0
        entry1 = through_depot(lam[1], ka) if has_depot else 1.0
        entry2 = through_depot(lam[2], ka) if has_depot else 1.0
        entry3 = through_depot(lam[3], ka) if has_depot else 1.0
        at_ke0 = through_depot(ke0, ka) if has_depot else 1.0
        at_mu1 = through_depot(mu1, ka) if has_depot else 1.0
        at_mu2 = through_depot(mu2, ka) if has_depot else 1.0
        # what reaches C, and H, when 1 mg enters the centre (or the liver), at s = -x
        liver0 = central_per_liver_input(lam[0], back_h, d3[2])
        liver1 = central_per_liver_input(lam[1], back_h, d3[2])
        liver2 = central_per_liver_input(lam[2], back_h, d3[2])
        liver3 = central_per_liver_input(lam[3], back_h, d3[2])
        if through_liver == 0.0:
            liver0 = liver1 = liver2 = liver3 = 1.0
        w[(s.NEW + 0) * LANES + i] = w[(s.VEIN + 0) * LANES + i] * entry0 * liver0
        w[(s.NEW + 1) * LANES + i] = w[(s.VEIN + 1) * LANES + i] * entry1 * liver1
        w[(s.NEW + 2) * LANES + i] = w[(s.VEIN + 2) * LANES + i] * entry2 * liver2
        w[(s.NEW + 3) * LANES + i] = w[(s.VEIN + 3) * LANES + i] * entry3 * liver3
        c_ke0 = central_transfer(ke0, k, b3, d3)
        c_mu1 = central_transfer(mu1, k, b3, d3)
        c_mu2 = central_transfer(mu2, k, b3, d3)
        c_ka = central_transfer(ka, k, b3, d3)
        h_mu1 = liver_per_central(mu1, out_h, d3[2]) * c_mu1
        h_mu2 = liver_per_central(mu2, out_h, d3[2]) * c_mu2
        h_ka = liver_per_central(ka, out_h, d3[2]) * c_ka
        if through_liver != 0.0:
            back_mu1 = central_per_liver_input(mu1, back_h, d3[2])
            back_mu2 = central_per_liver_input(mu2, back_h, d3[2])
            back_ka = central_per_liver_input(ka, back_h, d3[2])
            h_mu1 = 1.0 / (d3[2] - mu1) + back_mu1 * h_mu1
            h_mu2 = 1.0 / (d3[2] - mu2) + back_mu2 * h_mu2
            h_ka = 1.0 / (d3[2] - ka) + back_ka * h_ka
            c_ke0 = c_ke0 * central_per_liver_input(ke0, back_h, d3[2])
            c_ka = c_ka * back_ka
        back = w[s.NK_BACK * LANES + i]
        # the mode of the effect site takes what the other modes would put there at once
        w[(s.NEW + 4) * LANES + i] = ke0 * c_ke0 * at_ke0 * w[s.NG_PER_MG * LANES + i]
        w[(s.NEW + 5) * LANES + i] = formed * h_mu1 * at_mu1 * norketamine_share(mu1, mu2, back)
        w[(s.NEW + 6) * LANES + i] = formed * h_mu2 * at_mu2 * norketamine_share(mu2, mu1, back)
        plasma = ka * c_ka * w[s.NG_PER_MG * LANES + i]
        w[s.NEW_RATE * LANES + i] = ka
        w[s.NEW_PLASMA * LANES + i] = plasma if has_depot else 0.0
        w[s.NEW_EFFECT * LANES + i] = plasma * at_effect_site(ka, ke0) if has_depot else 0.0
        w[s.NEW_NK * LANES + i] = (
            ka * formed * h_ka * norketamine_on(ka, mu1, mu2, back) * w[s.NK_NG_PER_MG * LANES + i]
            if has_depot
            else 0.0
        )


@part
def place(w, b, has_depot):
    """Move what was solved for the newest branch to the slots of branch `b`."""
    depot = s.FIRST_DEPOT + b
    for m in range(MODES):
        for i in range(LANES):
            solved = w[(s.NEW + m) * LANES + i] if m < s.FIRST_DEPOT else 0.0
            w[(s.INTO + b * MODES + m) * LANES + i] = solved
    for i in range(LANES):
        w[(s.INTO + b * MODES + depot) * LANES + i] = 1.0 if has_depot else 0.0
        w[(s.RATE + depot) * LANES + i] = w[s.NEW_RATE * LANES + i]
        w[(s.TO_PLASMA + depot) * LANES + i] = w[s.NEW_PLASMA * LANES + i]
        w[(s.TO_EFFECT + depot) * LANES + i] = w[s.NEW_EFFECT * LANES + i]
        w[(s.TO_NK + depot) * LANES + i] = w[s.NEW_NK * LANES + i]


@part
def open_branches(w, z, first, ka, sd, trait, liver):
    """Open the one, two or three branches by which the drug enters."""
    for b in range(ka.shape[0]):
        solve_branch(w, z, first, ka[b], sd[b], trait[b], liver[b])
        place(w, b, ka[b] > 0.0)
