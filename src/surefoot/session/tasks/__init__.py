"""The runs of a drill, one file a task: what is metered, shown, ended and measured."""

from surefoot.session.tasks._run import TaskRun
from surefoot.session.tasks.making import make_run

__all__ = ["TaskRun", "make_run"]
