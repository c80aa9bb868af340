"""Intake: papers in, sayings out, through the same commands as any client."""
