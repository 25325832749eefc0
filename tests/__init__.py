"""Tests of the archive; they mirror `plugins/`."""
