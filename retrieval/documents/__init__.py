"""Documents beside and after one another, without any I/O.

Lists of them, what a change makes of their state, what a new version changed, and what several of
them have in common.
"""
