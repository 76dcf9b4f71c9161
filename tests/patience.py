"""How long any test waits for what must come."""

PATIENCE_S = 200.0
"""Only a test that fails takes so long: generous, since the machine may be slow and busy."""
