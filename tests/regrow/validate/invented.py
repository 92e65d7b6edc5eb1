"""A study that nobody did, with a finding of every kind; and the studies to learn from."""

import functools
from pathlib import Path

from regrow.model.values import Values, drawn
from regrow.studies.document import Study
from regrow.studies.library import read_all, shipped
from regrow.studies.read import read_text

TEXT = """
title      = "One infusion of ketamine or saline, as nobody ever gave it"
citation   = "Nobody 2031, J Inventions 1:1"
doi        = "10.1000/nobody"
used_for   = "validation"
design     = "parallel"
population = "invented"
[enrolled]
measure = "MADRS"
baseline_mean = 31.0
baseline_sd = 5.0
baseline_status = "assumed"
where = "invented"
[definitions]
remission_at_most = 10
relapse = "response lost"
where = "invented"
[[arm]]
id = "ketamine"
title = "One infusion of ketamine"
n = 30
blinding = "active drug in saline-controlled trial"
[[arm.dose]]
drug = "racemic ketamine"
route = "intravenous infusion"
amount = "0.5 mg/kg"
over = "40 min"
schedule = "day 0"
[[arm]]
id = "saline"
title = "One infusion of saline"
n = 30
blinding = "saline control"
[[arm.dose]]
drug = "racemic ketamine"
route = "intravenous infusion"
amount = "0 mg/kg"
over = "40 min"
schedule = "day 0"
"""
FINDING = """
[[finding]]
id = "{id}"
kind = "{kind}"
measure = "{measure}"
{rest}
where = "invented"
trust = "read"
"""
ONE, TWO = 'arm = "ketamine"', 'arm = "ketamine"\nversus = "saline"'
LATER = 'since_day = 2\namong = "response"\namong_day = 2'
FINDINGS = {
    "mean": f"{ONE}\nday = 2\nvalue = 21.0",
    "change": f'{ONE}\nday = 2\nvalue = -10.0\nspread = {{ kind = "SD", value = 9.0 }}',
    "difference": f"{TWO}\nday = 2\nvalue = -8.0",
    "standardised difference": f"{TWO}\nday = 2\nvalue = -0.9",
    "response": f"{ONE}\nday = 2\nvalue = 0.4",
    "remission": f"{ONE}\nday = 2\nvalue = 0.2",
    "sustained response": f"{ONE}\nday = 2\nuntil_day = 4\nvalue = 0.2",
    "relapse": f"{ONE}\nday = 30\nvalue = 0.7\n{LATER}",
    "median time to relapse": f"{ONE}\nvalue = 9.0\n{LATER}",
    "hazard ratio": f"{TWO}\nday = 30\nvalue = 0.8\n{LATER}",
}
NAME = "nobody2031"


def text(*kinds: str, measure: str = "MADRS") -> str:
    """The file, with findings of these kinds; of every kind when none is named."""
    return TEXT + "".join(
        FINDING.format(id=kind.replace(" ", "-"), kind=kind, measure=measure, rest=FINDINGS[kind])
        for kind in kinds or FINDINGS
    )


def study(*kinds: str, name: str = NAME, measure: str = "MADRS") -> Study:
    """The study, with findings of these kinds; of every kind when none is named."""
    return read_text(text(*kinds, measure=measure), f"{name}.toml")


def changed(old: str, new: str, *kinds: str, name: str = NAME) -> Study:
    """The study with one passage of its file replaced."""
    whole = text(*kinds)
    assert whole.count(old) == 1, f"{old!r} should stand once in the study"
    return read_text(whole.replace(old, new), f"{name}.toml")


def written(folder: Path, *kinds: str, name: str = NAME) -> Path:
    """The study as a file."""
    file = folder / f"{name}.toml"
    file.write_text(text(*kinds), "utf-8")
    return file


@functools.cache
def known() -> tuple[Study, ...]:
    """The studies that ship, to calibrate on."""
    return tuple(one for one in read_all(shipped()) if one.used_for == "calibration")


@functools.cache
def sets() -> tuple[Values, ...]:
    """A few sets of values, wherever the posterior lies."""
    return drawn(8, seed=2)
