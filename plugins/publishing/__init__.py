"""From a built site to the world: looked over by a stranger, compared, handed over."""
