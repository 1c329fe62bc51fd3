"""Rendering: from a Reply to what one platform shows; it folds white space and changes no word."""
