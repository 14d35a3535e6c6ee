"""What people take home: a session, months, a group, a sheet for home, a whole archive.

A `Page` is made by one of the functions here, and `write` writes it as HTML or PDF.
"""
