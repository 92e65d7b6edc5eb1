"""Sixteen patients, made from their draws and solved: rates, modes and what each mode does.

Everything here happens once per patient; `march.py` then only multiplies and adds.
"""

from regrow.engine import slots as s
from regrow.engine.compiled import part
from regrow.model import course, drug_order, traits
from regrow.model.disposition import apart, metabolite_rates, rates
from regrow.model.elementary import exponential
from regrow.model.equation import equation
from regrow.model.kinetics import (
    at_effect_site,
    central_per_liver_input,
    central_transfer,
    liver_per_central,
    norketamine_on,
    norketamine_share,
    separated,
    shares,
    through_depot,
)
from regrow.model.person import (
    around_one,
    averaging_one,
    follows_the_plan,
    older_than_sixty,
    share,
)
from regrow.model.plasticity import synapses_at_rest

LANES = s.LANES
MODES = s.MODES
NO_DEPOT = 1e9

(
    _WEIGHT, _AGE, _SEX, _BASELINE, _STRESS, _RESISTANCE, _SENSITIVITY, _LOSS, _EXPECTS,
    _ADHERENCE, _ATTENDANCE, _COURSE, _DROPOUT, _NASAL, _FAST, _SLOW, _VC, _VP, _QH, _VH, _KEL,
    _KMET, _VN, _CLN,
) = (traits.row(name) for name in traits.TRAITS[:24])  # fmt: skip
(
    D_VC, D_Q1, D_V1, D_Q2, D_V2, D_QH, D_VH, D_KEL, D_KMET, D_VN, D_CLN, D_Q3, D_VNP, D_KE0,
    D_AGE, D_WV, D_WQ, D_NOSE, D_NOSE_SD, D_VC_SD, D_VP_SD, D_QH_SD, D_VH_SD, D_KEL_SD, D_KMET_SD,
    D_VN_SD, D_CLN_SD,
) = range(len(drug_order.DRUG))  # fmt: skip
C_F = course.row("formation_per_day")
C_E = course.row("labile_loss_per_day")
C_C = course.row("consolidation_per_day")
C_D = course.row("consolidated_loss_per_day")
C_WEIGHT = course.row("weight_log_mean_over_70")
C_WEIGHT_SD = course.row("weight_log_sd")
C_AGE = course.row("age_mean_years")
C_AGE_SD = course.row("age_sd_years")
C_M0 = course.row("baseline_mean_points")
C_M0_SD = course.row("baseline_sd_points")
C_STRESS_SD = course.row("stress_log_sd")
C_RESISTANCE = course.row("resistance_effect")
C_SENSITIVITY_SD = course.row("sensitivity_log_sd")
C_LOSS_SD = course.row("synapse_loss_log_sd")
C_EXPECTS_SD = course.row("expectancy_log_sd")
C_ADHERENCE_SD = course.row("adherence_sd")
C_COURSE_SD = course.row("natural_course_sd_points")
C_DROPOUT = course.row("dropout_per_day")


@part
def describe(w, z, first, c, drug):  # type: ignore[no-untyped-def]
    """Turn the draws of patients `first` to `first + LANES` into who they are."""
    weight_mean, weight_sd = c[C_WEIGHT], c[C_WEIGHT_SD]
    age_mean, age_sd, m0, m0_sd = c[C_AGE], c[C_AGE_SD], c[C_M0], c[C_M0_SD]
    stress_sd, loss_sd, expects_sd = c[C_STRESS_SD], c[C_LOSS_SD], c[C_EXPECTS_SD]
    sensitivity_sd, resistance = c[C_SENSITIVITY_SD], c[C_RESISTANCE]
    adherence_sd, course_sd, dropout = c[C_ADHERENCE_SD], c[C_COURSE_SD], c[C_DROPOUT]
    f, e, cc, d = c[C_F], c[C_E], c[C_C], c[C_D]
    nose, nose_sd = drug[D_NOSE], drug[D_NOSE_SD]
    for i in range(LANES):
        w[s.WEIGHT * LANES + i] = weight_mean + weight_sd * z[_WEIGHT, first + i]
        w[s.AGE * LANES + i] = age_mean + age_sd * z[_AGE, first + i]
        w[s.AT_REST * LANES + i] = m0 + m0_sd * z[_BASELINE, first + i]
    for i in range(LANES):
        stress = around_one(z[_STRESS, first + i], stress_sd)
        loss = e * around_one(z[_LOSS, first + i], loss_sd)
        synapses, consolidated = synapses_at_rest(f, loss * stress, cc, d * stress)
        w[s.STRESS * LANES + i] = stress
        w[s.LABILE_LOSS * LANES + i] = loss
        w[s.SYNAPSES_AT_REST * LANES + i] = synapses
        w[s.SYNAPSES * LANES + i] = synapses
        w[s.CONSOLIDATED * LANES + i] = consolidated
    for i in range(LANES):
        w[s.SENSITIVITY * LANES + i] = averaging_one(
            z[_SENSITIVITY, first + i], sensitivity_sd
        ) * exponential(-resistance * z[_RESISTANCE, first + i])
        w[s.EXPECTS * LANES + i] = averaging_one(z[_EXPECTS, first + i], expects_sd)
        w[s.ADHERENCE * LANES + i] = follows_the_plan(z[_ADHERENCE, first + i], adherence_sd)
        w[s.ATTENDANCE * LANES + i] = follows_the_plan(z[_ATTENDANCE, first + i], adherence_sd)
        w[s.COURSE * LANES + i] = course_sd * z[_COURSE, first + i]
        w[s.DROPOUT_DAY * LANES + i] = z[_DROPOUT, first + i] / dropout
        w[s.NASAL * LANES + i] = share(z[_NASAL, first + i], nose, nose_sd)


