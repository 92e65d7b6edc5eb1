"""What is known of a person before the first reading."""

from dataclasses import dataclass

from regrow.evidence.reader import parameters
from regrow.patient import Ancestry, Patient


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of one person; what is None stays as uncertain as it is among patients.

    usual_madrs: severity before treatment (0-60), if somebody has said it; usual_madrs_sd: how
    uncertain that is (points).

    Raises PatientError for a value outside what the model was built for.
    """

    weight_kg: float | None = None
    age_years: float | None = None
    ancestry: Ancestry | None = None
    usual_madrs: float | None = None
    usual_madrs_sd: float | None = None

    def __post_init__(self) -> None:
        said = {
            "weight_kg": self.weight_kg,
            "age_years": self.age_years,
            "baseline_madrs": self.usual_madrs,
        }
        numbers = {name: value for name, value in said.items() if value is not None}
        # the patient of a simulation knows the limits of each
        Patient(ancestry=self.ancestry, **numbers)

    def severity_before(self) -> tuple[float, float]:
        """Return the severity before treatment and its uncertainty (MADRS points)."""
        typical = parameters("population")
        mean, sd = typical["baseline_mean"].value, typical["forecast_baseline_sd"].value
        return (
            mean if self.usual_madrs is None else self.usual_madrs,
            sd if self.usual_madrs_sd is None else self.usual_madrs_sd,
        )
