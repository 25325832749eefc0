"""Tests of `plugins/model`."""
