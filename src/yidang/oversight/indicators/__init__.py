"""Monthly indicators of institutions beside their peers: statistics that raise no doubt by themselves."""
