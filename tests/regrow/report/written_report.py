"""One small report, written once per test run, whichever process comes first."""

import fcntl
import functools
import os
import shutil
import tempfile
import time
from pathlib import Path

from click.testing import CliRunner

from regrow.cli import group

ROOT = Path(__file__).parents[3]
PROTOCOLS = ROOT / "protocols"
SINGLE = PROTOCOLS / "single-infusion.toml"
THERAPY = PROTOCOLS / "six-infusions-with-integration.toml"
AN_HOUR_S = 3600.0
STARTER = PROTOCOLS / "seven-day-starter.toml"


@functools.cache
def written() -> Path:
    """A report of infusions with therapy beside a plan without a drug; the browser shares it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    place = Path(tempfile.gettempdir()) / f"regrow-report-{run}"
    for earlier in place.parent.glob("regrow-report-*"):
        if time.time() - earlier.stat().st_mtime > AN_HOUR_S:
            shutil.rmtree(earlier, ignore_errors=True)
    place.mkdir(exist_ok=True)
    out = place / "report"
    arguments = ["simulate", str(THERAPY), str(STARTER), "--patients", "64", "--out", str(out)]
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not out.exists():
            result = CliRunner().invoke(group, arguments)
            assert result.exit_code == 0, result.output
    return out


def page() -> str:
    """The page of that report."""
    return (written() / "report.html").read_text("utf-8")
