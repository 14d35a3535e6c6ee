"""The trial never skips a step that keeps somebody safe."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from surefoot.training import COMMANDS, Phase, Trial, lasting, prompt, watching
from surefoot.training.trial import GRACE


def a_drill():
    from pathlib import Path

    import surefoot.training as training

    file = "rocker-hold-level.toml"
    text = (Path(training.__file__).parent / "catalogue" / file).read_text()
    return lasting(training.parse_drill(text, file), 10)


def at_ready() -> Trial:
    trial = Trial(a_drill())
    trial.streaming(0.0)
    trial.edge_found(1.0)
    trial.edge_found(2.0)
    trial.command(3.0, {"do": "direction", "yes": True}, -9.0)
    trial.command(4.0, {"do": "support", "yes": True}, -9.0)
    return trial


def test_the_usual_way() -> None:
    trial = at_ready()
    assert trial.phase is Phase.READY
    trial.command(5.0, {"do": "start"}, 0.0)
    assert (trial.start, trial.end) == (10.0, 20.0)
    trial.tick(9.9)
    assert trial.phase is Phase.COUNTDOWN
    trial.tick(10.1)
    assert trial.phase is Phase.RUN
    trial.tick(20.0 + GRACE / 2)
    assert trial.phase is Phase.RUN
    (ended, phase) = trial.tick(20.4)
    assert (ended.name, ended.detail["why"]) == ("run-end", "time")
    assert phase.detail == {"phase": "held-on"}
    trial.command(22.0, {"do": "held-on", "yes": True}, 0.0)
    assert trial.held_on is True
    trial.command(23.0, {"do": "again"}, 0.0)
    assert trial.phase is Phase.SUPPORT


def test_a_yes_needs_a_board_that_is_tipped_to_that_side() -> None:
    trial = Trial(a_drill())
    trial.streaming(0.0)
    trial.edge_found(1.0)
    trial.edge_found(2.0)
    for tilt in (None, 0.0, 9.0):
        trial.command(3.0, {"do": "direction", "yes": True}, tilt)
        assert trial.phase is Phase.DIRECTION
        assert "further to the left" in prompt(trial)


def test_a_stop_in_the_countdown_asks_for_support_again() -> None:
    trial = at_ready()
    trial.command(5.0, {"do": "start"}, 0.0)
    trial.command(6.0, {"do": "stop", "why": "clicker"}, 0.0)
    assert trial.phase is Phase.SUPPORT


def test_watching_runs_without_being_asked() -> None:
    trial = Trial(watching(), needs_level=False)
    trial.watch(3.0)
    assert trial.phase is Phase.RUN
    trial.tick(1e9)
    assert trial.phase is Phase.RUN


def happen(trial: Trial, t: float, do: str, told: dict, tilt: float) -> None:
    if do == "tick":
        trial.tick(t)
    elif do == "edge" and trial.phase in {Phase.LEVEL_FIRST, Phase.LEVEL_SECOND}:
        trial.edge_found(t)
    elif do == "lost":
        trial.finish(t, "sensor-lost")
    else:
        trial.command(t, told, tilt)


ACTIONS = st.lists(
    st.one_of(
        st.sampled_from([*COMMANDS, "nonsense"]).flatmap(
            lambda do: st.tuples(st.just(do), st.booleans())
        ),
        st.just(("tick", True)),
        st.just(("edge", True)),
        st.just(("lost", True)),
    ),
    max_size=60,
)


@given(actions=ACTIONS, tilt=st.floats(-15, 15))
def test_no_run_without_level_direction_and_support(actions, tilt) -> None:
    """Whatever is pressed in whatever order."""
    trial = Trial(a_drill())
    trial.streaming(0.0)
    passed: set[Phase] = set()
    t = 0.0
    for do, yes in actions:
        t += 2.0
        before = trial.phase
        passed.add(before)
        happen(trial, t, do, {"do": do, "yes": yes}, tilt)
        after = trial.phase
        if after is Phase.RUN is not before:
            assert before is Phase.COUNTDOWN
            assert {Phase.LEVEL_SECOND, Phase.DIRECTION, Phase.SUPPORT} <= passed
            assert tilt <= -2.0
        if before is Phase.RESULT:
            assert after in {Phase.RESULT, Phase.SUPPORT, Phase.LEVEL_FIRST}
        assert not (do == "stop" and trial.under_way)
        passed = set() if after is Phase.LEVEL_FIRST else passed
        assert prompt(trial).endswith((".", "?"))


def test_an_answer_is_yes_or_no_and_nothing_else() -> None:
    trial = Trial(a_drill())
    trial.streaming(0.0)
    trial.edge_found(1.0)
    trial.edge_found(2.0)
    trial.command(3.0, {"do": "direction", "yes": True}, -9.0)
    for told in ({"do": "support"}, {"do": "support", "yes": "no"}):
        trial.command(4.0, told, 0.0)
        assert trial.phase is Phase.SUPPORT
    trial.command(5.0, {"do": "support", "yes": True}, 0.0)
    trial.command(6.0, {"do": "start"}, 0.0)
    trial.tick(11.1)
    trial.command(12.0, {"do": "stop", "why": "pain"}, 0.0)
    trial.command(13.0, {"do": "held-on"}, 0.0)
    assert trial.phase is Phase.HELD_ON
    assert trial.held_on is None
