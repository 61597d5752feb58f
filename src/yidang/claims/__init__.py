"""What was claimed and paid: enrolees, providers, settlements and their lines, trace codes, groups of cases."""
