"""An arm of a study as the protocol that its people followed."""

from regrow.protocol.document import Context, Protocol
from regrow.studies.document import Arm, Study


def arm_protocol(study: Study, arm: Arm) -> Protocol:
    """The plan of one arm, so that it can be simulated like any other."""
    return Protocol(
        title=arm.title,
        version="1.0.0",
        indication=study.population,
        summary=f"As in {study.citation}.",
        references=(study.id,),
        context=Context(setting=arm.setting, blinding=arm.blinding, background=arm.background),
        dose=arm.dose,
        maintenance=arm.maintenance,
        therapy=arm.therapy,
        practice=arm.practice,
    )
