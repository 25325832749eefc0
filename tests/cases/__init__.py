"""Faulty content, a case a file, with the problems that a webmaster must be told."""
