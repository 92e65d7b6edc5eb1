"""Every figure of a report, in the order in which it is read."""

from collections.abc import Iterator
from dataclasses import dataclass

from regrow.report.figures import certainty, hours, one_protocol, over_days
from regrow.report.figures.canvas import Picture
from regrow.report.ground import Ground
from regrow.report.overview import Overview, Part
from regrow.report.side_effects import follow, shown_visits


@dataclass(frozen=True, kw_only=True)
class OfOne:
    """The figures of one protocol."""

    visit: tuple[Picture, ...]
    window: tuple[Picture, ...]
    synapses: Picture
    patients: Picture
    certainty: tuple[Picture, ...]

    def all(self) -> Iterator[Picture]:
        """Yield every figure."""
        yield from (*self.visit, *self.window, self.synapses, self.patients, *self.certainty)


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """The figures of all protocols together, and of each."""

    together: tuple[Picture, ...]
    apart: tuple[OfOne, ...]

    def all(self) -> Iterator[Picture]:
        """Yield every figure."""
        yield from self.together
        for one in self.apart:
            yield from one.all()


def every_picture(view: Overview, grounds: tuple[Ground, ...]) -> Pictures:
    """Return every figure of a report."""
    together = (
        over_days.severity(view),
        over_days.differences(view),
        over_days.outcomes(view),
        over_days.still_well(view),
    )
    return Pictures(
        together=tuple(picture for picture in together if picture is not None),
        apart=tuple(
            _of_one(view, part, each) for part, each in zip(view.parts, grounds, strict=True)
        ),
    )


def _of_one(view: Overview, part: Part, ground: Ground) -> OfOne:
    name = part.label.slug
    visits = [follow(view.people, part.result.plan, n) for n in shown_visits(part.result.plan)]
    lasts = [hours.shown_hours(visit) for visit in visits]
    return OfOne(
        visit=(
            hours.plasma(visits[0], name, lasts[0]),
            hours.pressure(visits[0], name, lasts[0]),
            hours.dissociation(visits, name, max(lasts)),
        )
        if visits
        else (),
        window=(one_protocol.window(view, part),) if part.gives_drug else (),
        synapses=one_protocol.synapses(view, part),
        patients=one_protocol.patients(view, part),
        certainty=(certainty.basis(ground, name), certainty.movers(ground, name)),
    )
