"""Simulated data as Parquet: a summary per day, some patients, or every patient chunk by chunk."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from regrow.engine.march import OUTPUTS
from regrow.report.overview import Overview, relapse
from regrow.simulate import Chunk

Floats = npt.NDArray[np.float64]
COMPRESSION = "zstd"
ENCODED: Mapping[str, Any] = MappingProxyType(
    {
        "compression": COMPRESSION,
        "compression_level": 1,
        "use_dictionary": False,
        "use_byte_stream_split": list(OUTPUTS),
    }
)
"""Trajectories: bytes of like weight beside each other compress best, and quickly."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
TRAJECTORIES = pa.schema(
    [("patient", pa.int64()), ("day", pa.int32()), *((name, pa.float64()) for name in OUTPUTS)]
)
DOSES = pa.schema([("patient", pa.int64()), ("dose", pa.int32()), ("mg", pa.float64())])


def trajectories(readings: Floats, first_patient: int = 0) -> pa.Table:
    """Return readings (outputs x days x patients) as a table, one row per patient and day."""
    _, days, patients = readings.shape
    columns = {
        "patient": np.repeat(np.arange(first_patient, first_patient + patients), days),
        "day": np.tile(np.arange(days, dtype=np.int32), patients),
    } | {name: readings[k].T.ravel() for k, name in enumerate(OUTPUTS)}
    return pa.table(columns, schema=TRAJECTORIES)


def doses(given_mg: Floats, first_patient: int = 0) -> pa.Table:
    """Return what was given (doses x patients) as a table, without the doses that were not."""
    dose, patient = np.nonzero(given_mg)
    columns = {
        "patient": patient + first_patient,
        "dose": dose.astype(np.int32),
        "mg": given_mg[dose, patient],
    }
    return pa.table(columns, schema=DOSES)


class Streams:
    """Every patient of every protocol, written chunk by chunk: memory does not grow."""

    def __init__(self, folder: Path, slugs: tuple[str, ...]) -> None:
        self._writers = [
            (
                pq.ParquetWriter(folder / f"patients-{slug}.parquet", TRAJECTORIES, **ENCODED),
                pq.ParquetWriter(folder / f"doses-{slug}.parquet", DOSES, compression=COMPRESSION),
            )
            for slug in slugs
        ]

    def add(self, chunk: Chunk) -> None:
        """Write one chunk."""
        patients, given = self._writers[chunk.protocol]
        patients.write_table(trajectories(chunk.readings, chunk.first_patient))
        given.write_table(doses(chunk.given_mg, chunk.first_patient))

    def close(self) -> None:
        """Finish the files."""
        for pair in self._writers:
            for writer in pair:
                writer.close()


def write_kept(folder: Path, view: Overview) -> None:
    """Write the kept patients of every protocol."""
    for part in view.parts:
        _write(trajectories(part.result.readings), folder / f"patients-{part.label.slug}.parquet")
        _write(doses(part.result.given_mg), folder / f"doses-{part.label.slug}.parquet")


def write_summary(folder: Path, view: Overview) -> None:
    """Write the daily summary of all patients, one row per protocol and day."""
    tables = []
    for part in view.parts:
        result, summary, lost = part.result, part.result.summary, relapse(part.result)
        days = len(result.days)
        columns: dict[str, object] = {
            "protocol": [part.label.title] * days,
            "day": result.days.astype(np.int32),
            "madrs_mean": part.severity.mean,
            "madrs_sd": summary.madrs.sd(),
            **{f"madrs_q{100 * q:02.0f}": summary.madrs.quantile(q) for q in QUANTILES},
            "change_mean": part.change.mean,
            "change_sd": summary.change.sd(),
            "change_people_sd": summary.people_sd(),
            "change_ignorance_sd": summary.ignorance_sd(),
            "response_share": summary.response_share(),
            "remission_share": summary.remission_share(),
            "relapse_share_of_responders": pa.nulls(days, pa.float64()) if lost is None else lost,
        }
        tables.append(pa.table(columns))
    _write(pa.concat_tables(tables), folder / "summary.parquet")


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression=COMPRESSION)
