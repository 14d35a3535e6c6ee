"""Balance training with movement sensors: live feedback and exact recordings."""

__version__ = "0.1.0"
