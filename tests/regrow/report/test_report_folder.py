"""A folder that appears whole or not at all."""

import os
from pathlib import Path

import pytest

from regrow.errors import SimulationError
from regrow.report.folder import MARKER, appearing


def write(target: Path, text: str = "new", *, force: bool = False) -> None:
    with appearing(target, force=force) as place:
        (place / "page").write_text(text)
        assert not target.exists() or (target / "page").read_text() != text


def test_it_appears_whole_with_its_marker(tmp_path: Path) -> None:
    write(tmp_path / "report")
    assert (tmp_path / "report" / "page").read_text() == "new"
    assert (tmp_path / "report" / MARKER).is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_an_error_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), appearing(tmp_path / "report", force=False) as place:
        (place / "page").write_text(str(1 / 0))
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_not_overwritten_unasked(tmp_path: Path) -> None:
    write(tmp_path / "report", "old")
    with pytest.raises(SimulationError, match="exists already"):
        write(tmp_path / "report")
    assert (tmp_path / "report" / "page").read_text() == "old"


def test_force_replaces_an_earlier_report(tmp_path: Path) -> None:
    write(tmp_path / "report", "old")
    (tmp_path / "report" / "left over").touch()
    write(tmp_path / "report", force=True)
    assert (tmp_path / "report" / "page").read_text() == "new"
    assert not (tmp_path / "report" / "left over").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_an_error_keeps_the_earlier_report(tmp_path: Path) -> None:
    write(tmp_path / "report", "old")
    with pytest.raises(ZeroDivisionError), appearing(tmp_path / "report", force=True):
        _ = 1 / 0
    assert (tmp_path / "report" / "page").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_force_never_replaces_a_folder_that_regrow_did_not_write(tmp_path: Path) -> None:
    precious = tmp_path / "thesis"
    precious.mkdir()
    (precious / "chapter").write_text("years of work")
    with pytest.raises(SimulationError, match="was not written by regrow"):
        write(precious, force=True)
    assert (precious / "chapter").read_text() == "years of work"


@pytest.mark.parametrize("force", [True, False])
def test_a_file_is_never_replaced(tmp_path: Path, force: bool) -> None:
    (tmp_path / "report").write_text("a file")
    with pytest.raises(SimulationError, match="is not a folder"):
        write(tmp_path / "report", force=force)


def test_a_link_is_never_replaced(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere", "old")
    (tmp_path / "report").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SimulationError, match="is not a folder"):
        write(tmp_path / "report", force=True)


def test_a_folder_that_is_not_there_is_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(SimulationError, match="does not exist"):
        write(tmp_path / "no" / "report")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(SimulationError, match="Nothing can be written"):
            write(tmp_path / "report")
    finally:
        tmp_path.chmod(0o700)


def test_a_place_that_fails_while_writing_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(SimulationError, match="No space left on device"):
        write(tmp_path / "report")
    assert list(tmp_path.iterdir()) == []
