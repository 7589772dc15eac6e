"""The benchmark still finds what it measures: its quick mode, at the smallest size."""

import json
import subprocess
import sys

from base.folders import ROOT


def test_the_quick_benchmark_measures_the_map_of_provinces(tmp_path):
    out = tmp_path / "results.json"
    command = [sys.executable, "-m", "benchmarks", "--quick", "--pages", "--only", "provinces"]
    command += ["--out", out]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(out.read_text(encoding="utf-8"))
    (case,) = found["cases"].values()
    for page in ("atlas", "usual"):
        assert min(case[page]["indicator"]["painted_ms"]) > 0
        assert min(case[page]["first"]["painted_ms"]) > 0
    assert min(case["plain"]["painted_ms"]) > 0
    assert found["outside"] == []
    assert found["ways"]["into_province"]["painted_ms"]
    told = {aim["what"] for aim in found["aims"]}
    assert "click → painted, 63 areas, back to a view seen: faster than the usual way" in told
    assert found["sessions"]["63"]["atlas"]["map_bytes"] > 0
