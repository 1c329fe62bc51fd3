"""One module per family of commands; each function takes a command and returns its Reply."""
