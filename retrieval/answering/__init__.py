"""Answering: what a space may see of the coverage, for a question, a receipt or half a name.

A question goes through ``questions.query`` (its operators), ``questions.question``, ``hearing``,
``weights``, the index, ``ranking``, ``copies``, ``excerpts`` and ``verdict``, one after the other,
in ``finder``. ``calibration`` sets the bar from which an answer is called found.
"""
