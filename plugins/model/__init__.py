"""What the archive is made of: frozen, typed, without files, HTML or Pelican."""
