"""Tests of `plugins.writing`."""
