"""From a built site to the world: what is wrong with it, what it changes, and its hand-over."""
