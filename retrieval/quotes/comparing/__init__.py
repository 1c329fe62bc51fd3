"""A quotation beside one place: which words are others there, and what that makes of it.

``alignment`` pairs the words of both, ``edges`` says where the place begins and ends, ``meaning``
which differences change what was said (``amounts``, ``contractions`` and ``slips`` do not), and
``judging`` gives the verdict that follows. ``presence`` says whether it stands there at all.
"""
