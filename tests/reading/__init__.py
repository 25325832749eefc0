"""Tests of `plugins/reading`."""
