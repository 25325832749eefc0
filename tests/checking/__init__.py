"""Tests of `plugins/checking`."""
