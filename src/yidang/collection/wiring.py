"""What this room makes known to the rooms below it."""


def register_all() -> None:
    from yidang.access.asides import add_aside
    from yidang.collection import letter_pdf, letters, reminding
    from yidang.collection.capture import meeting
    from yidang.collection.views.aside import lacking
    from yidang.workflow.operations import register_enclosure

    add_aside("collection", "collection/_lacking.html", lacking)
    letters.register()
    reminding.register()
    register_enclosure(letters.ENCLOSURE, letter_pdf.enclosed)
    meeting.register()
