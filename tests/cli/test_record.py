"""What `record` says while it keeps what comes, and afterwards."""

import json

SIX = {
    "board": "surefoot-sketch",
    "trunk": "movesense",
    "left-shin": "xsens-dot",
    "right-shin": "thingy52",
    "left-thigh": "witmotion-ble5",
    "right-thigh": "wii-balance-board",
}


def test_a_crowded_adapter_is_warned_of_and_every_sample_counted(run, tmp_path):
    path = tmp_path / "six.mcap"
    told = [
        part for role, name in SIX.items() for part in ("--sensor", f"{role}={name}")
    ]
    done = run("record", "--virtual", "steady", *told, "--seconds", "1.5", "--to", path)
    assert done.status == 0, done.err
    assert done.complaint.startswith("6 sensors on one adapter: links may break")
    rows = [line.split() for line in done.out.splitlines()[1:]]
    said = {row[0]: int(row[row.index("samples,") - 1]) for row in rows}
    kept = json.loads(run("replay", path, "--headless", "--json").out)
    assert said == {s["role"]: s["samples"] for s in kept["quality"]["sensors"]}
    assert set(said) == set(SIX)
