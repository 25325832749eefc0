"""From source files to notices: strict, one file at a time, all faults at once."""
