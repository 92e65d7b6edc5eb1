"""The command line as a process: how fast it starts, how it ends, what it leaves behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_runs import COMMAND, FEW, SIX, alone

HEAVY = ("matplotlib", "jinja2", "xarray", "pyarrow", "pandas")
MANY = ("simulate", SIX, "--patients", "20000000", "--data", "all")
LIMIT_S = 180.0


def test_help_answers_in_half_a_second() -> None:
    alone("--help")  # whatever is compiled to byte code is compiled now
    times = []
    for _ in range(3):
        start = time.perf_counter()
        assert alone("--help").returncode == 0
        times.append(time.perf_counter() - start)
    assert min(times) < 0.5


def test_a_simulation_without_a_report_loads_no_plotting_and_no_tables() -> None:
    code = (
        "import sys; from regrow.cli import group; "
        f"group.main(['simulate', {SIX!r}, '--patients', '64', '--days', '7'], "
        "standalone_mode=False); "
        f"sys.exit(', '.join(set({HEAVY!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=LIMIT_S, check=False
    )
    assert done.stderr.strip() == ""


def test_what_we_refuse_is_three_sentences_and_exit_code_1(tmp_path: Path) -> None:
    done = alone("simulate", SIX, "--out", str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["Error:", "Why:", "Fix:"]


def test_standard_output_holds_nothing_but_the_result() -> None:
    done = alone("simulate", SIX, *FEW, "--json")
    assert done.returncode == 0
    assert done.stdout.startswith("{")
    assert done.stderr == ""


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A long simulation that has begun to write, and where it will write."""
    out = tmp_path / "report"
    process = subprocess.Popen(
        [*COMMAND, *MANY, "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    until = time.monotonic() + LIMIT_S
    while not any(tmp_path.glob(".report.partial-*/data/patients-*")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)
    try:
        yield process, out
    finally:
        process.kill()
        process.communicate()


def test_ctrl_c_leaves_nothing_behind(writing: tuple[subprocess.Popen[str], Path]) -> None:
    process, out = writing
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 130
    assert "No half-written file" in said
    assert list(out.parent.iterdir()) == []


def test_a_kill_leaves_no_report_under_the_name(
    writing: tuple[subprocess.Popen[str], Path],
) -> None:
    process, out = writing
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=LIMIT_S)
    assert not out.exists()
    assert all(path.name.startswith(".report.partial-") for path in out.parent.iterdir())
