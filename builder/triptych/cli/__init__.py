"""The command: a file a verb. Only here is anything printed."""
