"""A full GeoNames dump becomes a gazetteer of the user's own."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from bench.gazetteer_import import write_dump

from dateline.errors import DataError
from dateline.resolve import gazetteer_import as module
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_import import import_dump

ROWS = 3_000


def quiet(_what: str, _rows: int) -> None:
    """Show nothing."""


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dump(tmp_path_factory.mktemp("dump") / "all.zip", ROWS)


@pytest.fixture(scope="module")
def built(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built") / "gazetteer.bin"
    assert import_dump(dump, target, quiet, slice_rows=700) == ROWS
    return target


def test_every_place_can_be_looked_up(built: Path) -> None:
    found = Gazetteer(built)
    assert len(found) == ROWS
    for number in (500, 1_234, ROWS):
        entries = [e for e in found.lookup(f"Ranzville {number}") if e.geonameid == number]
        assert [(e.name, e.feature_code, e.population) for e in entries] == [(f"Ranzville {number}", "PPL", number)]


def test_places_have_their_units_state_and_kind(built: Path) -> None:
    place = Gazetteer(built).lookup("Ranzville 1000")[0]
    assert place.country == "BOL"
    assert place.admin1 is not None
    assert place.admin1.startswith("Province")
    assert place.admin2 is not None
    assert place.admin2.startswith("District")


def test_other_names_and_scripts_are_filed(built: Path) -> None:
    found = Gazetteer(built)
    assert {e.geonameid for e in found.lookup("Старый Ранц 600")} == {600}


def test_slices_of_any_size_give_the_same_file(dump: Path, built: Path, tmp_path: Path) -> None:
    import_dump(dump, tmp_path / "gazetteer.bin", quiet, slice_rows=10_000)
    assert (tmp_path / "gazetteer.bin").read_bytes() == built.read_bytes()


def test_a_stopped_import_goes_on_where_it_was(dump: Path, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "gazetteer.bin"

    def stop(what: str, rows: int) -> None:
        if what == "packing" and rows >= 1_400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dump(dump, target, stop, slice_rows=700)
    assert not target.exists()
    packed = []
    write = module._Slice.write
    monkeypatch.setattr(module._Slice, "write", lambda self, path, units: (packed.append(path.name), write(self, path, units))[1])
    import_dump(dump, target, quiet, slice_rows=700)
    assert not {"slice-00001", "slice-00002"} & set(packed)
    assert target.read_bytes() == built.read_bytes()
    assert not (tmp_path / "import").exists()


def test_another_dump_starts_anew(dump: Path, tmp_path: Path) -> None:
    folder = tmp_path / "import"
    folder.mkdir()
    (folder / "slice-00001").write_bytes(b"of another dump")
    (folder / "import.json").write_text("{}", encoding="utf-8")
    assert import_dump(dump, tmp_path / "gazetteer.bin", quiet) == ROWS


@pytest.mark.parametrize("kept", [0, 100, 0.5, 0.98], ids=["empty", "head", "half", "nearly"])
def test_a_cut_zip_is_refused_in_one_line(dump: Path, tmp_path: Path, kept: float) -> None:
    whole = dump.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else int(kept)])
    with pytest.raises(DataError, match=r"cut\.zip.*download it again") as caught:
        import_dump(cut, tmp_path / "gazetteer.bin", quiet)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "gazetteer.bin").exists()


def test_a_turned_byte_is_noticed(dump: Path, tmp_path: Path) -> None:
    whole = bytearray(dump.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    (tmp_path / "bad.zip").write_bytes(bytes(whole))
    with pytest.raises(DataError, match=r"bad\.zip"):
        import_dump(tmp_path / "bad.zip", tmp_path / "gazetteer.bin", quiet)


@pytest.mark.parametrize("text", ["", "a\tb\tc\n", "\t" * 18 + "\n"], ids=["empty", "columns", "no point"])
def test_a_zip_that_is_no_dump_is_refused(tmp_path: Path, text: str) -> None:
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("other.txt", text)
    with pytest.raises(DataError, match=r"empty|no GeoNames dump"):
        import_dump(tmp_path / "other.zip", tmp_path / "gazetteer.bin", quiet)


def test_a_zip_with_several_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.txt", "")
        archive.writestr("b.txt", "")
    with pytest.raises(DataError, match=r"one \.txt file"):
        import_dump(tmp_path / "two.zip", tmp_path / "gazetteer.bin", quiet)


@pytest.mark.parametrize("damage", [lambda b: b"", lambda b: b[:1000], lambda b: b"NOTAGAZ!" + b[8:]], ids=["empty", "cut", "magic"])
def test_a_damaged_gazetteer_of_the_users_own_says_what_to_do(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: object
) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    own = tmp_path / "places" / "gazetteer.bin"
    own.parent.mkdir()
    own.write_bytes(damage(built.read_bytes()))  # type: ignore[operator]
    with pytest.raises(DataError, match="dateline gazetteer import again"):
        Gazetteer(own)