@part
def dispose(w, z, first, drug):  # type: ignore[no-untyped-def]
    """Write each patient's rate constants, from the drug's typical values and the draws."""
    vc0, q10, v10, q20, v20 = drug[D_VC], drug[D_Q1], drug[D_V1], drug[D_Q2], drug[D_V2]
    qh0, vh0, kel0, kmet0 = drug[D_QH], drug[D_VH], drug[D_KEL], drug[D_KMET]
    vn0, cln0, q30, vnp0 = drug[D_VN], drug[D_CLN], drug[D_Q3], drug[D_VNP]
    age_slope, wv, wq, ke0 = drug[D_AGE], drug[D_WV], drug[D_WQ], drug[D_KE0]
    vc_sd, vp_sd, qh_sd, vh_sd = drug[D_VC_SD], drug[D_VP_SD], drug[D_QH_SD], drug[D_VH_SD]
    kel_sd, kmet_sd = drug[D_KEL_SD], drug[D_KMET_SD]
    vn_sd, cln_sd = drug[D_VN_SD], drug[D_CLN_SD]
    for i in range(LANES):
        log_weight = w[s.WEIGHT * LANES + i]
        by_volume = exponential(wv * log_weight)
        by_flow = exponential(wq * log_weight)
        years = older_than_sixty(w[s.AGE * LANES + i])
        vc = vc0 * by_volume * around_one(z[_VC, first + i], vc_sd)
        v1 = v10 * by_volume * around_one(z[_VP, first + i], vp_sd)
        v2 = v20 * by_volume
        vh = vh0 * by_volume * around_one(z[_VH, first + i], vh_sd)
        qh = (
            max(0.2 * qh0, qh0 - age_slope * years) * by_flow * around_one(z[_QH, first + i], qh_sd)
        )
        q1 = q10 * by_flow
        q2 = q20 * by_flow
        kmet = kmet0 * around_one(z[_KMET, first + i], kmet_sd)
        kel = kel0 * around_one(z[_KEL, first + i], kel_sd)
        by_vc = 1.0 / vc
        d1 = q1 / v1
        d2 = q2 / v2
        back = qh / vh
        dh = back + kel + kmet
        # equal exchange rates would make two modes one: keep them a hair apart
        d2 = apart(d2, d1)
        dh = apart(apart(dh, d1), d2)
        w[s.K * LANES + i] = (q1 + q2 + qh) * by_vc
        w[(s.B3 + 0) * LANES + i] = q1 * by_vc * d1
        w[(s.B3 + 1) * LANES + i] = q2 * by_vc * d2
        w[(s.B3 + 2) * LANES + i] = qh * by_vc * back
        w[(s.D3 + 0) * LANES + i] = d1
        w[(s.D3 + 1) * LANES + i] = d2
        w[(s.D3 + 2) * LANES + i] = dh
        w[s.OUT_H * LANES + i] = qh * by_vc
        w[s.BACK_H * LANES + i] = back
        w[s.FORMED * LANES + i] = kmet
        w[s.NG_PER_MG * LANES + i] = 1000.0 * by_vc
    for i in range(LANES):
        by_volume = exponential(wv * w[s.WEIGHT * LANES + i])
        by_flow = exponential(wq * w[s.WEIGHT * LANES + i])
        vn = vn0 * by_volume * around_one(z[_VN, first + i], vn_sd)
        cln = cln0 * by_flow * around_one(z[_CLN, first + i], cln_sd)
        q3 = q30 * by_flow
        back = q3 / (vnp0 * by_volume)
        mu1, mu2 = metabolite_rates((cln + q3) / vn, q3 / vn, back)
        w[s.NK_BACK * LANES + i] = back
        w[s.NK_NG_PER_MG * LANES + i] = 1000.0 / vn
        w[(s.RATE + 4) * LANES + i] = ke0
        w[(s.RATE + 5) * LANES + i] = mu1
        w[(s.RATE + 6) * LANES + i] = mu2
        # depots that this protocol does not use hold nothing, and nothing leaves them at this rate
        w[(s.RATE + 7) * LANES + i] = 1.0
        w[(s.RATE + 8) * LANES + i] = 1.0
        w[(s.RATE + 9) * LANES + i] = 1.0
        w[s.WEIGHT * LANES + i] = 70.0 * exponential(w[s.WEIGHT * LANES + i])
        w[s.AT_REST * LANES + i] = max(0.0, min(60.0, w[s.AT_REST * LANES + i]))


