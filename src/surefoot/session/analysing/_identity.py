"""What one printed value is a value of, read back from what `analyse` returned."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from surefoot.analysis.comparison import Finding
from surefoot.analysis.pipeline import Circumstances, circumstances_of, pipeline_of

if TYPE_CHECKING:
    from collections.abc import Mapping


def identity(told: Mapping[str, Any], measure: Mapping[str, Any]) -> Finding:
    """Return the pipeline and the circumstances of one measure.

    Parameters
    ----------
    told : mapping
        As `analyse` returned it, or a row of `surefoot.session.final.stored`.
    measure : mapping
        One of its ``measures``.

    Returns
    -------
    Finding
        For `surefoot.analysis.comparison.comparable`; its length is that of the
        measure's own interval.

    Raises
    ------
    KeyError
        If the measure is not one of these.
    """
    name, t0, t1 = measure["name"], measure["t0"], measure["t1"]
    passed = [
        one
        for one in told["pipelines"]
        if name in one.get("measures", ()) and one.get("stream") == measure["stream"]
    ]
    if not passed:
        raise KeyError(name)
    # two runs may have passed two pipelines; a row of before that did not tell which
    here = [one for one in passed if [t0, t1] in one.get("intervals", ())]
    pipeline = replace(pipeline_of((here or passed)[0]), duration=t1 - t0)
    around = [c for c in told["circumstances"] if c["t0"] <= t0 < c["t1"]]
    known = circumstances_of(around[-1]) if around else Circumstances()
    return Finding(name, measure["unit"], pipeline, known)
