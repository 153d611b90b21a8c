"""The benchmark of sync does what it says, on a few files."""

from pathlib import Path

from eval.bench_sync import measure, table


def test_each_step_is_measured(tmp_path: Path) -> None:
    steps = list(measure(20, tmp_path))
    assert [step.name.split(",")[0] for step in steps] == ["all new", "unchanged", "a tenth each new"]
    assert all(step.seconds > 0 and step.peak_mb > 1 for step in steps)
    assert steps[1].seconds < steps[0].seconds
    assert table(steps).row_count == 3
