"""What people see: the trainee view, the therapist view and the timeline of a replay.

The only package that knows Qt; it is loaded when a window is opened.
"""

from surefoot.ui.app import run_live, run_replay
from surefoot.ui.display import has_display, require_display

__all__ = ["has_display", "require_display", "run_live", "run_replay"]
