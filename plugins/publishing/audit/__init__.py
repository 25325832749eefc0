"""A stranger's second look at a built site: whatever is wrong in the files that visitors get."""
