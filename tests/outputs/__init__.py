"""Tests of `plugins/outputs`: what the archive puts out, read by strangers."""
