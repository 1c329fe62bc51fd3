"""The store: all SQL of the project, and the only import of aiosqlite.

``database`` opens, migrates and guards the file; ``documents``, ``passages``, ``trail`` and
``answers`` each read and write the tables of their concept through it.
"""
