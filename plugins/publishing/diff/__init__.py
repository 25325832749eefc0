"""What subscribers and visitors will notice, before they do: two states of a site, compared."""
