"""Cases: a confirmed doubt put to the institution, heard, decided by two, notified, recovered and filed."""