@part
def find_modes(w):  # type: ignore[no-untyped-def]
    """Solve the disposition of each patient and write what each mode contributes."""
    for i in range(LANES):
        b = (w[s.B3 * LANES + i], w[(s.B3 + 1) * LANES + i], w[(s.B3 + 2) * LANES + i])
        d = (w[s.D3 * LANES + i], w[(s.D3 + 1) * LANES + i], w[(s.D3 + 2) * LANES + i])
        lam = rates(w[s.K * LANES + i], b, d)
        w[(s.RATE + 0) * LANES + i] = lam[0]
        w[(s.RATE + 1) * LANES + i] = lam[1]
        w[(s.RATE + 2) * LANES + i] = lam[2]
        w[(s.RATE + 3) * LANES + i] = lam[3]
    for i in range(LANES):
        b = (w[s.B3 * LANES + i], w[(s.B3 + 1) * LANES + i], w[(s.B3 + 2) * LANES + i])
        d = (w[s.D3 * LANES + i], w[(s.D3 + 1) * LANES + i], w[(s.D3 + 2) * LANES + i])
        lam = (
            w[(s.RATE + 0) * LANES + i],
            w[(s.RATE + 1) * LANES + i],
            w[(s.RATE + 2) * LANES + i],
            w[(s.RATE + 3) * LANES + i],
        )
        w[(s.RATE + 4) * LANES + i] = separated(w[(s.RATE + 4) * LANES + i], lam)
        w[(s.RATE + 5) * LANES + i] = separated(w[(s.RATE + 5) * LANES + i], lam)
        w[(s.RATE + 6) * LANES + i] = separated(w[(s.RATE + 6) * LANES + i], lam)
        share4 = shares(lam, b, d)
        w[(s.VEIN + 0) * LANES + i] = share4[0]
        w[(s.VEIN + 1) * LANES + i] = share4[1]
        w[(s.VEIN + 2) * LANES + i] = share4[2]
        w[(s.VEIN + 3) * LANES + i] = share4[3]
    for m in range(4):
        for i in range(LANES):
            lam_m = w[(s.RATE + m) * LANES + i]
            nk = (
                w[s.FORMED * LANES + i]
                * liver_per_central(lam_m, w[s.OUT_H * LANES + i], w[(s.D3 + 2) * LANES + i])
                * norketamine_on(
                    lam_m,
                    w[(s.RATE + 5) * LANES + i],
                    w[(s.RATE + 6) * LANES + i],
                    w[s.NK_BACK * LANES + i],
                )
            )
            w[(s.TO_PLASMA + m) * LANES + i] = w[s.NG_PER_MG * LANES + i]
            w[(s.TO_EFFECT + m) * LANES + i] = w[s.NG_PER_MG * LANES + i] * at_effect_site(
                lam_m, w[(s.RATE + 4) * LANES + i]
            )
            w[(s.TO_NK + m) * LANES + i] = nk * w[s.NK_NG_PER_MG * LANES + i]
    for i in range(LANES):
        w[(s.TO_PLASMA + 4) * LANES + i] = 0.0
        w[(s.TO_PLASMA + 5) * LANES + i] = 0.0
        w[(s.TO_PLASMA + 6) * LANES + i] = 0.0
        w[(s.TO_EFFECT + 4) * LANES + i] = 1.0
        w[(s.TO_EFFECT + 5) * LANES + i] = 0.0
        w[(s.TO_EFFECT + 6) * LANES + i] = 0.0
        w[(s.TO_NK + 4) * LANES + i] = 0.0
        w[(s.TO_NK + 5) * LANES + i] = w[s.NK_NG_PER_MG * LANES + i]
        w[(s.TO_NK + 6) * LANES + i] = w[s.NK_NG_PER_MG * LANES + i]


