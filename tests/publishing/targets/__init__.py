"""Tests of targets, each against a real one on this machine."""
