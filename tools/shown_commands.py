"""Renew what the documents show of commands, after the model or the posterior has changed.

python tools/shown_commands.py

Every block that begins with `$ regrow` is run again. A block that ends with `...` keeps as many
lines as it showed. Read the difference before committing it: the text around it may be wrong now.
"""

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```\n(\$ regrow [^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def renewed(block: re.Match[str]) -> str:
    """Return a block with what its command prints now."""
    command, before = block[1], block[2].splitlines()
    words = shlex.split(command.removeprefix("$ regrow"))
    result = subprocess.run(
        [sys.executable, "-m", "regrow", *words],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = result.stdout.rstrip("\n").split("\n")
    if before and before[-1] == "...":
        lines = [*lines[: len(before) - 1], "..."]
    return "\n".join(["```", command, *lines, "```"])


def main() -> None:
    """Rewrite every page that shows a command."""
    for page in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]):
        text = page.read_text("utf-8")
        new = BLOCK.sub(renewed, text)
        if new != text:
            page.write_text(new, "utf-8")
            print(f"renewed: {page.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
