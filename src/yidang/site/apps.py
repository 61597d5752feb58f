from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "yidang.site"

    def ready(self) -> None:
        from yidang.access.query.spoken import understand
        from yidang.site import sanctions
        from yidang.site.spoken import codes_of

        understand(codes_of)
        sanctions.register_all()
        self._wire_keys()
        self._wire_endings()
        self._wire_storeroom()
        self._wire_transfers()
        self._wire_quality()
        self._wire_credit()
        self._wire_inspection()

    def _wire_endings(self) -> None:
        from yidang.collection.capture.forgetting import forget as forget_cases
        from yidang.disposition.ports import forgets
        from yidang.intake.operations.forgetting import forget

        forgets(forget)
        forgets(forget_cases)

    def _wire_storeroom(self) -> None:
        from yidang.access.lending.ports import use_store
        from yidang.disposition.ports import forgets
        from yidang.site.paper import Paper
        from yidang.storeroom.operations import forget

        use_store(Paper())
        forgets(forget)

    def _wire_transfers(self) -> None:
        """A transfer's package has the four-nature report inside, and leaves out what fails."""
        from django.apps import apps

        from yidang.disposition.transfers import ports

        if apps.is_installed("yidang.checks"):
            from yidang.checks.queries import failed_items
            from yidang.checks.reports import report_json

            ports.reports_by(report_json)
            ports.failing_by(lambda: set(failed_items()))

    def _wire_quality(self) -> None:
        from yidang.quality.ports import use_calendar
        from yidang.site.owed import SubmissionCalendar

        use_calendar(SubmissionCalendar())

    def _wire_credit(self) -> None:
        from yidang.credit.ports import Answers
        from yidang.site.credit import Names, Persons, Publisher, WorkingDays

        Answers.calendar, Answers.persons, Answers.names = WorkingDays(), Persons(), Names()
        Answers.publisher = Publisher()

    def _wire_inspection(self) -> None:
        from yidang.oversight.ports import wire
        from yidang.site.credit import Offers

        wire(Offers())

    def _wire_keys(self) -> None:
        from yidang.crypto.rotation import register_passes
        from yidang.site.keys import approval
        from yidang.site.keys.passes import all_passes
        from yidang.workflow import approvals
        from yidang.workflow.operations import register_notices

        register_passes(all_passes)
        register_notices("key_changed", "copies", "anchors_late")
        approvals.register(approval.KIND)
