"""The class view: two to six trainees on one screen, one keyboard for the therapist.

Every tile is painted by the trainee view. Nobody is ranked: the order is that of the
class, whatever anybody does.
"""
