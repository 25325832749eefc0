"""Tests of `plugins/publishing`: what goes out, and where to."""
