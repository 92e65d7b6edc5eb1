"""The peers' own environment: made from pinned versions, apart from regrow's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / ".bench-venv"
PYTHON = FOLDER / "bin" / "python"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
STAMP = FOLDER / ".ready"


def ensure() -> str | None:
    """Make the environment unless it is there; return why not, where that fails."""
    wanted = REQUIREMENTS.read_text()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return None
    uv = str(Path(sys.executable).with_name("uv"))
    for command in (
        [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(FOLDER)],
        [uv, "pip", "install", "--quiet", "--python", str(PYTHON), "-r", str(REQUIREMENTS)],
    ):
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if made.returncode:
            return (
                made.stderr.strip().splitlines()[-1] if made.stderr.strip() else "no reason given"
            )
    STAMP.write_text(wanted)
    return None
