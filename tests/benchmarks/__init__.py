"""Measurements; `inv bench` runs them. They judge nothing."""
