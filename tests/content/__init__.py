"""The real content of this repository, built and visited."""
