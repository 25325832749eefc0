"""Tests of the words of the verbs."""
