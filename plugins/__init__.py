"""The archive's flow, as Pelican plugins: model, reading, outputs, building."""
