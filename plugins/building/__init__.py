"""What is built already, who builds, and Pelican's door."""
