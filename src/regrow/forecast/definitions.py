"""What counts as response, remission and relapse of one person, said once."""

from dataclasses import dataclass

from regrow.outcomes import Outcomes


@dataclass(frozen=True, kw_only=True)
class Definitions(Outcomes):
    """How the outcomes of one person are defined, on severity with its ups and downs.

    Response is a fall from the person's own severity before treatment. A relapse is the first
    time that somebody who is in response today is found outside it, looked at every so many days.
    """

    relapse_every_days: int = 7

    def sentences(self) -> tuple[str, ...]:
        """Return the definitions as a person may read them."""
        fall = f"{100 * self.response_fall:g} %"
        return (
            f"Response: severity has fallen by at least {fall} from before treatment.",
            f"Remission: severity is at most {self.remission_madrs:g} MADRS points.",
            f"Relapse: in response today, and later for the first time not, looked at every "
            f"{self.relapse_every_days} days.",
        )