@equation
def open_branch(w, z, first, b, ka0, sd, trait, through_liver):  # type: ignore[no-untyped-def]
    """Write how much of each mode 1 mg into branch `b` makes.

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
        w[(s.INTO + b * MODES + 0) * LANES + i] = w[(s.VEIN + 0) * LANES + i] * entry0 * liver0
        w[(s.INTO + b * MODES + 1) * LANES + i] = w[(s.VEIN + 1) * LANES + i] * entry1 * liver1
        w[(s.INTO + b * MODES + 2) * LANES + i] = w[(s.VEIN + 2) * LANES + i] * entry2 * liver2
        w[(s.INTO + b * MODES + 3) * LANES + i] = w[(s.VEIN + 3) * LANES + i] * entry3 * liver3
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
        w[(s.INTO + b * MODES + 4) * LANES + i] = ke0 * c_ke0 * at_ke0 * w[s.NG_PER_MG * LANES + i]
        w[(s.INTO + b * MODES + 5) * LANES + i] = (
            formed * h_mu1 * at_mu1 * norketamine_share(mu1, mu2, back)
        )
        w[(s.INTO + b * MODES + 6) * LANES + i] = (
            formed * h_mu2 * at_mu2 * norketamine_share(mu2, mu1, back)
        )
        plasma = ka * c_ka * w[s.NG_PER_MG * LANES + i]
        w[(s.RATE + s.FIRST_DEPOT + b) * LANES + i] = ka
        w[(s.TO_PLASMA + s.FIRST_DEPOT + b) * LANES + i] = plasma if has_depot else 0.0
        w[(s.TO_EFFECT + s.FIRST_DEPOT + b) * LANES + i] = (
            plasma * at_effect_site(ka, ke0) if has_depot else 0.0
        )
        w[(s.TO_NK + s.FIRST_DEPOT + b) * LANES + i] = (
            ka * formed * h_ka * norketamine_on(ka, mu1, mu2, back) * w[s.NK_NG_PER_MG * LANES + i]
            if has_depot
            else 0.0
        )
    for i in range(LANES):
        w[(s.INTO + b * MODES + 7) * LANES + i] = 0.0
        w[(s.INTO + b * MODES + 8) * LANES + i] = 0.0
        w[(s.INTO + b * MODES + 9) * LANES + i] = 0.0
        w[(s.INTO + b * MODES + s.FIRST_DEPOT + b) * LANES + i] = 1.0 if has_depot else 0.0


@part
def open_branches(w, z, first, ka, sd, trait, liver):  # type: ignore[no-untyped-def]
    """Open the one, two or three branches, written out so that each has a known place."""
    open_branch(w, z, first, 0, ka[0], sd[0], trait[0], liver[0])
    if ka.shape[0] > 1:
        open_branch(w, z, first, 1, ka[1], sd[1], trait[1], liver[1])
    if ka.shape[0] > 2:
        open_branch(w, z, first, 2, ka[2], sd[2], trait[2], liver[2])


@equation
def fades(w, keep, hours, m, i):  # type: ignore[no-untyped-def]
    """Write what remains of mode `m` of patient `i` after `hours`."""
    keep[m * LANES + i] = exponential(-hours * w[(s.RATE + m) * LANES + i])


@part
def prepare(
    w, kept, z, first, c, drug, branch_ka, branch_ka_sd, branch_trait, branch_liver, half_steps
):  # type: ignore[no-untyped-def]
    """Make sixteen patients ready to march: who they are, their modes, the decay per step."""
    describe(w, z, first, c, drug)
    dispose(w, z, first, drug)
    find_modes(w)
    open_branches(w, z, first, branch_ka, branch_ka_sd, branch_trait, branch_liver)
    for k in range(half_steps.shape[0]):
        hours = 24.0 * half_steps[k]
        keep = kept[k]
        for i in range(LANES):
            fades(w, keep, hours, 0, i)
            fades(w, keep, hours, 1, i)
            fades(w, keep, hours, 2, i)
            fades(w, keep, hours, 3, i)
            fades(w, keep, hours, 4, i)
            fades(w, keep, hours, 5, i)
            fades(w, keep, hours, 6, i)
            fades(w, keep, hours, 7, i)
            fades(w, keep, hours, 8, i)
            fades(w, keep, hours, 9, i)
