"""Who answers for the archive: duties, hand-overs, leaks and damage, and the firms that touch records."""
