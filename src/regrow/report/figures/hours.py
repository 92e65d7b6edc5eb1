"""Figures over the hours of a visit: plasma, pressure and heart rate, dissociation."""

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from regrow.report.bands import Band, of_patients
from regrow.report.figures.canvas import (
    SOFT,
    Picture,
    Size,
    banded,
    legend,
    line,
    sheet,
)
from regrow.report.words import BAND, plain, spanned
from regrow.visit import Visit

SHOWN_HOURS = 4.0
MINUTES = (0, 10, 20, 30, 40, 60, 90, 120, 180, 240)
EVERY_MINUTES = 2
Floats = npt.NDArray[np.float64]


def shown_hours(visit: Visit) -> float:
    """Return how many hours of a visit are drawn: four after its last dose."""
    return SHOWN_HOURS + visit.doses[-1].hour - visit.doses[0].hour


def hours_along(axes: Axes, visit: Visit, hours: float) -> None:
    """Mark minutes or hours, and when the drug is given."""
    last = 60.0 * hours
    axes.set_xlim(0, last)
    step = next(step for step in (30, 60, 120, 240) if last / step <= 9)
    axes.set_xticks(np.arange(0, last + 1, step))
    axes.set_xlabel("Minutes from the start")
    for dose in visit.doses:
        start = 60.0 * (dose.hour - visit.doses[0].hour)
        if start < last:
            axes.axvspan(start, start + max(dose.minutes, 2.0), color=SOFT, alpha=0.13, linewidth=0)


def course(visit: Visit, values: Floats, hours: float) -> tuple[Floats, Band]:
    """Return minutes and the band of a course of the visit (times x patients)."""
    shown = np.flatnonzero(visit.hours <= hours + 1e-9)[::EVERY_MINUTES]
    return 60.0 * visit.hours[shown], of_patients(values[shown])


def given(visit: Visit) -> str:
    """Return what is given at a visit, as a phrase."""
    first = visit.doses[0]
    over = f" over {first.minutes:g} min" if first.minutes else ""
    more = f", {len(visit.doses)} times" if len(visit.doses) > 1 else ""
    return f"{first.drug} {first.amount:g} {first.unit}, {first.route}{over}{more}"


def amounts(visit: Visit) -> str:
    """Return how much is given at a visit, as `0.5 mg/kg`."""
    return " + ".join(f"{dose.amount:g} {dose.unit}" for dose in visit.doses)


def _rows(
    visit: Visit, columns: list[Floats], hours: float, digits: int = 0
) -> tuple[tuple[str, ...], ...]:
    minutes = [m for m in MINUTES if m <= 60.0 * hours]
    index = [int(np.abs(60.0 * visit.hours - m).argmin()) for m in minutes]
    bands = [of_patients(values[index]) for values in columns]
    return tuple(
        (
            str(minute),
            *(
                f"{plain(b.mean[k], digits)} ({spanned(b.low[k], b.high[k], digits)})"
                for b in bands
            ),
        )
        for k, minute in enumerate(minutes)
    )


def plasma(visit: Visit, name: str, hours: float = SHOWN_HOURS) -> Picture:
    """Return concentrations in plasma."""
    venous, nor = visit.venous_ng_per_ml, visit.norketamine_ng_per_ml
    arterial = visit.arterial_ng_per_ml

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size)
        banded(axes, *course(visit, venous, hours), 0, f"{visit.drug}, venous")
        banded(axes, *course(visit, nor, hours), 1, "norketamine, venous")
        minutes, band = course(visit, arterial, hours)
        line(axes, minutes, band.mean, 2, f"{visit.drug}, arterial", width=1.4)
        axes.set_ylim(0, None)
        axes.set_ylabel("Plasma, ng/mL")
        hours_along(axes, visit, hours)
        legend(axes, size, columns=2)
        return paper

    return Picture(
        name=f"plasma-{name}",
        title="Plasma",
        says=f"Visit {visit.number}: {given(visit)}. Grey: while it is given. {BAND}",
        heads=("minute", "venous, ng/mL", "arterial, ng/mL", "norketamine, ng/mL"),
        rows=_rows(visit, [venous, arterial, nor], hours),
        draw=draw,
    )


def pressure(visit: Visit, name: str, hours: float = SHOWN_HOURS) -> Picture:
    """Return the rise of pressure and heart rate."""
    effects = visit.effects
    resting = visit.resting

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size)
        banded(axes, *course(visit, effects.systolic_rise_mmhg, hours), 1, "systolic, mmHg")
        minutes, band = course(visit, effects.diastolic_rise_mmhg, hours)
        line(axes, minutes, band.mean, 0, "diastolic, mmHg")
        minutes, band = course(visit, effects.heart_rate_rise_per_min, hours)
        line(axes, minutes, band.mean, 2, "heart rate, a minute")
        axes.set_ylim(0, None)
        axes.set_ylabel("Rise above the patient's own rest")
        hours_along(axes, visit, hours)
        legend(axes, size, columns=3)
        return paper

    return Picture(
        name=f"pressure-{name}",
        title="Blood pressure and heart rate",
        says="Add the rise to what this patient measures at rest (typical: "
        f"{resting['systolic_mmhg']:g}/{resting['diastolic_mmhg']:g} mmHg, "
        f"{resting['heart_rate_per_min']:g} a minute). The band is of systolic pressure: 90 of 100 "
        "patients. It does not lessen over visits.",
        heads=("minute", "systolic rise, mmHg", "diastolic rise, mmHg", "heart rate rise, 1/min"),
        rows=_rows(
            visit,
            [
                effects.systolic_rise_mmhg,
                effects.diastolic_rise_mmhg,
                effects.heart_rate_rise_per_min,
            ],
            hours,
        ),
        draw=draw,
    )


def dissociation(visits: list[Visit], name: str, hours: float = SHOWN_HOURS) -> Picture:
    """Return dissociation at the first visit and at the last."""

    def draw(size: Size) -> Figure:
        paper, (axes,) = sheet(size)
        for k, visit in enumerate(visits):
            minutes, band = course(visit, 100.0 * visit.effects.dissociation, hours)
            banded(axes, minutes, band, (3, 0)[k], f"visit {visit.number}: {amounts(visit)}")
        axes.set_ylim(0, 100)
        axes.set_ylabel("Dissociation, % of the greatest")
        hours_along(axes, visits[0], hours)
        legend(axes, size)
        return paper

    first = visits[0]
    index = [100.0 * visit.effects.dissociation for visit in visits]
    return Picture(
        name=f"dissociation-{name}",
        title="Dissociation",
        says="How far perception is altered, as a share of the greatest possible. It passes within "
        f"the visit; at the same dose it is weaker at later visits. {BAND}",
        heads=("minute", *(f"visit {visit.number}, % of the greatest" for visit in visits)),
        rows=_rows(first, index, hours),
        draw=draw,
    )
