"""From the archive to outputs: one stage a module, each a plugin with a function `outputs`."""
