"""Every error that regrow raises on purpose.

RegrowError
├── EvidenceError        a cited number is missing, malformed or contradicted
├── ProtocolError        a protocol document that cannot be carried out as written
├── StudyError           a study file that does not say what was done or found
├── PatientError         a patient outside what the model was built for
├── SimulationError      a simulation that cannot be run as asked
├── CalibrationError     a calibration that cannot be run as asked
├── ValidationError      a test on published studies that would not be one
└── ForecastError        readings or a log that no forecast can follow

Each says what happened, why it matters and what to do. The command line, the web page and the API
show the same three sentences.
"""


class RegrowError(Exception):
    """What happened, why it matters, and how to mend it."""

    def __init__(self, what: str, *, why: str, fix: str) -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.fix = fix

    def __str__(self) -> str:
        return f"{self.what}\n  Why: {self.why}\n  Fix: {self.fix}"


class EvidenceError(RegrowError):
    """A cited number is missing, malformed or contradicted."""


class ProtocolError(RegrowError):
    """A protocol document that cannot be carried out as written."""


class StudyError(RegrowError):
    """A study file that does not say what was done or found."""


class PatientError(RegrowError):
    """A patient outside what the model was built for."""


class SimulationError(RegrowError):
    """A simulation that cannot be run as asked."""


class ForecastError(RegrowError):
    """Readings or a log that no forecast can follow."""


class CalibrationError(RegrowError):
    """A calibration that cannot be run as asked."""


class ValidationError(RegrowError):
    """A test on published studies that would not be one."""
