"""Where the coverage says nearly what a quotation says, found on the words that the index holds.

``seeking`` finds passages that hold its rarest words, ``places`` where in them its words stand in a
row, and ``pieces`` where it has to be put together from several places.
"""
