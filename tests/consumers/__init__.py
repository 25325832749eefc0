"""Tests of the output in the hands of others: servers, readers, browsers."""
