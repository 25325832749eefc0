"""Tests of `plugins/building`: whole builds by Pelican, clean, incremental, killed, at fault."""
