"""What an operator is handed: scripts that parse, files that name what is there."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

from base.folders import ROOT
from benchmarks.behind_nginx import Nginx
from deploy.ready import main as ready
from ui.serving import settings

DEPLOY = ROOT / "deploy"
SCRIPTS = sorted([*ROOT.glob("deploy/*.sh"), *ROOT.glob("tools/*.sh")])
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
INSTALL = (DEPLOY / "install.sh").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_parse_and_stop_at_what_fails(path):
    subprocess.run(["bash", "-n", path], check=True)
    text = path.read_text(encoding="utf-8")
    assert "set -euo pipefail" in text or text.startswith("# Sourced:")


def test_what_is_installed_is_there():
    parts = re.search(r"^parts=\((.*?)\)", INSTALL, re.DOTALL | re.MULTILINE)[1].split()
    assert [part for part in parts if not (ROOT / part).exists()] == []
    for floor in ("base", "geo", "metrics", "ui", "pages", "deploy", "tools"):
        assert floor in parts


def test_an_unknown_step_is_refused_and_none_tells_how():
    def run(*steps):
        command = ["bash", DEPLOY / "install.sh", *steps]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run().returncode == 2
    assert "Usage: deploy/install.sh" in run().stdout
    assert run("nonsense").returncode != 0


def services(profile):
    return [one for one in COMPOSE["services"].values() if one["profiles"] == [profile]]


def test_each_profile_is_whole():
    for profile, apps in {"duckdb": 1, "postgres": 3}.items():
        ours = [one for one in services(profile) if one["image"] == "atlas06"]
        assert len(ours) == apps
        for one in ours:
            assert one["read_only"]
            assert one["cap_drop"] == ["ALL"]
            assert [volume.split(":")[1] for volume in one["volumes"]] == ["/var/lib/atlas06"]
        assert sum("443:443" in one.get("ports", ()) for one in services(profile)) == 1
    assert all(one["image"].count(":") == 1 for one in services("postgres") if "/" in one["image"])


def test_compose_names_files_services_and_settings_that_are_there():
    for name, one in COMPOSE["services"].items():
        for volume in one["volumes"]:
            source = volume.split(":")[0]
            if source.startswith("./deploy"):
                assert (ROOT / source).exists(), source
            elif not source.startswith("./tls"):
                assert source in COMPOSE["volumes"]
        for other in one.get("depends_on", ()):
            assert COMPOSE["services"][other]["profiles"] == one["profiles"], name
    assert (ROOT / COMPOSE["x-app"]["build"]["dockerfile"]).exists()
    known = {value for value in vars(settings).values() if str(value).startswith("ATLAS_")}
    known |= {"ATLAS_DATABASE_URL", "ATLAS_PUBLIC_URL"}
    for one in (*services("duckdb"), *services("postgres")):
        if one["image"] == "atlas06":
            assert {name for name in one["environment"] if name.startswith("ATLAS_")} <= known


def test_the_proxy_knows_the_servers_by_the_names_they_give_themselves():
    conf = (DEPLOY / "nginx" / "three.conf.template").read_text(encoding="utf-8")
    named = re.findall(r'"(\d+)" atlas_[abc];', conf)
    given = [
        one["environment"]["ATLAS_REPLICA"]
        for one in services("postgres")
        if one["image"] == "atlas06"
    ]
    assert named == given
    assert "ATLAS_REPLICA=%i" in (DEPLOY / "systemd" / "atlas06@.service").read_text()


def test_the_container_is_made_of_what_is_there_and_runs_without_rights():
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert "USER atlas06" in text
    for path in re.findall(r"(deploy/[\w.]+)", text):
        assert (ROOT / path).exists()
    assert 'CMD [".venv/bin/python", "deploy/ready.py", "8501", "0"]' in text


def test_settings_that_are_offered_are_known_and_do_no_harm_unchanged():
    text = (DEPLOY / "env").read_text(encoding="utf-8")
    given = dict(re.findall(r"^(ATLAS_\w+)=(.*)$", text, re.MULTILINE))
    assert settings.read(given).json_log
    # As systemd reads a value: a word in quotes loses them, and the blank after it.
    offered = {
        name: "".join(shlex.split(value))
        for name, value in re.findall(r"^#(ATLAS_\w+)=(.*)$", text, re.MULTILINE)
    }
    assert settings.read(offered).frames == ("'self'", "https://paper.example")


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_takes_its_configuration(tmp_path):
    for kind in ("one", "three"):
        Nginx.written(tmp_path / kind, 8443, (8501, 8502, 8503), kind)
        folder = tmp_path / kind
        subprocess.run(["nginx", "-t", "-q", "-p", folder, "-c", folder / "nginx.conf"], check=True)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_takes_its_units(tmp_path):
    for unit in (DEPLOY / "systemd").iterdir():
        text = unit.read_text(encoding="utf-8").replace(
            "/srv/atlas06/.venv/bin/python", sys.executable
        )
        name = unit.name.replace("@", "@8501")
        (tmp_path / name).write_text(text, encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", *tmp_path.iterdir()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if str(tmp_path) in line] == []
    assert done.returncode == 0, done.stderr


def test_waiting_for_a_server_that_is_not_there_comes_to_an_end(capsys):
    assert ready("1", "0") == 1
    assert "does not answer" in capsys.readouterr().err
