"""What is true: values, the three dates, four aggregates that decide, and their events. No clock, no I/O."""
