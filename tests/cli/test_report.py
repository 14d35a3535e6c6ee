"""The commands `report` and `retest` as a person types them."""

import pytest

from surefoot.cli import entry


@pytest.fixture(autouse=True)
def known(monkeypatch, tmp_path):
    for name in ("report", "retest"):
        monkeypatch.setitem(entry.COMMANDS, name, f"surefoot.cli.{name}:{name}")
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / "home"))
    monkeypatch.setenv("SUREFOOT_ARCHIVE", str(tmp_path / "catalogue.db"))
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)


def test_a_sample_becomes_a_page_in_this_folder(run, tmp_path):
    done = run("report", "rocker-steady")
    assert (done.status, done.out.strip()) == (0, "rocker-steady.report.html")
    page = (tmp_path / "rocker-steady.report.html").read_text()
    assert page.startswith("<!doctype html>")
    assert "Keep the board level" in page or "hold level" in page


def test_an_earlier_recording_can_be_named(run, tmp_path):
    from surefoot.cli.replay import samples

    earlier = samples()["rocker-unsteady"]
    done = run("report", "rocker-steady", "--before", earlier, "--to", "a.html")
    assert done.status == 0
    assert "2026-01-05" in (tmp_path / "a.html").read_text()


def test_several_go_to_a_folder(run, tmp_path):
    from surefoot.cli.replay import samples

    lost = samples()["rocker-sensor-lost"]
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        (tmp_path / "in" / f"{name}.mcap").write_bytes(lost.read_bytes())
    assert run("report", "in", "--to", "out").status == 0
    assert len(list((tmp_path / "out").glob("*.report.html"))) == 2
    assert run("report", "in", "--to", "a.html").status == 2


def test_an_imported_table_has_a_report(run, recording, tmp_path):
    done = run("report", recording, "--repetitions", "10", "--to", "r.html")
    assert done.status == 0
    assert "without a drill" in (tmp_path / "r.html").read_text()


def test_the_language_is_the_one_told_or_the_systems(run, tmp_path, monkeypatch):
    assert run("report", "rocker-sensor-lost", "--language", "es", "--to", "es.html")
    assert '<html lang="es">' in (tmp_path / "es.html").read_text()
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    assert run("report", "rocker-sensor-lost", "--to", "de.html").status == 0
    page = (tmp_path / "de.html").read_text()
    assert '<html lang="de">' in page
    assert "Wie gut die Daten sind" in page


def test_a_pdf_has_pages(run, tmp_path):
    pytest.importorskip("weasyprint", reason="WeasyPrint is not installed")
    assert run("report", "rocker-sensor-lost", "--to", "a.pdf").status == 0
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_without_what_makes_pdf_the_way_out_is_said(run, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = run("report", "rocker-sensor-lost", "--to", "a.pdf")
    assert done.status == 1
    assert "print that from a browser" in done.complaint


def test_without_matplotlib_the_extra_is_said(run, monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = run("report", "rocker-steady")
    assert done.status == 1
    assert "surefoot[report]" in done.complaint


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "say one of"),
        (("rocker-steady", "--group"), 2, "say one of"),
        (("rocker-steady", "--to", "a.docx"), 1, ".html or .pdf"),
        (("rocker-steady", "--to", "/proc/no/a.html"), 1, "expected to write"),
        (("nothing.mcap",), 1, "nothing.mcap"),
        (("--person", "P404"), 1, "expected somebody"),
        (("--home", "P404"), 1, "programme"),
        (("rocker-steady", "--language", "xx"), 2, "xx"),
    ],
)
def test_mistakes_are_said_in_a_line(run, arguments, status, said):
    done = run("report", *arguments)
    assert done.status == status
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_damaged_recording_among_others_is_said(run, tmp_path):
    (tmp_path / "bad.mcap").write_bytes(b"no recording at all")
    done = run("report", "bad.mcap", "rocker-sensor-lost", "--to", "out")
    assert done.status == 1
    assert "1 of 2 recordings" in done.complaint
    assert (tmp_path / "out" / "rocker-sensor-lost.report.html").exists()


def test_what_breaks_off_early_is_named_among_others(run, tmp_path):
    from surefoot.cli.replay import samples

    whole = samples()["rocker-sensor-lost"].read_bytes()
    (tmp_path / "short.mcap").write_bytes(whole[:3000])
    done = run("report", "short.mcap", "rocker-sensor-lost", "--to", "out")
    assert done.status == 1
    assert "short.mcap" in done.complaint
    assert "breaks off" in done.complaint


def test_the_height_can_be_told_in_metres(run, recording):
    assert run("report", recording, "--height", "1.75", "--to", "r.html").status == 0
    assert run("report", recording, "--height", "175", "--to", "r.html").status == 2


def test_group_batch_and_home_write_pages(run, tmp_path):
    assert run("programme", "new", "P001", "--day", "2026-01-05").status == 0
    assert run("report", "--home", "P001", "--day", "2026-01-05").status == 0
    assert (tmp_path / "P001.home.html").exists()
    assert run("report", "--group").status == 0
    assert (tmp_path / "group.html").exists()
    assert run("analyze", "rocker-steady", "--to", "many").status == 0
    assert run("report", "--batch", "many").status == 0
    assert (tmp_path / "many.batch.html").exists()


def test_a_retest_needs_sessions(run):
    done = run("retest", "P404")
    assert done.status == 1
    assert "expected somebody" in done.complaint
