"""Says all that is wrong with the content, and mends what is mechanical."""
