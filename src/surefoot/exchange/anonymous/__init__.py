"""What of a recording may stay when nobody shall be known by it."""
