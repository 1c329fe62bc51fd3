"""What is asked, read by itself: the query language, a question's concepts, the kind of answer.

Nothing here looks at the coverage; ``answering`` does.
"""
