"""Tests of `theme`."""
