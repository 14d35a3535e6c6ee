"""The window the program begins with: Train, Record, Open a recording, People.

It decides nothing but what is wanted next, a `Wish`; `ask` shows it and returns that.
"""

from surefoot.ui.start.wish import Wish

__all__ = ["Wish"]
