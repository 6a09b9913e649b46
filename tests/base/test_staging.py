"""What is restored takes its place whole, also when that is cut off in the middle and done again."""

from pathlib import Path

import pytest

from estafette.base.backups.errors import BackupRefused
from estafette.base.backups.staging import Staging, State, check_restored

NAMES = ("secrets", "files")


def filled(folder: Path, text: str) -> None:
    folder.mkdir(parents=True)
    (folder / "a").write_text(text)


@pytest.fixture
def staging(tmp_path: Path) -> Staging:
    """Everything new is there, and beside it what was there before."""
    for name in NAMES:
        filled(tmp_path / name, "before")
    made = Staging(tmp_path)
    made.begin(State(backup="b", aside="aside"))
    for name in NAMES:
        filled(made.folder / name, "new")
    made.note(State(backup="b", aside="aside", whole=True))
    return made


def placed(staging: Staging, data: Path) -> Path | None:
    aside = staging.place({name: data / name for name in NAMES})
    assert [(data / name / "a").read_text() for name in NAMES] == ["new", "new"]
    assert [(data / "aside" / name / "a").read_text() for name in NAMES] == ["before", "before"]
    check_restored(data)
    return aside


def test_what_was_there_before_is_moved_aside(staging: Staging, tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match="was cut off"):
        check_restored(tmp_path)
    assert placed(staging, tmp_path) == tmp_path / "aside"


@pytest.mark.parametrize("renames", [1, 2, 3])
def test_cut_off_after_any_of_its_steps_it_is_gone_on_with(
    staging: Staging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renames: int
) -> None:
    left, rename = [renames], Path.rename

    def until_cut(self: Path, target: Path) -> Path:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", until_cut)
        with pytest.raises(KeyboardInterrupt):
            staging.place({name: tmp_path / name for name in NAMES})
    with pytest.raises(BackupRefused):
        check_restored(tmp_path)
    again = Staging(tmp_path)
    state = again.read()
    assert state is not None
    assert state.whole
    assert placed(again, tmp_path) == tmp_path / "aside"
