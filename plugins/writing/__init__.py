"""Writing: the verbs that make and change source files, and the surgery that they do it by."""
