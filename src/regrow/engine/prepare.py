"""Thirty-two patients, made from their draws and solved: rates, modes and what each mode does.

Everything here happens once per patient; `march.py` then only multiplies and adds.
"""

from regrow.engine import slots as s
from regrow.engine.branches import open_branches
from regrow.engine.compiled import part
from regrow.model import course, drug_order, traits
from regrow.model.disposition import apart, metabolite_rates, rates
from regrow.model.elementary import exponential
from regrow.model.equation import equation
from regrow.model.kinetics import (
    at_effect_site,
    liver_per_central,
    norketamine_on,
    separated,
    shares,
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
_BACKGROUND = traits.row("background_response")
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
C_BACKGROUND = course.row("background_points")
C_BACKGROUND_SD = course.row("background_log_sd")
C_DROPOUT = course.row("dropout_per_day")


@part
def describe(w, z, first, c, drug):
    """Turn the draws of patients `first` to `first + LANES` into who they are."""
    weight_mean, weight_sd = c[C_WEIGHT], c[C_WEIGHT_SD]
    age_mean, age_sd, m0, m0_sd = c[C_AGE], c[C_AGE_SD], c[C_M0], c[C_M0_SD]
    stress_sd, loss_sd, expects_sd = c[C_STRESS_SD], c[C_LOSS_SD], c[C_EXPECTS_SD]
    sensitivity_sd, resistance = c[C_SENSITIVITY_SD], c[C_RESISTANCE]
    adherence_sd, course_sd, dropout = c[C_ADHERENCE_SD], c[C_COURSE_SD], c[C_DROPOUT]
    background, background_sd = c[C_BACKGROUND], c[C_BACKGROUND_SD]
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
        tablets = averaging_one(z[_BACKGROUND, first + i], background_sd)
        w[s.COURSE * LANES + i] = course_sd * z[_COURSE, first + i] + background * tablets
        w[s.DROPOUT_DAY * LANES + i] = z[_DROPOUT, first + i] / dropout
        w[s.NASAL * LANES + i] = share(z[_NASAL, first + i], nose, nose_sd)


@part
def dispose(w, z, first, drug):
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
def find_modes(w):
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
def fades(w, keep, hours, m, i):
    """Write what remains of mode `m` of patient `i` after `hours`."""
    keep[m * LANES + i] = exponential(-hours * w[(s.RATE + m) * LANES + i])


@part
def prepare(
    w, kept, z, first, c, drug, branch_ka, branch_ka_sd, branch_trait, branch_liver, half_steps
):
    """Make thirty-two patients ready to march: who they are, their modes, the decay per step."""
    describe(w, z, first, c, drug)
    dispose(w, z, first, drug)
    find_modes(w)
    open_branches(w, z, first, branch_ka, branch_ka_sd, branch_trait, branch_liver)
    depots = branch_ka.max() > 0.0
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
        if depots:
            for i in range(LANES):
                fades(w, keep, hours, 7, i)
                fades(w, keep, hours, 8, i)
                fades(w, keep, hours, 9, i)
