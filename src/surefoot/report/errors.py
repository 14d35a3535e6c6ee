"""The error of this layer."""

from surefoot.core import SurefootError


class ReportError(SurefootError):
    """A report cannot be made: nothing to tell, or a package for it is missing."""
