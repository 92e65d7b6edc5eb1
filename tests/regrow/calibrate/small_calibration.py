"""A calibration small enough for a test: one short study, few points."""

from pathlib import Path

from regrow.calibrate.rounds import Effort
from regrow.studies.document import Study
from regrow.studies.read import read_text

TINY = Effort(first=64, around=(64,), draws=100, warmup=100, checked=64)
TEXT = """
title = "One infusion"
citation = "Nobody 2031"
used_for = "calibration"
design = "single arm"
population = "made up for a test"
[enrolled]
measure = "MADRS"
baseline_mean = 32.0
baseline_sd = 5.0
baseline_status = "assumed"
where = "made up"
[[arm]]
id = "ketamine"
title = "One infusion of ketamine"
n = 40
blinding = "active drug in saline-controlled trial"
[[arm.dose]]
drug = "racemic ketamine"
route = "intravenous infusion"
amount = "0.5 mg/kg"
over = "40 min"
schedule = "day 0"
[[finding]]
id = "change"
kind = "change"
arm = "ketamine"
measure = "MADRS"
day = 1.0
value = -12.0
spread = { kind = "SD", value = 9.0 }
where = "made up"
trust = "read"
[[finding]]
id = "response"
kind = "response"
arm = "ketamine"
measure = "MADRS"
day = 1.0
value = 0.4
where = "made up"
trust = "memory"
"""


def study() -> Study:
    return read_text(TEXT, "nobody2031.toml")


def folder(base: Path) -> Path:
    return base / "answers"
