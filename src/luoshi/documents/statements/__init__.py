"""What documents state besides tasks, as pages show it."""
