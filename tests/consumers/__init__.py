"""Tests of outputs as strangers consume them: a real browser, pages of partners."""
