"""What this room makes known to the rooms below it."""


def register_all() -> None:
    from yidang.collection import letter_pdf, letters, reminding
    from yidang.collection.capture import meeting
    from yidang.workflow.operations import register_enclosure

    letters.register()
    reminding.register()
    register_enclosure(letters.ENCLOSURE, letter_pdf.enclosed)
    meeting.register()
