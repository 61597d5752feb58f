"""Printed forms of arranged records: lists, cover, reference sheet, spine, filing stamp; on screen and as PDF."""
