"""Documentation is part of the program: what it shows is run, what it points to exists."""

import contextlib
import io
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def blocks(page, language):
    return [text for name, text in FENCE.findall(page.read_text()) if name == language]


def shown(block):
    return [line.split("#>", 1)[1].strip() for line in block.splitlines() if "#>" in line]


SHOWING = [(page, block) for page in PAGES for block in blocks(page, "python") if "#>" in block]


@pytest.mark.parametrize(
    ("page", "block"), SHOWING, ids=lambda v: v.name if isinstance(v, Path) else ""
)
def test_a_block_of_python_prints_what_it_shows(page, block, monkeypatch):
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block, str(page), "exec"), {"__name__": "__example__"})
    assert printed.getvalue().split("\n")[:-1] == shown(block)


def test_the_readme_shows_a_block_and_a_command():
    readme = ROOT / "README.md"
    assert any(page == readme for page, _ in SHOWING)
    assert any(block.startswith("$ regrow") for block in blocks(readme, ""))


COMMANDS = [
    (page, block) for page in PAGES for block in blocks(page, "") if block.startswith("$ regrow")
]


@pytest.mark.parametrize(
    ("page", "block"), COMMANDS, ids=lambda v: v.name if isinstance(v, Path) else ""
)
def test_a_command_prints_what_is_shown(page, block):
    """A last line `...` stands for whatever follows."""
    command, *expected = block.rstrip("\n").split("\n")
    arguments = shlex.split(command.removeprefix("$ regrow"))
    result = subprocess.run(
        [sys.executable, "-m", "regrow", *arguments], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, f"{page}: {result.stderr}"
    lines = result.stdout.rstrip("\n").split("\n")
    if expected and expected[-1] == "...":
        expected = expected[:-1]
        lines = lines[: len(expected)]
    assert lines == expected


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    links = [link for link in LINK.findall(page.read_text()) if "://" not in link]
    missing = [link for link in links if not (page.parent / link).exists()]
    assert not missing


def test_the_tutorial_runs(tmp_path):
    result = subprocess.run(
        [sys.executable, ROOT / "docs/tutorial/first_simulation.py", tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    assert "points" in result.stdout
    assert (tmp_path / "first.png").stat().st_size > 10_000


def test_the_page_of_published_concentrations_is_up_to_date():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import concentrations_page
    finally:
        sys.path.pop(0)
    assert concentrations_page.page() == (ROOT / "docs/reference/concentrations.md").read_text()
