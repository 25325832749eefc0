"""Tests of `plugins/publishing`."""
