"""The truceline command: one module per command group."""
