"""What people read, in their language; in the code it is English everywhere.

Whoever shows, speaks or prints a text asks `say` for it, at the edge where people read.
"""

from surefoot.language.catalogue import catalogue
from surefoot.language.saying import LANGUAGES, best, say

__all__ = ["LANGUAGES", "best", "catalogue", "say"]
