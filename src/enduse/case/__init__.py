"""The only place where the stages meet the disk, the clock and the network."""
