"""The ways out: the event store, the read model and its SQL, the embedded PostgreSQL."""
