"""What pages and feeds show: frozen views, and the words, addresses and pictures in them."""
